"""Runs with the rules alone: what is judged does not matter here, only what becomes of the rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from triage.batch.plan import Choices
from triage.batch.relabel import Summary, relabel
from triage.batch.values import Counts
from triage.engine import Engine
from triage.settings import Settings

Relabel = Callable[..., Summary]


class Listener:
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.chosen: list[str] = []
        self.fresh_chunks = 0
        self.resumed_chunks = 0

    def begun(self, chosen: Sequence[str], size: int, degraded: Sequence[str]) -> None:
        """Keep what was chosen."""
        self.chosen = list(chosen)

    def went_on(self, done: int, counts: Counts, *, resumed: bool) -> None:
        """Count the chunk."""
        self.resumed_chunks += resumed
        self.fresh_chunks += not resumed


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def run(rules_engine: Engine, listener: Listener) -> Relabel:
    """Relabel one file, or several, by the rules alone."""

    def relabel_files(*inputs: Path, output: Path, **choices: Any) -> Summary:
        options = {"workers": 1, "chunk_rows": 50, **choices}
        chosen = Choices(inputs=tuple(map(str, inputs)), output=output, **options)
        settings = Settings(model=Path("none"), model_errors="rules-only")
        return relabel(chosen, settings, listener, rules_engine)

    return relabel_files


def rejects_of(summary: Summary) -> list[dict[str, Any]]:
    """What the reject file holds."""
    return [json.loads(line) for line in summary.choices.reject_file.read_bytes().splitlines()]
