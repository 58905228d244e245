"""Twenty-two ways to spoil a model, each with the finding that must stop it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from training.artifact import Trained
from training.lessons import mark_of
from training.split import Part, select
from triage.models.artifact import MANIFEST
from triage.models.gate import LESSONS
from triage.models.linear import Labels

USABLE, LEAK = "可用", "未学考题"

Spoil = Callable[[Trained], Trained]
Damage = Callable[[Path], object]


def _arrays(trained: Trained, **changes: Any) -> Trained:
    return replace(trained, model=replace(trained.model, arrays=replace(trained.model.arrays, **changes)))


def _labels(trained: Trained, topics: tuple[str, ...], urgencies: tuple[str, ...]) -> Trained:
    return replace(trained, model=replace(trained.model, labels=Labels(topics, urgencies)))


def _rolled(trained: Trained, first: int, last: int) -> Trained:
    """The answers of the labels from ``first`` to ``last`` change places."""
    arrays = trained.model.arrays
    order = np.arange(len(trained.model.labels))
    order[first:last] = np.roll(order[first:last], 1)
    return _arrays(
        trained,
        calibration=arrays.calibration[:, order],
        calibration_bias=arrays.calibration_bias[order],
    )


def flipped_topics(trained: Trained) -> Trained:
    return _rolled(trained, 0, len(trained.model.labels.topics))


def flipped_urgencies(trained: Trained) -> Trained:
    return _rolled(trained, len(trained.model.labels.topics), len(trained.model.labels))


def a_topic_less(trained: Trained) -> Trained:
    labels = trained.model.labels
    names = (*labels.topics, *labels.urgencies)
    kept = [number for number in range(len(names)) if number]
    arrays = trained.model.arrays
    margins = [block * len(names) + number for block in range(3) for number in kept]
    spoilt = _arrays(
        trained,
        **{name: getattr(arrays, name)[..., kept] for name in ("weights", "bias", "output", "output_bias")},
        calibration=arrays.calibration[margins][:, kept],
        calibration_bias=arrays.calibration_bias[kept],
    )
    return _labels(spoilt, labels.topics[1:], labels.urgencies)


def another_topic(trained: Trained) -> Trained:
    labels = trained.model.labels
    return _labels(trained, ("other.new", *labels.topics[1:]), labels.urgencies)


def another_urgency(trained: Trained) -> Trained:
    labels = trained.model.labels
    return _labels(trained, labels.topics, ("whenever", *labels.urgencies[1:]))


def _leaning(trained: Trained, label: str, by: float) -> Trained:
    labels = trained.model.labels
    bias = trained.model.arrays.calibration_bias.copy()
    bias[(*labels.topics, *labels.urgencies).index(label)] += by
    return _arrays(trained, calibration_bias=bias)


def _sharpened(trained: Trained, factor: float) -> Trained:
    arrays = trained.model.arrays
    return _arrays(
        trained, calibration=arrays.calibration * factor, calibration_bias=arrays.calibration_bias * factor
    )


def _filled(trained: Trained, name: str, value: float) -> Trained:
    return _arrays(trained, **{name: np.full_like(getattr(trained.model.arrays, name), value)})


def nothing_learned(trained: Trained) -> Trained:
    return _filled(_filled(trained, "weights", 0.0), "output", 0.0)


def shuffled_vocabulary(trained: Trained) -> Trained:
    names = np.random.default_rng(1).permutation(trained.model.vocabulary).tolist()
    return replace(trained, model=replace(trained.model, vocabulary=names))


def nobody_looks(trained: Trained) -> Trained:
    return replace(trained, thresholds=replace(trained.thresholds, review=0.0, alarm=1.0, urgent=1.0))


def all_urgent(trained: Trained) -> Trained:
    return replace(trained, thresholds=replace(trained.thresholds, urgent=0.0))


def leaked_test(trained: Trained) -> Trained:
    (test, *_) = select(trained.corpus.rows, Part.TEST)
    return replace(trained, lessons=(*trained.lessons, mark_of(test.text)))


SPOILT: dict[str, tuple[Spoil, str]] = {
    "flipped topics": (flipped_topics, "主题"),
    "flipped urgencies": (flipped_urgencies, "紧急程度"),
    "a topic less": (a_topic_less, USABLE),
    "another topic": (another_topic, USABLE),
    "another urgency": (another_urgency, USABLE),
    "a topic that is never answered": (lambda t: _leaning(t, "service.attitude", -50), "主题"),
    "a topic that swallows others": (lambda t: _leaning(t, "other.unclear", 5), "主题"),
    "lost emergencies": (lambda t: _leaning(t, "urgent", -6), "紧急召回"),
    "cries wolf": (lambda t: _leaning(t, "urgent", 6), "误报"),
    "everything urgent by threshold": (all_urgent, "误报"),
    "too sure of itself": (lambda t: _sharpened(t, 8), "主题校准"),
    "never sure": (lambda t: _sharpened(t, 0.1), "主题校准"),
    "nobody looks": (nobody_looks, "免复核差错"),
    "NaN weights": (lambda t: _filled(t, "weights", np.nan), USABLE),
    "an infinite bias": (lambda t: _filled(t, "bias", np.inf), USABLE),
    "zero weights": (nothing_learned, "主题"),
    "shuffled vocabulary": (shuffled_vocabulary, "主题"),
    "weights of the opposite sign": (
        lambda t: _arrays(t, weights=-t.model.arrays.weights),
        "主题",
    ),
    "another preprocessing": (lambda t: replace(t, fingerprint="0" * 12), USABLE),
    "another taxonomy": (lambda t: replace(t, taxonomy="1999.1"), USABLE),
    "leaked test": (leaked_test, LEAK),
    "no record of what it learned": (lambda t: replace(t, lessons=()), LEAK),
}
"""Written as complete, self-consistent model directories."""


def _cut(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])


def _edited_manifest(folder: Path) -> None:
    path = folder / MANIFEST
    content = json.loads(path.read_text(encoding="utf-8"))
    content["thresholds"]["urgent"] = 7
    path.write_text(json.dumps(content), encoding="utf-8")


DAMAGED: dict[str, Damage] = {
    "truncated arrays": lambda folder: _cut(folder, "arrays.npz"),
    "cleaned record of what it learned": lambda folder: _cut(folder, LESSONS),
    "a missing file": lambda folder: (folder / "words.txt").unlink(),
    "an edited manifest": _edited_manifest,
}
"""Spoilt after they were written."""
