"""The tables. What is asked of them stands in the modules named after them; how they came about in ``migrations/``."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A zone-aware moment, kept in UTC; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: which one it was could not be told later."""
        if value is not None and value.utcoffset() is None:
            raise ValueError("a moment without a zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give moments their zone back."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


ID = String(36)
DIGEST = String(64)

facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single facts about the database, such as the mark of the secret its digests were made with."""

assessments = Table(
    "assessments",
    metadata,
    Column("id", ID, primary_key=True),
    Column("judged_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("external_id", Text),
    Column("text", Text, nullable=False),
    Column("text_digest", DIGEST, nullable=False),
    Column("customer_digest", DIGEST),
    Column("channel", Text),
    Column("store", Text),
    Column("topic", Text, nullable=False),
    Column("urgency", String(16), nullable=False),
    Column("secondary_topics", Text, nullable=False),
    Column("needs_review", Boolean, nullable=False),
    Column("model", Text),
    # Text rather than a type of JSON: it is given back byte for byte, and never searched.
    Column("judgement", Text, nullable=False),
    Index(None, "received_at"),
    Index(None, "customer_digest"),
    Index(None, "external_id"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", ID, primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("reason", Text),
    # No foreign key: a correction outlives the assessment that is deleted by age.
    Column("assessment_id", ID),
    Column("external_id", Text),
    Column("text", Text, nullable=False),
    Column("text_digest", DIGEST, nullable=False),
    Column("customer_digest", DIGEST),
    Column("channel", Text),
    Column("before_topic", Text),
    Column("before_urgency", String(16)),
    Column("before_secondary_topics", Text),
    Column("after_topic", Text, nullable=False),
    Column("after_urgency", String(16), nullable=False),
    Column("after_secondary_topics", Text, nullable=False),
    Column("hold_reasons", Text, nullable=False),
    Column("model", Text),
    Index(None, "assessment_id"),
    Index(None, "text_digest"),
    Index(None, "customer_digest"),
)
"""Append-only: a second look is a row of ``correction_reviews``, never a change."""

correction_reviews = Table(
    "correction_reviews",
    metadata,
    Column("correction_id", ID, ForeignKey("corrections.id", ondelete="CASCADE"), primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("reason", Text),
)

keys = Table(
    "keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("digest", DIGEST, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("scope", String(64), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("digest", DIGEST, nullable=False),
    Column("target_id", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "target_id"),
)
"""Which request made what; a row goes with its target."""

models = Table(
    "models",
    metadata,
    Column("version", String(128), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("folder", Text, nullable=False),
    Column("manifest", Text, nullable=False),
    Column("figures", Text, nullable=False),
)
"""Models that were ever trained or brought in; ``manifest`` and ``figures`` are JSON."""

model_events = Table(
    "model_events",
    metadata,
    Column("id", ID, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("model", String(128), ForeignKey("models.version"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("details", Text, nullable=False),
    Index(None, "model", "at"),
)
"""What became of models: trained, passed, refused, activated, rolled back; append-only. ``details`` is JSON."""
