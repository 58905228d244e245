"""Where the time of one text goes, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from time import thread_time
from typing import TypeVar

from benchmarks import report
from benchmarks.clock import Times
from benchmarks.parts import Parts
from triage.assess import assess
from triage.engine import Engine
from triage.models.features import find_features
from triage.preprocess.clauses import split_clauses
from triage.preprocess.redact import find_personal_data
from triage.types import Complaint

T = TypeVar("T")

ROUNDS = 4
TEXTS = 250


class _Steps:
    """Collects the times of named steps; the steps of one text follow one another as they do in the engine."""

    def __init__(self) -> None:
        self._seconds: dict[str, list[float]] = defaultdict(list)

    def __call__(self, name: str, work: Callable[[], T]) -> T:
        begun = thread_time()
        result = work()
        self._seconds[name].append(thread_time() - begun)
        return result

    def forget(self) -> None:
        self._seconds.clear()

    def print(self) -> None:
        for name, seconds in self._seconds.items():
            report.times(name, Times(tuple(seconds)))


def run(parts: Parts) -> None:
    """Print medians of all steps; indented ones are parts of the step above them, done once more."""
    report.heading("Steps of one text")
    step, now = _Steps(), datetime.now(UTC)
    warm_up, *rounds = parts.rounds(ROUNDS, TEXTS)
    for text in warm_up:
        _judge(parts.engine, text, now, step)
    step.forget()
    for texts in rounds:
        for text in texts:
            _judge(parts.engine, text, now, step)
    step.print()


def _judge(engine: Engine, text: str, now: datetime, step: _Steps) -> None:
    preparer, classifier = engine.preparer, engine.classifier
    assert classifier is not None
    prepared = step("prepare", lambda: preparer.prepare(text))
    step("  personal data", lambda: find_personal_data(text))
    step("  normalise", lambda: preparer.normalize_term(text))
    step("  clauses", lambda: split_clauses(prepared.text))
    step("  words", lambda: preparer.segmenter.segment(prepared.text))
    step("  concepts", lambda: preparer.concepts.find(prepared.text))
    signals = step("recognise", lambda: engine.recognizer.recognize(prepared))
    prediction = step("predict", lambda: classifier.predict(prepared))
    step("  features", lambda: find_features(prepared))
    topics = {rule.id: rule.topic for rule in engine.recognizer.rules}
    assessment = step(
        "assess",
        lambda: assess(prepared, signals, prediction, engine.taxonomy, topics, classifier.thresholds),
    )
    policy, store = engine.policies[engine.default_policy], engine.stores.find(engine.default_store)
    step("dispose", lambda: policy.dispose(assessment, Complaint(text), now, store))
