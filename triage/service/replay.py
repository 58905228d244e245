"""Judging a kept complaint again, and what differs from what was answered then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import orjson

from triage.engine import Engine
from triage.serialize import result_to_json
from triage.store.values import AssessmentRecord
from triage.types import Complaint

VERSIONS = "versions"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of the answer, or one version (``versions.rules``), then and now."""

    field: str
    then: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Replayed:
    """What differs in the answer, and in what made it; both empty where the judgement is the same."""

    answer: tuple[Difference, ...]
    versions: tuple[Difference, ...]


def model_of(record: AssessmentRecord) -> str | None:
    """The model that judged then, ``None`` where the rules judged alone."""
    model: str | None = orjson.loads(record.judgement)[VERSIONS]["model"]
    return model


def replay(record: AssessmentRecord, engine: Engine) -> Replayed:
    """Judge the masked text with ``engine`` at the moment of the first judgement.

    Raises:
        InputError: the text cannot be judged any more, because limits or policies have changed.
    """
    then = orjson.loads(record.judgement)
    complaint = Complaint(
        text=record.text,
        id=record.external_id,
        channel=record.channel,
        received_at=record.received_at,
        store=record.store,
        policy=then["routing"]["policy"],
    )
    reader = replace(engine, preparer=engine.preparer.of_masked())
    now = orjson.loads(result_to_json(reader.judge(complaint, record.judged_at)))
    versions = _differences(then.pop(VERSIONS), now.pop(VERSIONS), f"{VERSIONS}.")
    return Replayed(_differences(then, now), versions)


def _differences(then: dict[str, Any], now: dict[str, Any], prefix: str = "") -> tuple[Difference, ...]:
    names = [*then, *(name for name in now if name not in then)]
    return tuple(
        Difference(prefix + name, then.get(name), now.get(name))
        for name in names
        if then.get(name) != now.get(name)
    )
