"""The encoding of a file is found by itself."""

from __future__ import annotations

import pytest

from triage.batch.dialect import settle_encoding, sniff
from triage.batch.encoding import detect
from triage.batch.errors import BatchError

SIMPLIFIED = "编号,内容\n1,牛奶过期了还在卖，店员不理人\n2,排队太久\n"
TRADITIONAL = "編號,內容\n1,牛奶過期了還在賣，店員不理人\n2,排隊太久\n"


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5hkscs", "big5hkscs"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        ("id,text\n1,ok\n", "ascii", "utf-8"),
        ("内容\n好\n", "gb18030", "gb18030"),
        ("內容\n難吃\n", "big5hkscs", "big5hkscs"),
    ],
)
def test_encodings_of_chinese_files(text: str, written: str, found: str) -> None:
    """Also of very short ones."""
    assert detect([text.encode(written)]) == found


@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
def test_a_bad_byte_does_not_change_the_encoding_of_the_file(written: str) -> None:
    """It costs its own row, not all rows."""
    rows = SIMPLIFIED.encode(written) * 5
    assert detect([rows + "3,坏了".encode(written) + b"\xff\n" + rows]) == written


def test_words_far_behind_the_beginning_decide() -> None:
    """A file may hold numbers only for megabytes before the first word."""
    blocks = [b"1,2,3\n" * 10_000, b"4,5,6\n" * 10_000, SIMPLIFIED.encode("gb18030")]
    assert detect(blocks) == "gb18030"


def test_an_unknown_encoding_names_those_there_are() -> None:
    """The message says what can be given."""
    with pytest.raises(BatchError, match="gb18030"):
        settle_encoding("klingon")


@pytest.mark.parametrize(
    ("head", "suffix", "delimiter", "newline"),
    [
        (b"a,b,c\r\n", ".csv", ",", b"\r\n"),
        (b"a;b;c\n", ".csv", ";", b"\n"),
        (b"a\tb\n", ".csv", "\t", b"\n"),
        (b"text\n", ".tsv", "\t", b"\n"),
        (b"a,b\r1,2\r", ".csv", ",", b"\r"),
    ],
)
def test_delimiter_and_line_ends_are_read_off_the_header(
    head: bytes, suffix: str, delimiter: str, newline: bytes
) -> None:
    """The suffix decides only where the header has no delimiter."""
    dialect = sniff(head, "utf-8", suffix)
    assert (dialect.delimiter, dialect.newline) == (delimiter, newline)


def test_a_bar_is_no_delimiter_where_it_is_half_a_character() -> None:
    """The second byte of 倈 and others in GBK is that of the bar."""
    assert sniff("倈倈,a\n".encode("gbk"), "gbk", ".csv").delimiter == ","
