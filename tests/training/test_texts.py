"""Texts without labels are read out of files as they are found."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from training.texts import read_texts, text_files
from triage.errors import KnowledgeError

TEXTS = ["鱼缸的灯不亮，问了三遍\n没人理", 'He said "no"，就挂了', "一,二\t三"]


def json_lines(texts: list[str]) -> str:
    return "".join(f"{json.dumps({'id': 1, 'text': text}, ensure_ascii=False)}\n" for text in texts)


def table(texts: list[str], delimiter: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([text] for text in texts)
    return written.getvalue()


CONTENTS = {
    ".jsonl": json_lines(TEXTS),
    ".csv": table(TEXTS, ","),
    ".tsv": table(TEXTS, "\t"),
}


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("kind", CONTENTS)
def test_texts_come_back_as_they_were_written(tmp_path: Path, kind: str, packed: str) -> None:
    """Quotes, separators and line breaks inside a text stay; gzipped or not."""
    path = write(tmp_path / f"archive{kind}{packed}", CONTENTS[kind].encode())
    assert list(read_texts(path)) == TEXTS


@pytest.mark.parametrize("packed", ["", ".gz"])
def test_plain_files_hold_a_text_a_line(tmp_path: Path, packed: str) -> None:
    """Both kinds of line ends."""
    path = write(tmp_path / f"notes.txt{packed}", "灯太暗\r\n找不到盐\n".encode())
    assert list(read_texts(path)) == ["灯太暗", "找不到盐"]


def test_every_cell_of_a_table_is_a_text(tmp_path: Path) -> None:
    """Which column holds the words differs from table to table; headings do no harm."""
    path = write(tmp_path / "shops.csv", "店,评论\n城南,灯太暗\n".encode())
    assert list(read_texts(path)) == ["店", "评论", "城南", "灯太暗"]


@pytest.mark.parametrize("packed", ["", ".gz"])
def test_a_byte_order_mark_belongs_to_no_text(tmp_path: Path, packed: str) -> None:
    """Spreadsheets write one; a text with it would have another hash."""
    path = write(tmp_path / f"sheet.csv{packed}", "\ufeff灯太暗\n".encode())
    assert list(read_texts(path)) == ["灯太暗"]


def test_folders_are_searched_in_order_of_name(tmp_path: Path) -> None:
    """Other files below them are passed over."""
    (tmp_path / "deep").mkdir()
    for name in ("b.txt", "a.jsonl.gz", "deep/c.csv", "read.me", "photo.gz"):
        (tmp_path / name).touch()
    assert text_files([tmp_path]) == [tmp_path / name for name in ("a.jsonl.gz", "b.txt", "deep/c.csv")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{broken", "no JSON object with a text"),
        ('["灯太暗"]', "no JSON object with a text"),
        ('{"words": "灯太暗"}', "no JSON object with a text"),
        ('{"text": 7}', "not a string"),
    ],
)
def test_a_wrong_line_is_named_with_file_and_number(tmp_path: Path, line: str, fault: str) -> None:
    """Nothing is skipped in silence."""
    path = write(tmp_path / "archive.jsonl", f"{json_lines(['好'])}{line}\n".encode())
    with pytest.raises(KnowledgeError, match=rf"archive\.jsonl.*line 2.*{fault}"):
        list(read_texts(path))


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("gb.txt", "ok\n灯太暗".encode("gb18030"), 2),
        ("cut.txt.gz", gzip.compress(b"dark\n" * 1000, mtime=0)[:20], 1),
        ("none.txt.gz", b"this is not gzip", 1),
        ("flipped.txt.gz", gzip.compress(b"dark", mtime=0)[:10] + b"\xff" * 20, 1),
        ("long.csv", b'1,2\n"' + b"a" * 1_000_001 + b'"', 2),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, name: str, content: bytes, line: int
) -> None:
    """Wrong encoding; compression cut, false or damaged; an endless cell."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KnowledgeError, match=f"{name}.*line {line}"):
        list(read_texts(tmp_path / name))


def test_a_place_without_texts_says_so(tmp_path: Path) -> None:
    """A mistyped path is no empty archive."""
    for place in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(KnowledgeError, match="no texts here"):
            text_files([place])
