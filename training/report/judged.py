"""Labelled texts read by the engine, with what its model alone would have said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from training.corpus import LabeledComplaint
from training.evaluate import Case
from triage.engine import Engine
from triage.errors import ArtifactError
from triage.types import Assessment, Prediction, Urgency


@dataclass(frozen=True)
class Seen:
    """One labelled text: what is right, what the engine answered, what its model said."""

    row: LabeledComplaint
    assessment: Assessment
    prediction: Prediction

    @property
    def case(self) -> Case:
        """As :mod:`training.evaluate` wants it."""
        return Case(self.row, self.assessment)

    @property
    def urgent(self) -> bool:
        """Whether it is labelled as an emergency."""
        return Urgency(self.row.urgency) is Urgency.URGENT

    def probability(self, topic: str) -> float:
        """The model's probability of a topic."""
        return next((item.probability for item in self.prediction.topics if item.label == topic), 0.0)

    @property
    def urgent_probability(self) -> float:
        """The model's probability of an emergency."""
        return next(i.probability for i in self.prediction.urgencies if i.label == Urgency.URGENT)


def judge_rows(engine: Engine, rows: Iterable[LabeledComplaint]) -> list[Seen]:
    """Run the engine and its model over the rows.

    Raises:
        ArtifactError: the engine has no model.
    """
    classifier = engine.classifier
    if classifier is None:
        raise ArtifactError("a card needs a model; the engine has none")
    seen = []
    for row in rows:
        prepared = engine.preparer.prepare(row.text)
        seen.append(Seen(row, engine.assess(prepared), classifier.predict(prepared)))
    return seen
