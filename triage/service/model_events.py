"""What became of a model, written into the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import orjson

from triage.models.artifact import Manifest
from triage.store import models
from triage.store.ids import new_id
from triage.store.store import Store
from triage.store.values import ModelEvent, ModelEventKind, ModelRecord


def note_event(
    store: Store,
    folder: Path,
    manifest: Manifest,
    kind: ModelEventKind,
    made_by: str,
    now: datetime,
    details: Mapping[str, str] | None = None,
) -> ModelEvent:
    """Write down an event, and the model where it is new; returns when both are durable.

    Raises:
        StoreError: the database failed.
    """
    record = ModelRecord(
        version=manifest.id,
        created_at=datetime.fromisoformat(manifest.created_at),
        folder=str(folder),
        manifest=manifest.model_dump_json(),
        figures=orjson.dumps(manifest.figures).decode(),
    )
    event = ModelEvent(new_id(now), now, manifest.id, kind, made_by, dict(details or {}))
    store.writer.run(lambda connection: models.note(connection, record, event)).result()
    return event
