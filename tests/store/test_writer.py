"""The thread that writes: what it promises, and what it does when the database fails."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from time import sleep

import pytest
from sqlalchemy import Connection

from triage.errors import Conflict, StoreError
from triage.store import assessments, corrections, tables, writer
from triage.store.database import Database
from triage.store.store import Store
from triage.store.writer import Writer

from .samples import assessment, correction, count, do


class Outage(Database):
    """A database that is away as long as ``away`` is set."""

    def __init__(self, real: Database) -> None:
        self._real = real
        self.away = Event()
        self.tried = Event()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Fail, or write in the real one."""
        self.tried.set()
        if self.away.is_set():
            raise StoreError("away", passing=True)
        with self._real.writing() as connection:
            yield connection


@pytest.fixture
def outage(store: Store) -> Outage:
    """The store's database, to be taken away."""
    return Outage(store.database)


def test_what_was_kept_is_written_without_asking(store: Store) -> None:
    """Keeping returns at once; closing waits for what is under way."""
    records = [assessment() for _ in range(1200)]
    assert all(map(store.writer.keep, records))
    store.writer.close()

    assert count(store, tables.assessments) == 1200


def test_what_came_before_is_seen_by_what_comes_later(store: Store) -> None:
    """A correction finds the assessment that was kept a moment ago."""
    record = assessment()
    store.writer.keep(record)

    assert do(store, assessments.find, record.id) == record


def test_threads_may_write_together(store: Store) -> None:
    """Nothing is lost between many callers, kept or waited for."""

    def write(number: int) -> None:
        store.writer.keep(assessment())
        do(store, corrections.add, correction())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(100)))
    store.writer.close()

    assert (count(store, tables.assessments), count(store, tables.corrections)) == (100, 100)


@pytest.mark.parametrize("error", [Conflict("field", "no"), ZeroDivisionError()], ids=["refusal", "fault"])
def test_what_goes_wrong_undoes_only_its_own_work(store: Store, error: Exception) -> None:
    """Others in the same transaction stand, assessments as well."""

    def refused(connection: Connection) -> None:
        corrections.add(connection, correction())
        raise error

    store.writer.keep(assessment())

    futures = [
        store.writer.run(lambda connection: corrections.add(connection, correction())),
        store.writer.run(refused),
        store.writer.run(lambda connection: corrections.add(connection, correction())),
    ]

    assert futures[0].exception() is None
    assert futures[1].exception() is error
    assert futures[2].exception() is None
    assert (count(store, tables.corrections), count(store, tables.assessments)) == (2, 1)


def test_a_correction_that_cannot_be_written_harms_no_other(store: Store) -> None:
    """What the database itself refuses is told to whoever sent it, without its words."""
    twice = correction()
    store.writer.keep(assessment())
    futures = [
        store.writer.run(lambda connection: corrections.add(connection, twice)),
        store.writer.run(lambda connection: corrections.add(connection, twice)),
        store.writer.run(lambda connection: corrections.add(connection, correction())),
    ]

    assert isinstance(futures[1].exception(), StoreError)
    assert [future.exception() for future in (futures[0], futures[2])] == [None, None]
    assert (count(store, tables.corrections), count(store, tables.assessments)) == (2, 1)


def test_a_fault_of_ours_is_told_and_the_thread_goes_on(store: Store) -> None:
    """Whoever waits hears of it; the next piece of work is done."""
    with pytest.raises(ZeroDivisionError):
        store.writer.run(lambda connection: 1 / 0).result()

    assert do(store, assessments.find, "nothing") is None


def test_a_row_that_cannot_be_written_harms_no_other(store: Store) -> None:
    """It is counted as lost; those that came with it are written."""
    bad = replace(assessment(), text=None)  # type: ignore[arg-type]
    for record in (assessment(), bad, assessment()):
        store.writer.keep(record)
    store.writer.close()

    assert count(store, tables.assessments) == 2
    assert store.writer.lost == 1


def test_assessments_wait_for_a_database_that_is_away(store: Store, outage: Outage) -> None:
    """They are written in their order when it is back; meanwhile the store says that it is degraded."""
    outage.away.set()
    patient = Writer(outage)
    records = [assessment() for _ in range(3)]
    for record in records:
        patient.keep(record)
    assert outage.tried.wait(10)
    with pytest.raises(StoreError):
        patient.run(lambda connection: None).result()
    assert patient.failing
    assert replace(store, writer=patient).degraded[0].startswith("store:")

    outage.away.clear()
    patient.close()

    assert count(store, tables.assessments) == 3
    assert (patient.lost, patient.failing) == (0, False)
    assert replace(store, writer=patient).degraded == ()


def test_a_correction_fails_at_once_when_the_database_is_away(outage: Outage) -> None:
    """Its author is told, and may send it again."""
    outage.away.set()
    impatient = Writer(outage)

    with pytest.raises(StoreError):
        impatient.run(lambda connection: corrections.add(connection, correction())).result(10)
    impatient.close()


def test_a_database_that_is_back_is_noticed(
    store: Store, outage: Outage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when there is nothing to write, so that nobody looks for a fault that is gone."""
    monkeypatch.setattr(writer, "_PAUSE_SECONDS", 0.01)
    outage.away.set()
    idle = Writer(outage)
    with pytest.raises(StoreError):
        idle.run(lambda connection: None).result(10)
    outage.away.clear()

    while idle.failing:  # the time limit of the suite ends a failure
        sleep(0.01)
    idle.close()


def test_what_cannot_be_written_at_the_end_is_counted(outage: Outage) -> None:
    """Closing does not wait for a database for ever."""
    outage.away.set()
    impatient = Writer(outage)
    impatient.keep(assessment())
    impatient.close()

    assert impatient.lost == 1


def test_there_is_a_limit_to_waiting(outage: Outage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is finite: past the limit an assessment is refused, and counted as lost."""
    monkeypatch.setattr(writer, "MOST_WAITING", 2)
    outage.away.set()
    full = Writer(outage)

    assert [full.keep(assessment()) for _ in range(200)][-1] is False
    assert full.lost > 0
    outage.away.clear()
    full.close()
