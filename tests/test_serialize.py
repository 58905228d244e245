"""A judgement as plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest

from triage.errors import InputError
from triage.serialize import parse_time, result_to_dict
from triage.types import (
    Assessment,
    Confidence,
    Deadline,
    Disposition,
    Evidence,
    Routing,
    Status,
    TriageResult,
    Urgency,
    Versions,
)

CHINA = timezone(timedelta(hours=8))
RESULT = TriageResult(
    id="A-1",
    script="Hant",
    assessment=Assessment(
        topic="safety.food",
        category="safety",
        secondary_topics=("service.returns",),
        plausible_topics=("product.quality", "service.returns"),
        urgency=Urgency.URGENT,
        confidence=Confidence(0.123456, None),
        needs_review=True,
        review_reasons=("没有模型",),
        evidence=(
            Evidence("rule", "food", 0, 2, "发霉", "食物发霉", Status.ASSERTED, "food.mould"),
            Evidence("model", "safety.food", 3, 4, "吃", "权重最大", weight=1.235),
        ),
    ),
    disposition=Disposition(
        routing=Routing("p", "安全类", "紧急", "食品安全部门", ("客服主管",), ("封存",), ("报告",), "电话"),
        deadlines=(
            Deadline("act", "处置", datetime(2026, 1, 2, 3, 4, tzinfo=CHINA), "15分钟内", overdue=True),
            Deadline("resolve", "解决", None, "直至解决", condition="有需要时"),
        ),
        received_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=CHINA),
        notes=("未带时区",),
    ),
    versions=Versions("0.1.0", "t", "p", "r", "d", None),
    masked_text="秘密",
)


def test_every_part_is_written() -> None:
    """The whole answer, key by key."""
    assert result_to_dict(RESULT) == {
        "id": "A-1",
        "topic": "safety.food",
        "category": "safety",
        "secondary_topics": ["service.returns"],
        "plausible_topics": ["product.quality", "service.returns"],
        "urgency": "urgent",
        "emergency": True,
        "confidence": {"topic": 0.1235, "urgency": None},
        "needs_review": True,
        "review_reasons": ["没有模型"],
        "evidence": [
            {
                "source": "rule",
                "label": "food",
                "start": 0,
                "end": 2,
                "text": "发霉",
                "reason": "食物发霉",
                "status": "asserted",
                "rule": "food.mould",
                "weight": None,
            },
            {
                "source": "model",
                "label": "safety.food",
                "start": 3,
                "end": 4,
                "text": "吃",
                "reason": "权重最大",
                "status": None,
                "rule": None,
                "weight": 1.235,
            },
        ],
        "routing": {
            "policy": "p",
            "category_name": "安全类",
            "level": "紧急",
            "department": "食品安全部门",
            "notify": ["客服主管"],
            "actions": ["封存"],
            "reports": ["报告"],
            "reply_by": "电话",
        },
        "deadlines": [
            {
                "step": "act",
                "name": "处置",
                "due_at": "2026-01-02T03:04:00+08:00",
                "rule": "15分钟内",
                "provisional": False,
                "overdue": True,
                "condition": "",
            },
            {
                "step": "resolve",
                "name": "解决",
                "due_at": None,
                "rule": "直至解决",
                "provisional": False,
                "overdue": False,
                "condition": "有需要时",
            },
        ],
        "received_at": "2026-01-02T03:04:05+08:00",
        "notes": ["未带时区"],
        "script": "Hant",
        "versions": {
            "software": "0.1.0",
            "taxonomy": "t",
            "preprocessing": "p",
            "rules": "r",
            "policies": "d",
            "model": None,
        },
    }


def test_an_ordinary_matter_is_no_emergency() -> None:
    """``emergency`` follows the urgency."""
    calm = replace(RESULT, assessment=replace(RESULT.assessment, urgency=Urgency.IMPORTANT))

    assert result_to_dict(calm)["emergency"] is False


@pytest.mark.parametrize(
    ("part", "path"),
    [
        (Evidence, ("evidence", 0)),
        (Routing, ("routing",)),
        (Deadline, ("deadlines", 0)),
        (Versions, ("versions",)),
        (Confidence, ("confidence",)),
    ],
)
def test_no_field_is_forgotten(part: type, path: tuple[str | int, ...]) -> None:
    """A field added to a type must be written, too."""
    found = result_to_dict(RESULT)
    for step in path:
        found = found[step]  # type: ignore[index]

    assert list(found) == list(part.__annotations__)


def test_the_data_is_json() -> None:
    """Nothing in it needs a special encoder, and the masked text is not part of it."""
    written = orjson.dumps(result_to_dict(RESULT))

    assert orjson.loads(written) == result_to_dict(RESULT)
    assert "秘密" not in written.decode()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21T09:30", datetime(2026, 11, 21, 9, 30)),  # noqa: DTZ001
        ("2026-11-21 09:30:15", datetime(2026, 11, 21, 9, 30, 15)),  # noqa: DTZ001
        ("2026-11-21T09:30Z", datetime(2026, 11, 21, 9, 30, tzinfo=UTC)),
        ("2026-11-21T09:30:15.5+08:00", datetime(2026, 11, 21, 9, 30, 15, 500_000, CHINA)),
    ],
)
def test_times_are_read_with_and_without_a_zone(text: str, moment: datetime) -> None:
    """ISO 8601 with a date, hours and minutes; no zone is invented."""
    read = parse_time(text)

    assert (read, read.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "2026-11-21",
        "20261121T093000",
        "2026-W47-6T09:30",
        "1700000000",
        "2026-13-01T00:00",
        "T09:30",
    ],
)
def test_other_times_are_refused(text: str) -> None:
    """A date alone, a number, or what no calendar has; the error names the field."""
    with pytest.raises(InputError) as caught:
        parse_time(text, "received_at")

    assert (caught.value.field, caught.value.code) == ("received_at", "invalid_time")
