"""Arithmetic on ranges of characters: data that do not overlap, and the text without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from triage.preprocess.redact.datum import Kind, PersonalDatum

_MASKED = re.compile(r"\*{2,}")
"""A single one is rarely a datum, and often a sign of the customer's own."""


def find_masked(text: str) -> tuple[PersonalDatum, ...]:
    """The data of a text that :func:`mask` was applied to, as far as they can be told from it."""
    return tuple(PersonalDatum(Kind.MASKED, *found.span()) for found in _MASKED.finditer(text))


def mask(text: str, data: Sequence[PersonalDatum]) -> str:
    """Replace every character of the data by ``*``; ``data`` as ``find_personal_data`` gives them."""
    pieces: list[str] = []
    position = 0
    for datum in data:
        pieces += (text[position : datum.start], "*" * (datum.end - datum.start))
        position = datum.end
    pieces.append(text[position:])
    return "".join(pieces)


def without_overlaps(found: Iterable[PersonalDatum]) -> tuple[PersonalDatum, ...]:
    """Cover every character once: the earlier datum keeps its range, a later one what is left of its own.

    Of data that begin together the longest wins; of equal ones the first found, because sorting is stable.
    """
    kept: list[PersonalDatum] = []
    position = 0
    for datum in _by_start_longest_first(found):
        if datum.start >= position:
            kept.append(datum)
        elif datum.end > position:
            kept.append(PersonalDatum(datum.kind, position, datum.end))
        position = max(position, datum.end)
    return tuple(kept)


def _by_start_longest_first(found: Iterable[PersonalDatum]) -> list[PersonalDatum]:
    # Twice by one border is faster than once by both: no pair is built for each datum.
    longest_first = sorted(found, key=attrgetter("end"), reverse=True)
    return sorted(longest_first, key=attrgetter("start"))
