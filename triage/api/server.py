"""How uvicorn is to run the app: no banner, no second access log."""

from __future__ import annotations

from typing import Any

from triage.settings import Settings


def uvicorn_options(settings: Settings) -> dict[str, Any]:
    """Return keyword arguments for ``uvicorn.Config`` and ``uvicorn.run``, next to the app."""
    return {
        "host": settings.host,
        "port": settings.port,
        "server_header": False,
        "access_log": False,  # the app writes its own, see triage.api.logs
        "log_level": settings.log_level,
        "timeout_graceful_shutdown": 30,
        "lifespan": "off",
    }
