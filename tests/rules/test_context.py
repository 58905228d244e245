"""What the neighbourhood makes of a danger word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.types import Status


@pytest.fixture(scope="module")
def statuses(preparer: Preparer, recognizer: Recognizer) -> Callable[[str], set[Status]]:
    def find(text: str) -> set[Status]:
        return {signal.status for signal in recognizer.recognize(preparer.prepare(text))}

    return find


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("仓库里着火了", Status.ASSERTED),
        ("我看过了,没有着火", Status.DENIED),
        ("如果着火了我们往哪里跑", Status.ASKED),
        ("请问着火了往哪个门跑", Status.ASKED),
        ("看新闻说别的城市有商场着火了", Status.REPORTED),
        ("去年你们仓库着火了,后来已经处理好了", Status.PAST),
        ("店员说不会着火", Status.ASSURED),
    ],
)
def test_a_danger_counts_only_when_it_is_asserted(
    statuses: Callable[[str], set[Status]], text: str, status: Status
) -> None:
    """Denied, asked, reported, settled and assured dangers are seen, and dismissed with their status."""
    assert status in statuses(text)
    if status is not Status.ASSERTED:
        assert Status.ASSERTED not in statuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "没有起火但是一直有很浓的煤气味",
        "没想到仓库着火了",
        "没人管,仓库着火了",
        "难道没看到着火了吗,快来人",
        "店员说没有过期,可是面包发霉了",
        "要不是我跑得快,仓库着火了也没人通知",
    ],
)
def test_a_denial_of_one_danger_does_not_silence_another(
    statuses: Callable[[str], set[Status]], text: str
) -> None:
    """Cues reach their own clause only, and words that merely look like cues are shielded."""
    assert Status.ASSERTED in statuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "火锅底料打折了吗",
        "气炸了,等了一小时",
        "老鼠爱大米唱得真难听",
        "蟑螂药放在哪个货架",
        "空气炸锅不能退货",
        "消毒液卖完了",
    ],
)
def test_names_and_figures_of_speech_are_no_dangers(
    statuses: Callable[[str], set[Status]], text: str
) -> None:
    """A danger word inside a longer name says nothing."""
    assert Status.ASSERTED not in statuses(text)
