"""Texts without labels, out of files as they are found: JSON Lines, plain lines, tables; gzipped or not."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from triage.errors import KnowledgeError, Problem

KINDS = (".jsonl", ".csv", ".tsv", ".txt")
LONGEST_CELL = 1_000_000


def text_files(places: Iterable[Path]) -> list[Path]:
    """Every file of a known kind among ``places`` and below the folders among them, in order of name.

    Raises:
        KnowledgeError: a place does not exist or holds no such file.
    """
    files: list[Path] = []
    for place in places:
        found = sorted(path for path in place.rglob("*") if _kind(path)) if place.is_dir() else [place]
        if not found or not all(path.is_file() for path in found):
            raise KnowledgeError(
                [Problem(str(place), "", "", f"no texts here ({', '.join(KINDS)}, gzipped or not)")]
            )
        files += found
    return files


def read_texts(path: Path) -> Iterator[str]:
    """Every text of a file: the field ``text`` of JSON Lines, each line, or each cell of a table.

    Raises:
        KnowledgeError: naming file and line of what cannot be read.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        with _open(path) as file:
            yield from _texts(path, file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError([Problem(str(path), "", "", str(error))]) from None


def _texts(path: Path, file: IO[str]) -> Iterator[str]:
    kind = _kind(path)
    if kind == ".jsonl":
        for number, line in enumerate(file, start=1):
            yield _field(path, number, line)
    elif kind in {".csv", ".tsv"}:
        for row in csv.reader(file, delimiter="\t" if kind == ".tsv" else ","):
            yield from row
    else:
        yield from (line.rstrip("\r\n") for line in file)


def _field(path: Path, number: int, line: str) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError):
        raise KnowledgeError(
            [Problem(str(path), f"line {number}", "text", "no JSON object with a text")]
        ) from None
    if not isinstance(text, str):
        raise KnowledgeError([Problem(str(path), f"line {number}", "text", "not a string")])
    return text


def _kind(path: Path) -> str | None:
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    return suffix if suffix in KINDS else None


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8-sig", newline="")
