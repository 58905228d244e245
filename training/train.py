"""From labelled rows to a model directory."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import platform
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from training.card import write_card
from training.corpus import Corpus, LabeledComplaint
from training.estimators import FittedPipeline, fit_pipeline, to_arrays
from training.evaluate import by_variant, judge_all, measure
from training.split import Part, select
from training.thresholds import ALARM_RISK, REVIEW_RISK, Judged, choose_thresholds
from triage.assess import assess
from triage.models.artifact import (
    ARRAYS,
    CARD,
    MANIFEST,
    PIPELINE,
    VOCABULARY,
    DataEntry,
    Manifest,
    ThresholdsEntry,
)
from triage.models.decision import Thresholds
from triage.models.linear import LinearArrays, LinearClassifier
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.taxonomy import Taxonomy
from triage.types import Assessment, PreparedText, Urgency

LIBRARIES = ("scikit-learn", "numpy", "scipy", "joblib", "jieba", "opencc-python-reimplemented")


@dataclass(frozen=True)
class Workshop:
    """What training needs of the house."""

    taxonomy: Taxonomy
    preparer: Preparer
    recognizer: Recognizer
    fingerprint: str


@dataclass(frozen=True)
class Trained:
    """A fitted model and its figures, not yet written."""

    pipeline: FittedPipeline
    vocabulary: list[str]
    arrays: LinearArrays
    thresholds: Thresholds
    figures: dict[str, Any]


def train(
    corpus: Corpus,
    workshop: Workshop,
    progress: Callable[[str], None],
    prepare_all: Callable[[Sequence[LabeledComplaint]], list[PreparedText]],
) -> Trained:
    """Fit on the training part, choose thresholds on the validation part, measure on the test part.

    The model that is measured is the one that is served: it is not fitted again on all rows afterwards.

    Args:
        corpus: all labelled rows.
        workshop: preprocessing, rules and label set in force.
        progress: is told each step, in Chinese.
        prepare_all: prepares the rows of a part (with a progress bar, say).
    """
    rows = select(corpus.rows, Part.TRAIN)
    texts = prepare_all(rows)
    pipeline = fit_pipeline(texts, [r.topic for r in rows], [r.urgency for r in rows], progress)
    vocabulary, arrays = to_arrays(pipeline)
    draft = _classifier(pipeline, vocabulary, arrays, Thresholds())
    progress("阈值")
    validation = select(corpus.rows, Part.VALIDATION)
    thresholds = choose_thresholds(
        [
            Judged(
                draft.predict(workshop.preparer.prepare(row.text)),
                row.topic,
                row.urgency,
                tuple(row.secondary),
            )
            for row in validation
        ]
    )
    progress("评估")
    classifier = _classifier(pipeline, vocabulary, arrays, thresholds)
    cases = judge_all(select(corpus.rows, Part.TEST), _assessor(workshop, classifier))
    figures = {
        "test": measure(cases).to_dict(),
        "test_by_variant": {name: figures.to_dict() for name, figures in by_variant(cases).items()},
        "rows": {part.value: len(select(corpus.rows, part)) for part in Part},
        "features": len(vocabulary),
    }
    return Trained(pipeline, vocabulary, arrays, thresholds, figures)


def save(trained: Trained, corpus: Corpus, workshop: Workshop, folder: Path, now: datetime) -> Manifest:
    """Write the model directory; an existing one is replaced only when the new one is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    draft.chmod(0o755)
    try:
        manifest = _write(trained, corpus, workshop, draft, now)
        _replace(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _replace(draft: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write(trained: Trained, corpus: Corpus, workshop: Workshop, folder: Path, now: datetime) -> Manifest:
    contents = {ARRAYS: _npz(trained.arrays), VOCABULARY: "\n".join(trained.vocabulary).encode()}
    model_id = hashlib.sha256(b"".join(contents.values())).hexdigest()[:12]
    joblib.dump(trained.pipeline, folder / PIPELINE, compress=3)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    manifest = Manifest(
        format=1,
        id=model_id,
        created_at=now.isoformat(timespec="seconds"),
        topics=tuple(trained.pipeline.topic.classes_.tolist()),
        urgencies=tuple(trained.pipeline.urgency.classes_.tolist()),
        taxonomy=workshop.taxonomy.version,
        preprocessing=workshop.fingerprint,
        libraries={"python": platform.python_version()}
        | {name: importlib.metadata.version(name) for name in LIBRARIES},
        thresholds=ThresholdsEntry(**asdict(trained.thresholds)),
        review_risk=REVIEW_RISK,
        alarm_risk=ALARM_RISK,
        data=DataEntry(rows=len(corpus.rows), sha256=corpus.sha256, files=corpus.files),
        figures=trained.figures,
        files={
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in (ARRAYS, VOCABULARY, PIPELINE)
        },
    )
    (folder / CARD).write_text(write_card(manifest), encoding="utf-8")
    (folder / MANIFEST).write_text(
        json.dumps(manifest.model_dump(), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return manifest


def _npz(arrays: LinearArrays) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **asdict(arrays))
    return buffer.getvalue()


def _classifier(
    pipeline: FittedPipeline, vocabulary: list[str], arrays: LinearArrays, thresholds: Thresholds
) -> LinearClassifier:
    return LinearClassifier(
        version="draft",
        vocabulary=vocabulary,
        topics=pipeline.topic.classes_.tolist(),
        urgencies=[Urgency(label) for label in pipeline.urgency.classes_],
        arrays=arrays,
        thresholds=thresholds,
    )


def _assessor(workshop: Workshop, classifier: LinearClassifier) -> Callable[[str], Assessment]:
    rule_topics = {rule.id: rule.topic for rule in workshop.recognizer.rules}

    def assess_text(text: str) -> Assessment:
        prepared = workshop.preparer.prepare(text)
        signals = workshop.recognizer.recognize(prepared)
        prediction = classifier.predict(prepared)
        return assess(prepared, signals, prediction, workshop.taxonomy, rule_topics, classifier.thresholds)

    return assess_text
