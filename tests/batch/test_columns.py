"""Columns and their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.batch.columns import find_text, place_of, unique_names
from triage.batch.delimited import DelimitedSource
from triage.batch.errors import BatchError
from triage.batch.inputs import parse_name

HERE = Path("in.csv")


def test_every_column_gets_a_name_of_its_own() -> None:
    """An empty name is numbered, a name that stands twice too, and none collides with another."""
    assert unique_names(["a", "", "a", " a ", "a.2"]) == ("a", "column_2", "a.2", "a.3", "a.2.2")


@pytest.mark.parametrize(
    ("columns", "rows", "found"),
    [
        (["a", "b"], [["甲店", "排队等了半个小时都没人管"], ["乙店", "牛奶过期"]], "b"),
        (["城市", "b"], [["北京朝阳区", "太贵"], ["北京朝阳区", "难吃"], ["北京朝阳区", "很脏"]], "b"),
        (["处理结果", "诉求"], [["已向顾客道歉并赠送礼品", "店员骂人"], ["已退款并致歉", "多收钱"]], "诉求"),
        (["收货地址", "b"], [["上海市某区某路一百号三单元", "漏发了一件"], ["广州市某区", "破了"]], "b"),
        (["编号", "content"], [], "content"),
    ],
)
def test_the_column_of_text(columns: list[str], rows: list[list[str]], found: str) -> None:
    """Many ideographs, seldom the same twice; replies and addresses count less, telling names more."""
    assert columns[find_text(columns, rows, HERE)] == found


def test_no_column_of_text_names_the_columns() -> None:
    """Codes and names of shops are no complaints."""
    with pytest.raises(BatchError, match="编号、门店"):
        find_text(["编号", "门店"], [["1", "A"], ["2", "B"]], HERE)


def test_a_missing_column_names_option_and_columns() -> None:
    """So that the command can be mended at once."""
    with pytest.raises(BatchError, match=r"--id-column.*a、b"):
        place_of("c", ["a", "b"], HERE, "--id-column")


def test_a_header_of_half_a_million_columns_is_refused(tmp_path: Path) -> None:
    """At once, not after hours."""
    path = tmp_path / "in.csv"
    path.write_bytes(b"," * 500_000 + b"\n")
    with pytest.raises(BatchError, match="16384"):
        DelimitedSource(parse_name(path))
