"""Fine-tuning on twenty thousand texts."""

from __future__ import annotations

from benchmarks import report
from benchmarks.clock import seconds_of
from benchmarks.parts import Parts
from training.artifact import load_learned
from training.corpus import Corpus
from training.split import Part, select
from training.train import Workshop, train_further
from triage.catalog.artifact import read_manifest
from triage.models.decision import Thresholds
from triage.settings import SHIPPED_MODEL

TEXTS = 20_000


def run(parts: Parts) -> None:
    """Print the processor time of a whole fine-tuning: preparing, fitting, measuring."""
    report.heading(f"Fine-tuning on {TEXTS:,} texts")
    house, corpus = parts.house, _of_size(parts.corpus)
    workshop = Workshop(house.taxonomy, house.preparer, house.recognizer, house.preprocessing.fingerprint)
    manifest = read_manifest(SHIPPED_MODEL)
    base, thresholds = (
        load_learned(SHIPPED_MODEL, manifest),
        Thresholds(**manifest.thresholds.model_dump()),
    )
    seconds = seconds_of(lambda: train_further(base, manifest.id, thresholds, corpus, workshop))
    report.goal("processor time", seconds, "s", at_most=60)


def _of_size(corpus: Corpus) -> Corpus:
    """As many rows to learn from, some of them twice, and all others to measure by."""
    known = select(corpus.rows, Part.TRAIN)
    learned = [known[i % len(known)] for i in range(TEXTS)]
    others = [row for part in (Part.VALIDATION, Part.TEST) for row in select(corpus.rows, part)]
    return Corpus((*learned, *others), corpus.files, corpus.sha256)
