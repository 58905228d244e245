"""Which files are read, of which format."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from triage.batch.errors import BatchError


class Format(StrEnum):
    """What a file is, by its suffix."""

    DELIMITED = "delimited"
    JSON_LINES = "jsonl"
    XLSX = "xlsx"
    PARQUET = "parquet"


SUFFIXES = {
    ".csv": Format.DELIMITED,
    ".tsv": Format.DELIMITED,
    ".tab": Format.DELIMITED,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".xlsx": Format.XLSX,
    ".parquet": Format.PARQUET,
}
TEXTUAL = frozenset({Format.DELIMITED, Format.JSON_LINES})
COMPRESSIONS = frozenset({".gz", ".zst"})
KNOWN = "、".join((*SUFFIXES, *(f"前两类加 {suffix}" for suffix in sorted(COMPRESSIONS))))


@dataclass(frozen=True, slots=True)
class FileName:
    """A path and what its suffixes say: ``compression`` is ``.gz``, ``.zst`` or empty."""

    path: Path
    format: Format
    suffix: str
    compression: str = ""


def parse_name(path: Path) -> FileName:
    """Read the suffixes of a name.

    Raises:
        BatchError: the format is not one of ours; old ``.xls`` is named.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    compression = suffixes.pop() if suffixes and suffixes[-1] in COMPRESSIONS else ""
    suffix = suffixes[-1] if suffixes else ""
    known = SUFFIXES.get(suffix)
    if suffix == ".xls":
        raise BatchError(f"{path}: 不支持旧式 .xls，请另存为 .xlsx")
    if known is None or (compression and known not in TEXTUAL):
        raise BatchError(f"{path}: 无法从文件名看出格式，支持：{KNOWN}")
    return FileName(path, known, suffix, compression)


def expand(inputs: Sequence[str], leave_out: Sequence[Path]) -> tuple[FileName, ...]:
    """Files, patterns and folders → files: in the order given, sorted within a pattern or folder, none twice.

    Args:
        inputs: paths; a folder stands for all files of known formats below it, hidden ones left out.
        leave_out: the output and the reject file, which may lie in such a folder.

    Raises:
        BatchError: something does not exist or matches nothing.
    """
    unwanted = {path.resolve() for path in leave_out}
    found: dict[Path, FileName] = {}
    for given in inputs:
        names = [name for name in _files_of(given) if name.path.resolve() not in unwanted]
        if not names:
            raise BatchError(f"{given}: 没有可读的文件")
        for name in names:
            found.setdefault(name.path.resolve(), name)
    return tuple(found.values())


def _files_of(given: str) -> list[FileName]:
    path = Path(given)
    if path.is_dir():
        return _in_folder(path)
    if path.exists():
        return [parse_name(path)]
    if not glob.has_magic(given):
        raise BatchError(f"{given}: 没有这个文件")
    matches = [Path(match) for match in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 - absolute patterns too
    return [parse_name(match) for match in matches if match.is_file()]


def _in_folder(folder: Path) -> list[FileName]:
    names = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            try:
                names.append(parse_name(path))
            except BatchError:
                continue  # a folder may hold other things; what was named by hand may not
    return names
