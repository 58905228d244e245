"""What the page shows of a cell: no personal data, one line, not too long."""

from __future__ import annotations

from triage.preprocess.redact import find_personal_data, mask

LONGEST = 160
"""Characters of a text that a table shows."""


def shown(cell: str) -> str:
    """A cell without personal data and without characters that do not print."""
    masked = mask(cell, find_personal_data(cell))
    return " ".join("".join(c if c.isprintable() else " " for c in masked).split())


def excerpt(cell: str, longest: int = LONGEST) -> str:
    """The beginning of :func:`shown`."""
    text = shown(cell)
    return text if len(text) <= longest else text[: longest - 1] + "…"
