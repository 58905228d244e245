"""One line of the table of routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from triage.api.direct import Endpoint
from triage.store.values import Role


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table; ``name`` is the OpenAPI operation id, ``extra`` the rest of its description.

    ``role`` is the least that the caller's key must have; ``None`` for a route that is open to all.
    """

    method: str
    path: str
    name: str
    endpoint: Endpoint
    tag: str
    summary: str
    description: str
    extra: dict[str, Any]
    role: Role | None = Role.INTAKE
