"""What would have been, had nothing explained a danger away."""

from __future__ import annotations

from triage.explain.spans import merge, overlap
from triage.explain.trials import Trial, Trials
from triage.explain.values import Alternative
from triage.types import Signal, Span, Status

MAX_CUES = 3
"""Words taken out at most: behind 「如果」 there is often a 「怎么办」 that asks too."""


def without_cue(signal: Signal, trials: Trials) -> Alternative | None:
    """The judgement without the words that dismissed a signal, if that confirms it."""
    trial, found = trials.whole, signal
    cut: list[Span] = []
    for _ in range(MAX_CUES):
        cue = _locate(found, trial)
        if cue is None:
            return None
        cut.append(trial.original(cue))
        left = trials.without(cut)
        again = [item for item in left.signals if item.rule == signal.rule] if left else []
        if left is None or not again:
            return None  # The words held the danger word itself.
        trial, found = left, again[0]
        if found.status is Status.ASSERTED:
            return trials.alternative(cut, trial)
    return None


def _locate(signal: Signal, trial: Trial) -> Span | None:
    """The place of the cue that stands nearest to the signal's words."""
    text = trial.prepared.original
    places = []
    start = text.find(signal.cue) if signal.cue else -1
    while start >= 0:
        places.append(Span(start, start + len(signal.cue)))
        start = text.find(signal.cue, start + 1)
    nearest = min(places, key=lambda place: _distance(place, signal), default=None)
    return _whole_words(nearest, signal, trial) if nearest else None


def _whole_words(cue: Span, signal: Signal, trial: Trial) -> Span:
    """The cue with the rest of its word (「没」 of 「没有」), unless that is of the danger."""
    touched = [word for word in trial.words if overlap(word, cue)]
    whole = merge([cue, *touched])[0]
    return cue if any(overlap(whole, span) for span in signal.spans) else whole


def _distance(place: Span, signal: Signal) -> int:
    return min(max(0, span.start - place.end, place.start - span.end) for span in signal.spans)
