"""Pandas frames and Arrow batches with judgements."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from triage.batch.frames import FrameChoices, judge_batches, judge_frames
from triage.engine import Engine

TEXTS = ["厨房着火了", None, "排队太久，电话13812345678", " "]


def test_frames_keep_their_rows_columns_and_index(rules_engine: Engine) -> None:
    """A row without judgement says why."""
    frame = pd.DataFrame({"n": [1, 2, 3, 4], "text": TEXTS}, index=[9, 8, 7, 6])
    (found,) = judge_frames([frame], rules_engine)
    assert list(found.index) == [9, 8, 7, 6]
    assert found["text"].equals(frame["text"])
    assert found["triage_emergency"].tolist() == [True, pd.NA, False, pd.NA]
    assert found["triage_error"].notna().tolist() == [False, True, False, True]
    assert list(frame.columns) == ["n", "text"]


def test_frames_are_worked_through_one_by_one(rules_engine: Engine) -> None:
    """The iterator asks for the next frame only when it is wanted; an empty one is no trouble."""
    frames = iter([pd.DataFrame({"text": []}), pd.DataFrame({"text": ["着火了"]})])
    judged = judge_frames(frames, rules_engine)
    assert len(next(judged)) == 0
    assert next(judged)["triage_topic"].tolist() == ["safety.fire"]


def test_batches_of_arrow_have_one_schema(rules_engine: Engine) -> None:
    """Also where nothing could be judged."""
    batches = [pa.record_batch({"text": pa.array(texts, pa.string())}) for texts in (TEXTS, [None])]
    found = list(judge_batches(batches, rules_engine))
    assert found[0].schema == found[1].schema
    assert pa.Table.from_batches(found).column("triage_topic")[0].as_py() == "safety.fire"


def test_masking_and_times(rules_engine: Engine) -> None:
    """The same choices as for files."""
    choices = FrameChoices(text_column="t", received_column="at", mask=True, prefix="x_")
    frame = pd.DataFrame({"t": TEXTS, "at": [pd.Timestamp("2024-03-05 09:07"), None, "2024/3/5 9:07", None]})
    (found,) = judge_frames([frame], rules_engine, choices)
    assert "138" not in found["t"][2]
    assert found["x_resolve_by"][2] == "2024-03-07T09:07:00+08:00"
    assert [name for name, _ in choices.appended] == [str(name) for name in found][2:]


def test_a_missing_column_is_named(rules_engine: Engine) -> None:
    """As pandas says it."""
    with pytest.raises(KeyError, match="text"):
        next(judge_frames([pd.DataFrame({"a": [1]})], rules_engine))
