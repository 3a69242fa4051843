"""The first tables of the server's database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GUARDS = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS ledger_is_written_once BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is written once'); END",
        "CREATE TRIGGER IF NOT EXISTS ledger_needs_tombstone BEFORE DELETE ON ledger WHEN NOT EXISTS (SELECT 1 FROM tombstone WHERE tombstone.row_id = OLD.row_id) BEGIN SELECT RAISE(ABORT, 'only purge and disposal remove a ledger row'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'the ledger is written once'; END IF; IF NOT EXISTS (SELECT 1 FROM tombstone WHERE tombstone.row_id = OLD.row_id) THEN RAISE EXCEPTION 'only purge and disposal remove a ledger row'; END IF; RETURN OLD; END $$",
        'CREATE OR REPLACE TRIGGER ledger_guard BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION ledger_guard()',
    ),
}
"""What makes each engine refuse to change the ledger."""


def upgrade() -> None:
    """Make every table, its indexes, and the guards of the ledger."""
    op.create_table('address',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('use', sa.Text(), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('postcode', sa.Text(), nullable=False),
    sa.Column('access', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_address'))
    )
    op.create_index(op.f('ix_address_fact_id'), 'address', ['fact_id'], unique=False)
    op.create_index(op.f('ix_address_person_id_class_'), 'address', ['person_id', 'class_'], unique=False)
    op.create_table('alert',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('short', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('tone', sa.Text(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_alert'))
    )
    op.create_index(op.f('ix_alert_fact_id'), 'alert', ['fact_id'], unique=False)
    op.create_index(op.f('ix_alert_person_id_class_'), 'alert', ['person_id', 'class_'], unique=False)
    op.create_table('allocation',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('relation', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_allocation'))
    )
    op.create_index(op.f('ix_allocation_fact_id'), 'allocation', ['fact_id'], unique=False)
    op.create_index(op.f('ix_allocation_person_id_class_'), 'allocation', ['person_id', 'class_'], unique=False)
    op.create_index(op.f('ix_allocation_worker'), 'allocation', ['worker'], unique=False)
    op.create_table('apart',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('entry_row_id', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_apart'))
    )
    op.create_index(op.f('ix_apart_fact_id'), 'apart', ['fact_id'], unique=False)
    op.create_index(op.f('ix_apart_person_id_class_'), 'apart', ['person_id', 'class_'], unique=False)
    op.create_table('audit',
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('access_class', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=True),
    sa.Column('what', sa.JSON(), nullable=False),
    sa.Column('words_digest', sa.Text(), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('hash', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('device_id', 'number', name=op.f('pk_audit'))
    )
    op.create_index(op.f('ix_audit_person_id_at'), 'audit', ['person_id', 'at'], unique=False)
    op.create_table('audit_words',
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('salt', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('device_id', 'number', name=op.f('pk_audit_words'))
    )
    op.create_table('birth',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('month', sa.Integer(), nullable=True),
    sa.Column('day', sa.Integer(), nullable=True),
    sa.Column('estimated', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_birth'))
    )
    op.create_index(op.f('ix_birth_fact_id'), 'birth', ['fact_id'], unique=False)
    op.create_index(op.f('ix_birth_person_id_class_'), 'birth', ['person_id', 'class_'], unique=False)
    op.create_table('death',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('died_on', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_death'))
    )
    op.create_index(op.f('ix_death_fact_id'), 'death', ['fact_id'], unique=False)
    op.create_index(op.f('ix_death_person_id_class_'), 'death', ['person_id', 'class_'], unique=False)
    op.create_table('denial',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_denial'))
    )
    op.create_index(op.f('ix_denial_fact_id'), 'denial', ['fact_id'], unique=False)
    op.create_index(op.f('ix_denial_person_id_class_'), 'denial', ['person_id', 'class_'], unique=False)
    op.create_table('email',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_email'))
    )
    op.create_index(op.f('ix_email_fact_id'), 'email', ['fact_id'], unique=False)
    op.create_index(op.f('ix_email_person_id_class_'), 'email', ['person_id', 'class_'], unique=False)
    op.create_table('entry',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('heading', sa.Text(), nullable=False),
    sa.Column('happened_at', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('contact_id', sa.Text(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('present', sa.JSON(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('seen_alone', sa.Boolean(), nullable=True),
    sa.Column('identity_checked', sa.Boolean(), nullable=True),
    sa.Column('decided_by', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('moved_here', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_entry'))
    )
    op.create_index(op.f('ix_entry_fact_id'), 'entry', ['fact_id'], unique=False)
    op.create_index(op.f('ix_entry_person_id_class_'), 'entry', ['person_id', 'class_'], unique=False)
    op.create_index(op.f('ix_entry_person_id_happened_at'), 'entry', ['person_id', 'happened_at'], unique=False)
    op.create_table('involvement',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('main_contact', sa.Boolean(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_involvement'))
    )
    op.create_index(op.f('ix_involvement_fact_id'), 'involvement', ['fact_id'], unique=False)
    op.create_index(op.f('ix_involvement_person_id_class_'), 'involvement', ['person_id', 'class_'], unique=False)
    op.create_table('issued',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('of_row_id', sa.Text(), nullable=False),
    sa.Column('copy_number', sa.Integer(), nullable=False),
    sa.Column('for_whom', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('format_code', sa.Text(), nullable=False),
    sa.Column('values_digest', sa.Text(), nullable=False),
    sa.Column('file_digest', sa.Text(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('issued_at', sa.Text(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_issued'))
    )
    op.create_index(op.f('ix_issued_fact_id'), 'issued', ['fact_id'], unique=False)
    op.create_index(op.f('ix_issued_person_id_class_'), 'issued', ['person_id', 'class_'], unique=False)
    op.create_table('language',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('spoken', sa.Text(), nullable=False),
    sa.Column('interpreter', sa.Boolean(), nullable=False),
    sa.Column('reads', sa.Boolean(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_language'))
    )
    op.create_index(op.f('ix_language_fact_id'), 'language', ['fact_id'], unique=False)
    op.create_index(op.f('ix_language_person_id_class_'), 'language', ['person_id', 'class_'], unique=False)
    op.create_table('ledger',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('skew_ms', sa.Integer(), nullable=True),
    sa.Column('replaces', sa.JSON(), nullable=False),
    sa.Column('denies', sa.Boolean(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_ledger')),
    sa.UniqueConstraint('device_id', 'number', name=op.f('uq_ledger_device_id_number'))
    )
    op.create_index(op.f('ix_ledger_person_id_class_'), 'ledger', ['person_id', 'class_'], unique=False)
    op.create_table('misplaced',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('heading', sa.Text(), nullable=False),
    sa.Column('happened_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_misplaced'))
    )
    op.create_index(op.f('ix_misplaced_fact_id'), 'misplaced', ['fact_id'], unique=False)
    op.create_index(op.f('ix_misplaced_person_id_class_'), 'misplaced', ['person_id', 'class_'], unique=False)
    op.create_table('name',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('use', sa.Text(), nullable=False),
    sa.Column('family', sa.Text(), nullable=False),
    sa.Column('given', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_name'))
    )
    op.create_index(op.f('ix_name_fact_id'), 'name', ['fact_id'], unique=False)
    op.create_index(op.f('ix_name_person_id_class_'), 'name', ['person_id', 'class_'], unique=False)
    op.create_table('need',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_need'))
    )
    op.create_index(op.f('ix_need_fact_id'), 'need', ['fact_id'], unique=False)
    op.create_index(op.f('ix_need_person_id_class_'), 'need', ['person_id', 'class_'], unique=False)
    op.create_table('needs_asked',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_needs_asked'))
    )
    op.create_index(op.f('ix_needs_asked_fact_id'), 'needs_asked', ['fact_id'], unique=False)
    op.create_index(op.f('ix_needs_asked_person_id_class_'), 'needs_asked', ['person_id', 'class_'], unique=False)
    op.create_table('nhs_number',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_nhs_number'))
    )
    op.create_index(op.f('ix_nhs_number_fact_id'), 'nhs_number', ['fact_id'], unique=False)
    op.create_index(op.f('ix_nhs_number_person_id_class_'), 'nhs_number', ['person_id', 'class_'], unique=False)
    op.create_table('passage',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('passage_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('category', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('known', sa.Text(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('third_parties', sa.JSON(), nullable=False),
    sa.Column('health', sa.Boolean(), nullable=False),
    sa.Column('confidence', sa.Text(), nullable=False),
    sa.Column('own_words', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', 'position', name=op.f('pk_passage'))
    )
    op.create_index(op.f('ix_passage_person_id'), 'passage', ['person_id'], unique=False)
    op.create_table('person',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('life', sa.Text(), nullable=False),
    sa.Column('council_number', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_person'))
    )
    op.create_index(op.f('ix_person_fact_id'), 'person', ['fact_id'], unique=False)
    op.create_index(op.f('ix_person_person_id_class_'), 'person', ['person_id', 'class_'], unique=False)
    op.create_table('phone',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('use', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_phone'))
    )
    op.create_index(op.f('ix_phone_fact_id'), 'phone', ['fact_id'], unique=False)
    op.create_index(op.f('ix_phone_person_id_class_'), 'phone', ['person_id', 'class_'], unique=False)
    op.create_table('plan',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('life', sa.Text(), nullable=False),
    sa.Column('start_on', sa.Date(), nullable=True),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_plan'))
    )
    op.create_index(op.f('ix_plan_fact_id'), 'plan', ['fact_id'], unique=False)
    op.create_index(op.f('ix_plan_person_id_class_'), 'plan', ['person_id', 'class_'], unique=False)
    op.create_table('plan_step',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('plan_row_id', sa.Text(), nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('view', sa.Text(), nullable=False),
    sa.Column('supported_by', sa.Text(), nullable=False),
    sa.Column('signature', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_plan_step'))
    )
    op.create_index(op.f('ix_plan_step_fact_id'), 'plan_step', ['fact_id'], unique=False)
    op.create_index(op.f('ix_plan_step_person_id_class_'), 'plan_step', ['person_id', 'class_'], unique=False)
    op.create_index(op.f('ix_plan_step_plan_row_id'), 'plan_step', ['plan_row_id'], unique=False)
    op.create_table('recipient',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('organisation', sa.Text(), nullable=False),
    sa.Column('relation', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_recipient'))
    )
    op.create_index(op.f('ix_recipient_fact_id'), 'recipient', ['fact_id'], unique=False)
    op.create_index(op.f('ix_recipient_person_id_class_'), 'recipient', ['person_id', 'class_'], unique=False)
    op.create_table('relationship',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('relation', sa.Text(), nullable=False),
    sa.Column('other_person_id', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('lives_with', sa.Boolean(), nullable=False),
    sa.Column('carer', sa.Boolean(), nullable=False),
    sa.Column('next_of_kin', sa.Boolean(), nullable=False),
    sa.Column('emergency', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_relationship'))
    )
    op.create_index(op.f('ix_relationship_fact_id'), 'relationship', ['fact_id'], unique=False)
    op.create_index(op.f('ix_relationship_person_id_class_'), 'relationship', ['person_id', 'class_'], unique=False)
    op.create_table('replacement',
    sa.Column('replaced_id', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('replaced_id', 'by_id', name=op.f('pk_replacement'))
    )
    op.create_index(op.f('ix_replacement_by_id'), 'replacement', ['by_id'], unique=False)
    op.create_table('sameness',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('other_person_id', sa.Text(), nullable=False),
    sa.Column('same', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_sameness'))
    )
    op.create_index(op.f('ix_sameness_fact_id'), 'sameness', ['fact_id'], unique=False)
    op.create_index(op.f('ix_sameness_person_id_class_'), 'sameness', ['person_id', 'class_'], unique=False)
    op.create_table('setting',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('setting', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_setting'))
    )
    op.create_index(op.f('ix_setting_fact_id'), 'setting', ['fact_id'], unique=False)
    op.create_index(op.f('ix_setting_person_id_class_'), 'setting', ['person_id', 'class_'], unique=False)
    op.create_table('task',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('for_worker', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_task'))
    )
    op.create_index(op.f('ix_task_fact_id'), 'task', ['fact_id'], unique=False)
    op.create_index(op.f('ix_task_for_worker_state_due_on'), 'task', ['for_worker', 'state', 'due_on'], unique=False)
    op.create_index(op.f('ix_task_person_id_class_'), 'task', ['person_id', 'class_'], unique=False)
    op.create_table('tombstone',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_tombstone'))
    )
    op.create_index(op.f('ix_tombstone_person_id_class_'), 'tombstone', ['person_id', 'class_'], unique=False)
    op.create_table('unread',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_unread'))
    )
    op.create_index(op.f('ix_unread_fact_id'), 'unread', ['fact_id'], unique=False)
    op.create_index(op.f('ix_unread_person_id_class_'), 'unread', ['person_id', 'class_'], unique=False)
    op.create_table('visit',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('planned_at', sa.Text(), nullable=False),
    sa.Column('for_worker', sa.Text(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('entry_id', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_visit'))
    )
    op.create_index(op.f('ix_visit_fact_id'), 'visit', ['fact_id'], unique=False)
    op.create_index(op.f('ix_visit_for_worker_planned_at'), 'visit', ['for_worker', 'planned_at'], unique=False)
    op.create_index(op.f('ix_visit_person_id_class_'), 'visit', ['person_id', 'class_'], unique=False)
    op.create_table('worker',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('fact_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('written_at', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('job', sa.Text(), nullable=False),
    sa.Column('team', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_worker'))
    )
    op.create_index(op.f('ix_worker_fact_id'), 'worker', ['fact_id'], unique=False)
    op.create_index(op.f('ix_worker_person_id_class_'), 'worker', ['person_id', 'class_'], unique=False)
    op.create_index(op.f('ix_worker_worker'), 'worker', ['worker'], unique=False)
    op.create_table('account',
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('hash', sa.Text(), nullable=False),
    sa.Column('failed', sa.Integer(), nullable=False),
    sa.Column('wait_until', sa.Text(), nullable=True),
    sa.Column('set_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('worker', name=op.f('pk_account'))
    )
    op.create_table('asked',
    sa.Column('asked_id', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('asked_id', name=op.f('pk_asked'))
    )
    op.create_index(op.f('ix_asked_worker_at'), 'asked', ['worker', 'at'], unique=False)
    op.create_table('blob',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('upto', sa.Integer(), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', 'person_id', name=op.f('pk_blob'))
    )
    op.create_table('blob_piece',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('offset', sa.Integer(), nullable=False),
    sa.Column('piece', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', 'person_id', 'offset', name=op.f('pk_blob_piece'))
    )
    op.create_table('device',
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('code_hash', sa.Text(), nullable=False),
    sa.Column('incarnation', sa.Text(), nullable=False),
    sa.Column('next_incarnation', sa.Text(), nullable=False),
    sa.Column('twin_seen_at', sa.Text(), nullable=True),
    sa.Column('highest', sa.Integer(), nullable=False),
    sa.Column('had', sa.Integer(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('enrolled_at', sa.Text(), nullable=False),
    sa.Column('last_seen_at', sa.Text(), nullable=False),
    sa.Column('revoked_at', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('device_id', name=op.f('pk_device')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_device_code_hash'))
    )
    op.create_index(op.f('ix_device_worker'), 'device', ['worker'], unique=False)
    op.create_table('device_session',
    sa.Column('session', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('nonce', sa.Text(), nullable=False),
    sa.Column('counter', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('session', name=op.f('pk_device_session')),
    sa.UniqueConstraint('nonce', name=op.f('uq_device_session_nonce'))
    )
    op.create_index(op.f('ix_device_session_device_id'), 'device_session', ['device_id'], unique=False)
    op.create_table('enrolment_code',
    sa.Column('hash', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('made_at', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.Text(), nullable=False),
    sa.Column('used_at', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_enrolment_code'))
    )
    op.create_table('feed',
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('rank', sa.SmallInteger(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_feed')),
    sa.UniqueConstraint('row_id', name=op.f('uq_feed_row_id'))
    )
    op.create_index(op.f('ix_feed_person_id_class__rank_seq'), 'feed', ['person_id', 'class_', 'rank', 'seq'], unique=False)
    op.create_index(op.f('ix_feed_person_id_seq'), 'feed', ['person_id', 'seq'], unique=False)
    op.create_table('op',
    sa.Column('op_id', sa.Text(), nullable=False),
    sa.Column('fingerprint', sa.Text(), nullable=False),
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('op_id', name=op.f('pk_op'))
    )
    op.create_index(op.f('ix_op_row_id'), 'op', ['row_id'], unique=False)
    op.create_table('parked',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('op_id', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('in_force', sa.Boolean(), nullable=False),
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_parked'))
    )
    op.create_table('parked_for',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('waits_for', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', 'waits_for', name=op.f('pk_parked_for'))
    )
    op.create_index(op.f('ix_parked_for_waits_for'), 'parked_for', ['waits_for'], unique=False)
    op.create_table('purge_order',
    sa.Column('order_id', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('made_at', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.Text(), nullable=True),
    sa.Column('rows', sa.Integer(), nullable=True),
    sa.Column('unsent', sa.Integer(), nullable=True),
    sa.Column('drafts', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_purge_order'))
    )
    op.create_index(op.f('ix_purge_order_device_id_answered_at'), 'purge_order', ['device_id', 'answered_at'], unique=False)
    op.create_table('quarantine',
    sa.Column('row_id', sa.Text(), nullable=False),
    sa.Column('op_id', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('in_force', sa.Boolean(), nullable=False),
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.Text(), nullable=True),
    sa.Column('decided_by', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row_id', name=op.f('pk_quarantine'))
    )
    op.create_index(op.f('ix_quarantine_person_id'), 'quarantine', ['person_id'], unique=False)
    op.create_table('sealed_upload',
    sa.Column('seal_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('item_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('worker', sa.Text(), nullable=False),
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('received_at', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('seal_id', name=op.f('pk_sealed_upload'))
    )
    op.create_index(op.f('ix_sealed_upload_worker'), 'sealed_upload', ['worker'], unique=False)
    op.create_table('sync_head',
    sa.Column('one', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('epoch', sa.Text(), nullable=False),
    sa.Column('safe_seq', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('one', name=op.f('pk_sync_head'))
    )
    op.create_table('told',
    sa.Column('device_id', sa.Text(), nullable=False),
    sa.Column('person_id', sa.Text(), nullable=False),
    sa.Column('class_', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('device_id', 'person_id', 'class_', name=op.f('pk_told'))
    )
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))
