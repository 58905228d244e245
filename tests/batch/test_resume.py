"""A run that was killed goes on where it stopped."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.conftest import Listener, Relabel
from triage.batch.errors import BatchError, RunRefused
from triage.batch.journal import Journal
from triage.batch.values import Counts
from triage.batch.worker import Worker

ROWS = 400
CHUNKS = 8


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of eight chunks; every tenth row is a reject."""
    path = tmp_path / "in.csv"
    rows = (f"{i},{'' if i % 10 == 0 else f'第{i}次来，扶梯突然停了'}\n" for i in range(ROWS))
    path.write_text("编号,内容\n" + "".join(rows))
    return path


def killed(work: Callable[[], object]) -> None:
    """Do the work in a process of its own, which is expected to be killed."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def kill_self(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def both(output: Path) -> tuple[bytes, bytes]:
    return output.read_bytes(), output.with_name(output.name + ".rejects.jsonl").read_bytes()


@pytest.fixture
def undisturbed(run: Relabel, source: Path, tmp_path: Path) -> tuple[bytes, bytes]:
    """What a run gives that nobody kills."""
    run(source, output=tmp_path / "whole.csv")
    return both(tmp_path / "whole.csv")


@pytest.mark.parametrize("after", [1, 3, 7])
def test_killed_in_the_middle_the_output_is_the_same_in_the_end(
    run: Relabel,
    source: Path,
    tmp_path: Path,
    undisturbed: tuple[bytes, bytes],
    listener: Listener,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    """Finished chunks are not judged again."""
    output = tmp_path / "out.csv"

    def went_on(self: Listener, done: int, counts: Counts, *, resumed: bool) -> None:
        if counts.read >= after * ROWS // CHUNKS:
            kill_self()

    with monkeypatch.context() as patch:
        patch.setattr(Listener, "went_on", went_on)
        killed(lambda: run(source, output=output))
    assert not output.exists()
    listener.fresh_chunks = listener.resumed_chunks = 0
    summary = run(source, output=output)
    assert both(output) == undisturbed
    assert listener.resumed_chunks == summary.resumed >= after
    assert listener.fresh_chunks + listener.resumed_chunks == CHUNKS
    assert not Journal(output).folder.exists()


def test_interrupted_by_hand_it_ends_at_once_and_can_go_on(
    run: Relabel,
    source: Path,
    tmp_path: Path,
    undisturbed: tuple[bytes, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The processes end with it."""

    def went_on(self: Listener, done: int, counts: Counts, *, resumed: bool) -> None:
        raise KeyboardInterrupt

    before = multiprocessing.active_children()
    with monkeypatch.context() as patch:
        patch.setattr(Listener, "went_on", went_on)
        with pytest.raises(KeyboardInterrupt):
            run(source, output=tmp_path / "out.csv")
    assert multiprocessing.active_children() == before
    run(source, output=tmp_path / "out.csv")
    assert both(tmp_path / "out.csv") == undisturbed


@pytest.mark.parametrize("step", ["mark_written", "remove", "settle"])
def test_killed_at_the_beginning_or_the_end_the_output_is_the_same(
    run: Relabel,
    source: Path,
    tmp_path: Path,
    undisturbed: tuple[bytes, bytes],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    """Before the first chunk, before the output has its name, and before the work folder is gone."""
    output = tmp_path / "out.csv"
    with monkeypatch.context() as patch:
        patch.setattr(Journal, step, kill_self)
        killed(lambda: run(source, output=output))
    summary = run(source, output=output)
    assert both(output) == undisturbed
    assert (summary.counts.read, summary.counts.rejected) == (ROWS, ROWS // 10)
    assert not Journal(output).folder.exists()


def test_half_a_chunk_on_the_disk_counts_for_nothing(
    run: Relabel,
    source: Path,
    tmp_path: Path,
    undisturbed: tuple[bytes, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A draft that was being written when the power failed is no chunk."""
    output = tmp_path / "out.csv"
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "mark_written", kill_self)
        killed(lambda: run(source, output=output))
    chunk = Journal(output).folder / "00000003.chunk"
    chunk.with_suffix(".4711.draft").write_bytes(chunk.read_bytes()[:100])
    chunk.unlink()
    run(source, output=output)
    assert both(output) == undisturbed


def test_a_process_that_dies_stops_the_run_which_can_go_on(
    run: Relabel,
    source: Path,
    tmp_path: Path,
    undisturbed: tuple[bytes, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when memory runs out: a message, no output, and nothing lost."""
    with monkeypatch.context() as patch:
        patch.setattr(Worker, "work", kill_self)
        with pytest.raises(BatchError, match="意外终止"):
            run(source, output=tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()
    run(source, output=tmp_path / "out.csv")
    assert both(tmp_path / "out.csv") == undisturbed


def test_a_full_disk_stops_the_run_which_can_go_on(
    run: Relabel,
    source: Path,
    tmp_path: Path,
    undisturbed: tuple[bytes, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The message says what the system said."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "out.csv")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "write", full)
        with pytest.raises(BatchError, match="No space left"):
            run(source, output=tmp_path / "out.csv")
    run(source, output=tmp_path / "out.csv")
    assert both(tmp_path / "out.csv") == undisturbed


def test_another_run_does_not_go_on_with_these_chunks(
    run: Relabel, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names what differs and what to do."""
    output = tmp_path / "out.csv"
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "mark_written", kill_self)
        killed(lambda: run(source, output=output))
    with pytest.raises(RunRefused, match="options"):
        run(source, output=output, mask=True)
    source.write_text(source.read_text() + "400,又来一条投诉\n")
    with pytest.raises(RunRefused, match="inputs"):
        run(source, output=output)


def test_two_runs_at_a_time_do_not_write_the_same_output(
    run: Relabel, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is refused while the first is at work."""
    monkeypatch.setattr("triage.batch.journal.PATIENCE", 0.2)
    other = Journal(tmp_path / "out.csv")
    other.open()
    with pytest.raises(RunRefused, match="另一个进程"):
        run(source, output=tmp_path / "out.csv")
    other.close()
    assert run(source, output=tmp_path / "out.csv").counts.read == ROWS


def test_several_processes_give_the_same_output(
    run: Relabel, source: Path, tmp_path: Path, undisturbed: tuple[bytes, bytes]
) -> None:
    """The order is that of the input, whoever finishes first."""
    run(source, output=tmp_path / "out.csv", workers=3)
    assert both(tmp_path / "out.csv") == undisturbed
