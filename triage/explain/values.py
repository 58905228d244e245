"""What an explanation holds. All ranges are in *original* characters."""

from __future__ import annotations

from dataclasses import dataclass

from triage.types import Scored, Signal, Span, Status, TriageResult, Urgency


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the judgement would be without the characters of ``spans``; ``words`` are those characters."""

    spans: tuple[Span, ...]
    words: tuple[str, ...]
    topic: str
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that was met.

    Attributes:
        signal: the rule, its status, its spans, and the cue that dismissed it.
        marked: the masked text with 【】 around the spans, cut short where the text is long.
        without_cue: for a dismissed signal, the judgement without the words that dismissed it; ``None`` where
            that would not confirm it, as where the words hold the danger word itself (火锅), and where it
            was not tried any more.
    """

    signal: Signal
    marked: str
    without_cue: Alternative | None = None


@dataclass(frozen=True, slots=True)
class WeightedWord:
    """A word and what it adds to the margin of its label."""

    span: Span
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class LabelWords:
    """The words that speak most for the model's topic, or for its urgency, strongest first."""

    label: str
    words: tuple[WeightedWord, ...]


@dataclass(frozen=True, slots=True)
class Margins:
    """How close the model's call was, in calibrated probabilities.

    ``urgent`` is the probability of an emergency; from ``threshold`` on it is called one, from ``alarm`` on a
    person should look.
    """

    topic: Scored
    runner_up: Scored
    urgent: float
    threshold: float
    alarm: float

    @property
    def to_runner_up(self) -> float:
        """By how much the likeliest topic leads."""
        return self.topic.probability - self.runner_up.probability

    @property
    def to_threshold(self) -> float:
        """By how much ``urgent`` is above its threshold; negative below it."""
        return self.urgent - self.threshold


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a complaint was judged as it was.

    Attributes:
        result: the judgement itself.
        findings: every rule that was met, in the order of the rules.
        words: the model's strongest words by label; empty without a model.
        margins: ``None`` without a model.
        alternatives: the smallest removal found that changes the urgency; and, unless that changes the topic
            too, the smallest that does.
        runs: how often the engine judged again to find out.
        exhausted: the allowed runs were used up; something smaller, or anything at all, may exist.
    """

    result: TriageResult
    findings: tuple[Finding, ...]
    words: tuple[LabelWords, ...]
    margins: Margins | None
    alternatives: tuple[Alternative, ...]
    runs: int
    exhausted: bool

    @property
    def asserted(self) -> tuple[Finding, ...]:
        """What was confirmed."""
        return tuple(item for item in self.findings if item.signal.status is Status.ASSERTED)

    @property
    def dismissed(self) -> tuple[Finding, ...]:
        """What was explained away."""
        return tuple(item for item in self.findings if item.signal.status is not Status.ASSERTED)
