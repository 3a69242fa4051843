"""The first tables of a device's store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KINDS = {
    "text": sa.Text,
    "integer": sa.Integer,
    "yesno": sa.Boolean,
    "date": sa.Date,
    "json": sa.JSON,
    "bytes": sa.LargeBinary,
}
"""What a column's word stands for. After it: "?" may be null, "+" counts up by itself."""

FRAME = "row_id text, person_id text, fact_id text, class_ text, author text, written_at text"
"""What every typed table begins with."""

TABLES = (
    # name, primary key, unique together, indexes, columns
    ("address", "row_id", (), ("person_id",),
     FRAME + ", use text, lines json, postcode text, access text, from_on date?, to_on date?"),
    ("alert", "row_id", (), ("person_id",),
     FRAME + ", short text, words text, tone text, to_on date?, review_on date?"),
    ("allocation", "row_id", (), ("person_id", "worker"),
     FRAME + ", worker text, relation text, from_on date, to_on date?, reason text"),
    ("apart", "row_id", (), ("person_id",),
     FRAME + ", entry_row_id text, position integer"),
    ("audit", "device_id number", (), ("person_id at",),
     "device_id text, number integer, at text, worker text, role text, action text, result text, access_class "
     "text, person_id text?, what json, words_digest text, before text, hash text"),
    ("audit_words", "device_id number", (), (),
     "device_id text, number integer, salt text, words text"),
    ("birth", "row_id", (), ("person_id",),
     FRAME + ", year integer?, month integer?, day integer?, estimated yesno"),
    ("death", "row_id", (), ("person_id",),
     FRAME + ", died_on date, source text"),
    ("denial", "row_id", (), ("person_id",),
     FRAME + ", kind text"),
    ("email", "row_id", (), ("person_id",),
     FRAME + ", address text, note text, to_on date?"),
    ("entry", "row_id", (), ("person_id",),
     FRAME + ", heading text, happened_at text, title text, contact_id text?, channel text, place text, present json, why "
     "text, outcome text, seen_alone yesno?, identity_checked yesno?, decided_by text, reason text, moved_here "
     "yesno"),
    ("involvement", "row_id", (), ("person_id",),
     FRAME + ", name text, role text, organisation text, phone text, email text, main_contact yesno, from_on date?, to_on "
     "date?"),
    ("issued", "row_id", (), ("person_id",),
     FRAME + ", document text, of_row_id text, copy_number integer, for_whom text, purpose text, format_code text, "
     "values_digest text, file_digest text, pages integer, issued_at text, how text"),
    ("language", "row_id", (), ("person_id",),
     FRAME + ", code text, spoken text, interpreter yesno, reads yesno?, note text"),
    ("ledger", "row_id", ("device_id number",), ("fact_id", "person_id class_"),
     "row_id text, kind text, version integer, person_id text, class_ text, fact_id text, body text, author text, "
     "role text, device_id text, number integer, written_at text, skew_ms integer?, replaces json, denies yesno, "
     "digest text"),
    ("misplaced", "row_id", (), ("person_id",),
     FRAME + ", reason text, heading text, happened_at text"),
    ("name", "row_id", (), ("person_id",),
     FRAME + ", use text, family text, given text, title text, folded text, from_on date?, to_on date?"),
    ("need", "row_id", (), ("person_id",),
     FRAME + ", code text, detail text, review_on date?, to_on date?"),
    ("needs_asked", "row_id", (), ("person_id",),
     FRAME + ", answer text, on date, reason text"),
    ("nhs_number", "row_id", (), ("person_id",),
     FRAME + ", number text, status text"),
    ("passage", "row_id position", (), ("person_id",),
     "row_id text, position integer, passage_id text, person_id text, category text, words text, known text, "
     "told_on date?, third_parties json, health yesno, confidence text, own_words yesno"),
    ("person", "row_id", (), ("person_id",),
     FRAME + ", life text, council_number text"),
    ("phone", "row_id", (), ("person_id",),
     FRAME + ", number text, use text, note text, to_on date?"),
    ("plan", "row_id", (), ("person_id",),
     FRAME + ", number integer, life text, start_on date?, review_on date?, content text, reason text"),
    ("plan_step", "row_id", (), ("person_id", "plan_row_id"),
     FRAME + ", plan_row_id text, step text, on date, by text, view text, supported_by text, signature text"),
    ("recipient", "row_id", (), ("person_id",),
     FRAME + ", name text, role text, organisation text, relation text, phone text, email text, to_on date?"),
    ("relationship", "row_id", (), ("person_id",),
     FRAME + ", name text, relation text, other_person_id text?, phone text, lives_with yesno, carer yesno, next_of_kin "
     "yesno, emergency yesno, note text, from_on date?, to_on date?"),
    ("replacement", "replaced_id by_id", (), ("by_id",),
     "replaced_id text, by_id text"),
    ("sameness", "row_id", (), ("person_id",),
     FRAME + ", other_person_id text, same yesno, reason text"),
    ("setting", "row_id", (), ("person_id",),
     FRAME + ", setting text, value text"),
    ("task", "row_id", (), ("for_worker state due_on", "person_id"),
     FRAME + ", title text, due_on date, for_worker text, state text, detail text, outcome text"),
    ("tombstone", "row_id", (), ("person_id class_",),
     "row_id text, person_id text, class_ text, why text, at text"),
    ("unread", "row_id", (), ("person_id",),
     FRAME + ", kind text, version integer"),
    ("visit", "row_id", (), ("for_worker planned_at", "person_id"),
     FRAME + ", planned_at text, for_worker text, purpose text, place text, minutes integer, state text, entry_id text?"),
    ("worker", "row_id", (), ("person_id", "worker"),
     FRAME + ", worker text, name text, role text, job text, team text, phone text, active yesno"),
    ("draft", "draft_id", (), (),
     "draft_id text, person_id text, kind text, body text, started_at text, saved_at text, session text"),
    ("held", "person_id class_", (), (),
     "person_id text, class_ text, complete yesno, synced_at text?, position text"),
    ("inbox", "number", (), (),
     "number integer+, page bytes"),
    ("journal", "row_id", (), (),
     "row_id text, op_id text, outcome text, seq integer, answered_at text"),
    ("outbox", "row_id", ("op_id",), (),
     "row_id text, op_id text, denies yesno, state text, why text, tries integer, added_at text"),
    ("purge_answer", "order_id", (), (),
     "order_id text, rows integer, unsent integer, drafts integer"),
    ("state", "name", (), (),
     "name text, value text"),
)

GUARDS = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS ledger_is_written_once BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the "
        "ledger is written once'); END",
        "CREATE TRIGGER IF NOT EXISTS ledger_needs_tombstone BEFORE DELETE ON ledger WHEN NOT EXISTS (SELECT 1 FROM "
        "tombstone WHERE tombstone.row_id = OLD.row_id) BEGIN SELECT RAISE(ABORT, 'only purge and disposal remove a "
        "ledger row'); END",
    ),
}
"""What makes each engine refuse to change the ledger."""


def upgrade() -> None:
    """Make every table, its indexes, and the guards of the ledger."""
    for name, key, uniques, indexes, columns in TABLES:
        op.create_table(
            name,
            *(_column(spec) for spec in columns.split(", ")),
            sa.PrimaryKeyConstraint(*key.split(), name=op.f(f"pk_{name}")),
            *(sa.UniqueConstraint(*one.split(), name=op.f(f"uq_{name}_{one.replace(' ', '_')}")) for one in uniques),
        )
        for one in indexes:
            op.create_index(op.f(f"ix_{name}_{one.replace(' ', '_')}"), name, one.split())
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def _column(spec: str) -> sa.Column[object]:
    name, kind = spec.split()
    return sa.Column(name, KINDS[kind.rstrip("?+")](), nullable="?" in kind, autoincrement="+" in kind)
