"""What the store takes and gives: frozen values, without a word of SQL.

Every ``text`` here is masked, every moment zone-aware, every ``digest`` made by :class:`triage.store.digests.Digester`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from triage.types import Urgency

T = TypeVar("T")


class Role(StrEnum):
    """What the holder of a key may do; each may also do what the lower ones may, lowest first."""

    INTAKE = "intake"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Position from 0 (intake) to 2 (admin)."""
        return _ROLE_RANK[self]

    def may_act_as(self, needed: Role) -> bool:
        """Whether this role includes ``needed``."""
        return self.rank >= needed.rank


_ROLE_RANK = {role: rank for rank, role in enumerate(Role)}


class State(StrEnum):
    """Whether a correction may teach: ``accepted`` and ``confirmed`` may, ``held`` waits for a second person."""

    ACCEPTED = "accepted"
    HELD = "held"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"

    @property
    def teaches(self) -> bool:
        """Whether models may learn from it."""
        return self in {State.ACCEPTED, State.CONFIRMED}


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person or the engine says of a complaint; ``secondary_topics`` in order of weight."""

    topic: str
    urgency: Urgency
    secondary_topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """A judgement as it was given.

    Attributes:
        id: see :func:`triage.store.ids.new_id`; ids sort by the moment of judging.
        external_id: the number of the calling system.
        text: masked, as long as the original.
        text_digest: of the original text.
        customer_digest: of the customer reference, where one was given.
        model: version of the model that judged, ``None`` where the rules answered alone.
        judgement: the whole answer as JSON, with the words of its evidence masked like ``text``.
    """

    id: str
    judged_at: datetime
    received_at: datetime
    external_id: str | None
    text: str
    text_digest: str
    customer_digest: str | None
    channel: str | None
    store: str | None
    labels: Labels
    needs_review: bool
    model: str | None
    judgement: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """What a person said instead, or confirmed: append-only, erased only with the customer's data.

    Attributes:
        assessment_id: the judgement that is corrected; it may have been deleted by age since.
        external_id: number of a ticket that was judged elsewhere.
        before: what stood there; ``None`` where it is unknown.
        hold_reasons: why a second person should look, in Chinese; empty exactly when it was accepted at once.
        model: version of the model that was wrong, where known.
    """

    id: str
    made_at: datetime
    made_by: str
    role: Role
    reason: str | None
    assessment_id: str | None
    external_id: str | None
    text: str
    text_digest: str
    customer_digest: str | None
    channel: str | None
    before: Labels | None
    after: Labels
    state: State
    hold_reasons: tuple[str, ...]
    model: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """The second look at a held correction, by somebody else."""

    correction_id: str
    made_at: datetime
    made_by: str
    confirmed: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key without its secret; ``revoked_at`` is ``None`` as long as it is good."""

    id: str
    name: str
    role: Role
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AssessmentFilter:
    """Which assessments are wanted; ``None`` means any. ``since`` and ``until`` bound ``received_at``, half open."""

    topic: str | None = None
    urgency: Urgency | None = None
    needs_review: bool | None = None
    corrected: bool | None = None
    channel: str | None = None
    store: str | None = None
    external_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items, newest first; ``next_cursor`` leads to the older ones, ``None`` at the end."""

    items: tuple[T, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows a deletion removed."""

    assessments: int
    corrections: int


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An ``Idempotency-Key``: ``scope`` keeps callers apart, ``digest`` tells one body from another."""

    scope: str
    key: str
    digest: str


class ModelEventKind(StrEnum):
    """What became of a model."""

    TRAINED = "trained"
    PASSED = "passed"
    REFUSED = "refused"
    ACTIVATED = "activated"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A model as the register knows it; ``manifest`` and ``figures`` are JSON."""

    version: str
    created_at: datetime
    folder: str
    manifest: str = field(repr=False)
    figures: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ModelEvent:
    """One thing that became of a model; ``details`` is what JSON can hold."""

    id: str
    at: datetime
    model: str
    kind: ModelEventKind
    made_by: str
    details: dict[str, str]
