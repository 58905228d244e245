"""The register of models: what was ever in force or on trial, and what became of it. Append-only."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection, RowMapping, select

from triage.store.columns import storable
from triage.store.database import insert_if_absent
from triage.store.tables import model_events, models
from triage.store.values import ModelEvent, ModelEventKind, ModelRecord


def note(connection: Connection, record: ModelRecord, event: ModelEvent) -> None:
    """Write down what became of a model, and the model itself where it is new."""
    insert_if_absent(
        connection,
        models,
        {
            "version": record.version,
            "created_at": record.created_at,
            "folder": record.folder,
            "manifest": record.manifest,
            "figures": record.figures,
        },
    )
    connection.execute(model_events.insert().values(**_row(event)))


def events(connection: Connection, model: str | None = None) -> tuple[ModelEvent, ...]:
    """What became of one model, or of all, oldest first."""
    query = select(model_events).order_by(model_events.c.id)
    if model is not None:
        query = query.where(model_events.c.model == model)
    return tuple(map(_event, connection.execute(query).mappings()))


def _row(event: ModelEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at,
        "model": event.model,
        "kind": event.kind.value,
        "made_by": storable(event.made_by),
        "details": orjson.dumps(event.details).decode(),
    }


def _event(row: RowMapping) -> ModelEvent:
    return ModelEvent(
        id=row["id"],
        at=row["at"],
        model=row["model"],
        kind=ModelEventKind(row["kind"]),
        made_by=row["made_by"],
        details=orjson.loads(row["details"]),
    )
