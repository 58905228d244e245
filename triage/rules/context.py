"""The cues: words that tell what the neighbourhood of a danger word makes of it.

They are data (``knowledge/context.yaml``); :mod:`triage.rules.reader` reads texts by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from triage.types import Status

COMPARISON_WITHIN = 6
"""Characters at most between what opens a comparison and the danger word."""
COMPARISON_END_WITHIN = 3
"""Characters at most between the danger word and what closes the comparison."""


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Words that give a hit a status.

    Attributes:
        status: the status given.
        where: the cue stands ``before`` or ``after`` the hit.
        within: characters at most between cue and hit.
        scope: the cue reaches through its ``clause`` or its ``sentence``.
        words: the cues.
    """

    status: Status
    where: Literal["before", "after"]
    within: int
    scope: Literal["clause", "sentence"]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContextRules:
    """All cues: groups by reach, and the few constructions that take two cues."""

    groups: tuple[CueGroup, ...]
    shields: frozenset[str]
    """Words that hold a cue inside but are none: 没想到, 有没有, 好像."""
    rhetorical: frozenset[str]
    """What opens a question that asserts: 难道没看到."""
    names: frozenset[str]
    """Names and figures of speech that hold a danger word inside: 火锅, 蟑螂药, 气炸."""
    speech: frozenset[str]
    """Words that make a following denial a quoted assurance: 店员说, 保证."""
    past: frozenset[str]
    settled: frozenset[str]
    comparison: frozenset[str]
    """What opens a comparison (像); with a word of ``comparison_end`` behind the hit it is figurative."""
    comparison_end: frozenset[str]

    def words(self) -> Iterator[str]:
        """Every word that must be looked for."""
        for group in self.groups:
            yield from group.words
        for words in (self.shields, self.rhetorical, self.names, self.speech, self.past, self.settled):
            yield from words
        yield from self.comparison | self.comparison_end

    @property
    def reach(self) -> int:
        """Characters at most from a danger word to the far end of a cue that speaks about it nearby."""
        widest = max((group.within for group in self.groups), default=0)
        return max(widest, COMPARISON_WITHIN) + max(map(len, self.words()), default=0)
