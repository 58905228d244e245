"""Which encoding a file of Chinese text has.

A byte-order mark decides. Otherwise line by line, so that a few bad bytes do not change the answer for the whole
file: lines that are valid UTF-8 by chance are rare, and between GB18030 and Big5-HKSCS the share of
everyday characters decides, because bytes of one read as the other give rare ones.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

UTF8 = "utf-8"
UTF8_MARKED = "utf-8-sig"
GB18030 = "gb18030"
BIG5 = "big5hkscs"
ENOUGH = 64 * 1024
"""Bytes of lines with something other than ASCII after which the answer no longer changes."""

_MARKS = ((codecs.BOM_UTF8, UTF8_MARKED), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_VALID_SHARE = 0.5


def detect(blocks: Iterable[bytes]) -> str:
    """The Python name of the encoding; reads blocks only until there is enough to judge by.

    A text that is ASCII throughout is UTF-8.
    """
    lines: list[bytes] = []
    size = 0
    for number, block in enumerate(blocks):
        if number == 0 and (marked := _marked(block)):
            return marked
        if block.isascii():
            continue
        found = [line for line in block.splitlines() if not line.isascii()]
        lines += found[1:-1] if len(found) > 2 else found  # the first and the last may be cut
        size += sum(map(len, found))
        if size >= ENOUGH:
            break
    return _of_lines(lines)


def _marked(block: bytes) -> str | None:
    return next((name for mark, name in _MARKS if block.startswith(mark)), None)


def _of_lines(lines: Sequence[bytes]) -> str:
    if not lines or sum(_is_valid(line, UTF8) for line in lines) > _VALID_SHARE * len(lines):
        return UTF8
    return max((GB18030, BIG5), key=lambda encoding: _everyday_share(lines, encoding))


def _is_valid(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _everyday_share(lines: Iterable[bytes], encoding: str) -> float:
    """Everyday characters among all that are not ASCII; undecodable bytes count against it."""
    common = _common_characters()
    total = everyday = 0
    for line in lines:
        characters = [c for c in line.decode(encoding, "replace") if not c.isascii()]
        total += len(characters)
        everyday += sum(character in common for character in characters)
    return everyday / total if total else 0.0


@cache
def _common_characters() -> frozenset[str]:
    """The characters and marks that complaints are mostly made of, in both scripts."""
    text = files("triage.batch").joinpath("common_characters.txt").read_text(encoding="utf-8")
    return frozenset("".join(text.split())) | frozenset("，。！？、；：（）「」“”")
