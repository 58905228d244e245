"""From the model in force, labelled complaints and corrections to a challenger."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from training.artifact import Trained, load_learned, save
from training.corpus import Corpus, LabeledComplaint
from training.estimators import Progress
from training.finetune import finetune
from training.lessons import Lessons, mark_of, marks_of, read_marks, rehearsed
from training.split import Part, select
from training.train import PrepareAll, Workshop, figures_of
from triage.catalog.artifact import check_fit, read_manifest
from triage.errors import KnowledgeError, Problem
from triage.models.decision import Thresholds
from triage.preprocess.prepare import Preparer


@dataclass(frozen=True)
class Challenger:
    """A model on trial, and where it lies."""

    identifier: str
    folder: Path


def marks_that_measure(rows: Sequence[LabeledComplaint], preparer: Preparer) -> frozenset[str]:
    """Marks of texts that nothing may be learned from, as written and as a store would keep them."""
    return frozenset(
        mark for row in rows for mark in (mark_of(row.text), mark_of(preparer.prepare(row.text).masked))
    )


def retrain(
    base: Path,
    corpus: Corpus,
    lessons: Lessons,
    workshop: Workshop,
    progress: Progress = lambda step: None,
    prepare_all: PrepareAll | None = None,
) -> Trained:
    """Fine-tune the model in ``base`` on what corrections teach, and on some of the training part of ``corpus``.

    Thresholds and calibration stay those of the base.

    Raises:
        ArtifactError: the base cannot be used.
        KnowledgeError: there is nothing to learn.
    """
    manifest = read_manifest(base)
    check_fit(base, manifest, workshop.taxonomy, workshop.fingerprint)
    learned = load_learned(base, manifest)
    if not lessons.rows:
        raise KnowledgeError([Problem("corrections", "", "", "没有可学的更正")])
    known = rehearsed(select(corpus.rows, Part.TRAIN), lessons)
    rows = [*known, *lessons.rows]
    masked = workshop.preparer.of_masked()
    texts = [
        *(prepare_all or workshop.prepare_all)(known),
        *(masked.prepare(row.text) for row in lessons.rows),
    ]
    progress("微调")
    moved = finetune(learned, texts, rows, [1.0] * len(known) + list(lessons.weights))
    thresholds = Thresholds(**manifest.thresholds.model_dump())
    progress("评估")
    figures = figures_of(moved, thresholds, corpus, workshop)
    figures["rows"]["corrections"] = len(lessons.rows)
    return Trained(
        moved,
        thresholds,
        figures,
        corpus,
        workshop.taxonomy.version,
        workshop.fingerprint,
        base=manifest.id,
        lessons=tuple(sorted({*marks_of(row.text for row in rows), *(read_marks(base) or ())})),
    )


def settle(trained: Trained, models: Path, now: datetime) -> Challenger:
    """Write a challenger below ``models`` under its id; the same model twice is one, and stays as it was."""
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".challenger-", dir=models) as place:
        draft = Path(place) / "model"
        identifier = save(trained, draft, now).id
        folder = models / identifier
        if not folder.exists():
            draft.rename(folder)
    return Challenger(identifier, folder)
