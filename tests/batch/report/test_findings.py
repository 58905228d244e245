"""What the report finds in an archive."""

from __future__ import annotations

import pytest

from tests.batch.report.conftest import Survey, row
from triage.batch.report.handled import Ending, ending_of
from triage.types import Urgency

FALL = "三楼扶梯旁的地面有一大滩水，刚才看到一位老人滑了一跤"


def test_rows_are_counted_by_topic_month_and_store(found: Survey) -> None:
    """Each with its urgencies; what has no date is counted apart."""
    counting = found(
        [
            row("排队太久", 收到="2024-03-05 09:00", 门店="一店"),
            row("排队太久", 收到="2024年4月1日 9:00", urgency="minor"),
            row("着火了", topic="safety.fire", urgency="urgent", 收到="不详"),
        ]
    ).counting
    assert counting.topics["service.efficiency", Urgency.GENERAL] == 1
    assert counting.months == {("2024-03", Urgency.GENERAL): 1, ("2024-04", Urgency.MINOR): 1}
    assert counting.undated == 1
    assert counting.stores["一店", Urgency.GENERAL] == 1


@pytest.mark.parametrize(
    ("label", "level", "raised"),
    [
        ("服务", "", False),
        ("", "", False),
        ("食品安全", "", True),
        ("安全類", "", True),
        ("服务", "特急", True),
        ("食品安全", "一般", False),
        ("服务", "不紧急", False),
        ("服务", "P1", True),
    ],
)
def test_an_emergency_counts_as_escalated_where_the_archive_says_so(
    found: Survey, label: str, level: str, raised: bool
) -> None:
    """The old urgency decides; without one a label of danger does."""
    emergencies = found(
        [row(FALL, topic="safety.hazard", urgency="urgent", 旧标签=label, 旧级别=level)]
    ).emergencies
    assert (emergencies.total, emergencies.unraised) == (1, not raised)


def test_the_latest_emergency_is_listed_first(found: Survey) -> None:
    """Those without a date come last."""
    times = ("", "2024-01-01 08:00", "2024-06-01 08:00")
    rows = [row(FALL, urgency="urgent", 收到=time, 编号=time or "无") for time in times]
    assert [r.identity for r in found(rows).emergencies.latest()] == [times[2], times[1], "无"]


def test_a_label_that_names_another_topic_is_doubted_the_surest_first(found: Survey) -> None:
    """By name or id, topic or category, in either script; a topic named as secondary will do."""
    suspects = found(
        [
            row("排队", 旧标签="服务效率"),
            row("排队", 旧标签="服務類"),
            row("排队", 旧标签="service.efficiency"),
            row("排队", 旧标签="食品安全", confidence="0.7", 编号="less sure"),
            row("排队", 旧标签="商品类投诉", confidence="0.99", 编号="sure"),
            row("排队", 旧标签="商品类", confidence="0.3", 编号="unsure"),
        ]
    ).suspects
    assert [suspect.row.identity for suspect in suspects.ranked()] == ["sure", "less sure"]


def test_what_a_label_of_the_archives_own_means_is_learnt(found: Survey) -> None:
    """The topic that it seldom meets, and that is frequent elsewhere, does not fit."""
    usual = [row("排队", 旧标签="收银线") for _ in range(30)]
    elsewhere = [row("菜不新鲜", topic="product.quality", 旧标签="生鲜线") for _ in range(30)]
    odd = row("菜不新鲜", topic="product.quality", 旧标签="收银线", 编号="odd")
    rare = row("菜不新鲜", topic="product.quality", 旧标签="只有一次")
    suspects = found([*usual, odd, *elsewhere, rare]).suspects
    assert [suspect.row.identity for suspect in suspects.ranked()] == ["odd"]


@pytest.mark.parametrize(
    ("closed", "due", "ending"),
    [
        ("2024-03-05 10:00", "2024-03-05T10:00:00+08:00", "in_time"),
        ("2024-03-05 10:01", "2024-03-05T10:00:00+08:00", "late"),
        ("2024-03-05T02:30:00Z", "2024-03-05T10:00:00+08:00", "late"),
        ("2024-03-05", "2024-03-05T10:00:00+08:00", "unknown"),
        ("2024-03-04", "2024-03-05T10:00:00+08:00", "in_time"),
        ("2024-03-06", "2024-03-05T10:00:00+08:00", "late"),
        ("", "2024-03-05T10:00:00+08:00", "not_closed"),
        ("2024-03-05 10:00", "", "unknown"),
        ("已处理", "2024-03-05T10:00:00+08:00", "unknown"),
    ],
)
def test_closing_times_are_held_against_the_deadline(closed: str, due: str, ending: Ending) -> None:
    """In the zone of the shop where none is written; a bare date says nothing on the day itself."""
    assert ending_of(closed, due) == ending


def test_the_rate_leaves_out_what_cannot_be_compared(found: Survey) -> None:
    """Two of three that were closed, were so in time."""
    due = "2024-03-05T10:00:00+08:00"
    times = ("2024-03-05 09:00", "2024-03-05 08:00", "2024-03-07 09:00", "", "不详")
    rate = found([row("排队", 结案=time, due=due, 收到="2024-03-04 09:00") for time in times]).handled.total()
    assert rate == (2, 1, 1, 1)
    assert rate.share == pytest.approx(2 / 3)


def test_a_topic_that_comes_far_more_often_than_usual_is_a_burst(found: Survey) -> None:
    """One a day is usual, twelve on one day are not."""
    from triage.batch.report.bursts import find_bursts

    usual = [row("排队", 收到=f"2024-03-{day:02} 09:00") for day in range(1, 31)]
    burst = [row("排队", 收到="2024-03-15 10:00") for _ in range(11)]
    (strongest,) = find_bursts(found([*usual, *burst]).counting.days)
    assert (strongest.topic, f"{strongest.day}", strongest.rows, strongest.usual) == (
        "service.efficiency", "2024-03-15", 12, 1,
    )  # fmt: skip
