"""Calls an ASGI app as a server would, without the server."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message


class AsgiCaller:
    """Posts bodies to one address of one app, one after the other; to be used as a context manager."""

    def __init__(self, app: ASGIApp, path: str, headers: dict[str, str]) -> None:
        """``headers`` go with every request."""
        self._app = app
        self._path = path
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> AsgiCaller:
        """Nothing to do: the event loop is there."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the event loop."""
        self._loop.close()

    def post(self, body: bytes) -> None:
        """Post one body; raises ``RuntimeError`` when the answer is not 200."""
        status = self._loop.run_until_complete(self._post(body))
        if status != 200:
            raise RuntimeError(f"{self._path} answered {status}")

    async def _post(self, body: bytes) -> int:
        status = 0

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)

        length = (b"content-length", str(len(body)).encode())
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": self._path,
            "raw_path": self._path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [*self._headers, length],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 8000),
        }
        await self._app(scope, receive, send)
        return status
