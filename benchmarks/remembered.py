"""An engine that has judged already: what is left to measure is the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from triage.engine import Engine
from triage.policy.policy import Policy
from triage.taxonomy import Taxonomy
from triage.types import Complaint, TriageResult, Versions


class RememberedEngine:
    """Looks the judgement of a text up, where the real one would judge."""

    def __init__(self, engine: Engine, texts: Iterable[str]) -> None:
        """Judge all ``texts`` now; others cannot be judged later."""
        now = datetime.now(UTC)
        self._engine = engine
        self._results = {text: engine.judge(Complaint(text), now) for text in texts}

    @property
    def taxonomy(self) -> Taxonomy:
        """The engine's."""
        return self._engine.taxonomy

    @property
    def policies(self) -> Mapping[str, Policy]:
        """The engine's."""
        return self._engine.policies

    @property
    def versions(self) -> Versions:
        """The engine's."""
        return self._engine.versions

    @property
    def degraded(self) -> tuple[str, ...]:
        """The engine's."""
        return self._engine.degraded

    def judge(self, complaint: Complaint, now: datetime) -> TriageResult:
        """Return what was judged at the start."""
        return self._results[complaint.text]
