"""The notebooks: they run, they are stored clean, and they only look."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[Any]:
    """The code cells of a notebook, in order."""
    notebook: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, unused-ignore]
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_is_a_notebook() -> None:
    """The tests below look at something."""
    assert NOTEBOOKS


@each_notebook
def test_a_notebook_runs_from_top_to_bottom(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every cell runs in a fresh kernel, without a trained model; pictures are drawn by Agg, without a screen."""
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for variable in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    notebook: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, unused-ignore]
    NotebookClient(
        notebook, timeout=200, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)


@each_notebook
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    """Results are made by running it: nothing stored can be stale, and no text of a customer gets stored."""
    for cell in code_cells(path):
        assert not cell.outputs
        assert cell.execution_count is None


@each_notebook
def test_a_notebook_defines_nothing(path: Path) -> None:
    """What deserves a name lives in the packages, where it is typed and tested."""
    for cell in code_cells(path):
        assert not any(isinstance(node, DEFINITIONS) for node in ast.walk(ast.parse(cell.source)))
