"""The first tables of the server's database.

A line that stands at the margin names a table, the indented ones its columns: name:type, with ! where a value must be
given, and * for the key (+ where the engine counts it up itself). After `unique` and `index`, each word is one of
them: its columns, joined by +. A table marked `by-key` lies in the order of its key in SQLite.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = """
address by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! use:text! lines:json!
  postcode:text! access:text! from_on:date to_on:date
  index person_id
alert by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! short:text! words:text!
  tone:text! to_on:date review_on:date
  index person_id
allocation by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! worker:text! relation:text!
  from_on:date! to_on:date reason:text!
  index person_id worker
apart by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! entry_row_id:text!
  position:whole!
  index person_id
audit by-key
  device_id:text* number:whole* at:text! worker:text! role:text! action:text! result:text! access_class:text!
  person_id:text what:json! words_digest:text! before:text! hash:text!
  index person_id+at
audit_words
  device_id:text* number:whole* salt:text! words:text!
birth by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! year:whole month:whole day:whole
  estimated:bool!
  index person_id
death by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! died_on:date! source:text!
  index person_id
denial by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! kind:text!
  index person_id
email by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! address:text! note:text!
  to_on:date
  index person_id
entry by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! heading:text! happened_at:text!
  title:text! contact_id:text channel:text! place:text! present:json! why:text! outcome:text! seen_alone:bool
  identity_checked:bool decided_by:text! reason:text! moved_here:bool!
  index person_id
involvement by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! name:text! role:text!
  organisation:text! phone:text! email:text! main_contact:bool! from_on:date to_on:date
  index person_id
issued by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! document:text! of_row_id:text!
  copy_number:whole! for_whom:text! purpose:text! format_code:text! values_digest:text! file_digest:text! pages:whole!
  issued_at:text! how:text!
  index person_id
language by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! code:text! spoken:text!
  interpreter:bool! reads:bool note:text!
  index person_id
ledger
  row_id:text* kind:text! version:whole! person_id:text! class_:text! fact_id:text! body:text! author:text! role:text!
  device_id:text! number:whole! written_at:text! skew_ms:whole replaces:json! denies:bool! digest:text!
  index device_id+number fact_id person_id+class_
misplaced by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! reason:text! heading:text!
  happened_at:text!
  index person_id
name by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! use:text! family:text!
  given:text! title:text! folded:text! from_on:date to_on:date
  index person_id
need by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! code:text! detail:text!
  review_on:date to_on:date
  index person_id
needs_asked by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! answer:text! on:date!
  reason:text!
  index person_id
nhs_number by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! number:text! status:text!
  index person_id
passage by-key
  row_id:text* position:whole* passage_id:text! person_id:text! category:text! words:text! known:text! told_on:date
  third_parties:json! health:bool! confidence:text! own_words:bool!
person by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! life:text! council_number:text!
  index person_id
phone by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! number:text! use:text!
  note:text! to_on:date
  index person_id
plan by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! number:whole! life:text!
  start_on:date review_on:date content:text! reason:text!
  index person_id
plan_step by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! plan_row_id:text! step:text!
  on:date! by:text! view:text! supported_by:text! signature:text!
  index person_id plan_row_id
recipient by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! name:text! role:text!
  organisation:text! relation:text! phone:text! email:text! to_on:date
  index person_id
relationship by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! name:text! relation:text!
  other_person_id:text phone:text! lives_with:bool! carer:bool! next_of_kin:bool! emergency:bool! note:text!
  from_on:date to_on:date
  index person_id
replacement by-key
  replaced_id:text* by_id:text*
  index by_id
sameness by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! other_person_id:text! same:bool!
  reason:text!
  index person_id
setting by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! setting:text! value:text!
  index person_id
task by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! title:text! due_on:date!
  for_worker:text! state:text! detail:text! outcome:text!
  index for_worker+state+due_on person_id
tombstone
  row_id:text* person_id:text! class_:text! why:text! at:text!
  index person_id+class_
unread by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! kind:text! version:whole!
  index person_id
visit by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! planned_at:text!
  for_worker:text! purpose:text! place:text! minutes:whole! state:text! entry_id:text
  index for_worker+planned_at person_id
worker by-key
  row_id:text* person_id:text! fact_id:text! class_:text! author:text! written_at:text! worker:text! name:text!
  role:text! job:text! team:text! phone:text! active:bool!
  index person_id worker
account
  worker:text* hash:text! failed:whole! wait_until:text set_at:text!
asked
  asked_id:text* worker:text! question:text! at:text!
  index worker+at
blob
  sha256:text* person_id:text* size:whole! upto:whole! whole:bool! worker:text! received_at:text!
blob_piece
  sha256:text* person_id:text* offset:whole* piece:bytes!
device
  device_id:text* worker:text! public_key:bytes! code_hash:text! incarnation:text! next_incarnation:text!
  twin_seen_at:text highest:whole! had:whole! scope:text! enrolled_at:text! last_seen_at:text! revoked_at:text
  unique code_hash
  index worker
device_session
  session:text* device_id:text! nonce:text! counter:big! expires_at:text!
  unique nonce
  index device_id
enrolment_code
  hash:text* worker:text! made_at:text! expires_at:text! used_at:text
feed
  seq:big* row_id:text! person_id:text! class_:text! rank:small! received_at:text! worker:text! device_id:text!
  unique row_id
  index person_id+class_+rank+seq person_id+seq
op
  op_id:text* fingerprint:text! row_id:text! outcome:text! code:text! seq:big! device_id:text! received_at:text!
  index row_id
parked
  row_id:text* op_id:text! worker:text! device_id:text! person_id:text! in_force:bool! row:text! received_at:text!
parked_for
  row_id:text* waits_for:text*
  index waits_for
purge_order
  order_id:text* device_id:text! worker:text! person_id:text! class_:text! why:text! made_at:text! answered_at:text
  rows:whole unsent:whole drafts:whole
  index device_id+answered_at
quarantine
  row_id:text* op_id:text! worker:text! device_id:text! person_id:text! class_:text! code:text! in_force:bool! row:text!
  received_at:text! decided_at:text decided_by:text!
  index person_id
sealed_upload
  seal_id:text* kind:text! item_id:text! person_id:text! worker:text! device_id:text! sealed:bytes! received_at:text!
  index worker
sync_head
  one:whole* seq:big! epoch:text! safe_seq:big!
told
  device_id:text* person_id:text* class_:text*
"""

GUARDS = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS ledger_is_written_once BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, "
        "'the ledger is written once'); END",
        "CREATE TRIGGER IF NOT EXISTS ledger_needs_tombstone BEFORE DELETE ON ledger WHEN NOT EXISTS (SELECT 1 "
        "FROM tombstone WHERE tombstone.row_id = OLD.row_id) BEGIN SELECT RAISE(ABORT, 'only purge and disposal "
        "remove a ledger row'); END",
        "CREATE TRIGGER IF NOT EXISTS ledger_takes_no_place BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM "
        "ledger WHERE row_id = NEW.row_id) BEGIN SELECT RAISE(ABORT, 'the ledger is written once'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = "
        "'UPDATE' THEN RAISE EXCEPTION 'the ledger is written once'; END IF; IF NOT EXISTS (SELECT 1 FROM "
        "tombstone WHERE tombstone.row_id = OLD.row_id) THEN RAISE EXCEPTION 'only purge and disposal remove a "
        "ledger row'; END IF; RETURN OLD; END $$",
        "CREATE OR REPLACE TRIGGER ledger_guard BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION "
        "ledger_guard()",
    ),
}
"""What makes each engine refuse to change the ledger."""

TYPES = {
    "text": sa.Text, "whole": sa.Integer, "big": sa.BigInteger, "small": sa.SmallInteger, "bool": sa.Boolean,
    "date": sa.Date, "json": sa.JSON, "bytes": sa.LargeBinary,
}


def upgrade() -> None:
    """Make every table, its indexes, and the guards of the ledger."""
    for block in re.split(r"\n(?=\S)", TABLES.strip()):
        make(*block.split("\n"))
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def make(first: str, *lines: str) -> None:
    """One table and its indexes."""
    name, *by_key = first.split()
    words = [line.split() for line in lines]
    columns = [word for line in words if line[0] not in {"unique", "index"} for word in line]
    keys = [word.split(":")[0] for word in columns if word[-1] in "*+"]
    named = [(kind, word.split("+")) for kind, *each in words if kind in {"unique", "index"} for word in each]
    uniques = [sa.UniqueConstraint(*of, name="_".join(["uq", name, *of])) for kind, of in named if kind == "unique"]
    op.create_table(
        name, *(column(word) for word in columns), sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"), *uniques,
        sqlite_with_rowid=not by_key,
    )
    for kind, of in named:
        if kind == "index":
            op.create_index("_".join(["ix", name, *of]), name, of)


def column(word: str) -> sa.Column[object]:
    """One column, as `name:type` says."""
    name, kind = word.rstrip("!*+").split(":")
    return sa.Column(name, TYPES[kind], nullable=word[-1] not in "!*+", autoincrement=word[-1] == "+")
