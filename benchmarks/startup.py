"""A fresh process until it could answer: processor time and memory, and where the time goes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from statistics import median

from benchmarks import report
from benchmarks.parts import Parts

RUNS = 5


def run(parts: Parts) -> None:
    """Print medians over several processes; each starts after the one before has ended."""
    report.heading("Start-up of `triage serve`")
    _ = parts.engine  # without a usable model there is nothing to start
    report.note("parts, measured one by one:")
    for name, seconds in _medians([_start("parts") for _ in range(RUNS)]).items():
        report.figure(name, seconds, "s")
    report.note("all of it:")
    whole = _medians([_start("whole") for _ in range(RUNS)])
    report.goal("processor time until ready", whole["seconds"], "s", at_most=2)
    report.goal("peak memory", whole["megabytes"], "MB", at_most=300)


def _start(mode: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.fresh_process", mode]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: median(run[name] for run in runs) for name in runs[0]}
