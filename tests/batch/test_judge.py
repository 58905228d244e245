"""A text that comes again is judged once."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.batch.judge import Judge, Memory
from triage.batch.judgement import Judgement
from triage.batch.shared import SharedJudgements
from triage.engine import Engine
from triage.errors import InputError


def test_the_text_unused_for_longest_is_forgotten_first() -> None:
    """Memory stays bounded, however long the archive."""
    made: list[str] = []
    memory: Memory[str] = Memory(size=2)

    def make(text: str, key: bytes) -> str:
        made.append(text)
        return text.upper()

    assert [memory.get(text, make) for text in "abacab"] == list("ABACAB")
    assert made == ["a", "b", "c", "b"]


def test_a_process_uses_what_another_has_judged(rules_engine: Engine, tmp_path: Path) -> None:
    """The same judgement, to the last field."""
    judged: list[Judgement] = []

    def judge(text: str) -> Judgement:
        shared = SharedJudgements(tmp_path / "judgements.sqlite")
        found = Judge(rules_engine, lambda judgement: judgement, mask=True, shared=shared).judge(text)
        shared.hand_in()
        return found

    text = "厨房着火了，电话13812345678"
    first = judge(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Judge, "_judge_anew", lambda self, text: judged.append(text))
        second = judge(text)
    assert second == first
    assert second.case == first.case
    assert not judged


def test_a_damaged_table_is_done_without(rules_engine: Engine, tmp_path: Path) -> None:
    """It only saves time."""
    path = tmp_path / "judgements.sqlite"
    path.write_bytes(b"no database at all" * 100)
    judge = Judge(rules_engine, lambda judgement: judgement.topic, mask=False, shared=SharedJudgements(path))
    assert judge.judge("厨房着火了") == "safety.fire"


@pytest.mark.parametrize("text", ["", " ", "好", "\u200b\u200b", "长" * 20_001, "坏\ud800了"])
def test_what_cannot_be_judged_is_refused(rules_engine: Engine, text: str) -> None:
    """As everywhere else."""
    with pytest.raises(InputError):
        Judge(rules_engine, lambda judgement: judgement, mask=False).judge(text)
