"""Why a complaint was judged as it was, and the smallest change that would alter it."""

from __future__ import annotations

from datetime import datetime

from triage.engine import Engine
from triage.explain.removals import smallest_removals
from triage.explain.reversals import without_cue
from triage.explain.spans import mark
from triage.explain.trials import MAX_RUNS, Trials
from triage.explain.values import (
    Alternative,
    Explanation,
    Finding,
    LabelWords,
    Margins,
    WeightedWord,
)
from triage.models.decision import Thresholds
from triage.types import Complaint, Prediction, PreparedText, Scored, Signal, Status, TriageResult, Urgency

__all__ = ["Alternative", "Explanation", "Finding", "LabelWords", "Margins", "WeightedWord", "explain"]

MAX_REVERSAL_RUNS = 12
"""Runs spent on dismissed signals; a text full of denials leaves enough for the rest."""


def explain(engine: Engine, text: str, now: datetime) -> Explanation:
    """Judge a text at the moment ``now`` (zone-aware) and say why.

    The engine judges again at most :data:`triage.explain.trials.MAX_RUNS` times.

    Raises:
        InputError: the text cannot be judged.
    """
    result = engine.judge(Complaint(text), now)
    prepared = engine.preparer.prepare(text)
    prediction = _prediction(engine, prepared, result)
    trials = Trials(engine, text, MAX_REVERSAL_RUNS)
    findings = tuple(_finding(signal, result, trials) for signal in trials.whole.signals)
    trials.limit = MAX_RUNS
    return Explanation(
        result=result,
        findings=findings,
        words=_words(prediction, prepared) if prediction else (),
        margins=_margins(prediction, engine.classifier.thresholds)
        if engine.classifier and prediction
        else None,
        alternatives=smallest_removals(prepared, trials),
        runs=trials.runs,
        exhausted=trials.exhausted,
    )


def _prediction(engine: Engine, prepared: PreparedText, result: TriageResult) -> Prediction | None:
    """What the model says; the result names no model where there is none, or where it failed on this text."""
    if engine.classifier is None or result.versions.model is None:
        return None
    return engine.classifier.predict(prepared)


def _finding(signal: Signal, result: TriageResult, trials: Trials) -> Finding:
    marked = mark(result.masked_text, signal.spans)
    dismissed = signal.status is not Status.ASSERTED
    return Finding(signal, marked, without_cue(signal, trials) if dismissed else None)


def _words(prediction: Prediction, prepared: PreparedText) -> tuple[LabelWords, ...]:
    by_label: dict[str, list[WeightedWord]] = {}
    for item in prediction.contributions:
        span = prepared.original_span(item.start, item.end)
        text = prepared.masked[span.start : span.end]
        by_label.setdefault(item.label, []).append(WeightedWord(span, text, item.weight))
    return tuple(LabelWords(label, tuple(words)) for label, words in by_label.items())


def _margins(prediction: Prediction, thresholds: Thresholds) -> Margins:
    urgent = next(item for item in prediction.urgencies if item.label == Urgency.URGENT)
    # A model of one topic has no runner-up.
    runner_up = prediction.topics[1] if len(prediction.topics) > 1 else Scored("", 0.0)
    return Margins(prediction.topics[0], runner_up, urgent.probability, thresholds.urgent, thresholds.alarm)
