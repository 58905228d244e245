"""Which files are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.batch.errors import BatchError
from triage.batch.inputs import Format, expand, parse_name


@pytest.mark.parametrize(
    ("name", "known", "compression"),
    [
        ("a.CSV", Format.DELIMITED, ""),
        ("a.b.tsv.gz", Format.DELIMITED, ".gz"),
        ("a.jsonl.zst", Format.JSON_LINES, ".zst"),
        ("a.xlsx", Format.XLSX, ""),
    ],
)
def test_the_suffix_says_the_format(name: str, known: Format, compression: str) -> None:
    """In any case, with a compression behind it."""
    found = parse_name(Path(name))
    assert (found.format, found.compression) == (known, compression)


@pytest.mark.parametrize("name", ["a.xls", "a.txt", "a", "a.xlsx.gz", "a.gz"])
def test_other_suffixes_are_refused_with_those_there_are(name: str) -> None:
    """Old workbooks are told what to become."""
    with pytest.raises(BatchError, match=r"\.xlsx"):
        parse_name(Path(name))


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    """Nor lock files of spreadsheets, nor the output."""
    (tmp_path / "b").mkdir()
    for name in ("b/1.csv", "a.csv", ".hidden.csv", "~$a.xlsx", "notes.txt", "out.csv"):
        (tmp_path / name).touch()
    found = expand([str(tmp_path)], [tmp_path / "out.csv"])
    assert [str(name.path.relative_to(tmp_path)) for name in found] == ["a.csv", "b/1.csv"]


@pytest.mark.parametrize("given", ["nothing.csv", "*.csv", "."])
def test_what_matches_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """A misspelt pattern is no empty archive."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BatchError, match="没有"):
        expand([given], [])
