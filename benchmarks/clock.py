"""Processor time, and contenders measured turn by turn.

Processor time, because a machine that does other things too should not change the figures; ratios within one run,
because machines differ. Short pieces of work are measured by the time of their thread alone: a library may keep
other threads waiting in a loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time, thread_time
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of processor time, one for each piece of work."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    @property
    def p99(self) -> float:
        """What 99 of 100 pieces stay below."""
        return sorted(self.seconds)[len(self.seconds) * 99 // 100]


def seconds_of(work: Callable[[], object]) -> float:
    """Processor time of one long piece of work, all threads together."""
    begun = process_time()
    work()
    return process_time() - begun


def take_turns(
    contenders: Mapping[str, Callable[[T], object]], rounds: Sequence[Sequence[T]]
) -> dict[str, Times]:
    """Let all contenders do the work of each round before the next begins.

    Nobody sees a piece of work twice. The first round warms up and does not count.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for number, pieces in enumerate(rounds):
        for name, work in contenders.items():
            spent = [_one(work, piece) for piece in pieces]
            if number > 0:
                seconds[name] += spent
    return {name: Times(tuple(values)) for name, values in seconds.items()}


def _one(work: Callable[[T], object], piece: T) -> float:
    begun = thread_time()
    work(piece)
    return thread_time() - begun
