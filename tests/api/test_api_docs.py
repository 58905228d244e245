"""The OpenAPI document, the interactive page, and the written manual."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from triage.api.docs import mount_docs
from triage.api.schemas import BatchRequest, ComplaintRequest

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "api.md"


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    """Fetch the OpenAPI document."""
    content: dict[str, Any] = client.get("/openapi.json").json()
    return content


def test_every_route_is_in_the_manual(document: dict[str, Any]) -> None:
    """A route that docs/api.md does not describe cannot be added."""
    manual = MANUAL.read_text("utf-8")
    routes = {(method.upper(), path) for path, item in document["paths"].items() for method in item}

    assert {route for route in routes if f"`{route[0]} {route[1]}`" not in manual} == set()


def test_the_manual_describes_no_route_that_is_gone(document: dict[str, Any]) -> None:
    """Every route of docs/api.md exists."""
    named = re.findall(r"`(GET|POST) (/[^`]*)`", MANUAL.read_text("utf-8"))
    routes = [(method.upper(), path) for path, item in document["paths"].items() for method in item]

    assert {
        route for route in named if route not in [*routes, ("GET", "/docs"), ("GET", "/openapi.json")]
    } == set()


def test_every_field_of_an_answer_is_in_the_manual(document: dict[str, Any]) -> None:
    """The table of docs/api.md is complete."""
    manual = MANUAL.read_text("utf-8")
    schemas = document["components"]["schemas"]
    fields = {*schemas["KeptResponse"]["properties"], *schemas["ComplaintRequest"]["properties"]}

    assert {field for field in fields if f"`{field}`" not in manual} == set()


def test_all_references_lead_somewhere(document: dict[str, Any]) -> None:
    """The document, written by hand in parts, holds together."""
    references = set(re.findall(r"#/components/schemas/(\w+)", str(document)))

    assert references
    assert references <= set(document["components"]["schemas"])


def test_the_page_can_ask_for_the_key(document: dict[str, Any]) -> None:
    """Both ways of giving the key are declared, and all of ``/v1`` demands one of them."""
    assert set(document["components"]["securitySchemes"]) == {"bearer", "api_key"}
    for path, item in document["paths"].items():
        for operation in item.values():
            assert ("security" in operation) == path.startswith("/v1/")


@pytest.mark.parametrize(
    ("path", "model"), [("/v1/triage", ComplaintRequest), ("/v1/triage/batch", BatchRequest)]
)
def test_the_examples_are_valid_requests(
    document: dict[str, Any], path: str, model: type[ComplaintRequest | BatchRequest]
) -> None:
    """What the page offers to try has the right shape."""
    content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]

    assert content["examples"]
    for example in content["examples"].values():
        model.model_validate_json(json.dumps(example["value"]))


def test_the_page_loads_nothing_from_elsewhere(stranger: TestClient) -> None:
    """The page and all it asks for come from this server, and the policy of the page forbids the rest."""
    page = stranger.get("/docs")
    files = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', page.text)

    assert len(files) == 3
    assert "//" not in "".join(files)
    assert [stranger.get("/" + file).status_code for file in files] == [200, 200, 200]
    assert "default-src 'none'; script-src 'self'" in page.headers["content-security-policy"]


def test_scripts_come_with_their_type(stranger: TestClient) -> None:
    """With ``nosniff`` a script without the right type would not run."""
    assert (
        stranger.get("/docs/start.js")
        .headers["content-type"]
        .startswith(("text/javascript", "application/javascript"))
    )
    assert stranger.get("/docs/swagger-ui.css").headers["content-type"].startswith("text/css")


def test_the_validator_of_strangers_is_off(stranger: TestClient) -> None:
    """Swagger UI would otherwise send the document to a public service."""
    assert "validatorUrl: null" in stranger.get("/docs/start.js").text


def test_a_service_without_the_page_starts_all_the_same() -> None:
    """Where the package with the assets is not installed, only the page is missing."""
    app = FastAPI(docs_url=None)

    assert not mount_docs(app, package="no_such_package")
    assert TestClient(app).get("/docs").status_code == 404
