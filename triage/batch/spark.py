"""Spark in place of the processes of one machine (extra ``spark``).

:func:`judge_dataframe` judges a DataFrame where its rows lie; nothing passes through the driver.
:class:`SparkWorkforce` is for ``triage relabel --engine spark``: files are read and written by the driver, chunks are
judged by the tasks, and journal, rejects and output are those of :class:`triage.batch.pool.Pool`, byte for byte.

Both run under ``mapInPandas`` and need no ``SparkContext``, so that Spark Connect will do. Settings travel to the
tasks, knowledge and model do not: every machine reads its own. :class:`SparkWorkforce` stops where they are not those
of the driver.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from triage.batch.errors import BatchError
from triage.batch.frames import DEFAULTS, FrameChoices, judge_frames
from triage.batch.journal import Journal, Outcome
from triage.batch.plan import Plan
from triage.batch.pool import Work
from triage.batch.values import Chunk, Counts
from triage.batch.worker import Worker
from triage.bootstrap import build_engine
from triage.engine import Engine
from triage.settings import Settings
from triage.types import Versions

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

CHUNKS_PER_WORKER = 4
"""Chunks of a wave for each worker; the next wave begins when all are judged."""
MISSING = "--engine spark: 没有安装 pyspark；请安装 complaint-triage[spark]，并准备 Java 17"

_STARTED = ("PYSPARK_GATEWAY_PORT", "SPARK_REMOTE", "MASTER")
_LOCAL = {"spark.ui.enabled": False, "spark.ui.showConsoleProgress": False, "spark.log.level": "OFF"}
"""A local session is no cluster: no page, and of errors only what we say."""
_TYPES = {"text": "string", "flag": "boolean", "number": "double"}


def judge_dataframe(frame: DataFrame, settings: Settings, choices: FrameChoices = DEFAULTS) -> DataFrame:
    """The frame with our columns behind its own, as :func:`triage.batch.frames.judge_frames` gives them.

    Each Python worker builds its engine once, from ``settings`` and the files of its own machine.
    """
    from pyspark.sql.types import StructType

    ours = StructType()
    for name, kind in choices.appended:
        ours = ours.add(name, _TYPES[kind])
    schema = StructType([*frame.schema.fields, *ours.fields])
    return frame.mapInPandas(partial(judge_frames, settings=settings, choices=choices), schema)


class SparkWorkforce:
    """Judges chunks in the tasks of a Spark session and journals them here."""

    def __init__(self, plan: Plan, settings: Settings, engine: Engine, workers: int) -> None:
        """Use the session that there is, or that the environment says; else a local one of ``workers`` cores.

        Raises:
            BatchError: pyspark is not installed, or no session can be had.
        """
        self._journal = Journal(plan.output.name.path)
        self._session, self._own = _session(workers)
        self._wave = workers * CHUNKS_PER_WORKER
        self._task: Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]] = partial(
            judge_chunks, plan=plan, settings=settings, versions=engine.versions
        )

    def run(self, work: Iterable[Work]) -> Iterator[tuple[Chunk, Counts]]:
        """Journal every chunk; what became of each comes back in the order given.

        Raises:
            BatchError: a task failed, or a machine has other knowledge or another model.
        """
        pending = iter(work)
        while wave := list(islice(pending, self._wave)):
            outcomes = self._judged(wave)
            for chunk, _ in wave:
                yield chunk, outcomes[chunk.number]

    def close(self) -> None:
        """End the session if it was made for this run."""
        if self._own:
            self._session.stop()

    def _judged(self, wave: list[Work]) -> dict[int, Counts]:
        from pyspark.errors import PySparkException

        rows = [(chunk.number, bytearray(pickle.dumps((chunk, mark)))) for chunk, mark in wave]
        frame = self._session.createDataFrame(rows, "number long, content binary")
        # By range, not round robin: each chunk gets a task of its own.
        spread = frame.repartitionByRange(len(rows), "number")
        counts: dict[int, Counts] = {}
        try:
            for row in spread.mapInPandas(self._task, "number long, content binary").collect():
                outcome: Outcome = pickle.loads(bytes(row.content))  # noqa: S301 - made by our own task
                self._journal.write(outcome)
                counts[row.number] = outcome.counts
        except PySparkException as error:
            raise BatchError(f"Spark 任务失败：{_reason(error)}；排除后再运行一次即可继续") from error
        return counts


def judge_chunks(
    frames: Iterator[pd.DataFrame], plan: Plan, settings: Settings, versions: Versions
) -> Iterator[pd.DataFrame]:
    """What a task does: pickled chunks with their fingerprints in, pickled outcomes out.

    Raises:
        RuntimeError: software, knowledge or model of this machine are not those of the driver.
    """
    import pandas as pd

    worker = _worker(pickle.dumps(plan), settings)
    engine = _engine(settings)
    if engine.versions != versions:
        raise RuntimeError(f"这台机器的版本是 {engine.versions}，驱动程序的是 {versions}")
    for frame in frames:
        done = [worker.work(*pickle.loads(content)) for content in frame["content"]]  # noqa: S301 - see run
        packed = pd.Series([pickle.dumps(outcome) for outcome in done], dtype=object)
        yield pd.DataFrame({"number": [outcome.number for outcome in done], "content": packed})


@lru_cache(maxsize=1)
def _engine(settings: Settings) -> Engine:
    return build_engine(settings)


@lru_cache(maxsize=1)
def _worker(plan: bytes, settings: Settings) -> Worker:
    """Kept from one task of a Python worker to the next, with the texts it remembers."""
    return Worker(pickle.loads(plan), _engine(settings))  # noqa: S301 - the driver's plan


def _session(workers: int) -> tuple[SparkSession, bool]:
    """The session, and whether it is ours to stop."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise BatchError(MISSING) from error
    active = SparkSession.getActiveSession()
    if active is not None:
        return active, False
    builder: Any = SparkSession.builder.appName("triage relabel")
    if not any(name in os.environ for name in _STARTED):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers are to have what this one has
        builder = builder.master(f"local[{workers}]").config(map=_LOCAL)
    try:
        return builder.getOrCreate(), True
    except (PySparkException, OSError, RuntimeError) as error:
        raise BatchError(f"无法启动 Spark：{_reason(error)}（需要 Java 17）") from error


def _reason(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "Error:" in line), lines[0] if lines else "未知原因")
