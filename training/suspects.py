"""Rows that may be labelled wrong: those whose own label a model that never saw them finds least likely.

This is ranking by cross-validated self-confidence (Northcutt, Jiang and Chuang, "Confident learning: estimating
uncertainty in dataset labels", 2021). A suspect is a question to a reader, not an error: the model errs more often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from training.corpus import Corpus, LabeledComplaint, Place
from training.enough import LEAST
from training.estimators import JOBS, Floats, Progress
from training.learn import learn
from training.split import Part, part_of
from training.train import PrepareAll
from training.vectors import WordVectors
from triage.errors import KnowledgeError, Problem
from triage.models.linear import Labels

Question = Literal["topic", "urgency"]


@dataclass(frozen=True)
class Suspect:
    """A row and what speaks against its label; both confidences are probabilities of unseen text."""

    place: Place
    text: str
    label: str
    confidence: float
    model: str
    model_confidence: float


@dataclass(frozen=True)
class Doubts:
    """What models that had not seen the rows say of them.

    Attributes:
        probabilities: (rows, labels), topics and urgencies each summing to one.
    """

    places: tuple[Place, ...]
    rows: tuple[LabeledComplaint, ...]
    labels: Labels
    probabilities: Floats

    def suspects(self, question: Question) -> list[Suspect]:
        """All rows, the most doubtful first."""
        border = len(self.labels.topics)
        names = self.labels.topics if question == "topic" else self.labels.urgencies
        columns = self.probabilities[:, :border] if question == "topic" else self.probabilities[:, border:]
        own = [names.index(getattr(row, question)) for row in self.rows]
        best = columns.argmax(axis=1)
        confidence = columns[np.arange(len(own)), own]
        return [
            Suspect(
                self.places[row],
                self.rows[row].text,
                label=names[own[row]],
                confidence=float(confidence[row]),
                model=names[best[row]],
                model_confidence=float(columns[row, best[row]]),
            )
            for row in np.argsort(confidence, kind="stable")
        ]


def doubt(
    corpus: Corpus,
    part: Part,
    vectors: WordVectors,
    prepare_all: PrepareAll,
    progress: Progress = lambda step: None,
    jobs: int = JOBS,
) -> Doubts:
    """Judge every row of one part by models learned on the other folds of that part.

    Rows of the other parts are neither learned from nor listed: who measures with them must not read them.

    Raises:
        KnowledgeError: naming labels with so few rows that a model of the other folds might not know them.
    """
    chosen = [
        (place, row)
        for place, row in zip(corpus.places(), corpus.rows, strict=True)
        if part_of(row.text) is part
    ]
    rows = [row for _, row in chosen]
    _check_enough(rows, ", ".join(corpus.files))
    learned, unseen = learn(prepare_all(rows), rows, vectors, progress, len(rows), jobs)
    return Doubts(tuple(place for place, _ in chosen), tuple(rows), learned.labels, unseen.texts)


def _check_enough(rows: Sequence[LabeledComplaint], source: str) -> None:
    counts = Counter(("topic", row.topic) for row in rows) + Counter(("urgency", row.urgency) for row in rows)
    problems = [
        Problem(source, label, field, f"{count} rows to learn from; {LEAST} are needed")
        for (field, label), count in sorted(counts.items())
        if count < LEAST
    ]
    if problems or not rows:
        raise KnowledgeError(problems or [Problem(source, "", "", "no row falls into this part")])


def worst(suspects: Sequence[Suspect], limit: int) -> list[Suspect]:
    """The first ``limit`` rows for which the model prefers another label."""
    return [suspect for suspect in suspects if suspect.model != suspect.label][:limit]
