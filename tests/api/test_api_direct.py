"""How a request finds its endpoint, and what it is told of the headers."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from triage.api.app import create_app
from triage.api.headers import headers_of
from triage.api.logs import make_logger

from .door import KEY, FakeEngine, make_settings


def test_of_a_header_sent_twice_the_first_counts() -> None:
    """As in Starlette: a proxy that adds a header behind the caller's own decides nothing unnoticed."""
    scope = {"headers": [(b"x-api-key", b"first"), (b"host", b"shop"), (b"x-api-key", b"second")]}

    assert headers_of(scope) == {b"x-api-key": b"first", b"host": b"shop"}


@pytest.mark.parametrize("root_path", ["", "/shop"])
@pytest.mark.parametrize(("path", "status"), [("/v1/taxonomy", 200), ("/v1/triage", 405), ("/v2", 404)])
def test_behind_a_proxy_s_prefix_the_same_is_found(root_path: str, path: str, status: int) -> None:
    """With a root path the framework's own search answers, without one a look-up; both say the same."""
    app = create_app(FakeEngine(), make_settings(), logger=make_logger("error"))
    with TestClient(app, root_path=root_path, headers={"X-API-Key": KEY}) as client:
        assert client.get(path).status_code == status
        assert client.get(root_path + path).status_code == status


def test_web_sockets_are_closed() -> None:
    """What is no HTTP passes through the frame; nobody listens, and the framework closes it."""
    app = create_app(FakeEngine(), make_settings(), logger=make_logger("error"))
    client = TestClient(app)

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/v1/triage"):
        pass
