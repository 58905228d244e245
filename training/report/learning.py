"""The learning curve: what a model from scratch gains from more labelled complaints."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from training.corpus import Corpus, LabeledComplaint
from training.evaluate import judge_all, measure
from training.split import Part, part_of, select
from training.train import Materials, Workshop, draft_classifier, train
from training.vectors import WordVectors
from triage.engine import Engine

SHARES = (1 / 8, 1 / 4, 1 / 2, 1.0)


@dataclass(frozen=True)
class Point:
    """Rows learned from, and the share of right topics on each set."""

    rows: int
    topic: dict[str, float | None]


@dataclass(frozen=True)
class Curve:
    """All points, fewest rows first; ``data`` is the hash of the labelled complaints."""

    data: str
    points: tuple[Point, ...]


def learning_curve(
    corpus: Corpus,
    vectors: WordVectors,
    workshop: Workshop,
    engine: Engine,
    sets: Mapping[str, Sequence[LabeledComplaint]],
    progress: Callable[[str], None] = lambda step: None,
    shares: Sequence[float] = SHARES,
) -> Curve:
    """Train with growing shares of the training part, none of the public texts, and measure through the engine."""
    points = []
    for part in _parts(corpus, shares):
        rows = len(select(part.rows, Part.TRAIN))
        progress(f"{rows} 条")
        trained = train(Materials(part, vectors), workshop)
        learned = replace(engine, classifier=draft_classifier(trained.model, trained.thresholds))
        points.append(Point(rows, {name: _topic(learned, texts) for name, texts in sets.items()}))
    return Curve(corpus.sha256, tuple(points))


def _parts(corpus: Corpus, shares: Sequence[float]) -> Iterator[Corpus]:
    """Each part holds the one before it: rows are taken in the order of a hash of their texts.

    The rows that choose thresholds and those that measure stay the same.
    """
    train_rows = sorted(select(corpus.rows, Part.TRAIN), key=lambda row: _mixed(row.text))
    others = [row for row in corpus.rows if part_of(row.text) is not Part.TRAIN]
    for share in shares:
        yield replace(corpus, rows=(*train_rows[: int(len(train_rows) * share)], *others))


def _mixed(text: str) -> str:
    # Another hash than that of the split, whose order would mean something.
    return hashlib.blake2b(text.encode()).hexdigest()


def _topic(engine: Engine, rows: Sequence[LabeledComplaint]) -> float | None:
    return measure(judge_all(rows, lambda text: engine.assess(engine.preparer.prepare(text)))).topic
