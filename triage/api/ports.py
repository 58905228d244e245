"""What the door needs of the house behind it. The engine fits; so does the fake of the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from triage.policy.policy import Policy
from triage.taxonomy import Taxonomy
from triage.types import Complaint, TriageResult, Versions


class TriageEngine(Protocol):
    """Judges complaints; safe to call from several threads."""

    @property
    def taxonomy(self) -> Taxonomy:
        """The labels that judgements use."""

    @property
    def policies(self) -> Mapping[str, Policy]:
        """Policy profiles by id."""

    @property
    def versions(self) -> Versions:
        """What makes the judgements."""

    @property
    def degraded(self) -> tuple[str, ...]:
        """Names of the parts that work in a reduced way; empty when all is well."""

    def judge(self, complaint: Complaint, now: datetime) -> TriageResult:
        """Judge one complaint; raises :class:`triage.errors.InputError` for one that cannot be judged."""
