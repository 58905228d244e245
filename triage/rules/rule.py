"""A hazard rule: which words, in which neighbourhood, mean which danger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from triage.rules.pattern import Pattern
from triage.types import Status

Scope = Literal["clause", "sentence", "text"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One family of dangerous wordings.

    Attributes:
        id: never changes once published.
        hazard: ``food``, ``fire``, ``injury``, ``hazard``, ``security`` or ``harm``.
        topic: the topic it confirms; ``None`` where the topic stays that of the complaint (harm).
        means: what it says, in Chinese, for the people who read the answer.
        groups: every group must be met by one of its patterns, all inside ``within``; a rule with one
            group needs just one of its patterns.
        within: how near the groups must be to each other.
        exceptions: a hit whose clause holds one of these is dismissed as ``named``.
        unless: the statuses that dismiss a hit; others leave it asserted.
        weak: its words are often harmless: alone it asks for a person to look, together with the model's
            suspicion (or without a model) it confirms.
        draft: still being written: its examples are checked, but it judges no complaint.
    """

    id: str
    hazard: str
    topic: str | None
    means: str
    groups: tuple[tuple[Pattern, ...], ...]
    within: Scope
    exceptions: tuple[Pattern, ...]
    unless: frozenset[Status]
    weak: bool = False
    draft: bool = False
