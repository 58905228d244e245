"""XLSX and Parquet, in and out."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from python_calamine import load_workbook

from tests.batch.conftest import Relabel, rejects_of
from triage.batch.errors import BatchError
from triage.batch.judged import read_judged

ROWS = [["001", "牛奶过期了还在卖", 3.0], ["2", "排队太久了", 2.5]]


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return path


def cells(path: Path, sheet: int = 0) -> list[list[Any]]:
    return load_workbook(path).get_sheet_by_index(sheet).to_python()


def test_a_workbook_becomes_a_workbook_with_text_in_every_cell(run: Relabel, tmp_path: Path) -> None:
    """Nothing is a formula, a link or a number that lost its zeros."""
    rows: list[list[Any]] = [["编号", "内容", "备注"], *ROWS, ["3", "=1+2 店员骂人", "http://example.org"]]
    run(workbook(tmp_path / "in.xlsx", 一月=rows), output=tmp_path / "out.xlsx", text_column="内容")
    found = cells(tmp_path / "out.xlsx")
    assert [row[:3] for row in found] == [
        [*rows[0]],
        ["001", ROWS[0][1], "3"],
        ["2", ROWS[1][1], "2.5"],
        rows[3],
    ]
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_all_visible_sheets_are_read(run: Relabel, tmp_path: Path) -> None:
    """Archives have one for each month."""
    source = workbook(
        tmp_path / "in.xlsx",
        一月=[["编号", "内容"], [1, "排队太久了"]],
        二月=[["编号", "内容"], [2, "店员骂人"], ["", ""], [3, ""]],
        空=[],
    )
    summary = run(source, output=tmp_path / "out.csv")
    assert (summary.counts.read, summary.counts.judged) == (3, 2)
    (reject,) = rejects_of(summary)
    assert (reject["sheet"], reject["line"]) == ("二月", 4)
    assert json.loads(reject["preview"])[0] == 3


def test_a_sheet_that_is_not_there_names_those_that_are(run: Relabel, tmp_path: Path) -> None:
    """`--sheet` chooses one."""
    source = workbook(tmp_path / "in.xlsx", 一月=[["内容"], ["排队太久了"]])
    with pytest.raises(BatchError, match="一月"):
        run(source, output=tmp_path / "out.csv", sheet="三月")


def test_a_bomb_is_refused_before_it_is_unpacked(run: Relabel, tmp_path: Path) -> None:
    """A hundred kilobytes that become a hundred megabytes."""
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    assert bomb.stat().st_size < 200_000
    with pytest.raises(BatchError, match="拒绝解压"):
        run(bomb, output=tmp_path / "out.csv")


def test_a_directory_that_lies_about_sizes_is_refused(run: Relabel, tmp_path: Path) -> None:
    """Small in the directory, large in truth."""
    path = workbook(tmp_path / "in.xlsx", 一月=[["内容"], *([f"第{i}次排队太久"] for i in range(5_000))])
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    with pytest.raises(BatchError, match="损坏"):
        run(path, output=tmp_path / "out.csv")


@pytest.mark.parametrize("name", ["in.xlsx", "in.parquet"])
def test_a_file_that_is_not_what_its_name_says(run: Relabel, tmp_path: Path, name: str) -> None:
    """A clear message, no trace."""
    (tmp_path / name).write_bytes("编号,内容\n1,排队太久\n".encode())
    with pytest.raises(BatchError, match="不是有效的"):
        run(tmp_path / name, output=tmp_path / "out.csv")


def test_a_text_too_long_for_a_cell_is_rejected_not_cut(run: Relabel, tmp_path: Path) -> None:
    """A workbook holds 32,767 characters a cell."""
    content = f"编号,内容,备注\n1,排队太久,{'长' * 40_000}\n2,店员骂人,x\n"
    (tmp_path / "in.csv").write_text(content)
    summary = run(tmp_path / "in.csv", output=tmp_path / "out.xlsx", text_column="内容")
    assert [reject["line"] for reject in rejects_of(summary)] == [2]
    assert len(cells(tmp_path / "out.xlsx")) == 2


def test_parquet_keeps_its_types(run: Relabel, tmp_path: Path) -> None:
    """And ours are text, boolean and double."""
    table = pa.table(
        {
            "id": pa.array([1, 2, None], pa.int16()),
            "text": ["排队太久", "着火了", None],
            "tags": [["a"], [], None],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    summary = run(tmp_path / "in.parquet", output=tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet")
    assert found.select(["id", "text", "tags"]).equals(table.slice(0, 2).cast(found.select(range(3)).schema))
    assert found.schema.field("id").type == pa.int16()
    assert found.schema.field("triage_emergency").type == pa.bool_()
    assert found.column("triage_emergency").to_pylist() == [False, True]
    assert [reject["line"] for reject in rejects_of(summary)] == [3]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".xlsx", ".parquet"])
@pytest.mark.parametrize("kind", [".csv", ".tsv", ".jsonl", ".xlsx", ".parquet"])
def test_every_format_becomes_every_other(run: Relabel, tmp_path: Path, kind: str, suffix: str) -> None:
    """The original values survive, and the output can be read again with its judgements and times."""
    start = tmp_path / "start.csv"
    rows = ["编号,内容,时间", '001,"着火了, 快来",2024-03-05 09:07', "002,排队太久,2024-03-06 10:00"]
    start.write_text("\n".join(rows) + "\n")
    run(start, output=tmp_path / f"middle{kind}", prefix="old_")
    run(
        tmp_path / f"middle{kind}",
        output=tmp_path / f"end{suffix}",
        text_column="内容",
        received_column="时间",
    )
    summary = run(
        tmp_path / f"middle{kind}",
        output=tmp_path / f"again{suffix}",
        text_column="内容",
        received_column="时间",
    )
    assert (tmp_path / f"again{suffix}").read_bytes() == (tmp_path / f"end{suffix}").read_bytes()
    (batch,) = read_judged(summary.choices)
    found = batch.to_pylist()
    assert [row["编号"] for row in found] == ["001", "002"]
    assert found[0]["内容"] == "着火了, 快来"
    assert [row["triage_emergency"] for row in found] == [True, False]
    assert found[0]["old_topic"] == found[0]["triage_topic"] == "safety.fire"
    assert found[0]["triage_received_at"].hour == 9


def test_a_sheet_that_is_full_goes_on_in_the_next(
    run: Relabel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with the header; a sheet holds 1,048,576 rows."""
    monkeypatch.setattr("triage.batch.assemble.SHEET_ROWS", 3)
    (tmp_path / "in.csv").write_text("编号,内容\n" + "".join(f"{i},第{i}次排队太久\n" for i in range(5)))
    summary = run(tmp_path / "in.csv", output=tmp_path / "out.xlsx")
    sheets = [cells(tmp_path / "out.xlsx", sheet) for sheet in range(3)]
    assert [[row[0] for row in sheet] for sheet in sheets] == [
        ["编号", "0", "1"],
        ["编号", "2", "3"],
        ["编号", "4"],
    ]
    assert sum(batch.num_rows for batch in read_judged(summary.choices)) == 5
