"""The house has floors, and imports point down only."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {
    "types": 0, "errors": 0, "durable": 0, "taxonomy": 0.5,
    "preprocess": 1, "rules": 1, "models": 1, "policy": 1, "assess": 1.5,
    "engine": 2, "catalog": 2, "serialize": 2, "rulebook": 2, "store": 2,
    "live": 2.5, "explain": 3, "service": 3,
    "settings": 4,
    "bootstrap": 5,
    "api": 6, "batch": 6, "cli": 6.5,
    "__init__": 7, "__main__": 7,
}  # fmt: skip
DOORS = {"api", "cli", "batch"}
CRAFT = {
    "preprocess", "rules", "models", "policy", "assess", "engine", "types", "errors", "taxonomy", "rulebook",
    "explain",
}  # fmt: skip
OUTSIDE_WORLD = {"os", "socket", "subprocess", "urllib", "http", "requests", "yaml", "time"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def room(module: str) -> str:
    """``triage.rules.rule`` → ``rules``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", modules("triage"), ids=name_of)
def test_a_module_imports_only_its_own_floor_or_lower_ones(path: Path) -> None:
    """Knowledge of the upper floors never leaks down."""
    own = room(name_of(path))
    for module in imports_of(path):
        if module.startswith("triage."):
            other = room(module)
            assert other == own or FLOORS[other] < FLOORS[own], module


@pytest.mark.parametrize("path", modules("triage"), ids=name_of)
def test_the_house_never_imports_the_workshop(path: Path) -> None:
    """Serving needs no training code."""
    assert not any(module.split(".")[0] == "training" for module in imports_of(path))


@pytest.mark.parametrize("path", modules("training"), ids=name_of)
def test_the_workshop_uses_no_doors(path: Path) -> None:
    """Training is not reached through the API or the terminal of the house."""
    assert not any(m.startswith("triage.") and room(m) in DOORS for m in imports_of(path))


@pytest.mark.parametrize(
    "path", [path for path in modules("triage") if room(name_of(path)) in CRAFT], ids=name_of
)
def test_craft_opens_no_file_no_socket_and_no_clock(path: Path) -> None:
    """What judges is pure: the same input gives the same answer."""
    assert not imports_of(path) & OUTSIDE_WORLD
    source = path.read_text(encoding="utf-8")
    for call in ("open(", ".now(", ".read_text(", ".read_bytes(", "print("):
        assert call not in source, call


@pytest.mark.parametrize("package", ["triage", "training"])
def test_there_are_no_circular_imports(package: str) -> None:
    """The rooms can be read in one order."""
    paths = modules(package)
    names = {name_of(path).removesuffix(".__init__") for path in paths}
    graph = {name_of(path).removesuffix(".__init__"): imports_of(path) & names for path in paths}
    graph["triage"] = set()  # the name plate; importing `triage` from below is only for its version
    assert list(TopologicalSorter(graph).static_order())
