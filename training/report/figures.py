"""Everything that a card tells, as frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import binomtest

from training.evaluate import Figures, by_variant, measure
from training.report.calibration import Calibration, calibrate
from training.report.judged import Seen
from training.report.promises import (
    PRECISIONS,
    Alarm,
    Automation,
    Coverage,
    measure_alarm,
    measure_automation,
    measure_coverage,
)
from triage.models.artifact import Manifest

LENGTHS = ((1, 20), (21, 50), (51, 100), (101, 300), (301, None))
"""Bands of characters, both ends included."""


@dataclass(frozen=True)
class SetFigures:
    """One set of labelled texts.

    Attributes:
        name: what the card calls it.
        topic_interval: 95 % interval (Wilson) of the share of right topics.
        figures: through the whole engine, rules and model.
        by_variant: the same for each variant of Chinese.
        by_length: the same for each band of :data:`LENGTHS` that occurs.
        topic_calibration: of the model's likeliest topic.
        urgent_calibration: of the model's probability of an emergency.
    """

    name: str
    topic_interval: tuple[float, float]
    figures: Figures
    by_variant: dict[str, Figures]
    by_length: dict[str, Figures]
    topic_calibration: Calibration
    urgent_calibration: Calibration
    automation: tuple[Automation, ...]
    coverage: Coverage
    alarm: Alarm


def measure_set(name: str, seen: Sequence[Seen], manifest: Manifest) -> SetFigures:
    """All figures of one set of texts; there must be some."""
    cases = [one.case for one in seen]
    likeliest = [one.prediction.topics[0] for one in seen]
    return SetFigures(
        name=name,
        topic_interval=_interval(sum(one.row.topic == one.assessment.topic for one in seen), len(seen)),
        figures=measure(cases),
        by_variant=by_variant(cases),
        by_length=_by_length(seen),
        topic_calibration=calibrate(
            [
                (item.probability, item.label == one.row.topic)
                for item, one in zip(likeliest, seen, strict=True)
            ]
        ),
        urgent_calibration=calibrate([(one.urgent_probability, one.urgent) for one in seen]),
        automation=tuple(measure_automation(seen, precision) for precision in PRECISIONS),
        coverage=measure_coverage(seen, manifest.thresholds.plausible, manifest.coverage),
        alarm=measure_alarm(seen, manifest.thresholds.alarm, manifest.alarm_risk),
    )


def _interval(right: int, rows: int) -> tuple[float, float]:
    found = binomtest(right, rows).proportion_ci(0.95, method="wilson")
    return round(float(found.low), 4), round(float(found.high), 4)


def _by_length(seen: Sequence[Seen]) -> dict[str, Figures]:
    bands = {}
    for low, high in LENGTHS:
        inside = [
            one.case
            for one in seen
            if low <= len(one.row.text) and (high is None or len(one.row.text) <= high)
        ]
        if inside:
            bands[f"{low}–{high}" if high else f"{low} and more"] = measure(inside)
    return bands
