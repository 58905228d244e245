"""Whether an XLSX file, which is a ZIP archive, may be unpacked."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from triage.batch.errors import BatchError

LARGEST = 1024**3
"""Bytes that all parts may have together when unpacked."""
SMALL = 16 * 1024**2
"""Bytes of a part below which its ratio is of no interest."""
HIGHEST_RATIO = 200
"""Sheets shrink to a tenth or a twentieth; a part that shrinks more than this was made to explode."""

_BLOCK = 1024 * 1024


def check_archive(path: Path) -> None:
    """Look at the directory of the archive first, then read every part once to see that the directory is true.

    Raises:
        BatchError: it is no archive, is damaged, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(path, archive.infolist())
            for part in archive.infolist():
                _check_part(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BatchError(f"{path}: 不是有效的 XLSX 文件，或已损坏") from error
    except OSError as error:
        raise BatchError(f"{path}: {error.strerror or error}") from error


def _check_directory(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if total > LARGEST:
        raise BatchError(f"{path}: 拒绝解压：解压后有 {total} 字节，上限为 {LARGEST}")
    for part in parts:
        if part.file_size > SMALL and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1):
            raise BatchError(f"{path}: 拒绝解压：{part.filename} 解压后是压缩前的 {HIGHEST_RATIO} 倍以上")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    # zipfile never gives more than the directory says, and compares the checksum at the end.
    with archive.open(part) as file:
        while file.read(_BLOCK):
            pass
