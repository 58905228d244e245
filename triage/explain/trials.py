"""Judging a text again without some of its characters, a bounded number of times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from triage.engine import Engine
from triage.errors import InputError
from triage.explain.spans import kept_positions, merge
from triage.explain.values import Alternative
from triage.types import Assessment, PreparedText, Signal, Span

MAX_RUNS = 40


@dataclass(frozen=True, slots=True)
class Trial:
    """The judgement of what is left of a text; ``kept[i]`` is where its character ``i`` stood."""

    prepared: PreparedText
    kept: list[int]
    assessment: Assessment
    signals: tuple[Signal, ...]

    @property
    def words(self) -> Iterator[Span]:
        """The words of what is left, as ranges of it."""
        return (
            self.prepared.original_span(token.start, token.start + len(token.text))
            for token in self.prepared.tokens
        )

    def original(self, span: Span) -> Span:
        """Carry a range of what is left back to the whole text; a gap inside it is covered."""
        return Span(self.kept[span.start], self.kept[span.end - 1] + 1)


class Trials:
    """Judges variants of one text, none of them twice; ``whole`` is the text itself."""

    def __init__(self, engine: Engine, text: str, limit: int = MAX_RUNS) -> None:
        """``limit`` bounds the runs; the first, of the whole text, is free."""
        self.runs = 0
        self.exhausted = False
        self.limit = limit
        self._engine = engine
        self._text = text
        self._known: dict[tuple[Span, ...], Trial | None] = {}
        self.whole = self._judge(text, list(range(len(text))))

    def without(self, spans: Iterable[Span]) -> Trial | None:
        """The judgement without these ranges; ``None`` where too little is left, or no run is left."""
        cut = merge(spans)
        if cut not in self._known:
            if self.runs >= self.limit:
                self.exhausted = True
                return None
            self.runs += 1
            self._known[cut] = self._try(cut)
        return self._known[cut]

    def alternative(self, spans: Iterable[Span], trial: Trial) -> Alternative:
        """A trial as it is told."""
        merged = merge(spans)
        words = tuple(self._text[span.start : span.end] for span in merged)
        return Alternative(merged, words, trial.assessment.topic, trial.assessment.urgency)

    def _try(self, cut: tuple[Span, ...]) -> Trial | None:
        kept = kept_positions(len(self._text), cut)
        text = "".join(self._text[position] for position in kept)
        try:
            self._engine.check_text(text)
        except InputError:
            return None
        return self._judge(text, kept)

    def _judge(self, text: str, kept: list[int]) -> Trial:
        prepared = self._engine.preparer.prepare(text)
        signals = self._engine.recognizer.recognize(prepared)
        return Trial(prepared, kept, self._engine.assess(prepared), signals)
