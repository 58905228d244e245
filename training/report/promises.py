"""The promises of the thresholds, each against what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from training.report.judged import Seen

PRECISIONS = (0.90, 0.95, 0.98)


@dataclass(frozen=True)
class Coverage:
    """Sets of plausible topics: how often the right topic stands in them, and how many topics they hold."""

    stated: float
    measured: float | None
    mean_size: float | None
    single: float | None


@dataclass(frozen=True)
class Alarm:
    """Emergencies that the model alone puts below the ``alarm`` threshold, as a share of all emergencies."""

    stated: float
    emergencies: int
    measured: float | None


@dataclass(frozen=True)
class Automation:
    """The largest share of texts, surest first, of whose topics at least ``precision`` are right."""

    precision: float
    share: float


def measure_coverage(seen: Sequence[Seen], plausible: float, stated: float) -> Coverage:
    """Sets hold every topic from the probability ``plausible`` on; an empty set misses."""
    if not seen:
        return Coverage(stated, None, None, None)
    sizes = [sum(item.probability >= plausible for item in one.prediction.topics) for one in seen]
    hits = sum(one.probability(one.row.topic) >= plausible for one in seen)
    return Coverage(
        stated,
        round(hits / len(seen), 4),
        round(sum(sizes) / len(seen), 2),
        round(sizes.count(1) / len(seen), 4),
    )


def measure_alarm(seen: Sequence[Seen], alarm: float, stated: float) -> Alarm:
    """What conformal risk control promised, the rules left aside."""
    emergencies = [one for one in seen if one.urgent]
    below = sum(one.urgent_probability < alarm for one in emergencies)
    return Alarm(stated, len(emergencies), round(below / len(emergencies), 4) if emergencies else None)


def measure_automation(seen: Sequence[Seen], precision: float) -> Automation:
    """How much could be automated at a precision, if the threshold were chosen for these very texts.

    Answers are sorted by the model's probability of the topic that the engine gave; answers of one probability stand
    or fall together.
    """
    answers = sorted(
        ((one.probability(one.assessment.topic), one.assessment.topic == one.row.topic) for one in seen),
        key=lambda answer: -answer[0],
    )
    right = best = 0
    for number, (probability, is_right) in enumerate(answers, start=1):
        right += is_right
        last_of_equals = number == len(answers) or answers[number][0] < probability
        if last_of_equals and right >= precision * number:
            best = number
    return Automation(precision, round(best / len(answers), 4) if answers else 0.0)
