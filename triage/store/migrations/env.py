"""Run by Alembic, in the connection and the transaction that :mod:`triage.store.migrate` hands in."""

from __future__ import annotations

from alembic import context

from triage.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
)
context.run_migrations()
