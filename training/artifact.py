"""A trained model → a model directory, complete or not at all."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import platform
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from training.card import write_card
from training.corpus import Corpus
from training.learn import Learned
from training.thresholds import ALARM_RISK, COVERAGE, REVIEW_RISK
from training.vectors import WordVectors
from triage.catalog.artifact import read_arrays, read_manifest
from triage.models.arrays import pack
from triage.models.artifact import (
    ARRAYS,
    CARD,
    FORMAT,
    MANIFEST,
    VOCABULARY,
    WORDS,
    DataEntry,
    Manifest,
    ThresholdsEntry,
)
from triage.models.decision import Thresholds
from triage.models.gate import LESSONS
from triage.models.linear import Labels

LIBRARIES = ("scikit-learn", "numpy", "scipy", "joblib", "jieba", "opencc-python-reimplemented")


@dataclass(frozen=True)
class Trained:
    """A model and its figures, not yet written.

    Attributes:
        base: the id of the model it was fine-tuned from; ``None`` where it was learned from scratch.
        public_rows: labelled public texts it learned from, beside the corpus.
        lessons: marks of the texts it learned from, see :mod:`training.lessons`; empty where they were not kept.
    """

    model: Learned
    thresholds: Thresholds
    figures: dict[str, Any]
    corpus: Corpus
    taxonomy: str
    fingerprint: str
    base: str | None = None
    public_rows: int = 0
    lessons: tuple[str, ...] = ()


def save(trained: Trained, folder: Path, now: datetime) -> Manifest:
    """Write the model directory; an existing one is replaced only when the new one is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    draft.chmod(0o755)
    try:
        manifest = _write(trained, draft, now)
        _replace(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def load_learned(folder: Path, manifest: Manifest) -> Learned:
    """A written model as a start for fine-tuning.

    Raises:
        ArtifactError: a file is missing or changed.
    """
    stored = read_arrays(folder, manifest)
    return Learned(
        Labels(manifest.topics, manifest.urgencies), stored.vocabulary, stored.words, stored.arrays
    )


def vectors_of(folder: Path) -> WordVectors:
    """The word vectors of a written model.

    Raises:
        ArtifactError: there is no model, or a file of it changed.
    """
    stored = read_arrays(folder, read_manifest(folder))
    return WordVectors(stored.words, stored.arrays.vectors, stored.arrays.word_weights)


def _replace(draft: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write(trained: Trained, folder: Path, now: datetime) -> Manifest:
    contents = {
        ARRAYS: _npz(trained.model),
        VOCABULARY: "\n".join(trained.model.vocabulary).encode(),
        WORDS: "\n".join(trained.model.words).encode(),
    }
    identifier = hashlib.sha256(b"".join(contents.values())).hexdigest()[:12]
    if trained.lessons:
        contents[LESSONS] = "\n".join(trained.lessons).encode()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    manifest = Manifest(
        format=FORMAT,
        id=identifier,
        base=trained.base,
        created_at=now.isoformat(timespec="seconds"),
        topics=trained.model.labels.topics,
        urgencies=trained.model.labels.urgencies,
        taxonomy=trained.taxonomy,
        preprocessing=trained.fingerprint,
        libraries={"python": platform.python_version()}
        | {name: importlib.metadata.version(name) for name in LIBRARIES},
        thresholds=ThresholdsEntry(**asdict(trained.thresholds)),
        review_risk=REVIEW_RISK,
        alarm_risk=ALARM_RISK,
        coverage=COVERAGE,
        data=DataEntry(
            rows=len(trained.corpus.rows),
            sha256=trained.corpus.sha256,
            files=trained.corpus.files,
            public_rows=trained.public_rows,
        ),
        figures=trained.figures,
        files={name: hashlib.sha256(content).hexdigest() for name, content in contents.items()},
    )
    (folder / CARD).write_text(write_card(manifest), encoding="utf-8")
    (folder / MANIFEST).write_text(
        json.dumps(manifest.model_dump(), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return manifest


def _npz(model: Learned) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **pack(model.arrays))
    return buffer.getvalue()
