"""The smallest removal that changes a judgement: one word if that is enough, several if they must go together.

A true minimum would mean trying every set of words. This search is greedy: first every stretch of the evidence alone,
the shortest first, then every clause alone; then stretches together, each time the one that speaks most for the
judgement as it then stands, after which whatever turned out to be needless comes back. Of a stretch that must go, one
word is often enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from triage.explain.spans import size
from triage.explain.trials import Trial, Trials
from triage.explain.values import Alternative
from triage.types import Assessment, Evidence, PreparedText, Span

MAX_SINGLES = 12
MAX_TOGETHER = 8
MAX_WORDS = 4
SHORTEST_WORD = 2
"""Characters; a single one (「的」, 「了」) breaks a wording more than it changes what is said."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What shall change: the urgency, or the topic, of ``now``."""

    now: Assessment
    urgency: bool

    def reached(self, trial: Trial | None) -> bool:
        """Whether it has."""
        if trial is None:
            return False
        if self.urgency:
            return trial.assessment.urgency is not self.now.urgency
        return trial.assessment.topic != self.now.topic

    def speaks_for(self, item: Evidence) -> int | None:
        """How directly evidence speaks for what shall change, 0 the most; ``None``: not at all."""
        if item.source == "rule" and (self.urgency or item.label == self.now.topic):
            return 0
        if item.source == "model" and self.urgency and item.label == self.now.urgency:
            return 1
        return 2 if item.source == "model" and item.label == self.now.topic else None


def smallest_removals(prepared: PreparedText, trials: Trials) -> tuple[Alternative, ...]:
    """What must go for another urgency, and, where that keeps the topic, what for another topic."""
    now = trials.whole.assessment
    by_urgency = _smallest(Goal(now, urgency=True), prepared, trials)
    if by_urgency is not None and by_urgency.topic != now.topic:
        return (by_urgency,)
    by_topic = _smallest(Goal(now, urgency=False), prepared, trials)
    return tuple(item for item in (by_urgency, by_topic) if item is not None)


def _smallest(goal: Goal, prepared: PreparedText, trials: Trials) -> Alternative | None:
    evidence = (item for item in goal.now.evidence if goal.speaks_for(item) is not None)
    words = {Span(item.start, item.end) for item in evidence}
    clauses = {prepared.original_span(clause.start, clause.end) for clause in prepared.clauses}
    cut = _single(goal, words, trials) or _together(goal, trials) or _single(goal, clauses - words, trials)
    if cut is None:
        return None
    cut = _shortened(goal, cut, trials)
    trial = trials.without(cut)
    return trials.alternative(cut, trial) if trial else None


def _single(goal: Goal, candidates: Iterable[Span], trials: Trials) -> Sequence[Span] | None:
    shortest = sorted(candidates, key=lambda span: (size(span), span.start))[:MAX_SINGLES]
    return next(([span] for span in shortest if goal.reached(trials.without([span]))), None)


def _together(goal: Goal, trials: Trials) -> Sequence[Span] | None:
    cut: list[Span] = []
    trial: Trial | None = trials.whole
    while trial is not None and len(cut) < MAX_TOGETHER:
        following = _strongest(goal, trial)
        if following is None:
            return None
        cut.append(following)
        trial = trials.without(cut)
        if goal.reached(trial):
            return _pruned(goal, cut, trials)
    return None


def _strongest(goal: Goal, trial: Trial) -> Span | None:
    """The next word to go: a rule's shortest, else the model's heaviest."""

    def rank(item: Evidence) -> tuple[int, float]:
        length = item.end - item.start
        return goal.speaks_for(item) or 0, length if item.source == "rule" else -(item.weight or 0.0)

    speaking = [item for item in trial.assessment.evidence if goal.speaks_for(item) is not None]
    best = min(speaking, key=rank, default=None)
    return trial.original(Span(best.start, best.end)) if best else None


def _pruned(goal: Goal, cut: Sequence[Span], trials: Trials) -> Sequence[Span]:
    needed = list(cut)
    for span in sorted(cut, key=size, reverse=True):
        rest = [other for other in needed if other != span]
        if rest and goal.reached(trials.without(rest)):
            needed = rest
    return needed


def _shortened(goal: Goal, cut: Sequence[Span], trials: Trials) -> Sequence[Span]:
    """Each stretch down to one of its words, if that is enough."""
    words = list(trials.whole.words)
    short = list(cut)
    for place, span in enumerate(cut):
        # From the end: what is said of a thing stands behind it (「面包发霉」).
        inside = [word for word in reversed(words) if span.start <= word.start and word.end <= span.end]
        for word in inside[:MAX_WORDS]:
            shorter = [*short[:place], word, *short[place + 1 :]]
            if size(word) >= SHORTEST_WORD and word != span and goal.reached(trials.without(shorter)):
                short = shorter
                break
    return short
