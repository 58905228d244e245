"""Near-duplicates are merged and numbered in the order of receipt."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.batch.report.conftest import Survey, row
from triage.batch.report.duplicates import Duplicates
from triage.batch.report.rows import ReportRow
from triage.batch.report.signatures import resemblance, signature, skeleton
from triage.types import Urgency

FREEZER = "你们店里的冷柜坏了三天，雪糕全都化了，打电话也没有人接"
QUEUE = "周末收银台只开了两个，排队排了四十多分钟还没有轮到我"
OTHER = "买的羽绒服洗了一次就开线，要求换货，店员说没有小票不给换"


def report_row(number: int, text: str) -> ReportRow:
    return ReportRow(number, text, "", "", "", "", None, "", "", "t", "c", (), Urgency.MINOR, None)


def test_groups_and_rows_are_numbered_in_the_order_of_receipt(found: Survey) -> None:
    """Not in that of the file."""
    merged = found(
        [
            row(FREEZER + "！", 收到="2024-03-03 09:00", 编号="c"),
            row(OTHER, 收到="2024-01-01 09:00"),
            row(QUEUE, 收到="2024-03-02 09:00", 编号="y"),
            row(FREEZER, 收到="2024-03-01 09:00", 编号="b"),
            row(QUEUE + "。", 收到="2024-02-01 09:00", 编号="x"),
            row(FREEZER + "快来", 收到="2024-03-04 09:00", 编号="d"),
        ]
    ).merged
    first, second = sorted(merged.largest(), key=lambda group: group.number)
    assert [(number, r.identity) for number, r in first.members] == [(1, "x"), (2, "y")]
    assert [(number, r.identity) for number, r in second.members] == [(1, "b"), (2, "c"), (3, "d")]
    assert (merged.groups, merged.rows) == (2, 5)


def test_without_times_the_order_of_the_file_counts(found: Survey) -> None:
    """And short texts are never merged: they are no repeated reports."""
    merged = found([row("太差了"), row(FREEZER, 编号="1"), row("太差了"), row(FREEZER, 编号="2")]).merged
    (group,) = merged.largest()
    assert [r.identity for _, r in group.members] == ["1", "2"]


def test_punctuation_width_and_case_make_no_difference() -> None:
    """They are left out before texts are compared."""
    assert skeleton("Ｗi-Fi 连不上！！") == skeleton("wifi连不上")


@pytest.mark.parametrize("kept", [20, 40, 60])
def test_signatures_estimate_the_resemblance_of_pieces(kept: int) -> None:
    """To within four standard errors of the exact Jaccard index."""
    characters = [chr(0x4E00 + at) for at in random.Random(kept).sample(range(10_000), 140)]
    one, other = "".join(characters[:80]), "".join(characters[:kept] + characters[80:])
    pieces = [{text[at : at + 3] for at in range(len(text) - 2)} for text in (one, other)]
    exact = len(pieces[0] & pieces[1]) / len(pieces[0] | pieces[1])
    estimate = float(resemblance(signature(one), signature(other)))
    assert abs(estimate - exact) < 4 * np.sqrt(exact * (1 - exact) / 64)


def test_the_number_of_texts_is_bounded_and_what_is_left_out_is_counted() -> None:
    """Texts that are known already still count."""
    duplicates = Duplicates(most=2)
    for number, text in enumerate((FREEZER, QUEUE, OTHER, FREEZER), start=1):
        duplicates.add(report_row(number, text))
    duplicates.settle()
    assert duplicates.left_out == 1
    assert [len(places) for places in duplicates.groups().values()] == [1]
    assert duplicates.group_of(OTHER) is None
