"""``triage check`` refuses rules that could run away."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.cli.check import check_knowledge
from triage.settings import Settings

RULE = """
hazard: fire
rules:
  - id: fire.ours.runaway
    means: 试验
    any: ["{pattern}"]
    source: review
    examples: {{hit: [着火了], miss: [没有着火]}}
"""


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [("煤气 ..31 漏", "a gap of 31 characters"), (" ..9 ".join("火" * 7), "7 steps")],
)
def test_a_rule_that_could_run_away_is_refused(tmp_path: Path, pattern: str, fault: str) -> None:
    """The fault names file, rule and field."""
    file = tmp_path / "hazards" / "ours.yaml"
    file.parent.mkdir()
    file.write_text(RULE.format(pattern=pattern), encoding="utf-8")
    (problem,) = check_knowledge(Settings(knowledge=tmp_path)).problems
    assert (problem.file, problem.entry, problem.field) == (str(file), "fire.ours.runaway", "any/all")
    assert fault in problem.message
