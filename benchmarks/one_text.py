"""One text through the whole engine, against two stock scikit-learn pipelines that only predict."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks import report
from benchmarks.clock import take_turns
from benchmarks.parts import Parts
from benchmarks.stock import fit_stock
from training.split import Part, select
from triage.types import Complaint

ROUNDS = 9
TEXTS = 60


def run(parts: Parts) -> None:
    """Print the medians of both and their ratio."""
    report.heading("One text")
    rows = select(parts.corpus.rows, Part.TRAIN)
    stock = fit_stock([r.text for r in rows], [r.topic for r in rows], [r.urgency for r in rows])
    engine, now = parts.engine, datetime.now(UTC)
    contenders = {
        "stock: two predict_proba, no more": stock,
        "engine: the whole judgement": lambda text: engine.judge(Complaint(text), now),
    }
    measured = take_turns(contenders, parts.rounds(ROUNDS, TEXTS))
    for name, found in measured.items():
        report.times(name, found)
    slow, fast = measured.values()
    report.goal("stock ÷ engine", slow.median / fast.median, "×", at_least=40)
