"""One text through the whole engine, against stock scikit-learn pipelines that only predict."""

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
    """Print the medians of all and the ratios; the goal is set against the pipeline that we train ourselves."""
    report.heading("One text")
    engine, now = parts.engine, datetime.now(UTC)
    stock = fit_stock(select(parts.corpus.rows, Part.TRAIN))
    contenders = {**stock, "engine": lambda text: engine.judge(Complaint(text), now)}
    measured = take_turns(contenders, parts.rounds(ROUNDS, TEXTS))
    for name, found in measured.items():
        report.times(name, found)
    logistic, calibrated, whole = (found.median for found in measured.values())
    report.figure("LogisticRegression ÷ engine", logistic / whole, "×")
    report.goal("CalibratedClassifierCV ÷ engine", calibrated / whole, "×", at_least=40)
