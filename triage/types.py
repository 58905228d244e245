"""The values that flow down the route, from a complaint to a disposition.

Every type here is frozen and holds plain data; nothing on this floor imports another floor. Those of which one text
makes many are named tuples, which are made three times as fast as frozen dataclasses.

Two coordinate systems are used, and every field says which:

* *original* — characters of the text exactly as the customer sent it. All evidence shown to people.
* *normalised* — characters of :attr:`PreparedText.text`, what rules and models read.

:attr:`PreparedText.offsets` leads from the second to the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

Script = Literal["Hans", "Hant", "Hani", "mixed", "none"]
"""The writing found: Simplified, Traditional, Chinese that reads the same in both (ISO 15924), both, or none."""


class Urgency(StrEnum):
    """How soon somebody must act; the four levels of the annotation guide, lowest first."""

    MINOR = "minor"
    GENERAL = "general"
    IMPORTANT = "important"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """Position from 0 (minor) to 3 (urgent)."""
        return _URGENCY_RANK[self]


_URGENCY_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


class Status(StrEnum):
    """What the words around a hazard say about it. Only ``asserted`` makes an emergency."""

    ASSERTED = "asserted"
    DENIED = "denied"
    ASKED = "asked"
    PAST = "past"
    REPORTED = "reported"
    FIGURATIVE = "figurative"
    NAMED = "named"
    ASSURED = "assured"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an intake system sends. ``received_at`` may lack a zone; the policy floor decides what then."""

    text: str
    id: str | None = None
    channel: str | None = None
    received_at: datetime | None = None
    store: str | None = None
    policy: str | None = None


class Span(NamedTuple):
    """A half-open range of characters, ``start <= i < end``."""

    start: int
    end: int


class Clause(NamedTuple):
    """A stretch between separators, in normalised characters; ``sentence`` counts full stops before it."""

    start: int
    end: int
    sentence: int


class Token(NamedTuple):
    """A word of the segmentation, in normalised characters."""

    text: str
    start: int


class ConceptHit(NamedTuple):
    """A word of the concept lexicon found in the normalised text."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PreparedText:
    """One complaint made ready: the same value is read by the rules, the models and the training.

    Attributes:
        original: the text as received.
        masked: ``original`` with personal data replaced by ``*``, equal in length; the only form that may
            be stored or logged.
        text: the normalised text (Simplified, lower case, NFKC, one character per masked datum).
        offsets: ``len(text) + 1`` positions; ``offsets[i]`` is where normalised character ``i`` begins in
            ``original``, the last is ``len(original)``.
        clauses: the clauses of ``text``, in order, without their separators.
        tokens: the words of ``text``, in order, without white space.
        concepts: lexicon words found, overlapping ones included, by position.
        script: the writing of ``original``.
        fillers: the numbers of the clauses that say nothing about the matter (greetings, thanks…).
    """

    original: str
    masked: str
    text: str
    offsets: Sequence[int]
    clauses: tuple[Clause, ...]
    tokens: tuple[Token, ...]
    concepts: tuple[ConceptHit, ...]
    script: Script
    fillers: frozenset[int] = frozenset()

    def original_span(self, start: int, end: int) -> Span:
        """Carry a normalised range back to the original text, without trailing separators."""
        first, stop, original = self.offsets[start], self.offsets[end], self.original
        # What the normalisation removed after the last character (spaces, zero-width marks) stays outside.
        while stop > first and ((last := original[stop - 1]).isspace() or not last.isprintable()):
            stop -= 1
        return Span(first, stop)


@dataclass(frozen=True, slots=True)
class Signal:
    """A hazard rule that fired, with the status its neighbourhood gave it.

    ``spans`` are *original* ranges of the words that fired it, ``cue`` the original words that decided a
    status other than asserted (「没有」, 「如果」…), empty where there are none. A ``weak`` signal is one whose words
    are often harmless; it takes a second sign to count.
    """

    rule: str
    hazard: str
    means: str
    status: Status
    spans: tuple[Span, ...]
    text: str
    cue: str = ""
    weak: bool = False


class Scored(NamedTuple):
    """A label with its calibrated probability."""

    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """A normalised range and how much it speaks for ``label`` (margin units, positive = for it)."""

    label: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifiers say of one text; both lists hold every label, likeliest first."""

    topics: tuple[Scored, ...]
    urgencies: tuple[Scored, ...]
    clause_topics: tuple[tuple[Clause, Scored], ...]
    contributions: tuple[Contribution, ...]


class Evidence(NamedTuple):
    """Words of the original text and what they were taken for.

    ``source`` is ``rule`` (a hazard rule made the judgement), ``model`` (words that weighed most for the
    topic) or ``dismissed`` (a danger word that the neighbourhood explained away, see ``status``).
    """

    source: Literal["rule", "model", "dismissed"]
    label: str
    start: int
    end: int
    text: str
    reason: str
    status: Status | None = None
    rule: str | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """Calibrated probabilities of the two judgements; ``None`` where a rule, not the model, judged."""

    topic: float | None
    urgency: float | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The judgement: what it is about, how urgent, how sure, and because of which words.

    ``hazards`` are those that a rule confirmed; policies may look at them. ``plausible_topics`` holds the right topic
    as often as the model's card states, the chosen one first: what a clerk should look at first when in doubt.
    """

    topic: str
    category: str
    secondary_topics: tuple[str, ...]
    urgency: Urgency
    confidence: Confidence
    needs_review: bool
    review_reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    hazards: frozenset[str] = frozenset()
    plausible_topics: tuple[str, ...] = ()

    @property
    def emergency(self) -> bool:
        """An emergency is exactly an urgent complaint."""
        return self.urgency is Urgency.URGENT


class Deadline(NamedTuple):
    """One step that a policy asks for.

    Attributes:
        step: identifier, e.g. ``first_contact``, ``resolve``.
        name: the step in Chinese, for people.
        due_at: zone-aware moment, or ``None`` for a step that lasts until the matter is solved.
        rule: the promise in Chinese, e.g. 「30分钟内」, 「1个工作日内」.
        provisional: the deadline crosses a year whose calendar of working days is not published.
        overdue: already past when the complaint was judged.
        condition: when the step applies, in Chinese; empty where it always does.
    """

    step: str
    name: str
    due_at: datetime | None
    rule: str
    provisional: bool = False
    overdue: bool = False
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Routing:
    """Who acts, who is told, what must be done and written, and by which channel the customer is answered."""

    policy: str
    category_name: str
    level: str
    department: str
    notify: tuple[str, ...]
    actions: tuple[str, ...]
    reports: tuple[str, ...]
    reply_by: str


@dataclass(frozen=True, slots=True)
class Disposition:
    """What a policy makes of an assessment.

    ``received_at`` is the zone-aware moment from which the times run; ``notes`` say in Chinese what was
    assumed (no zone given, a time in the future, a provisional calendar…).
    """

    routing: Routing
    deadlines: tuple[Deadline, ...]
    received_at: datetime
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a judgement; ``model`` is ``None`` where the rules answered alone."""

    software: str
    taxonomy: str
    preprocessing: str
    rules: str
    policies: str
    model: str | None


@dataclass(frozen=True, slots=True)
class TriageResult:
    """The whole answer to one complaint."""

    id: str | None
    script: Script
    assessment: Assessment
    disposition: Disposition
    versions: Versions
    masked_text: str = field(repr=False)
