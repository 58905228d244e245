"""Spark gives what the processes of one machine give; a local session is started where there are Java and pyspark."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.batch.conftest import Listener
from triage.batch.errors import BatchError
from triage.batch.frames import FrameChoices, judge_frames
from triage.batch.plan import Choices
from triage.batch.relabel import relabel
from triage.batch.spark import SparkWorkforce, judge_dataframe
from triage.catalog.files import PACKAGED
from triage.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_WANTED = {"pyspark": importlib.util.find_spec("pyspark"), "Java": shutil.which("java")}
ABSENT = [name for name, there in _WANTED.items() if not there]
needs_spark = pytest.mark.skipif(bool(ABSENT), reason=f"not installed: {', '.join(ABSENT)}")
TEXTS = ("厨房着火了", "排队太久了", "", "扶梯突然停了，有人摔倒", "牛奶过期了还在卖")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The rules alone, with a copy of the knowledge: nobody may change it between two readings."""
    copy = tmp_path_factory.mktemp("spark") / "knowledge"
    shutil.copytree(PACKAGED, copy)
    return Settings(model=Path("none"), model_errors="rules-only", knowledge=copy)


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """A session of two cores, which also ends the Java process."""
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        root = str(Path(__file__).parent.parent.parent)
        patch.setenv("PYTHONPATH", os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]))
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = builder.config("spark.log.level", "OFF").getOrCreate()
        yield session
        session.stop()


@needs_spark
def test_output_and_rejects_are_those_of_the_pool_byte_for_byte(
    session: SparkSession, settings: Settings, tmp_path: Path
) -> None:
    """Chunks come back in order, whichever task judged them."""
    source = tmp_path / "in.csv"
    source.write_text("编号,内容\n" + "".join(f"{i},{TEXTS[i % len(TEXTS)]}\n" for i in range(200)))
    found = []
    for name in ("pool", "spark"):
        choices = Choices(inputs=(str(source),), output=tmp_path / f"{name}.csv", workers=2, chunk_rows=15)
        engine = {"workforce": SparkWorkforce} if name == "spark" else {}
        summary = relabel(choices, settings, Listener(), **engine)  # type: ignore[arg-type]
        assert summary.counts.rejected == 40
        found.append((choices.output.read_bytes(), choices.reject_file.read_bytes()))
    assert found[0] == found[1]


@needs_spark
def test_a_dataframe_is_judged_where_its_rows_lie(session: SparkSession, settings: Settings) -> None:
    """As pandas frames are; a row that cannot be judged says why."""
    import pandas as pd

    rows = list(enumerate(TEXTS))
    judged = judge_dataframe(
        session.createDataFrame(rows, "id long, body string"), settings, FrameChoices("body")
    )
    expected = next(
        judge_frames([pd.DataFrame(rows, columns=["id", "body"])], settings, FrameChoices("body"))
    )
    assert judged.columns == list(expected.columns)
    for column in ("triage_topic", "triage_urgency", "triage_error"):
        wanted = expected[column].astype(object).where(expected[column].notna(), None)
        assert {row.id: row[column] for row in judged.collect()} == dict(enumerate(wanted))


def test_without_pyspark_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    """Nothing is judged."""
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    source = tmp_path / "in.csv"
    source.write_text("编号,内容\n1,排队太久了\n")
    with pytest.raises(BatchError, match=r"complaint-triage\[spark\].*Java 17"):
        relabel(
            Choices(inputs=(str(source),), output=tmp_path / "out.csv"),
            settings,
            Listener(),
            workforce=SparkWorkforce,
        )
