"""The thread that deletes what is too old."""

from __future__ import annotations

from threading import Event

from triage.errors import StoreError
from triage.service.housekeeping import Housekeeper


def test_it_works_at_the_start_and_goes_on() -> None:
    """At once, and then again and again until it is stopped."""
    done: list[int] = []
    thrice = Event()

    def work() -> None:
        done.append(len(done))
        if len(done) == 3:
            thrice.set()

    housekeeper = Housekeeper(work, every=0.001)
    housekeeper.start()
    assert thrice.wait(30)
    housekeeper.stop()
    after = len(done)

    assert after == len(done) >= 3


def test_a_database_that_is_away_does_not_end_it() -> None:
    """The next time may be better."""
    tries: list[int] = []
    again = Event()

    def work() -> None:
        tries.append(1)
        if len(tries) > 1:
            again.set()
        raise StoreError("away", passing=True)

    housekeeper = Housekeeper(work, every=0.001)
    housekeeper.start()

    assert again.wait(30)
    housekeeper.stop()
