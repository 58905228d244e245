"""Which rows are learned from, which choose thresholds, which only measure.

The part of a row follows from its text alone, so that it never changes when rows are added or files reordered, and
a text that stands twice lands in one part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import StrEnum

from training.corpus import LabeledComplaint


class Part(StrEnum):
    """The three parts: eight, one and one tenth of the rows."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


def part_of(text: str) -> Part:
    """The part a text belongs to."""
    bucket = int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10
    return {8: Part.VALIDATION, 9: Part.TEST}.get(bucket, Part.TRAIN)


def select(rows: Sequence[LabeledComplaint], part: Part) -> list[LabeledComplaint]:
    """The rows of one part, in order."""
    return [row for row in rows if part_of(row.text) is part]
