"""The work folder beside the output: finished chunks, so that a run that was killed goes on where it stopped.

::

    .OUTPUT.relabel/
        lock             held by the run at work
        plan.json        what the run does; another run must not go on with these chunks
        00000000.chunk   one for each finished chunk: a line of JSON, the output, the rejects
        output.part      the output while it is put together
        judgements.sqlite  what the processes tell each other of texts that may come again
        written.json     the numbers of the run; the output is whole

A chunk appears under its name in one step, after it is safe on the disk: it is there whole, or not at all.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from triage.batch.errors import BatchError, RunRefused
from triage.batch.values import Counts
from triage.durable import write_safely

PATIENCE = 15.0
"""Seconds to wait for the processes of a run that has just been killed to end."""
SUFFIX = ".chunk"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a chunk: numbers, and the bytes for the output and for the reject file.

    ``fingerprint`` is that of the rows the chunk was made of.
    """

    number: int
    fingerprint: str
    counts: Counts
    output: bytes = b""
    rejects: bytes = b""


class Journal:
    """The work folder of one output."""

    def __init__(self, output: Path) -> None:
        """Nothing is touched yet."""
        self.folder = output.with_name(f".{output.name}.relabel")
        self._plan = self.folder / "plan.json"
        self._written = self.folder / "written.json"
        self.draft = self.folder / "output.part"
        self.shared = self.folder / "judgements.sqlite"
        self._lock: IO[bytes] | None = None

    @property
    def exists(self) -> bool:
        """Whether an interrupted run left its chunks."""
        return self._plan.exists()

    @property
    def finished(self) -> Counts | None:
        """The numbers of a run that was killed after the output had got its name, and before the folder was gone."""
        if self._written.exists() and not self.draft.exists():
            return Counts(*orjson.loads(self._written.read_bytes()))
        return None

    def mark_written(self, counts: Counts) -> None:
        """The output is whole and only wants its name."""
        write_safely(self._written, orjson.dumps(counts.as_tuple()))

    def open(self) -> None:
        """Make the folder, readable by its owner only, and keep other runs out.

        Raises:
            RunRefused: another run is writing this output.
        """
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self._lock = (self.folder / "lock").open("wb")
        except OSError as error:
            raise BatchError(f"{self.folder}: {error.strerror}") from error
        deadline = time.monotonic() + PATIENCE
        while not _locked(self._lock):
            if time.monotonic() > deadline:
                raise RunRefused(f"{self.folder}: 另一个进程正在写同一个输出")
            time.sleep(0.1)

    def settle(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """The plan of the interrupted run, if there is one, otherwise ``plan``, which is kept.

        ``plan["begun"]`` may differ; everything else has to be the same.

        Raises:
            RunRefused: the interrupted run was a different one; the message names what differs.
        """
        if not self.exists:
            write_safely(self._plan, orjson.dumps(plan))
            return dict(plan)
        kept: dict[str, Any] = orjson.loads(self._plan.read_bytes())
        new = orjson.loads(orjson.dumps(plan))
        differing = [name for name in new if name != "begun" and new[name] != kept.get(name)]
        if differing:
            raise RunRefused(
                f"{self.folder}: 上次中断的任务与这次不同（{'、'.join(differing)}）；"
                "照原样再运行一次即可继续，删除这个文件夹则从头开始"
            )
        return kept

    def write(self, outcome: Outcome) -> None:
        """Keep a finished chunk."""
        head = {
            "fingerprint": outcome.fingerprint,
            "counts": outcome.counts.as_tuple(),
            "output": len(outcome.output),
            "rejects": len(outcome.rejects),
        }
        write_safely(
            self._path(outcome.number), orjson.dumps(head) + b"\n" + outcome.output + outcome.rejects
        )

    def counts(self, number: int, fingerprint: str) -> Counts | None:
        """The numbers of a chunk that is finished already, ``None`` where it is not or has other rows."""
        try:
            with self._path(number).open("rb") as file:
                head = orjson.loads(file.readline())
        except FileNotFoundError:
            return None
        return Counts(*head["counts"]) if head["fingerprint"] == fingerprint else None

    def read(self, number: int) -> Outcome:
        """A finished chunk."""
        with self._path(number).open("rb") as file:
            head = orjson.loads(file.readline())
            output, rejects = file.read(head["output"]), file.read(head["rejects"])
        return Outcome(number, head["fingerprint"], Counts(*head["counts"]), output, rejects)

    def close(self) -> None:
        """Let other runs in; the folder stays."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def remove(self) -> None:
        """The run is finished: the folder goes."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.close()

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:08d}{SUFFIX}"


def _locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
