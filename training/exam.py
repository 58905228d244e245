"""The frozen texts of a trial, and what an engine says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from training.corpus import LabeledComplaint
from training.report.judged import Seen
from triage.engine import Engine
from triage.errors import ArtifactError
from triage.preprocess.prepare import Preparer
from triage.types import PreparedText, Urgency

Prepared = Sequence[PreparedText]
Track = Callable[[Sequence[LabeledComplaint]], Iterable[LabeledComplaint]]


@dataclass(frozen=True)
class Exam:
    """Labelled texts that nobody learns from: the test part, and the golden set, of which no emergency may be lost."""

    test: tuple[LabeledComplaint, ...] = field(repr=False)
    golden: tuple[LabeledComplaint, ...] = field(repr=False)
    prepared: tuple[PreparedText, ...] = field(repr=False)

    @classmethod
    def of(
        cls,
        test: Sequence[LabeledComplaint],
        golden: Sequence[LabeledComplaint],
        preparer: Preparer,
        track: Track = iter,
    ) -> Exam:
        """Prepare all texts once, for both sides of the trial."""
        prepared = tuple(preparer.prepare(row.text) for row in track([*test, *golden]))
        return cls(tuple(test), tuple(golden), prepared)

    @property
    def rows(self) -> tuple[LabeledComplaint, ...]:
        """The test part, then the golden set."""
        return (*self.test, *self.golden)


@dataclass(frozen=True)
class Sheet:
    """One side's answers, in the order of the exam; both lists hold every text of theirs."""

    test: tuple[Seen, ...]
    golden: tuple[Seen, ...]

    @property
    def emergencies(self) -> tuple[Seen, ...]:
        """The answers to all emergencies."""
        return tuple(seen for seen in (*self.test, *self.golden) if seen.urgent)


def sit(engine: Engine, exam: Exam) -> Sheet:
    """Let an engine answer.

    Raises:
        ArtifactError: it has no model.
    """
    classifier = engine.classifier
    if classifier is None:
        raise ArtifactError("a trial needs a model; the engine has none")
    seen = tuple(
        Seen(row, engine.assess(prepared), classifier.predict(prepared))
        for row, prepared in zip(exam.rows, exam.prepared, strict=True)
    )
    border = len(exam.test)
    return Sheet(seen[:border], seen[border:])


def calls_urgent(seen: Seen) -> bool:
    """Whether it was answered as an emergency."""
    return seen.assessment.urgency is Urgency.URGENT
