"""From labelled rows to a model with thresholds and figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from training.artifact import Trained
from training.corpus import Corpus, LabeledComplaint
from training.enough import with_all_urgencies
from training.estimators import JOBS, Progress
from training.evaluate import by_variant, judge_all, measure
from training.finetune import finetune
from training.learn import Learned, Unseen, learn
from training.lessons import marks_of
from training.public import PublicRows
from training.space import MIN_TEXTS
from training.split import Part, select
from training.thresholds import Judged, choose_thresholds
from training.vectors import WordVectors
from triage.assess import assess
from triage.models.decision import Thresholds
from triage.models.linear import Labels, LinearClassifier
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.taxonomy import Taxonomy
from triage.types import Assessment, Clause, Prediction, PreparedText, Scored, Urgency

PrepareAll = Callable[[Sequence[LabeledComplaint]], list[PreparedText]]


@dataclass(frozen=True)
class Workshop:
    """What training needs of the house."""

    taxonomy: Taxonomy
    preparer: Preparer
    recognizer: Recognizer
    fingerprint: str

    def prepare_all(self, rows: Sequence[LabeledComplaint]) -> list[PreparedText]:
        """Prepare without a progress bar."""
        return [self.preparer.prepare(row.text) for row in rows]


@dataclass(frozen=True)
class Materials:
    """What a model is learned from.

    Attributes:
        corpus: labelled complaints; the training part is learned from.
        vectors: word vectors.
        public: labelled public texts, all of them learned from; only the natural ones say how likely things are.
    """

    corpus: Corpus
    vectors: WordVectors
    public: PublicRows = field(default_factory=PublicRows)


def train(
    materials: Materials,
    workshop: Workshop,
    progress: Progress = lambda step: None,
    prepare_all: PrepareAll | None = None,
    jobs: int = JOBS,
    min_texts: int = MIN_TEXTS,
) -> Trained:
    """Learn from scratch, choose thresholds, measure on the test part.

    Thresholds come from texts that the model had not seen: the public ones, judged by cross-validation, and the
    validation part of the corpus. The model that is measured is the one that is served: it is not fitted again on all
    rows afterwards.
    """
    prepare = prepare_all or workshop.prepare_all
    public = materials.public
    rows = [*public.natural, *select(materials.corpus.rows, Part.TRAIN), *public.hard]
    learned, unseen = learn(
        prepare(rows), rows, materials.vectors, progress, len(rows) - len(public.hard), jobs, min_texts
    )
    learned = with_all_urgencies(learned)
    progress("阈值")
    draft = draft_classifier(learned, Thresholds())
    judged = [
        *_judged_unseen(public.natural, unseen, learned.labels),
        *(_judged(row, draft, workshop) for row in select(materials.corpus.rows, Part.VALIDATION)),
    ]
    thresholds = choose_thresholds(judged)
    if Urgency.URGENT not in {row.urgency for row in rows}:
        # A trade without emergencies: there is nothing to look for.
        thresholds = replace(thresholds, urgent=1.0, alarm=1.0)
    progress("评估")
    return Trained(
        learned,
        thresholds,
        figures_of(learned, thresholds, materials.corpus, workshop),
        materials.corpus,
        workshop.taxonomy.version,
        workshop.fingerprint,
        public_rows=len(public),
    )


def train_further(
    base: Learned,
    base_id: str,
    thresholds: Thresholds,
    corpus: Corpus,
    workshop: Workshop,
    progress: Progress = lambda step: None,
    prepare_all: PrepareAll | None = None,
) -> Trained:
    """Fine-tune ``base`` on the training part of ``corpus``; thresholds stay those of the base."""
    prepare = prepare_all or workshop.prepare_all
    rows = select(corpus.rows, Part.TRAIN)
    progress("微调")
    moved = finetune(base, prepare(rows), rows)
    progress("评估")
    return Trained(
        moved,
        thresholds,
        figures_of(moved, thresholds, corpus, workshop),
        corpus,
        workshop.taxonomy.version,
        workshop.fingerprint,
        base=base_id,
        lessons=marks_of(row.text for row in rows),
    )


def figures_of(
    learned: Learned, thresholds: Thresholds, corpus: Corpus, workshop: Workshop
) -> dict[str, Any]:
    """What a model can do on the test part of ``corpus``, for its manifest."""
    cases = judge_all(
        select(corpus.rows, Part.TEST), _assessor(workshop, draft_classifier(learned, thresholds))
    )
    return {
        "test": measure(cases).to_dict(),
        "test_by_variant": {name: figures.to_dict() for name, figures in by_variant(cases).items()},
        "rows": {part.value: len(select(corpus.rows, part)) for part in Part},
        "features": len(learned.vocabulary),
        "words": len(learned.words),
    }


def draft_classifier(learned: Learned, thresholds: Thresholds) -> LinearClassifier:
    """What would be served."""
    return LinearClassifier(
        version="draft",
        vocabulary=learned.vocabulary,
        words=learned.words,
        labels=learned.labels,
        arrays=learned.arrays,
        thresholds=thresholds,
    )


def _judged(row: LabeledComplaint, classifier: LinearClassifier, workshop: Workshop) -> Judged:
    prediction = classifier.predict(workshop.preparer.prepare(row.text))
    return Judged(prediction, row.topic, row.urgency, tuple(row.secondary))


def _judged_unseen(rows: Sequence[LabeledComplaint], unseen: Unseen, labels: Labels) -> list[Judged]:
    """Public rows stand first among the rows that were learned from."""
    border = len(labels.topics)
    first = np.searchsorted(unseen.owner, np.arange(len(rows) + 1))
    judged = []
    for number, row in enumerate(rows):
        matters = unseen.matters[first[number] : first[number + 1], :border]
        prediction = Prediction(
            topics=_ranked(labels.topics, unseen.texts[number, :border]),
            urgencies=_ranked(labels.urgencies, unseen.texts[number, border:]),
            clause_topics=tuple((Clause(0, 0, 0), _ranked(labels.topics, matter)[0]) for matter in matters),
            contributions=(),
        )
        judged.append(Judged(prediction, row.topic, row.urgency, tuple(row.secondary)))
    return judged


def _ranked(names: Sequence[str], probabilities: np.ndarray) -> tuple[Scored, ...]:
    return tuple(Scored(names[i], float(probabilities[i])) for i in np.argsort(-probabilities, kind="stable"))


def _assessor(workshop: Workshop, classifier: LinearClassifier) -> Callable[[str], Assessment]:
    rule_topics = {rule.id: rule.topic for rule in workshop.recognizer.rules}

    def assess_text(text: str) -> Assessment:
        prepared = workshop.preparer.prepare(text)
        signals = workshop.recognizer.recognize(prepared)
        prediction = classifier.predict(prepared)
        return assess(prepared, signals, prediction, workshop.taxonomy, rule_topics, classifier.thresholds)

    return assess_text
