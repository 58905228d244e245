"""The measure of the HTTP door: a FastAPI route that reads the same body and sends it back."""

from __future__ import annotations

from fastapi import FastAPI

from triage.api.schemas import ComplaintRequest


def make_echo() -> FastAPI:
    """Make an app with nothing but this route, written as FastAPI's own documentation does."""
    app = FastAPI()

    @app.post("/v1/triage")
    async def echo(body: ComplaintRequest) -> ComplaintRequest:
        return body

    return app
