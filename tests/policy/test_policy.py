"""From an assessment to a disposition, on a small profile made for the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from triage.errors import InputError
from triage.policy.calendar import WorkingDays
from triage.policy.deadlines import Step
from triage.policy.policy import PROVISIONAL, Policy
from triage.policy.profile import Channel, Profile
from triage.policy.received import IN_FUTURE, NO_ZONE
from triage.policy.routing import Condition, Row
from triage.policy.stores import Store
from triage.types import Assessment, Complaint, Confidence, Disposition, Urgency

SHANGHAI = ZoneInfo("Asia/Shanghai")
STORE = Store(WorkingDays("CN", SHANGHAI, frozenset(), frozenset(), frozenset({2026})))
NOW = datetime(2026, 11, 19, 10, 0, tzinfo=SHANGHAI)  # a Thursday
ALWAYS = Condition()
URGENT = Condition(urgencies=frozenset({Urgency.URGENT}))
FOOD = Condition(topics=frozenset({"safety.food"}))

PROFILE = Profile(
    id="small",
    name="小规程",
    version=1,
    source="测试",
    channels=(Channel("phone", "电话", ("來電",)), Channel("online", "线上", ())),
    default_channel="online",
    channel_ids={"phone": "phone", "电话": "phone", "來電": "phone", "online": "online", "线上": "online"},
    categories={"service.attitude": "服务类", "safety.food": "安全类"},
    levels=(Row(URGENT, "紧急"), Row(ALWAYS, "一般")),
    departments=(Row(FOOD, "食品安全部门"), Row(ALWAYS, "客服部门")),
    notify=(Row(URGENT, ("客服主管", "客服部门")),),
    reply=(Row(Condition(channels=frozenset({"phone"})), "电话"), Row(ALWAYS, "线上")),
    actions=(Row(FOOD, ("封存涉事商品",)),),
    reports=(Row(URGENT, ("《紧急反馈处理报告》",)),),
    steps=(
        Row(URGENT, Step("contact", "联系", timedelta(0), "立即")),
        Row(ALWAYS, Step("contact", "联系", timedelta(minutes=30), "30分钟内")),
        Row(ALWAYS, Step("resolve", "解决", 1, "1个工作日内")),
    ),
    recorded=(),
    optional=(),
    merging="",
    kpis=(),
    guidance=(),
)
POLICY = Policy(PROFILE)


def judged(
    topic: str = "service.attitude", urgency: Urgency = Urgency.GENERAL, secondary: tuple[str, ...] = ()
) -> Assessment:
    """Return a judgement."""
    confidence = Confidence(0.9, 0.9)
    return Assessment(topic, topic.partition(".")[0], secondary, urgency, confidence, False, (), ())


def disposed(
    assessment: Assessment | None = None, complaint: Complaint | None = None, store: Store = STORE
) -> Disposition:
    """Dispose of a complaint by the profile above."""
    return POLICY.dispose(assessment or judged(), complaint or Complaint("店员爱答不理"), NOW, store)


def test_the_tables_of_the_profile_fill_the_routing() -> None:
    """Category name, level, department, parties told, actions, reports and reply come from the profile."""
    routing = disposed(judged("safety.food", Urgency.URGENT)).routing
    assert (routing.policy, routing.category_name, routing.level) == ("small", "安全类", "紧急")
    assert (routing.department, routing.notify) == ("食品安全部门", ("客服主管", "客服部门"))
    assert (routing.actions, routing.reports) == (("封存涉事商品",), ("《紧急反馈处理报告》",))


def test_the_department_that_acts_is_not_told_besides() -> None:
    """Who has the complaint need not be notified of it."""
    assert disposed(judged(urgency=Urgency.URGENT)).routing.notify == ("客服主管",)


def test_the_departments_of_secondary_topics_are_told() -> None:
    """A complaint about two matters reaches both departments."""
    routing = disposed(judged(secondary=("safety.food", "service.attitude"))).routing
    assert (routing.department, routing.notify) == ("客服部门", ("食品安全部门",))


def test_of_each_step_the_first_fitting_wording_counts() -> None:
    """A step may stand several times in a profile; the special one hides the general one."""
    urgent = disposed(judged(urgency=Urgency.URGENT)).deadlines
    assert [(deadline.step, deadline.rule) for deadline in urgent] == [
        ("contact", "立即"),
        ("resolve", "1个工作日内"),
    ]
    assert disposed().deadlines[0].due_at == NOW + timedelta(minutes=30)


@pytest.mark.parametrize("channel", ["phone", "电话", " 來電 ", "PHONE"])
def test_channels_are_known_by_many_names(channel: str) -> None:
    """Capitals, blanks and regional words make no difference."""
    disposition = disposed(complaint=Complaint("x", channel=channel))
    assert (disposition.routing.reply_by, disposition.notes) == ("电话", ())


@pytest.mark.parametrize("channel", [None, "", "  "])
def test_without_a_channel_the_default_is_taken_silently(channel: str | None) -> None:
    """A complaint need not name its channel."""
    disposition = disposed(complaint=Complaint("x", channel=channel))
    assert (disposition.routing.reply_by, disposition.notes) == ("线上", ())


def test_an_unknown_channel_is_treated_as_the_default_and_noted() -> None:
    """A word that nobody registered stops no complaint, but somebody should register it."""
    disposition = disposed(complaint=Complaint("x", channel="飞鸽传书"))
    assert disposition.routing.reply_by == "线上"
    assert disposition.notes == ("渠道未登记，按「线上」处理",)


def test_deadlines_run_from_the_time_of_receipt() -> None:
    """What came in yesterday is due by yesterday's clock, and already overdue."""
    disposition = disposed(complaint=Complaint("x", received_at=NOW - timedelta(days=3)))
    assert disposition.received_at == NOW - timedelta(days=3)
    assert [deadline.overdue for deadline in disposition.deadlines] == [True, True]


def test_all_times_are_in_the_zone_of_the_store() -> None:
    """People read the clock on the wall of the store."""
    store = Store(replace(STORE.calendar, zone=ZoneInfo("Asia/Tokyo")))
    disposition = POLICY.dispose(judged(), Complaint("x"), NOW.astimezone(UTC), store)
    assert disposition.received_at.isoformat() == "2026-11-19T11:00:00+09:00"
    assert {str(deadline.due_at)[-6:] for deadline in disposition.deadlines} == {"+09:00"}


def test_every_assumption_is_noted_once() -> None:
    """Store, zone, future and calendar: the duty officer sees what was guessed."""
    store = replace(STORE, note="门店未登记")
    complaint = Complaint("x", received_at=datetime(2030, 1, 1))  # noqa: DTZ001
    late = datetime(2026, 12, 31, 10, 0, tzinfo=SHANGHAI)
    disposition = POLICY.dispose(judged(), complaint, late, store)
    assert disposition.notes == ("门店未登记", NO_ZONE, IN_FUTURE, PROVISIONAL)
    assert disposition.received_at == late


def test_an_unusable_time_is_an_input_error() -> None:
    """The sender learns which field is wrong."""
    with pytest.raises(InputError, match="received_at"):
        disposed(complaint=Complaint("x", received_at=datetime(1970, 1, 1, tzinfo=UTC)))


def test_now_needs_a_zone() -> None:
    """The caller owns the clock and must say where it hangs."""
    with pytest.raises(ValueError, match="zone-aware"):
        POLICY.dispose(judged(), Complaint("x"), datetime(2026, 11, 19), STORE)  # noqa: DTZ001


def test_the_same_case_gets_the_same_answer_again() -> None:
    """Working out a case once and for all changes nothing."""
    fresh = Policy(PROFILE).dispose(judged(), Complaint("x"), NOW, STORE)
    assert disposed(complaint=Complaint("x")) == fresh == disposed(complaint=Complaint("x"))
    assert Policy(PROFILE) == POLICY
