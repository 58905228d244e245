"""A run from the first file to the finished output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from triage.batch.assemble import assemble
from triage.batch.errors import BatchError, RunRefused
from triage.batch.inputs import FileName, parse_name
from triage.batch.journal import Journal
from triage.batch.plan import Choices, Plan
from triage.batch.planning import describe, identify, make_plan
from triage.batch.pool import Pool, Work, Workforce
from triage.batch.source import Source
from triage.batch.sources import chunks, open_sources, total_bytes
from triage.batch.values import Counts
from triage.batch.worker import fingerprint_of
from triage.bootstrap import build_engine
from triage.engine import Engine
from triage.settings import Settings

MakeWorkforce = Callable[[Plan, Settings, Engine, int], Workforce]
"""Plan, settings, engine and number of processes → what judges chunks."""


class Watcher(Protocol):
    """Is told how a run goes on."""

    def begun(self, chosen: Sequence[str], size: int, degraded: Sequence[str]) -> None:
        """What was chosen for each file, and how many bytes there are."""
        ...

    def went_on(self, done: int, counts: Counts, *, resumed: bool) -> None:
        """A chunk is finished (``resumed``: by an earlier run); ``done`` bytes are read, ``counts`` are the sums."""
        ...


@dataclass(frozen=True, slots=True)
class Summary:
    """How a run ended."""

    choices: Choices
    counts: Counts
    resumed: int = 0
    blank_lines: int = 0


def relabel(
    choices: Choices,
    settings: Settings,
    watcher: Watcher,
    engine: Engine | None = None,
    workforce: MakeWorkforce = Pool,
) -> Summary:
    """Judge every row of the inputs and write the output and the reject file.

    Begun again after an interruption it goes on where it stopped, and the output is the same. ``engine`` is that of
    the settings, if it has been built already; ``workforce`` makes what judges the chunks.

    Raises:
        BatchError: nothing could be done, or a process died; the message says what to do.
        RunRefused: the output exists, another run is writing it, or an interrupted run was a different one.
        TriageError: knowledge, model or settings cannot be used.
    """
    output = parse_name(choices.output)
    journal = Journal(choices.output)
    if (finished := _look_for_output(choices, journal)) is not None:
        journal.remove()
        return Summary(choices, finished)
    sources = open_sources(choices, output)
    plan = make_plan(choices, sources, output, datetime.now(UTC))
    engine = engine or build_engine(settings)
    journal.open()
    try:
        kept = journal.settle(identify(plan, choices, engine))
        plan = replace(plan, now=datetime.fromisoformat(kept["begun"]))
        chosen = [describe(file, source) for file, source in zip(plan.files, sources, strict=True)]
        watcher.begun([*chosen, _describe_output(plan, output)], total_bytes(sources), engine.degraded)
        crew = workforce(plan, settings, engine, choices.workers)
        summary = _Run(choices, plan, sources, journal, watcher).finish(crew)
        journal.remove()
        return summary
    except OSError as error:
        raise BatchError(
            f"{error.filename or choices.output}: {error.strerror}；排除后再运行一次即可继续"
        ) from error
    finally:
        journal.close()


class _Run:
    """The chunks of one run, and what became of them."""

    def __init__(
        self, choices: Choices, plan: Plan, sources: Sequence[Source], journal: Journal, watcher: Watcher
    ) -> None:
        self._choices = choices
        self._plan = plan
        self._sources = sources
        self._journal = journal
        self._watcher = watcher
        self._counts = Counts()
        self._read = self._chunks = self._resumed = 0

    def finish(self, crew: Workforce) -> Summary:
        """Judge what is not judged yet, and put everything together."""
        try:
            for chunk, counts in crew.run(self._pending()):
                self._counts += counts
                self._watcher.went_on(chunk.done, self._counts, resumed=False)
        finally:
            crew.close()
        self._check()
        assemble(self._plan, self._journal, self._chunks, self._choices.reject_file, self._counts)
        blank_lines = sum(source.blank_lines for source in self._sources)
        return Summary(self._choices, self._counts, self._resumed, blank_lines)

    def _pending(self) -> Iterator[Work]:
        """The chunks that no earlier run has finished."""
        for chunk in chunks(self._sources, self._choices.chunk_rows):
            self._read += len(chunk.rows)
            self._chunks += 1
            fingerprint = fingerprint_of(chunk)
            counts = self._journal.counts(chunk.number, fingerprint)
            if counts is None:
                yield chunk, fingerprint
            else:
                self._resumed += 1
                self._counts += counts
                self._watcher.went_on(chunk.done, self._counts, resumed=True)

    def _check(self) -> None:
        """Rows in = rows out + rejects, or the run fails."""
        counts = self._counts
        if not self._read == counts.read == counts.judged + counts.rejected:
            raise BatchError(
                f"行数对不上：读入 {self._read}，写出 {counts.judged}，拒收 {counts.rejected}；没有写输出，请报告此错误"
            )


def _look_for_output(choices: Choices, journal: Journal) -> Counts | None:
    """The numbers of a run that only had to clear up; ``None`` where there is no output yet."""
    if choices.output.exists():
        if (finished := journal.finished) is not None:
            return finished
        raise RunRefused(f"{choices.output}: 已经存在，不覆盖；要重新判定，请先移走它或换一个 --output")
    if choices.reject_file.exists() and not journal.exists:
        raise RunRefused(f"{choices.reject_file}: 已经存在，不覆盖；请先移走它或换一个 --rejects")
    if not choices.output.parent.is_dir():
        raise BatchError(f"{choices.output.parent}: 没有这个文件夹")
    return None


def _describe_output(plan: Plan, output: FileName) -> str:
    encoding = f"，编码 {plan.output.dialect.encoding}" if output.format == "delimited" else ""
    mark = "（带 BOM）" if encoding and plan.output.dialect.marked else ""
    return f"输出 {output.path}：{len(plan.output.columns)} 列，加 {len(plan.output.judged)} 列判定{encoding}{mark}"
