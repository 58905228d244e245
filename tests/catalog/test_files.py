"""Knowledge files are YAML, read quickly."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from triage.catalog.files import PACKAGED, KnowledgeFiles
from triage.errors import KnowledgeError


def read(folder: Path, text: str) -> object:
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return KnowledgeFiles([folder]).read("own.yaml")


@pytest.mark.parametrize(
    "path", sorted(PACKAGED.rglob("*.yaml")), ids=lambda path: path.relative_to(PACKAGED).as_posix()
)
def test_the_short_cuts_change_nothing(path: Path) -> None:
    """Every packaged file says what a plain YAML reader reads in it."""
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert KnowledgeFiles().read(path.relative_to(PACKAGED).as_posix()) == plain


@pytest.mark.parametrize(
    "value",
    [
        "着火", "'着火'", "0", "'0'", "1.5", "-3", "yes", "'yes'", "~", "", "null", "2026-11-22", "0x1f", "é",
        "１２", "“是”", "!!str 12", "!!int '12'", "[着火, 1, ~, [yes]]", "{着火: 1, 2: 漏电}",
        "|\n  着火\n  了\n", "&a [着火]",
    ],
)  # fmt: skip
def test_values_have_the_type_that_yaml_gives_them(tmp_path: Path, value: str) -> None:
    """Numbers, dates, truth and nothing are no text, unless they stand in quotation marks."""
    text = f"value: {value}\n"
    assert repr(read(tmp_path, text)) == repr(yaml.safe_load(text))


def test_a_name_stands_for_what_it_was_given_to(tmp_path: Path) -> None:
    """YAML's anchors and aliases."""
    text = "a: &a {火: [着火]}\nb: *a\nc: [*a, &d 漏电, *d]\n"
    assert read(tmp_path, text) == yaml.safe_load(text)


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("火: 1\n电: 2\n火: 3\n", "line 3, column 1", "given twice"),
        ("a: {着火: 1, 着火: 2}\n", "line 1, column 12", "given twice"),
        ("a: !!str [着火]\n", "line 1, column 4", "expected a scalar node"),
        ("a: !!python/name:os.system\n", "line 1, column 4", "could not determine a constructor"),
        ("a: [着火\n", "line 2, column 1", "did not find expected"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, text: str, where: str, words: str) -> None:
    """Line and column of a key given twice, of a type that does not fit or is not allowed, of a bracket left open."""
    with pytest.raises(KnowledgeError) as caught:
        read(tmp_path, text)
    [problem] = caught.value.problems
    assert (problem.file, problem.entry) == (str(tmp_path / "own.yaml"), where)
    assert words in problem.message
