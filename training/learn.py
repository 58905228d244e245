"""Learning from scratch: from prepared texts and their labels to arrays, with predictions of unseen texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.corpus import LabeledComplaint
from training.estimators import (
    JOBS,
    Answers,
    Floats,
    Progress,
    fit_calibrators,
    fit_readers,
    join,
    join_alone,
    to_arrays,
    unseen_margins,
)
from training.space import MIN_TEXTS, FeatureSpace, Matrices
from training.vectors import WordVectors
from triage.models.arrays import LinearArrays
from triage.models.linear import Labels
from triage.types import PreparedText


@dataclass(frozen=True)
class Unseen:
    """What the model says of texts that it had not seen, a row per text or per matter.

    Attributes:
        texts: (texts, labels) probabilities, topics and urgencies each summing to one.
        matters: (matters, labels).
        owner: (matters,) the text of each matter.
    """

    texts: Floats
    matters: Floats
    owner: np.ndarray


@dataclass(frozen=True)
class Learned:
    """A model without thresholds."""

    labels: Labels
    vocabulary: list[str]
    words: list[str]
    arrays: LinearArrays


def learn(
    texts: Sequence[PreparedText],
    rows: Sequence[LabeledComplaint],
    vectors: WordVectors,
    progress: Progress,
    natural: int,
    jobs: int = JOBS,
    min_texts: int = MIN_TEXTS,
) -> tuple[Learned, Unseen]:
    """Fit everything on ``texts`` with the labels of ``rows``.

    Probabilities are learned from the first ``natural`` texts, which were drawn as they came.
    """
    answers = answers_of(rows)
    progress("特征")
    space = FeatureSpace.learn(texts, vectors, min_texts)
    matrices = space.matrices(texts)
    margins = unseen_margins(matrices, answers, answers.labels, progress, jobs)
    progress("校准")
    joined = join(margins, matrices.owner)
    calibrators = fit_calibrators(
        joined[:natural], Answers(answers.topics[:natural], answers.urgencies[:natural])
    )
    progress("分类器")
    readers = fit_readers(matrices.texts, answers, answers.labels)
    learned = Learned(answers.labels, space.vocabulary, vectors.words, to_arrays(space, readers, calibrators))
    unseen = _unseen(
        calibrators.logits(joined), calibrators.logits(join_alone(margins.matters)), matrices, answers.labels
    )
    return learned, unseen


def answers_of(rows: Sequence[LabeledComplaint]) -> Answers:
    """The right answers as arrays."""
    return Answers(np.array([row.topic for row in rows]), np.array([row.urgency for row in rows]))


def _unseen(texts: Floats, matters: Floats, matrices: Matrices, labels: Labels) -> Unseen:
    return Unseen(_probabilities(texts, labels), _probabilities(matters, labels), matrices.owner)


def _probabilities(logits: Floats, labels: Labels) -> Floats:
    border = len(labels.topics)
    return np.hstack([_softmax(logits[:, :border]), _softmax(logits[:, border:])])


def _softmax(logits: Floats) -> Floats:
    if not len(logits):
        return logits
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)
