"""Nothing is lost: planted faults are found, each alone, and every other row is judged."""

from __future__ import annotations

import base64
import csv
import io
from pathlib import Path

import pytest

from tests.batch.conftest import Relabel, rejects_of
from tests.batch.faults import plant


def check(run: Relabel, folder: Path, rows: int, faults: int, seed: int, **choices: int) -> None:
    planted = plant(folder / "in.csv", rows, faults, seed)
    summary = run(folder / "in.csv", output=folder / "out.csv", text_column="内容", **choices)
    found = {reject["line"]: base64.b64decode(reject["raw_base64"]) for reject in rejects_of(summary)}
    assert found == planted.faults
    with io.TextIOWrapper((folder / "out.csv").open("rb"), "utf-8", newline="") as file:
        assert [row["编号"] for row in csv.DictReader(file)] == planted.sound
    assert (summary.counts.read, summary.counts.rejected) == (rows, faults)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_faults_cost_one_record_each(run: Relabel, tmp_path: Path, seed: int) -> None:
    """One row in eight is at fault, so that chunks begin and end with faults."""
    check(run, tmp_path, rows=800, faults=100, seed=seed)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_thousand_faults_in_a_million_rows(run: Relabel, tmp_path: Path) -> None:
    """999,000 rows are judged, and the other 1,000 are in the reject file."""
    check(run, tmp_path, rows=1_000_000, faults=1_000, seed=1, workers=2, chunk_rows=2_000)
