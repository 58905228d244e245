"""Thresholds from validation data, each at a risk that is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from triage.models.decision import Thresholds
from triage.types import Prediction, Urgency

REVIEW_RISK = 0.15
"""Share of wrong topics allowed among the answers that nobody reviews…"""
REVIEW_CONFIDENCE = 0.9
"""…with this confidence, on texts like those of the validation part."""
ALARM_RISK = 0.03
"""Share of emergencies that the model alone may leave without even a look."""
FALSE_ALARMS = 0.02
"""Share of ordinary complaints that the model alone may call urgent."""
COVERAGE = 0.9
"""Share of texts whose right topic stands in the set of plausible ones."""


@dataclass(frozen=True)
class Judged:
    """A validation text: what the model said and what is right."""

    prediction: Prediction
    topic: str
    urgency: str
    secondary: tuple[str, ...]


def choose_thresholds(judged: Sequence[Judged]) -> Thresholds:
    """All thresholds of a model."""
    return Thresholds(
        review=review_threshold(judged),
        urgent=urgent_threshold(judged),
        alarm=alarm_threshold(judged),
        secondary=secondary_threshold(judged),
        plausible=plausible_threshold(judged),
    )


def review_threshold(judged: Sequence[Judged], risk: float = REVIEW_RISK) -> float:
    """The lowest confidence from which on wrong topics stay within ``risk``.

    The bound is Clopper and Pearson's for the share of errors among the answers above a threshold. 1.0 (everything
    is reviewed) where no threshold satisfies it.
    """
    ranked = sorted(judged, key=lambda item: -item.prediction.topics[0].probability)
    confidences = np.array([item.prediction.topics[0].probability for item in ranked])
    wrong = np.cumsum([item.prediction.topics[0].label != item.topic for item in ranked])
    count = np.arange(1, len(ranked) + 1)
    upper = beta.ppf(REVIEW_CONFIDENCE, wrong + 1, np.maximum(count - wrong, 1e-9))
    # Equal confidences stand or fall together: only the last of them may carry the threshold.
    last_of_equals = np.append(confidences[1:] != confidences[:-1], True)
    allowed = np.flatnonzero((upper <= risk) & last_of_equals)
    return _rounded_up(confidences[allowed[-1]]) if len(allowed) else 1.0


def urgent_threshold(judged: Sequence[Judged], false_alarms: float = FALSE_ALARMS) -> float:
    """The lowest probability of urgent that keeps false alarms among non-urgent texts within the limit."""
    ordinary = np.sort([_urgent(item.prediction) for item in judged if item.urgency != Urgency.URGENT])
    if not len(ordinary):
        return 1.0
    allowed = int(len(ordinary) * false_alarms)
    return _rounded_up(ordinary[len(ordinary) - allowed - 1] + 1e-6)


def alarm_threshold(judged: Sequence[Judged], risk: float = ALARM_RISK) -> float:
    """The highest probability of urgent below which at most ``risk`` of the emergencies are expected.

    Conformal risk control: with ``n`` held-out emergencies, ``m`` of them below the threshold, the expected share of
    misses among new emergencies is at most ``(m + 1) / (n + 1)`` if those are exchangeable with the held-out ones. 0.0
    (everything is looked at) where there are too few emergencies to promise anything.
    """
    scores = sorted(_urgent(item.prediction) for item in judged if item.urgency == Urgency.URGENT)
    allowed = int(risk * (len(scores) + 1)) - 1
    return float(np.floor(scores[allowed] * 10_000) / 10_000) if allowed >= 0 else 0.0


def plausible_threshold(judged: Sequence[Judged], coverage: float = COVERAGE) -> float:
    """The probability from which on topics form a set that holds the right one with probability ``coverage``.

    Split conformal prediction over the probability of the right topic: it holds on average for texts that are
    exchangeable with these. 0.0 (all topics) where there are too few of them to promise anything.
    """
    right = sorted(
        next((item.probability for item in case.prediction.topics if item.label == case.topic), 0.0)
        for case in judged
    )
    left_out = int(round((1 - coverage) * (len(right) + 1), 9)) - 1
    return float(np.floor(right[left_out] * 10_000) / 10_000) if left_out >= 0 else 0.0


def secondary_threshold(judged: Sequence[Judged]) -> float:
    """The probability of a clause's topic that gives the best F1 of secondary topics."""
    grid = np.arange(0.2, 0.96, 0.05)
    scores = [_secondary_f1(judged, float(threshold)) for threshold in grid]
    return round(float(grid[int(np.argmax(scores))]), 2)


def _secondary_f1(judged: Sequence[Judged], threshold: float) -> float:
    hits = named = wanted = 0
    for item in judged:
        primary = item.prediction.topics[0].label
        found = {s.label for _, s in item.prediction.clause_topics if s.probability >= threshold} - {primary}
        hits += len(found & set(item.secondary))
        named += len(found)
        wanted += len(item.secondary)
    return 2 * hits / (named + wanted) if named + wanted else 0.0


def _urgent(prediction: Prediction) -> float:
    return next(item.probability for item in prediction.urgencies if item.label == Urgency.URGENT)


def _rounded_up(value: NDArray[np.float64] | float) -> float:
    return min(1.0, float(np.ceil(float(value) * 10_000) / 10_000))
