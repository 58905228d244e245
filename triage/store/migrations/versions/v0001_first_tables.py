"""The first tables: assessments, corrections and their reviews, keys, idempotency, models and their events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.String(36)
DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)
APPEND_ONLY = ("corrections", "correction_reviews", "model_events")


def upgrade() -> None:
    """Make all tables; those that are append-only refuse every change of a row."""
    _make_assessments()
    _make_corrections()
    _make_access()
    _make_models()
    for table in APPEND_ONLY:
        _forbid_updates(table)


def downgrade() -> None:
    """There is nothing before this."""
    raise NotImplementedError("the first tables cannot be taken back; restore a copy")


def _make_assessments() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", ID, primary_key=True),
        sa.Column("judged_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_digest", DIGEST, nullable=False),
        sa.Column("customer_digest", DIGEST),
        sa.Column("channel", sa.Text),
        sa.Column("store", sa.Text),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("urgency", sa.String(16), nullable=False),
        sa.Column("secondary_topics", sa.Text, nullable=False),
        sa.Column("needs_review", sa.Boolean, nullable=False),
        sa.Column("model", sa.Text),
        sa.Column("judgement", sa.Text, nullable=False),
    )
    for column in ("received_at", "customer_digest", "external_id"):
        op.create_index(f"ix_assessments_{column}", "assessments", [column])


def _make_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", ID, primary_key=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("assessment_id", ID),
        sa.Column("external_id", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_digest", DIGEST, nullable=False),
        sa.Column("customer_digest", DIGEST),
        sa.Column("channel", sa.Text),
        sa.Column("before_topic", sa.Text),
        sa.Column("before_urgency", sa.String(16)),
        sa.Column("before_secondary_topics", sa.Text),
        sa.Column("after_topic", sa.Text, nullable=False),
        sa.Column("after_urgency", sa.String(16), nullable=False),
        sa.Column("after_secondary_topics", sa.Text, nullable=False),
        sa.Column("hold_reasons", sa.Text, nullable=False),
        sa.Column("model", sa.Text),
    )
    for column in ("assessment_id", "text_digest", "customer_digest"):
        op.create_index(f"ix_corrections_{column}", "corrections", [column])
    op.create_table(
        "correction_reviews",
        sa.Column(
            "correction_id",
            ID,
            sa.ForeignKey("corrections.id", ondelete="CASCADE", name="fk_correction_reviews_correction_id"),
            primary_key=True,
        ),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
    )


def _make_access() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "keys",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("digest", DIGEST, nullable=False, unique=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
    )
    op.create_table(
        "idempotency",
        sa.Column("scope", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_idempotency_target_id", "idempotency", ["target_id"])


def _make_models() -> None:
    op.create_table(
        "models",
        sa.Column("version", sa.String(128), primary_key=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
    )
    op.create_table(
        "model_events",
        sa.Column("id", ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(
            "model",
            sa.String(128),
            sa.ForeignKey("models.version", name="fk_model_events_model"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
    )
    op.create_index("ix_model_events_model_at", "model_events", ["model", "at"])


def _forbid_updates(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
    )
