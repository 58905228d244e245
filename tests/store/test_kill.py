"""What survives the end of a service: of ``kill -9`` what was acknowledged, of a stop everything."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Condition
from time import sleep

import pytest

from tests.api.door import KEY
from tests.store.samples import count
from triage.store import corrections, tables
from triage.store.store import open_store

CALLERS = 4
ROOT = Path(__file__).parents[2]


class Victim:
    """A service in a process of its own, which can be killed and started again on the same port."""

    def __init__(self, state: Path, url: str | None) -> None:
        """Nothing runs yet."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._arguments = [str(state), str(self.port), *([url] if url else [])]

    def start(self) -> None:
        """Start; callers try until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.victim", *self._arguments], cwd=ROOT
        )

    def stop(self) -> int:
        """Ask it to end, as a supervisor of services does; return its exit code."""
        self._process.terminate()
        return self._process.wait(30)

    def kill(self) -> None:
        """``kill -9``: no goodbye, no flush."""
        self._process.kill()
        self._process.wait()


class Callers:
    """Several callers that send corrections, each until it is acknowledged."""

    def __init__(self, port: int) -> None:
        """``port`` is that of the victim."""
        self._port = port
        self._changed = Condition()
        self.acknowledged: set[str] = set()

    def send(self, number: int) -> None:
        """Send one correction, again and again with the same key, until the answer is 201."""
        ticket = {
            "text": f"排队太久{number}",
            "id": f"T-{number}",
            "topic": "safety.fire",
            "urgency": "urgent",
        }
        while self.post("/v1/corrections", ticket, f"k-{number}") != 201:
            sleep(0.02)
        with self._changed:
            self.acknowledged.add(f"T-{number}")
            self._changed.notify_all()

    def wait_for(self, number: int) -> None:
        """Wait until so many are acknowledged."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.acknowledged) >= number, timeout=120)

    def post(self, path: str, content: dict[str, str], key: str | None = None) -> int:
        """Send one request; return the status of its answer, 0 where there was none."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=10)
        headers = {"Content-Type": "application/json", "X-API-Key": KEY}
        headers |= {} if key is None else {"Idempotency-Key": key}
        try:
            connection.request("POST", path, json.dumps(content), headers)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()


def survive(state: Path, url: str | None, total: int, kills: int) -> None:
    """Send ``total`` corrections to a service that is killed ``kills`` times meanwhile, and count what is there."""
    victim = Victim(state, url)
    victim.start()
    callers = Callers(victim.port)
    try:
        with ThreadPoolExecutor(CALLERS) as pool:
            sent = [pool.submit(callers.send, number) for number in range(total)]
            for kill in range(1, kills + 1):
                callers.wait_for(kill * total // (kills + 1))
                victim.kill()
                victim.start()
            for future in sent:
                future.result()
    finally:
        victim.kill()
    store = open_store(state, url)
    with store.reading() as connection:
        stored = [record.external_id for record in corrections.everything(connection)]
    store.close()
    assert len(stored) == total
    assert set(stored) == callers.acknowledged == {f"T-{number}" for number in range(total)}


def test_acknowledged_corrections_survive_a_kill(tmp_path: Path, url: str | None) -> None:
    """Sixty corrections, two kills."""
    survive(tmp_path / "state", url, total=60, kills=2)


def test_a_stopped_service_writes_what_waits(tmp_path: Path, url: str | None) -> None:
    """Judgements that were answered a moment before ``SIGTERM`` are kept, and stopping is no failure."""
    victim = Victim(tmp_path / "state", url)
    victim.start()
    callers = Callers(victim.port)
    callers.send(0)  # it runs
    answers = [callers.post("/v1/triage", {"text": "排队太久"}) for _ in range(20)]

    assert victim.stop() == 0
    assert answers == [200] * 20
    store = open_store(tmp_path / "state", url)
    assert count(store, tables.assessments) == 20
    store.close()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_corrections_survive_twenty_kills(tmp_path: Path, url: str | None) -> None:
    """A thousand acknowledged, a thousand stored, none twice."""
    survive(tmp_path / "state", url, total=1_000, kills=20)
