"""The interactive page at ``/docs``: Swagger UI from an installed package, so that it works offline."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from triage.api.direct import Endpoint

# Of this package only the files are used; its code, which would build the page in its own way, never runs.
_PACKAGE = "fastapi_offline"
_OWN = Path(__file__).parent / "static"
_HEADERS = {
    # Swagger UI sets styles inside its elements; scripts come from files only.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "private, max-age=3600",
}


def mount_docs(app: FastAPI, package: str = _PACKAGE) -> bool:
    """Add the page and its files to ``app``; return whether the package with the assets is there.

    A missing page of documentation is no reason to keep a service for emergencies from starting.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return False
    vendor = Path(spec.origin).parent / "static"
    files = {
        "/docs": _OWN / "docs.html",
        "/docs/start.js": _OWN / "start.js",
        "/docs/swagger-ui.css": vendor / "swagger-ui.css",
        "/docs/swagger-ui-bundle.js": vendor / "swagger-ui-bundle.js",
    }
    for path, file in files.items():
        app.add_api_route(path, _sender(file), include_in_schema=False, name=path)
    return True


def _sender(file: Path) -> Endpoint:
    async def send(request: Request) -> Response:
        return FileResponse(file, headers=_HEADERS)

    return send
