"""An engine whose model can be exchanged while it judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from triage.engine import Engine
from triage.models.classifier import Classifier
from triage.policy.policy import Policy
from triage.taxonomy import Taxonomy
from triage.types import Complaint, TriageResult, Versions


class LiveEngine:
    """Stands where an :class:`triage.engine.Engine` is expected; may be shared by threads.

    Each judgement is made by one engine from beginning to end: exchanging replaces one reference, and what is under way
    keeps the engine that it began with. Only the model changes, so that taxonomy and policies may be read once.
    """

    def __init__(self, engine: Engine) -> None:
        """``engine`` judges until a model is put in."""
        self._engine = engine
        self._refused: tuple[str, ...] = ()

    @property
    def engine(self) -> Engine:
        """The one that judges now."""
        return self._engine

    @property
    def taxonomy(self) -> Taxonomy:
        """The label set."""
        return self._engine.taxonomy

    @property
    def policies(self) -> Mapping[str, Policy]:
        """Policy profiles by id."""
        return self._engine.policies

    @property
    def versions(self) -> Versions:
        """What makes the judgements now."""
        return self._engine.versions

    @property
    def degraded(self) -> tuple[str, ...]:
        """What is missing; also a model that was to be put in and could not be."""
        return (*self._engine.degraded, *self._refused)

    def judge(self, complaint: Complaint, now: datetime) -> TriageResult:
        """Judge one complaint; raises ``InputError`` for one that cannot be judged."""
        return self._engine.judge(complaint, now)

    def put_in(self, classifier: Classifier) -> None:
        """Let ``classifier`` answer from the next complaint on."""
        self._engine = with_model(self._engine, classifier)
        self._refused = ()

    def stay(self, reason: str | None = None) -> None:
        """Go on with the model in place; ``reason`` says why the wanted one cannot be used, if it cannot."""
        self._refused = () if reason is None else (f"new-model: {reason}",)


def with_model(engine: Engine, classifier: Classifier | None) -> Engine:
    """The same engine with another model, or none."""
    version = None if classifier is None else classifier.version
    return replace(
        engine, classifier=classifier, versions=replace(engine.versions, model=version), degraded=()
    )
