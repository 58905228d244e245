"""Whether labelled rows are enough to learn a label set from, and what to do about urgencies that nobody used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from training.corpus import LabeledComplaint
from training.estimators import Floats
from training.learn import Learned
from training.split import Part, part_of
from triage.errors import KnowledgeError, Problem
from triage.models.arrays import LinearArrays
from triage.models.linear import Labels
from triage.taxonomy import Taxonomy
from triage.types import Urgency

LEAST = 8
"""Rows of the training part that a label needs: each fold of the cross-validation must find some of them."""
NEVER = -30.0
"""Logit of an urgency without any example: a probability of nothing."""


def check_enough(rows: Sequence[LabeledComplaint], taxonomy: Taxonomy, source: str) -> None:
    """Refuse rows that a model of all topics cannot be learned from.

    Raises:
        KnowledgeError: naming every label that has too few rows, and every part that is empty.
    """
    parts = {part: [row for row in rows if part_of(row.text) is part] for part in Part}
    topics = Counter(row.topic for row in parts[Part.TRAIN])
    urgencies = Counter(row.urgency for row in parts[Part.TRAIN])
    few = [("topic", topic.id, topics[topic.id]) for topic in taxonomy.topics if topics[topic.id] < LEAST]
    few += [("urgency", urgency, count) for urgency, count in urgencies.items() if count < LEAST]
    problems = [
        Problem(source, label, field, f"{count} rows to learn from; {LEAST} are needed")
        for field, label, count in few
    ]
    if len(urgencies) < 2:
        problems.append(Problem(source, "", "urgency", "at least two urgencies must be told apart"))
    problems += [
        Problem(source, part.value, "", "no row falls into this part; label more")
        for part, found in parts.items()
        if not found
    ]
    if problems:
        raise KnowledgeError(problems)


def with_all_urgencies(learned: Learned) -> Learned:
    """Add columns for urgencies that no row had, which the model will never choose: serving expects all four."""
    missing = tuple(urgency for urgency in Urgency if urgency not in learned.labels.urgencies)
    if not missing:
        return learned
    labels = Labels(learned.labels.topics, (*learned.labels.urgencies, *missing))
    arrays, more = learned.arrays, len(missing)
    return replace(
        learned,
        labels=labels,
        arrays=replace(
            arrays,
            weights=_wider(arrays.weights, more),
            bias=_wider(arrays.bias, more),
            output=_wider(arrays.output, more),
            output_bias=_wider(arrays.output_bias, more),
            calibration=_wider(_taller(arrays, more), more),
            calibration_bias=_wider(arrays.calibration_bias, more, NEVER),
        ),
    )


def _wider(values: Floats, more: int, value: float = 0.0) -> Floats:
    padding = [(0, 0)] * (values.ndim - 1) + [(0, more)]
    return np.pad(values, padding, constant_values=value)


def _taller(arrays: LinearArrays, more: int) -> Floats:
    """The margins of surface, meaning and strongest clause lie one behind the other: each grows at its end."""
    blocks = np.split(arrays.calibration, 3)
    return np.concatenate([np.pad(block, [(0, more), (0, 0)]) for block in blocks])
