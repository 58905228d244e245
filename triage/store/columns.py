"""How values are written into columns and read back."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from triage.store.values import Labels
from triage.types import Urgency


def storable(text: str) -> str:
    """The same text without NUL, which PostgreSQL refuses; as long as before, so that positions hold."""
    return text.replace("\0", "\ufffd")


def optional(text: str | None) -> str | None:
    """As :func:`storable`, for a column that may be empty."""
    return None if text is None else storable(text)


def write_list(items: Sequence[str]) -> str:
    """A list of words as JSON."""
    return orjson.dumps(list(items)).decode()


def read_list(text: str) -> tuple[str, ...]:
    """The opposite of :func:`write_list`."""
    return tuple(orjson.loads(text))


def read_labels(topic: str, urgency: str, secondary_topics: str) -> Labels:
    """Labels from their three columns."""
    return Labels(topic, Urgency(urgency), read_list(secondary_topics))
