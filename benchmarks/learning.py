"""Training on ten thousand texts."""

from __future__ import annotations

from benchmarks import report
from benchmarks.clock import seconds_of
from benchmarks.parts import Parts
from training.corpus import Corpus
from training.split import Part, select
from training.train import Workshop, train

TEXTS = 10_000


def run(parts: Parts) -> None:
    """Print the processor time of a whole training: preparing, fitting, thresholds, measuring."""
    report.heading(f"Training on {TEXTS:,} texts")
    house, corpus = parts.house, _of_size(parts.corpus)
    workshop = Workshop(house.taxonomy, house.preparer, house.recognizer, house.preprocessing.fingerprint)
    seconds = seconds_of(
        lambda: train(
            corpus,
            workshop,
            lambda step: None,
            lambda rows: [house.preparer.prepare(row.text) for row in rows],
        )
    )
    report.goal("processor time", seconds, "s", at_most=60)


def _of_size(corpus: Corpus) -> Corpus:
    """As many rows to learn from, and all others to choose thresholds and to measure by."""
    learned = select(corpus.rows, Part.TRAIN)[:TEXTS]
    others = [row for part in (Part.VALIDATION, Part.TEST) for row in select(corpus.rows, part)]
    return Corpus((*learned, *others), corpus.files, corpus.sha256)
