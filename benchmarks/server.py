"""A real server in a thread of its own, whose processor time can be read."""

from __future__ import annotations

import time
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp

PATIENCE = 20.0


class ThreadedServer:
    """Serves one app on a free port of the loopback address; to be used as a context manager."""

    def __init__(self, app: ASGIApp, options: dict[str, Any]) -> None:
        """``options`` are uvicorn's."""
        chosen = {
            **options,
            "host": "127.0.0.1",
            "port": 0,
            "log_level": "error",
            "timeout_keep_alive": 3600,  # it waits while the others have their turn
        }
        self._server = uvicorn.Server(uvicorn.Config(app, **chosen))
        self._thread = Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> ThreadedServer:
        """Start and wait until it answers."""
        self._thread.start()
        deadline = time.monotonic() + PATIENCE
        while not self._server.started:
            if time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self._connection = HTTPConnection("127.0.0.1", port)
        self._clock = time.pthread_getcpuclockid(self._thread.ident or 0)
        return self

    def __exit__(self, *error: object) -> None:
        """Stop it."""
        self._connection.close()
        self._server.should_exit = True
        self._thread.join()

    def seconds(self) -> float:
        """Processor time of the server's thread so far."""
        return time.clock_gettime(self._clock)

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        """Post one body over the one connection; raises ``RuntimeError`` when the answer is not 200."""
        self._connection.request("POST", path, body, headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
