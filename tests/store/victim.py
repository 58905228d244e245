"""``python -m tests.store.victim STATE PORT [URL]``: the service over a small engine, to be stopped and killed."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.api.door import FakeEngine, make_settings
from triage.api.app import create_app
from triage.cli.running import run_until_stopped
from triage.service import Service
from triage.store.store import open_store


def main(state: str, port: str, url: str | None = None) -> None:
    """Serve until stopped."""
    settings = make_settings(port=int(port), log_level="error")
    engine = FakeEngine()
    service = Service(engine, open_store(Path(state), url))
    run_until_stopped(create_app(engine, settings, service=service), settings, service)


if __name__ == "__main__":
    main(*sys.argv[1:])
