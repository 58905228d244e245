"""Which column holds the customers' words, and where the named ones stand."""

from __future__ import annotations

import re
from collections.abc import Sequence, Sized
from pathlib import Path

from triage.batch.errors import BatchError

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]")
_LIKELY = re.compile(
    r"内容|內容|诉求|訴求|描述|详情|詳情|投诉|投訴|反馈|回饋|意见|意見|评论|評論|评价|評價|留言|"
    r"text|content|comment|complaint|review|message|description",
    re.IGNORECASE,
)
_UNLIKELY = re.compile(
    r"处理|處理|回复|回覆|答复|答覆|回访|回訪|结果|結果|地址|部门|部門|reply|response|result|address",
    re.IGNORECASE,
)
FEWEST = 2.0
"""Ideographs that the cells of a column of text have on average, at least."""

MOST = 16_384
"""Columns that an output may have; a workbook has no more."""


def check_number(columns: Sized, path: Path) -> None:
    """Refuse what is no table, such as objects with a name of their own for each row.

    Raises:
        BatchError: there are more columns than :data:`MOST`.
    """
    if len(columns) > MOST:
        raise BatchError(f"{path}: 超过 {MOST} 列，不像是表格")


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """Names for all columns: an empty one is numbered, one that stands twice gets a number behind it."""
    names: dict[str, None] = {}
    for number, cell in enumerate(header, start=1):
        wanted = cell.strip() or f"column_{number}"
        name, copy = wanted, 2
        while name in names:
            name, copy = f"{wanted}.{copy}", copy + 1
        names[name] = None
    return tuple(names)


def find_text(columns: Sequence[str], sample: Sequence[Sequence[str]], path: Path) -> int:
    """The column whose cells look most like free Chinese text: many ideographs, seldom the same twice.

    Raises:
        BatchError: none does; the message names the columns there are.
    """
    if not sample:
        return next((at for at, name in enumerate(columns) if _LIKELY.search(name)), 0)
    scores = [_score(name, [row[at] for row in sample if at < len(row)]) for at, name in enumerate(columns)]
    best = max(range(len(columns)), key=scores.__getitem__)
    if scores[best] <= 0:
        raise BatchError(
            f"{path}: 没有一列像顾客写的中文，请用 --text-column 指明；现有的列：{'、'.join(columns)}"
        )
    return best


def place_of(name: str, columns: Sequence[str], path: Path, option: str) -> int:
    """Where a column stands.

    Raises:
        BatchError: there is none of that name; the message names those there are.
    """
    if name not in columns:
        raise BatchError(f"{path}: {option}: 没有名为「{name}」的列；现有的列：{'、'.join(columns)}")
    return columns.index(name)


def _score(name: str, cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return 0.0
    ideographs = sum(len(_IDEOGRAPHS.findall(cell)) for cell in filled) / len(filled)
    if ideographs < FEWEST:
        return 0.0
    distinct = len(set(filled)) / len(filled)
    score = ideographs * (0.05 + 0.95 * distinct)
    if _UNLIKELY.search(name):
        return score / 4
    return score * 2 if _LIKELY.search(name) else score
