"""The five profiles that come with the product: what their documents promise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from triage.catalog.calendars import load_calendars
from triage.catalog.files import KnowledgeFiles
from triage.catalog.policies import load_policies
from triage.catalog.stores import load_stores
from triage.catalog.taxonomy import load_taxonomy
from triage.policy.policy import Policy
from triage.policy.stores import Stores
from triage.types import Assessment, Complaint, Confidence, Disposition, Urgency

NOW = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # Thursday, 10:00 in Shanghai
FILES = KnowledgeFiles()
TOPICS = sorted(topic.id for topic in load_taxonomy(FILES).topics)
PROFILES = ["supermarket", "retail-2025", "department-store", "customer-service", "retail-guide"]


@cache
def policies() -> dict[str, Policy]:
    """Load the packaged profiles once."""
    return load_policies(FILES, frozenset(TOPICS), frozenset({"harm"}))


@cache
def stores() -> Stores:
    """Load the packaged stores once."""
    return load_stores(FILES, load_calendars(FILES))


def disposed(profile: str, topic: str, urgency: str, channel: str | None = None) -> Disposition:
    """Dispose of a complaint that came in just now."""
    confidence = Confidence(0.9, 0.9)
    assessment = Assessment(topic, topic.partition(".")[0], (), Urgency(urgency), confidence, False, (), ())
    return policies()[profile].dispose(assessment, Complaint("x", channel=channel), NOW, stores().find(None))


def times(disposition: Disposition) -> dict[str, str]:
    """Return the promise of each step."""
    return {deadline.step: deadline.rule for deadline in disposition.deadlines}


def test_all_five_profiles_are_there() -> None:
    """The profiles carry the names of the documents they come from."""
    assert sorted(policies()) == sorted(PROFILES)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_case_has_a_complete_answer(profile: str) -> None:
    """No topic, urgency or channel is without category name, level, department, reply and deadline."""
    for topic in TOPICS:
        for urgency in Urgency:
            for channel in ("on_site", "phone", "online", "suggestion_box", None):
                disposition = disposed(profile, topic, urgency, channel)
                routing = disposition.routing
                assert all((routing.category_name, routing.level, routing.department, routing.reply_by))
                assert disposition.deadlines
                assert not disposition.notes


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("topic", TOPICS)
def test_the_service_supervisor_hears_of_every_emergency(profile: str, topic: str) -> None:
    """Whatever it is about, an urgent complaint is told to 客服主管 and has a first contact within 30 minutes."""
    disposition = disposed(profile, topic, "urgent")
    assert "客服主管" in disposition.routing.notify
    contact = next(deadline for deadline in disposition.deadlines if deadline.step == "first_contact")
    assert contact.due_at is not None
    assert contact.due_at - NOW <= timedelta(minutes=30)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("topic", "parties"),
    [
        ("safety.food", {"食品安全部门"}),
        ("safety.fire", {"安保部门", "后勤保障部门"}),
        ("safety.hazard", {"安保部门", "后勤保障部门"}),
        ("safety.injury", {"安保部门", "后勤保障部门"}),
        ("safety.security", {"安保部门"}),
        ("service.attitude", {"客服部门", "安保部门"}),  # urgent because the customer threatens harm
    ],
)
def test_emergencies_reach_those_who_can_help(profile: str, topic: str, parties: set[str]) -> None:
    """The department that acts and those that are told include the ones on the spot."""
    routing = disposed(profile, topic, "urgent").routing
    assert parties <= {routing.department, *routing.notify}


class TestSupermarket:
    """商超顾客反馈处理流程优化规定."""

    @pytest.mark.parametrize(
        ("urgency", "promised"),
        [
            (
                "urgent",
                {
                    "first_contact": "30分钟内",
                    "report": "立即",
                    "start_plan": "5分钟内",
                    "on_site": "15分钟内",
                    "resolve": "直至解决",
                    "keep_informed": "直至解决",
                },
            ),
            (
                "important",
                {
                    "first_contact": "30分钟内",
                    "meeting": "1小时内",
                    "resolve": "24小时内",
                    "keep_informed": "直至解决",
                },
            ),
            (
                "general",
                {
                    "first_contact": "30分钟内",
                    "plan": "2小时内",
                    "resolve": "48小时内",
                    "call_back": "「解决」后1个工作日内",
                    "redo": "「回访」后3个工作日内",
                },
            ),
            ("minor", {"first_contact": "30分钟内", "assess": "24小时内", "resolve": "72小时内"}),
        ],
    )
    def test_times_by_urgency(self, urgency: str, promised: dict[str, str]) -> None:
        """Each level has the steps of the regulation, no more and no fewer."""
        assert times(disposed("supermarket", "product.quality", urgency, "phone")) == promised

    def test_the_call_back_follows_the_latest_solution(self) -> None:
        """Received Thursday 10:00, solved by Saturday 10:00, called back by Monday's end, redone by Thursday's."""
        deadlines = disposed("supermarket", "product.quality", "general").deadlines
        assert [str(deadline.due_at)[:19] for deadline in deadlines] == [
            "2026-11-19 10:30:00",
            "2026-11-19 12:00:00",
            "2026-11-21 10:00:00",
            "2026-11-23 23:59:59",
            "2026-11-26 23:59:59",
        ]

    def test_an_urgent_complaint_online_is_answered_at_once(self) -> None:
        """Online the promise is at once, and thirty minutes at the latest."""
        assert times(disposed("supermarket", "safety.food", "urgent", "微信"))["first_contact"] == (
            "立即回应，最迟30分钟内"
        )

    @pytest.mark.parametrize(
        ("topic", "name"),
        [
            ("service.delivery", "服务类"),
            ("product.price", "商品类"),
            ("environment.noise", "环境类"),
            ("safety.privacy", "安全类"),
            ("other.unclear", "其他类"),
        ],
    )
    def test_categories(self, topic: str, name: str) -> None:
        """The regulation's five categories are those of the taxonomy."""
        assert disposed("supermarket", topic, "general").routing.category_name == name

    def test_levels_are_the_four_of_the_regulation(self) -> None:
        """紧急, 重要, 一般, 轻微."""
        levels = [disposed("supermarket", "safety.food", urgency).routing.level for urgency in Urgency]
        assert levels == ["轻微", "一般", "重要", "紧急"]

    def test_food_emergencies_are_sealed_tested_and_told_to_the_regulator(self) -> None:
        """Three actions are prescribed for food."""
        actions = disposed("supermarket", "safety.food", "urgent").routing.actions
        assert {"封存涉事商品", "进行初步检测", "向监管部门报告"} <= set(actions)

    def test_hazards_are_removed(self) -> None:
        """A hazard is removed first of all."""
        assert disposed("supermarket", "safety.hazard", "urgent").routing.actions[0] == "排除隐患"

    @pytest.mark.parametrize(
        ("urgency", "reports"),
        [
            ("urgent", ("《紧急反馈处理报告》（客服主管撰写，呈报行政经理）",)),
            ("important", ("《重要反馈处理报告》（责任部门撰写，客服主管审核，呈报行政经理）",)),
            ("general", ()),
            ("minor", ()),
        ],
    )
    def test_reports(self, urgency: str, reports: tuple[str, ...]) -> None:
        """The two upper levels end in a written report to the administration manager."""
        assert disposed("supermarket", "product.quality", urgency).routing.reports == reports

    def test_minor_complaints_are_only_counted(self) -> None:
        """No call back for blemishes and wishes."""
        disposition = disposed("supermarket", "environment.noise", "minor")
        assert "不回访，仅作统计" in disposition.routing.actions
        assert "call_back" not in times(disposition)

    def test_channels_and_how_they_are_watched(self) -> None:
        """Three rings, three looks a day, two openings a week."""
        channels = {channel.id: channel.duty for channel in policies()["supermarket"].profile.channels}
        assert channels == {
            "on_site": "",
            "phone": "铃响三声内接听",
            "online": "每天至少查看三次",
            "suggestion_box": "每周至少开箱两次，逐条录入表格",
        }

    def test_figures_and_records(self) -> None:
        """The monthly figures, the fields to record and the rule for merging are kept with the profile."""
        profile = policies()["supermarket"].profile
        assert [(kpi.name, kpi.target) for kpi in profile.kpis] == [
            ("及时处理率", "≥95%"),
            ("顾客满意率", "≥90%"),
            ("问题解决率", "≥90%"),
        ]
        assert {"姓名", "性别", "年龄", "联系方式", "收到时间（精确到分钟）"} <= set(profile.recorded)
        assert profile.optional == ("地址",)
        assert "编号" in profile.merging


class TestRetail2025:
    """2025年零售行业顾客服务规范与流程."""

    @pytest.mark.parametrize(
        ("topic", "urgency", "level"),
        [
            ("other.suggestion", "minor", "一般性建议"),
            ("other.unclear", "minor", "无明确分类"),
            ("service.attitude", "general", "投诉类反馈"),
            ("product.quality", "important", "重大投诉"),
            ("other.unclear", "urgent", "重大投诉"),  # a threat without a complaint behind it
        ],
    )
    def test_levels(self, topic: str, urgency: str, level: str) -> None:
        """Suggestions, complaints, grave complaints, and what cannot be classed; danger is always grave."""
        assert disposed("retail-2025", topic, urgency).routing.level == level

    def test_times(self) -> None:
        """Accepted in 24, answered in 48, solved in 72 hours; survey results in 3 working days."""
        assert times(disposed("retail-2025", "service.repair", "general")) == {
            "accept": "24小时内",
            "answer": "48小时内",
            "resolve": "72小时内",
            "survey": "「解决」后3个工作日内",
        }

    @pytest.mark.parametrize(
        ("topic", "name"),
        [
            ("product.quality", "产品质量"),
            ("service.attitude", "服务态度"),
            ("service.payment", "支付"),
            ("service.returns", "退换货"),
            ("environment.noise", "其他"),
        ],
    )
    def test_categories(self, topic: str, name: str) -> None:
        """The document's five kinds are all in use."""
        assert disposed("retail-2025", topic, "general").routing.category_name == name

    @pytest.mark.parametrize(
        ("topic", "urgency"), [("safety.fire", "urgent"), ("safety.privacy", "important")]
    )
    def test_safety_incidents_are_reported_at_once(self, topic: str, urgency: str) -> None:
        """The regulator, the safety committee and the customer hear of it, then it is investigated."""
        disposition = disposed("retail-2025", topic, urgency)
        assert {"内部安全委员会", "监管部门"} <= set(disposition.routing.notify)
        assert times(disposition)["report"] == "立即"
        assert "报告后开展调查" in disposition.routing.actions

    def test_leaks_are_repaired(self) -> None:
        """A leak of personal data is repaired at once."""
        assert "立即补救泄露" in disposed("retail-2025", "safety.privacy", "important").routing.actions


class TestDepartmentStore:
    """百货行业售后服务实施细则."""

    @pytest.mark.parametrize(
        ("topic", "urgency", "channel", "promised"),
        [
            ("product.quality", "general", "phone", "30分钟内"),
            ("product.quality", "general", "online", "1小时内"),
            ("product.quality", "general", "suggestion_box", "24小时内"),
            ("service.repair", "important", "on_site", "2小时内"),
            ("service.repair", "urgent", "on_site", "立即"),
        ],
    )
    def test_first_contact(self, topic: str, urgency: str, channel: str, promised: str) -> None:
        """The channel decides, and for repairs the urgency."""
        assert times(disposed("department-store", topic, urgency, channel))["first_contact"] == promised

    def test_returns(self) -> None:
        """Return or exchange in 3, refund in 7 working days."""
        promised = times(disposed("department-store", "service.returns", "general"))
        assert (promised["exchange"], promised["refund"]) == ("3个工作日内", "7个工作日内")

    def test_repairs(self) -> None:
        """Arranged in 3, done in 7 working days; faults in 24 or 48 hours."""
        promised = times(disposed("department-store", "service.repair", "general"))
        assert (promised["repair_arranged"], promised["repair_done"]) == ("3个工作日内", "7个工作日内")
        assert (promised["fault"], promised["fault_complex"]) == ("24小时内", "48小时内")

    def test_complaints(self) -> None:
        """Answered in 24 hours, solution in 3 working days."""
        promised = times(disposed("department-store", "product.quality", "general"))
        assert (promised["answer"], promised["solution"]) == ("24小时内", "3个工作日内")

    @pytest.mark.parametrize(
        ("topic", "name"),
        [
            ("service.returns", "退货退款"),
            ("service.repair", "维修"),
            ("other.suggestion", "售后咨询"),
            ("service.attitude", "投诉"),
        ],
    )
    def test_categories(self, topic: str, name: str) -> None:
        """The document's kinds of after-sales."""
        assert disposed("department-store", topic, "general").routing.category_name == name

    def test_terms_counted_from_the_purchase_are_told(self) -> None:
        """7 days for a return, 5 for an exchange without reason, 30 for a repair."""
        returns = "".join(disposed("department-store", "service.returns", "general").routing.actions)
        repair = "".join(disposed("department-store", "service.repair", "general").routing.actions)
        assert "7天" in returns
        assert "5天" in returns
        assert "30天" in repair


class TestCustomerService:
    """客户服务质量标准与投诉处理流程规范."""

    @pytest.mark.parametrize(
        ("urgency", "promised"),
        [
            ("minor", "1至3个工作日内"),
            ("general", "1至3个工作日内"),
            ("important", "5至7个工作日内"),
        ],
    )
    def test_simple_and_complex_complaints(self, urgency: str, promised: str) -> None:
        """Simple complaints take 1–3 working days, complex ones 5–7."""
        assert times(disposed("customer-service", "product.quality", urgency))["resolve"] == promised

    def test_a_range_is_due_at_its_end(self) -> None:
        """「5至7个工作日内」 from Thursday is due on the Monday after next, with progress told meanwhile."""
        deadlines = disposed("customer-service", "product.quality", "important").deadlines
        assert [(deadline.step, str(deadline.due_at)[:10]) for deadline in deadlines] == [
            ("resolve", "2026-11-30"),
            ("keep_informed", "None"),
        ]

    @pytest.mark.parametrize(("urgency", "reply"), [("urgent", "电话"), ("general", "邮件或线上")])
    def test_reply(self, urgency: str, reply: str) -> None:
        """Urgent problems are handled by telephone, others in writing."""
        assert disposed("customer-service", "product.quality", urgency).routing.reply_by == reply

    @pytest.mark.parametrize(
        ("topic", "name"),
        [
            ("product.counterfeit", "产品质量投诉"),
            ("safety.food", "产品质量投诉"),
            ("service.attitude", "服务态度投诉"),
            ("service.returns", "售后服务投诉"),
        ],
    )
    def test_categories(self, topic: str, name: str) -> None:
        """The document's three kinds."""
        assert disposed("customer-service", topic, "general").routing.category_name == name


class TestRetailGuide:
    """零售行业顾客服务与投诉处理指南."""

    @pytest.mark.parametrize("urgency", ["minor", "general", "important"])
    def test_the_result_is_told_within_a_day(self, urgency: str) -> None:
        """One promise for all."""
        assert times(disposed("retail-guide", "service.delivery", urgency)) == {"answer": "24小时内"}

    @pytest.mark.parametrize(
        ("topic", "name"),
        [
            ("product.quality", "产品瑕疵"),
            ("service.attitude", "服务态度"),
            ("service.delivery", "物流"),
            ("service.returns", "退换货流程"),
        ],
    )
    def test_categories(self, topic: str, name: str) -> None:
        """The guide's four sources of complaints."""
        assert disposed("retail-guide", topic, "general").routing.category_name == name

    def test_records(self) -> None:
        """Five things are recorded, the last of them whether the customer would buy again."""
        assert policies()["retail-guide"].profile.recorded == (
            "时间",
            "地点",
            "顾客",
            "问题",
            "是否愿意再次购买",
        )
