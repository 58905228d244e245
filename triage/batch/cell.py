"""Values of tables as text."""

from __future__ import annotations

from typing import Any

import orjson

EXACT = 2.0**53
"""Whole numbers below this are exact as floats."""


def as_text(value: Any) -> str:  # noqa: ANN401 - a cell may hold anything
    """A value of a table as text: whole numbers without a fraction, times as ISO 8601, lists and the like as JSON."""
    if isinstance(value, str):
        return value
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return as_json(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    return _foreign(value)


def as_json(value: Any) -> str:  # noqa: ANN401
    """A value of a table as JSON; what JSON does not know becomes text."""
    return orjson.dumps(value, default=_foreign, option=orjson.OPT_NON_STR_KEYS).decode()


def _foreign(value: Any) -> str:  # noqa: ANN401
    return value.hex() if isinstance(value, bytes) else str(value)
