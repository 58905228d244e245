"""Pandas frames and Arrow batches with judgements, for programs of one's own and for Spark's ``mapInPandas``.

Every row that comes in goes out, in order. One that cannot be judged has empty judgements, and says why in the column
``error``, which is empty otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from triage.batch.cell import as_text
from triage.batch.judge import Judge
from triage.batch.judgement import COLUMNS, RESOLVE_BY, Judgement, Kind, values_of
from triage.batch.plan import DEFAULT_PREFIX
from triage.batch.times import Deadlines
from triage.bootstrap import build_engine
from triage.engine import Engine
from triage.errors import InputError
from triage.settings import Settings

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ERROR = "error"
"""The column that says why a row has no judgement."""


@dataclass(frozen=True, slots=True)
class FrameChoices:
    """Which columns are read, and how ours are named."""

    text_column: str = "text"
    received_column: str | None = None
    store_column: str | None = None
    mask: bool = False
    prefix: str = DEFAULT_PREFIX

    @property
    def appended(self) -> tuple[tuple[str, Kind], ...]:
        """Names and kinds (``text``, ``flag``, ``number``) of the columns that are appended, in order."""
        names: list[tuple[str, Kind]] = [(column.name, column.kind) for column in COLUMNS]
        if self.received_column is not None:
            names.append((RESOLVE_BY, "text"))
        return tuple((self.prefix + name, kind) for name, kind in [*names, (ERROR, "text")])


DEFAULTS = FrameChoices()


def judge_frames(
    frames: Iterable[pd.DataFrame], settings: Settings | Engine, choices: FrameChoices = DEFAULTS
) -> Iterator[pd.DataFrame]:
    """Each frame with our columns behind its own; index and row order stay.

    Args:
        frames: any number of any length, with the columns that ``choices`` names.
        settings: what the engine is built from, once a process; or an engine.
        choices: columns and names.

    Raises:
        KeyError: a frame lacks a column.
    """
    import pandas as pd

    judge = ColumnJudge(_engine(settings), choices)
    types = {"text": "str", "flag": "boolean", "number": "float64"}
    for frame in frames:
        found = judge.judge(partial(_listed, frame))
        result = frame.copy(deep=False)
        if choices.mask:
            result[choices.text_column] = pd.Series(found.texts, index=frame.index, dtype=object)
        for (name, kind), values in zip(choices.appended, found.columns, strict=True):
            result[name] = pd.Series(values, index=frame.index, dtype=types[kind])
        yield result


def judge_batches(
    batches: Iterable[pa.RecordBatch], settings: Settings | Engine, choices: FrameChoices = DEFAULTS
) -> Iterator[pa.RecordBatch]:
    """As :func:`judge_frames` for Arrow; the types of the original columns stay.

    Raises:
        KeyError: a batch lacks a column.
    """
    import pyarrow as pa

    judge = ColumnJudge(_engine(settings), choices)
    types = {"text": pa.string(), "flag": pa.bool_(), "number": pa.float64()}
    for batch in batches:
        found = judge.judge(partial(_column, batch))
        if choices.mask:
            at = batch.schema.get_field_index(choices.text_column)
            masked = pa.array(found.texts, type=batch.schema.field(at).type)
            batch = batch.set_column(at, choices.text_column, masked)  # noqa: PLW2901
        names = [*batch.schema.names, *(name for name, _ in choices.appended)]
        ours = [
            pa.array(values, type=types[kind])
            for (_, kind), values in zip(choices.appended, found.columns, strict=True)
        ]
        yield pa.RecordBatch.from_arrays([*batch.columns, *ours], names=names)


@dataclass(frozen=True, slots=True)
class Found:
    """Values by column, in the order of ``FrameChoices.appended``; ``texts`` are masked if that was asked for."""

    columns: list[list[Any]]
    texts: list[Any]


class ColumnJudge:
    """Judges columns of values; remembers texts from one call to the next."""

    def __init__(self, engine: Engine, choices: FrameChoices) -> None:
        """One for a stream of frames."""
        self._choices = choices
        self._judge = Judge(engine, _whole, mask=choices.mask)
        self._deadlines = Deadlines(engine, self._judge.policy, datetime.now(UTC))

    def judge(self, read: Callable[[str], Sequence[Any]]) -> Found:
        """Judge the texts of a frame; ``read`` gives the values of a column, ``None`` for those that are missing."""
        choices = self._choices
        texts = read(choices.text_column)
        received = read(choices.received_column) if choices.received_column is not None else None
        stores = read(choices.store_column) if choices.store_column is not None else [None] * len(texts)
        rows: list[tuple[Any, ...]] = []
        shown = list(texts)
        for at, text in enumerate(texts):
            try:
                judgement = self._judge.judge(_as_string(text))
            except InputError as error:
                rows.append((None,) * (len(choices.appended) - 1) + (error.message,))
                continue
            due = () if received is None else (self._due(judgement, received[at], stores[at]),)
            rows.append((*values_of(judgement), *due, None))
            if judgement.masked is not None:
                shown[at] = judgement.masked
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in choices.appended]
        return Found(columns, shown)

    def _due(self, judgement: Judgement, received: Any, store: Any) -> str | None:  # noqa: ANN401
        place = None if store is None else as_text(store) or None
        return self._deadlines.resolve_by(judgement.case, received, place) or None


@lru_cache(maxsize=1)
def _built(settings: Settings) -> Engine:
    return build_engine(settings)


def _engine(settings: Settings | Engine) -> Engine:
    return settings if isinstance(settings, Engine) else _built(settings)


def _whole(judgement: Judgement) -> Judgement:
    return judgement


def _column(batch: pa.RecordBatch, name: str) -> list[Any]:
    return batch.column(name).to_pylist()  # type: ignore[no-any-return]


def _listed(frame: pd.DataFrame, name: str) -> list[Any]:
    column = frame[name]
    return [None if missing else value for value, missing in zip(column, column.isna(), strict=True)]


def _as_string(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return value
    raise InputError("text", "没有文本" if value is None else "文本须为字符串")
