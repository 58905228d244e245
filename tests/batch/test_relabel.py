"""Files in, the same files with judgements out."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
from pathlib import Path

import pytest
import zstandard

from tests.batch.conftest import Listener, Relabel, rejects_of
from triage.batch.errors import BatchError, RunRefused

SIMPLIFIED = '编号,内容,备注\r\n001,牛奶过期了还在卖,"a,b"\r\n002,"厨房, 着火了",\r\n003,排队太久,  x \r\n'
TRADITIONAL = "編號,內容\n1,牛奶過期三天還擺在架上賣\n2,店員不理人\n"
OURS = 12


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def read(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_bytes_of_a_record_stay_and_ours_follow(run: Relabel, tmp_path: Path, encoding: str) -> None:
    """Quotation marks, blanks, line ends, encoding and byte-order mark are those of the input."""
    source = write(tmp_path / "in.csv", SIMPLIFIED.encode(encoding))
    run(source, output=tmp_path / "out.csv")
    before = source.read_bytes().split(b"\r\n")
    after = (tmp_path / "out.csv").read_bytes().split(b"\r\n")
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert new.startswith(old + (b"," if old else b""))
    rows = read(tmp_path / "out.csv", encoding)
    assert [row["triage_urgency"] for row in rows][:2] == ["urgent", "urgent"]
    assert len(rows[0]) == 3 + OURS


def test_words_of_ours_are_traditional_in_a_traditional_encoding(run: Relabel, tmp_path: Path) -> None:
    """Big5 has no Simplified characters."""
    source = write(tmp_path / "in.csv", TRADITIONAL.encode("big5hkscs"))
    run(source, output=tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv", "big5hkscs")
    assert rows[0]["內容"] == "牛奶過期三天還擺在架上賣"
    assert rows[0]["triage_department"] == "食品安全部門"
    assert rows[0]["triage_evidence"].startswith("「")


def test_what_was_chosen_is_said(run: Relabel, tmp_path: Path, listener: Listener) -> None:
    """Encoding, delimiter and column of text."""
    run(write(tmp_path / "in.csv", SIMPLIFIED.encode("gb18030")), output=tmp_path / "out.csv")
    assert "gb18030" in listener.chosen[0]
    assert "逗号" in listener.chosen[0]
    assert "「内容」" in listener.chosen[0]


def test_every_row_is_in_the_output_or_in_the_reject_file(run: Relabel, tmp_path: Path) -> None:
    """With its physical line, the reason and its bytes."""
    faults = {
        3: b'2,"open,x',
        5: "4,坏".encode() + b"\xff,x",
        6: "5,少一个字段".encode(),
        7: "6,  ,空的".encode(),
    }
    lines = ["编号,内容,备注".encode(), *("%d,排队太久了,x".encode() % i for i in range(1, 8))]
    for line, raw in faults.items():
        lines[line - 1] = raw
    summary = run(
        write(tmp_path / "in.csv", b"\n".join(lines) + b"\n"), output=tmp_path / "out.csv", id_column="编号"
    )
    assert summary.counts.read == 7 == summary.counts.judged + summary.counts.rejected
    found = {reject["line"]: reject for reject in rejects_of(summary)}
    assert {line: base64.b64decode(reject["raw_base64"]) for line, reject in found.items()} == faults
    assert all(reject["reason"] and reject["file"] == str(tmp_path / "in.csv") for reject in found.values())
    assert found[7]["id"] == "6"
    assert "\\xff" in found[5]["preview"]
    assert [row["编号"] for row in read(tmp_path / "out.csv")] == ["1", "3", "7"]


def test_the_reject_file_is_for_its_owner_only(run: Relabel, tmp_path: Path) -> None:
    """It holds rows as they were."""
    summary = run(write(tmp_path / "in.csv", SIMPLIFIED.encode()), output=tmp_path / "out.csv")
    assert summary.choices.reject_file.stat().st_mode & 0o077 == 0


def test_a_second_run_says_so_and_overwrites_nothing(run: Relabel, tmp_path: Path) -> None:
    """The finished output stays as it is."""
    source = write(tmp_path / "in.csv", SIMPLIFIED.encode())
    run(source, output=tmp_path / "out.csv")
    before = (tmp_path / "out.csv").read_bytes()
    with pytest.raises(RunRefused, match="已经存在"):
        run(source, output=tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "out.csv.rejects.jsonl"]


def test_a_missing_column_names_the_columns_there_are(run: Relabel, tmp_path: Path) -> None:
    """So that the next attempt succeeds."""
    source = write(tmp_path / "in.csv", SIMPLIFIED.encode())
    with pytest.raises(BatchError, match=r"--text-column.*编号、内容、备注"):
        run(source, output=tmp_path / "out.csv", text_column="正文")


@pytest.mark.parametrize("content", ["编号,金额\n1,30\n2,40\n", "编号,内容\n", ""])
def test_a_file_without_text_says_so(run: Relabel, tmp_path: Path, content: str) -> None:
    """Numbers alone, a header alone, nothing at all."""
    with pytest.raises(BatchError, match="没有"):
        run(write(tmp_path / "in.csv", content.encode()), output=tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_the_column_of_complaints_wins_over_that_of_replies(
    run: Relabel, tmp_path: Path, listener: Listener
) -> None:
    """Replies are Chinese too, and often longer."""
    rows = "时间,诉求,处理结果\n" + "".join(
        f"2024-01-0{i},店员态度差{i},已与顾客沟通{i}，顾客表示满意，赠送礼品一份\n" for i in range(1, 9)
    )
    run(write(tmp_path / "in.csv", rows.encode()), output=tmp_path / "out.csv")
    assert "文本列「诉求」" in listener.chosen[0]


def test_our_columns_never_replace_theirs(run: Relabel, tmp_path: Path) -> None:
    """An output that is relabelled again needs another prefix."""
    source = write(tmp_path / "in.csv", "内容,triage_topic\n排队太久了,x\n".encode())
    with pytest.raises(BatchError, match="--prefix"):
        run(source, output=tmp_path / "out.csv")
    run(source, output=tmp_path / "out.csv", prefix="new_")
    assert read(tmp_path / "out.csv")[0]["triage_topic"] == "x"


def test_files_with_other_columns_and_encodings_become_one(run: Relabel, tmp_path: Path) -> None:
    """All columns of all files, in the order in which they first appear; UTF-8 where encodings differ."""
    folder = tmp_path / "archive"
    folder.mkdir()
    write(folder / "1.csv", "编号,内容\n1,排队太久了\n".encode("gb18030"))
    write(folder / "2.csv.gz", gzip.compress("內容,門店\n店員不理人,A\n".encode()))
    write(folder / "3.jsonl.zst", zstandard.compress('{"内容": "牛奶过期了", "编号": 3}\n'.encode()))
    write(folder / "notes.txt", b"not ours")
    summary = run(folder, output=tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv", "utf-8-sig")
    assert summary.counts.judged == 3
    assert list(rows[0])[:4] == ["编号", "内容", "內容", "門店"]
    assert [row["编号"] for row in rows] == ["1", "", "3"]


def test_patterns_are_read_in_order_and_no_file_twice(run: Relabel, tmp_path: Path) -> None:
    """The output itself is never an input."""
    for number in (2, 1):
        write(tmp_path / f"{number}.csv", f"编号,内容\n{number},排队太久了\n".encode())
    run(tmp_path / "*.csv", tmp_path / "1.csv", output=tmp_path / "out.csv")
    assert [row["编号"] for row in read(tmp_path / "out.csv")] == ["1", "2"]


def test_masking_changes_the_text_and_nothing_else(run: Relabel, tmp_path: Path) -> None:
    """At equal length; rows without personal data stay byte for byte."""
    content = '编号,内容\n1,"我的手机13812345678，请回电"\n2,"排队太久"\n'
    summary = run(write(tmp_path / "in.csv", content.encode()), output=tmp_path / "out.csv", mask=True)
    text = (tmp_path / "out.csv").read_text()
    assert "13812345678" not in text
    assert '\n2,"排队太久",' in text
    assert len(read(tmp_path / "out.csv")[0]["内容"]) == len("我的手机13812345678，请回电")
    assert summary.counts.judged == 2


def test_masking_holds_for_json_too(run: Relabel, tmp_path: Path) -> None:
    """Other members keep their values."""
    source = write(
        tmp_path / "in.jsonl", '{"n": 12345678901234567890, "text": "电话13812345678，漏水"}\n'.encode()
    )
    run(source, output=tmp_path / "out.jsonl", mask=True)
    found = json.loads((tmp_path / "out.jsonl").read_text())
    assert found["n"] == 12345678901234567890
    assert "138" not in found["text"]


def test_json_lines_keep_their_bytes(run: Relabel, tmp_path: Path) -> None:
    """Spaces, escapes and numbers as they were; our members behind theirs."""
    line = '{ "a": 1.0e5,  "text": "\\u724c\\u5b50\\u592a\\u4e71\\u4e86" , "b": [1, {"c": null}] }'
    summary = run(
        write(tmp_path / "in.jsonl", f"{line}\n[1]\n{{}}\n".encode()), output=tmp_path / "out.jsonl"
    )
    written = (tmp_path / "out.jsonl").read_text()
    assert written.startswith(line[:-1].rstrip("}") + ',"triage_topic":')
    assert json.loads(written)["triage_emergency"] is False
    assert [reject["line"] for reject in rejects_of(summary)] == [2, 3]


def test_safe_cells_put_an_apostrophe_before_formulas(run: Relabel, tmp_path: Path) -> None:
    """Numbers stay; without the option nothing original is touched."""
    content = '编号,内容,备注\n-1,=HYPERLINK("x") 店员骂人,"@a"\n+86,店员骂人,-12.5\n'
    source = write(tmp_path / "in.csv", content.encode())
    run(source, output=tmp_path / "out.csv", text_column="内容", safe_cells=True)
    rows = read(tmp_path / "out.csv")
    assert [row["编号"] for row in rows] == ["-1", "+86"]
    assert rows[0]["内容"].startswith("'=")
    assert [row["备注"] for row in rows] == ["'@a", "-12.5"]


def test_cells_of_ours_never_begin_like_a_formula(run: Relabel, tmp_path: Path) -> None:
    """Even where the words of the customer do."""
    run(
        write(tmp_path / "in.csv", "编号,内容\n1,=着火了\n2,@着火了\n3,-煤气味很浓\n".encode()),
        output=tmp_path / "out.csv",
        text_column="内容",
    )
    for row in read(tmp_path / "out.csv"):
        assert not any(
            value[:1] in {"=", "+", "-", "@", "\t", "\r"} for name, value in row.items() if "triage_" in name
        )


def test_times_of_receipt_give_the_time_by_which_it_should_have_been_resolved(
    run: Relabel, tmp_path: Path
) -> None:
    """In the zone of the store; a date alone or a time in the future gives none, and is counted."""
    content = "内容,时间\n排队太久,2024/3/5 9:07\n排队太久,2024年3月5日\n排队太久,2999-01-01 10:00\n"
    summary = run(
        write(tmp_path / "in.csv", content.encode()), output=tmp_path / "out.csv", received_column="时间"
    )
    assert [row["triage_resolve_by"] for row in read(tmp_path / "out.csv")] == [
        "2024-03-07T09:07:00+08:00",
        "",
        "",
    ]
    assert summary.counts.unusable_times == 2


def test_a_file_without_header_keeps_its_first_row(run: Relabel, tmp_path: Path) -> None:
    """And the output has no header either."""
    source = write(tmp_path / "in.csv", "1,排队太久了\n2,店员骂人\n".encode())
    run(source, output=tmp_path / "out.csv", header=False)
    assert (tmp_path / "out.csv").read_text().splitlines()[0].startswith("1,排队太久了,other.unclear,")


def test_a_damaged_archive_gives_what_can_be_read_and_says_where_it_ends(
    run: Relabel, tmp_path: Path
) -> None:
    """The rest is one reject."""
    rows = "编号,内容\n" + "".join(f"{i},第{i * 7919}次投诉排队太久\n" for i in range(2_000))
    source = write(tmp_path / "in.csv.gz", gzip.compress(rows.encode())[:6_000])
    summary = run(source, output=tmp_path / "out.csv")
    assert summary.counts.judged > 100
    assert summary.counts.rejected == 1
    assert "压缩数据损坏" in rejects_of(summary)[0]["reason"]


def test_compressed_output(run: Relabel, tmp_path: Path) -> None:
    """By its suffix; the same bytes each time."""
    source = write(tmp_path / "in.csv", SIMPLIFIED.encode())
    for name in ("out.csv", "out.csv.gz", "out.csv.zst", "again.csv.gz"):
        run(source, output=tmp_path / name)
    plain = (tmp_path / "out.csv").read_bytes()
    assert gzip.decompress((tmp_path / "out.csv.gz").read_bytes()) == plain
    with zstandard.ZstdDecompressor().stream_reader((tmp_path / "out.csv.zst").read_bytes()) as file:
        assert file.read() == plain
    assert (tmp_path / "out.csv.gz").read_bytes() == (tmp_path / "again.csv.gz").read_bytes()
