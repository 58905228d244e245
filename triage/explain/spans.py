"""Ranges of characters: put together, marked, cut out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triage.types import Span

LONGEST = 200
"""Characters of a text that is shown whole; of a longer one only the surroundings of the marks are."""
AROUND = 40


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters in as few ranges as possible, in order."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def mark(text: str, spans: Iterable[Span]) -> str:
    """The text with 【】 around the spans."""
    merged = merge(spans)
    if not merged:
        return text
    long = len(text) > LONGEST
    start = max(0, merged[0].start - AROUND) if long else 0
    stop = min(len(text), merged[-1].end + AROUND) if long else len(text)
    pieces, position = ["…" if start else ""], start
    for span in merged:
        pieces += (text[position : span.start], "【", text[span.start : span.end], "】")
        position = span.end
    return "".join((*pieces, text[position:stop], "…" if stop < len(text) else ""))


def kept_positions(length: int, cut: Sequence[Span]) -> list[int]:
    """Where the characters that are left stood; ``cut`` must be merged."""
    kept: list[int] = []
    position = 0
    for span in cut:
        kept += range(position, span.start)
        position = span.end
    kept += range(position, length)
    return kept


def size(span: Span) -> int:
    """Characters of a span."""
    return span.end - span.start


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end
