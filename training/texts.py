"""Texts without labels, out of files as they are found: JSON Lines, plain lines, tables; gzipped or not."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
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
    kind = _kind(path)
    lines = _lines(path)
    if kind == ".jsonl":
        yield from (_field(path, number, line) for number, line in enumerate(lines, start=1))
    elif kind in {".csv", ".tsv"}:
        yield from _cells(path, lines, "\t" if kind == ".tsv" else ",")
    else:
        yield from (line.rstrip("\r\n") for line in lines)


def _lines(path: Path) -> Iterator[str]:
    """Decoded line by line, so that a fault has a number."""
    number = 0
    try:
        with _open(path) as file:
            for number, line in enumerate(file, start=1):
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise _fault(path, number, "", "not UTF-8") from None
    except (OSError, EOFError, zlib.error) as error:
        raise _fault(path, number + 1, "", str(error)) from None


def _open(path: Path) -> IO[bytes] | gzip.GzipFile:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _cells(path: Path, lines: Iterator[str], delimiter: str) -> Iterator[str]:
    csv.field_size_limit(LONGEST_CELL)
    table = csv.reader(lines, delimiter=delimiter)
    try:
        for row in table:
            yield from row
    except csv.Error as error:
        raise _fault(path, table.line_num, "", str(error)) from None


def _field(path: Path, number: int, line: str) -> str:
    try:
        text = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError):
        raise _fault(path, number, "text", "no JSON object with a text") from None
    if not isinstance(text, str):
        raise _fault(path, number, "text", "not a string")
    return text


def _fault(path: Path, number: int, field: str, message: str) -> KnowledgeError:
    return KnowledgeError([Problem(str(path), f"line {number}", field, message)])


def _kind(path: Path) -> str | None:
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    return suffix if suffix in KINDS else None
