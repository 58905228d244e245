"""What became of models is written down, in order, on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import orjson
from sqlalchemy import select

from tests.store.samples import NOW, count
from triage.catalog.artifact import read_manifest
from triage.service.model_events import note_event
from triage.store import models, tables
from triage.store.store import Store
from triage.store.values import ModelEventKind


def test_a_model_is_known_once_and_its_events_in_order(store: Store, model_folder: Path) -> None:
    """The manifest stays as it was when the model was first seen; details come back as they were given."""
    manifest = read_manifest(model_folder)
    why = {"紧急召回": "0.97 → 0.95，下降"}
    note_event(store, model_folder, manifest, ModelEventKind.TRAINED, "王主管", NOW)
    note_event(store, model_folder, manifest, ModelEventKind.REFUSED, "王主管", NOW + timedelta(hours=1), why)

    with store.reading() as connection:
        found = models.events(connection, manifest.id)
        stored = connection.execute(select(tables.models.c.manifest)).scalar_one()
        assert not models.events(connection, "another")
    assert [event.kind for event in found] == [ModelEventKind.TRAINED, ModelEventKind.REFUSED]
    assert [event.details for event in found] == [{}, why]
    assert orjson.loads(stored)["id"] == manifest.id
    assert count(store, tables.models) == 1
