"""Tables of conditions: the part of a policy that says who, what and by which channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from triage.types import Urgency

T = TypeVar("T")


class Case(NamedTuple):
    """All that a policy's tables may look at; a tuple, because it is looked up for every complaint."""

    topic: str
    urgency: Urgency
    channel: str
    hazards: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Condition:
    """When a row applies. ``None`` means any; where several are given, all must hold."""

    topics: frozenset[str] | None = None
    urgencies: frozenset[Urgency] | None = None
    channels: frozenset[str] | None = None
    hazards: frozenset[str] | None = None
    """Confirmed by a hazard rule, whatever the topic is: a customer's threat (``harm``) keeps the topic."""

    def holds(self, case: Case) -> bool:
        """Whether ``case`` fits."""
        return (
            (self.topics is None or case.topic in self.topics)
            and (self.urgencies is None or case.urgency in self.urgencies)
            and (self.channels is None or case.channel in self.channels)
            and (self.hazards is None or not self.hazards.isdisjoint(case.hazards))
        )

    def covers(self, other: Condition) -> bool:
        """Whether this one holds wherever ``other`` does."""
        return all(
            mine is None or (theirs is not None and theirs <= mine)
            for mine, theirs in zip(self._parts(), other._parts(), strict=True)
        )

    def meets(self, other: Condition) -> bool:
        """Whether there is a case in which both hold."""
        return all(
            mine is None or theirs is None or not mine.isdisjoint(theirs)
            for mine, theirs in zip(self._parts(), other._parts(), strict=True)
        )

    def _parts(self) -> tuple[frozenset[str] | None, ...]:
        return self.topics, self.urgencies, self.channels, self.hazards


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """A line of a table: ``then`` for the cases that fit ``when``."""

    when: Condition
    then: T


def first(rows: Iterable[Row[T]], case: Case) -> T:
    """Return what the first fitting row says.

    Raises:
        LookupError: no row fits; loaded tables end with a row that always does.
    """
    for row in rows:
        if row.when.holds(case):
            return row.then
    raise LookupError(f"no row fits {case}")


def every(rows: Iterable[Row[tuple[str, ...]]], case: Case) -> tuple[str, ...]:
    """Return the words of all fitting rows, in order, each once."""
    return tuple(dict.fromkeys(_words(rows, case)))


def _words(rows: Iterable[Row[tuple[str, ...]]], case: Case) -> Iterator[str]:
    for row in rows:
        if row.when.holds(case):
            yield from row.then
