"""A running service takes up the model in force, and drops no complaint meanwhile."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.store.samples import NOW
from training.artifact import Trained, save
from triage.bootstrap import House, build_engine, build_follower
from triage.catalog.artifact import load_classifier
from triage.catalog.registry import Registry
from triage.engine import Engine
from triage.live import LiveEngine
from triage.serialize import result_to_json
from triage.service.follower import ModelFollower
from triage.settings import Settings
from triage.types import Complaint

TEXTS = ("排队太久没人管", "收银员態度好差", "牛奶过期了，喝了肚子痛", "二楼扶梯突然停了")


@pytest.fixture
def registry(small_model: Trained, model_folder: Path, tmp_path: Path) -> Registry:
    """The small model ships; another one, that calls more urgent, lies beside it."""
    arrays = small_model.model.arrays
    bias = arrays.calibration_bias + 1
    other = replace(
        small_model, model=replace(small_model.model, arrays=replace(arrays, calibration_bias=bias * 2))
    )
    save(other, tmp_path / "models" / "other", datetime(2026, 11, 22, tzinfo=UTC))
    return Registry(tmp_path / "models", model_folder)


@pytest.fixture
def live(rules_engine: Engine) -> LiveEngine:
    """An engine that has no model yet."""
    return LiveEngine(rules_engine)


@pytest.fixture
def follower(live: LiveEngine, registry: Registry, house: House) -> ModelFollower:
    """As ``triage serve`` has it."""
    load = partial(load_classifier, taxonomy=house.taxonomy, fingerprint=house.preprocessing.fingerprint)
    return ModelFollower(live, registry, load)


def put(registry: Registry, name: str) -> None:
    registry.activate(name, lambda folder: None, untried=True)


def answers(live: LiveEngine) -> list[bytes]:
    return [result_to_json(live.judge(Complaint(text), NOW)) for text in TEXTS]


def test_the_model_in_force_answers_from_the_next_look_on(
    live: LiveEngine, registry: Registry, follower: ModelFollower
) -> None:
    """And the answers say which one it was."""
    follower.look()
    first = live.versions.model
    put(registry, "other")
    assert live.versions.model == first
    follower.look()

    assert live.versions.model == registry.find("other").manifest.id != first  # type: ignore[union-attr]
    assert live.judge(Complaint(TEXTS[0]), NOW).versions == live.versions


def test_going_back_gives_the_same_answers_byte_for_byte(
    live: LiveEngine, registry: Registry, follower: ModelFollower
) -> None:
    """Models are never changed once they are there."""
    follower.look()
    before = answers(live)
    put(registry, "other")
    follower.look()
    assert answers(live) != before
    registry.roll_back(lambda folder: None)
    follower.look()

    assert answers(live) == before


@pytest.mark.parametrize("fault", ["hash", "gone", "pointer"])
def test_a_broken_model_leaves_the_one_in_place(
    live: LiveEngine, registry: Registry, follower: ModelFollower, fault: str
) -> None:
    """It is reported, until a good one is put in force."""
    follower.look()
    before = answers(live)
    put(registry, "other")
    if fault == "hash":
        (registry.folder / "other" / "arrays.npz").write_bytes(b"")
    elif fault == "gone":
        shutil.rmtree(registry.folder / "other")
    else:
        (registry.folder / "active.json").write_text("{", encoding="utf-8")
    follower.look()

    assert answers(live) == before
    assert live.degraded[0].startswith("new-model: ")
    put(registry, "shipped")
    follower.look()
    assert not live.degraded


def test_no_complaint_is_dropped_while_models_change(
    live: LiveEngine, registry: Registry, follower: ModelFollower
) -> None:
    """Each answer is made by one of the two models from beginning to end."""
    follower.look()
    allowed = set(answers(live))
    put(registry, "other")
    follower.look()
    allowed |= set(answers(live))

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(answers, live) for _ in range(100)]
        for name in ("shipped", "other") * 4:
            put(registry, name)
            follower.look()
    assert {answer for future in asked for answer in future.result()} <= allowed


def test_a_named_model_goes_before_the_register(registry: Registry, tmp_path: Path) -> None:
    """``TRIAGE_MODEL`` is what the operator wrote down; nothing is followed then."""
    put(registry, "other")
    named = Settings(state_dir=tmp_path, model=registry.shipped)

    engine = build_engine(named)
    assert engine.versions.model == registry.find("shipped").manifest.id  # type: ignore[union-attr]
    assert build_follower(named, LiveEngine(engine)) is None


def test_without_a_named_model_a_start_uses_the_register(registry: Registry, tmp_path: Path) -> None:
    """So that a restart changes nothing."""
    put(registry, "other")
    engine = build_engine(Settings(state_dir=tmp_path))

    assert engine.versions.model == registry.find("other").manifest.id  # type: ignore[union-attr]
