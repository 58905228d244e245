"""What the engine needs of a classifier, and a plain one for tests and examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from triage.models.decision import Thresholds
from triage.types import Prediction, PreparedText, Scored


class Classifier(Protocol):
    """Predicts topic and urgency of a prepared text; never learns, never does I/O."""

    @property
    def version(self) -> str:
        """Names the artefact that predicts."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds that were chosen for it on validation data."""
        ...

    def predict(self, prepared: PreparedText) -> Prediction:
        """Judge one text."""
        ...


class KeywordClassifier:
    """Counts keywords: a real, tiny classifier that makes tests of the route readable."""

    def __init__(self, topics: Mapping[str, Sequence[str]], urgencies: Mapping[str, Sequence[str]]) -> None:
        """Keywords by label; the first label of each mapping is the fallback."""
        self._topics = topics
        self._urgencies = urgencies
        self.version = "keywords"
        self.thresholds = Thresholds()

    def predict(self, prepared: PreparedText) -> Prediction:
        """Probabilities proportional to one plus the number of keywords found; the fallback gets two."""
        return Prediction(
            topics=_scored(prepared.text, self._topics),
            urgencies=_scored(prepared.text, self._urgencies),
            clause_topics=tuple(
                (clause, _scored(prepared.text[clause.start : clause.end], self._topics)[0])
                for clause in prepared.clauses
            ),
            contributions=(),
        )


def _scored(text: str, keywords: Mapping[str, Sequence[str]]) -> tuple[Scored, ...]:
    fallback = next(iter(keywords))
    counts = {label: 8 * sum(word in text for word in words) + 1 for label, words in keywords.items()}
    counts[fallback] += 1
    total = sum(counts.values())
    scored = [Scored(label, count / total) for label, count in counts.items()]
    return tuple(sorted(scored, key=lambda item: -item.probability))
