"""The use cases over the packaged rules, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest

from tests.store.samples import NOW, count, do
from triage.engine import Engine
from triage.errors import Conflict, InputError, NotFound
from triage.serialize import result_to_json
from triage.service import Service
from triage.service.records import Judged, answer_of
from triage.service.requests import Author, Ticket, Verdict
from triage.store import corrections, tables
from triage.store.ids import new_id
from triage.store.store import Store
from triage.store.values import AssessmentFilter, CorrectionRecord, Labels, RequestKey, Role, State
from triage.types import Complaint, Urgency

ME, OTHER = Author("王主管", Role.SUPERVISOR), Author("李主管", Role.SUPERVISOR)
REQUEST = RequestKey("caller", "k-1", "a" * 64)
GAS = "楼道里一股煤气味，我叫王小明，打13800138000找我"
QUEUE = Ticket("排队太久没人管", "T-1")
EFFICIENCY = Verdict("service.efficiency", "general")
ATTITUDE = Verdict("service.attitude", "general")


@pytest.fixture
def service(rules_engine: Engine, store: Store) -> Service:
    """The use cases."""
    return Service(rules_engine, store)


def judged(engine: Engine, text: str, customer: str | None = None) -> Judged:
    """A complaint, judged and answered."""
    complaint = Complaint(text, id="A-1", channel="phone", store="HK-001")
    result = engine.judge(complaint, NOW)
    return Judged(complaint, result, result_to_json(result), customer)


def kept(service: Service, engine: Engine, text: str, customer: str | None = None) -> str:
    """The id of a complaint that was judged and kept."""
    identifier = service.keep(judged(engine, text, customer), NOW)
    assert identifier is not None
    return identifier


def test_a_kept_judgement_says_what_was_judged(service: Service, rules_engine: Engine) -> None:
    """Who asked, what was answered, and by which versions."""
    identifier = kept(service, rules_engine, GAS)
    record = service.assessment(identifier)

    assert (record.external_id, record.channel, record.store) == ("A-1", "phone", "HK-001")
    assert record.labels.topic == "safety.fire"
    assert record.judged_at == record.received_at == NOW
    assert orjson.loads(record.judgement)["versions"]["rules"] == rules_engine.versions.rules


def test_no_personal_data_is_kept(service: Service, rules_engine: Engine) -> None:
    """Neither in the text, nor in the words of the evidence, nor as a reference to the customer."""
    identifier = kept(service, rules_engine, GAS, customer="13800138000")
    record = service.assessment(identifier)

    assert len(record.text) == len(GAS)
    for secret in ("王小明", "13800138000"):
        assert secret not in str(record)
        assert secret not in record.judgement


def test_evidence_that_touches_personal_data_is_masked(service: Service, rules_engine: Engine) -> None:
    """The model may point at a number; its digits stay out of the store, and come back with the text."""
    whole = judged(rules_engine, GAS)
    evidence = whole.result.assessment.evidence[0]
    pointing = evidence._replace(start=0, end=len(GAS), text=GAS)
    assessment = replace(whole.result.assessment, evidence=(pointing,))
    result = replace(whole.result, assessment=assessment)
    identifier = service.keep(Judged(whole.complaint, result, result_to_json(result)), NOW)
    assert identifier is not None
    record = service.assessment(identifier)

    assert orjson.loads(record.judgement)["evidence"][0]["text"] == record.text
    assert answer_of(record, GAS) == result_to_json(result)


def test_a_repeated_judgement_is_the_first_one(service: Service, rules_engine: Engine) -> None:
    """The same key gives what was kept then, also an hour later; it is kept once."""
    first = service.keep_once(judged(rules_engine, GAS), REQUEST, NOW).result()
    second = service.keep_once(judged(rules_engine, GAS), REQUEST, NOW + timedelta(hours=1)).result()

    assert second == first
    assert count(service.store, tables.assessments) == 1
    with pytest.raises(Conflict):
        service.keep_once(judged(rules_engine, GAS), replace(REQUEST, digest="b" * 64), NOW).result()


def test_a_judgement_can_be_corrected_at_once(service: Service, rules_engine: Engine) -> None:
    """Before and after, who, when and why are written down; nobody needs to wait for the disk first."""
    identifier = kept(service, rules_engine, "仓库那边一直很吵")
    verdict = Verdict("environment.noise", "minor")
    record = service.correct(identifier, verdict, "我叫王小明，听到的", ME, NOW).result()

    assert record.state is State.ACCEPTED
    assert record.assessment_id == identifier
    assert record.before == Labels("other.unclear", Urgency.GENERAL)
    assert record.after == Labels("environment.noise", Urgency.MINOR)
    assert (record.made_by, record.role, record.made_at) == ("王主管", Role.SUPERVISOR, NOW)
    assert record.reason == "我叫***，听到的"


def test_what_a_correction_leaves_open_stays(service: Service, rules_engine: Engine) -> None:
    """Only the urgency, or nothing at all: that confirms the judgement."""
    identifier = kept(service, rules_engine, "仓库那边一直很吵")
    other = service.correct(identifier, Verdict(urgency="minor"), None, ME, NOW).result()
    same = service.correct(identifier, Verdict(), None, ME, NOW).result()

    assert other.after == Labels("other.unclear", Urgency.MINOR)
    assert same.after == same.before


def test_nothing_is_corrected_that_does_not_exist(service: Service) -> None:
    """An unknown id is said to be unknown."""
    with pytest.raises(NotFound):
        service.correct(new_id(NOW), EFFICIENCY, None, ME, NOW)


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (Verdict("service.rudeness", "general"), "topic"),
        (Verdict("service", "general"), "topic"),
        (Verdict("service.attitude", "very"), "urgency"),
        (Verdict("service.attitude"), "urgency"),
        (Verdict(urgency="general"), "topic"),
        (Verdict("service.attitude", "general", ("product.price", "x")), "secondary_topics.1"),
        (Verdict("service.attitude", "general", ("service.attitude",)), "secondary_topics.0"),
        (Verdict("service.attitude", "general", ("product.price",) * 2), "secondary_topics.1"),
    ],
    ids=str,
)
def test_labels_outside_the_taxonomy_are_refused(service: Service, verdict: Verdict, field: str) -> None:
    """The field is named, and nothing is stored."""
    with pytest.raises(InputError) as caught:
        service.correct_elsewhere(QUEUE, verdict, None, ME, NOW)

    assert caught.value.field == field
    assert count(service.store, tables.corrections) == 0


def test_what_was_said_elsewhere_is_checked_too(service: Service) -> None:
    """The fields of ``before`` are named as such."""
    ticket = replace(QUEUE, before=Verdict("nothing", "general"))
    with pytest.raises(InputError, match=r"^before\.topic"):
        service.correct_elsewhere(ticket, EFFICIENCY, None, ME, NOW)


@pytest.mark.parametrize(
    "made_at",
    [
        datetime(2026, 11, 20),  # noqa: DTZ001
        NOW + timedelta(hours=1),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, tzinfo=UTC),
    ],
)
def test_a_correction_is_made_at_a_moment_that_can_be(service: Service, made_at: datetime) -> None:
    """The latest one wins, so that one from the future would win for ever."""
    with pytest.raises(InputError, match=r"^made_at"):
        service.correct_elsewhere(replace(QUEUE, made_at=made_at), EFFICIENCY, None, ME, NOW)


def test_a_ticket_from_elsewhere_is_masked(service: Service) -> None:
    """Its text is prepared like any other; when it was corrected is kept."""
    yesterday = NOW - timedelta(days=1)
    ticket = Ticket(GAS, "T-1", "phone", "会员1", made_at=yesterday)
    record = service.correct_elsewhere(ticket, Verdict("safety.fire", "urgent"), None, ME, NOW).result()

    assert record.state is State.ACCEPTED
    assert (record.external_id, record.channel, record.before) == ("T-1", "phone", None)
    assert record.made_at == yesterday
    assert "13800138000" not in str(record)
    assert record.customer_digest == service.store.digester.customer("会员1")


def held(service: Service) -> CorrectionRecord:
    """A correction that marks escaping gas as a trifle."""
    return service.correct_elsewhere(Ticket(GAS), Verdict("safety.fire", "minor"), None, ME, NOW).result()


def test_a_correction_against_the_rules_is_held(service: Service) -> None:
    """It is kept with the reason, and listed as waiting."""
    record = held(service)

    assert record.state is State.HELD
    assert "不是紧急" in record.hold_reasons[0]
    assert service.corrections(State.HELD, 10, None).items == (record,)


def test_a_kept_text_is_read_again_by_the_rules(service: Service, rules_engine: Engine) -> None:
    """The check of a judgement's correction uses the rules of today on the masked text."""
    identifier = kept(service, rules_engine, GAS)

    assert service.correct(identifier, Verdict(urgency="minor"), None, ME, NOW).result().state is State.HELD


def test_two_supervisors_who_disagree_wait_for_a_third_look(service: Service) -> None:
    """The first teaches until somebody decides; the second is held."""
    first = service.correct_elsewhere(QUEUE, EFFICIENCY, None, ME, NOW).result()
    second = service.correct_elsewhere(QUEUE, ATTITUDE, None, OTHER, NOW).result()

    assert (first.state, second.state) == (State.ACCEPTED, State.HELD)
    assert "王主管" in second.hold_reasons[0]


@pytest.mark.parametrize(("confirmed", "state"), [(True, State.CONFIRMED), (False, State.REJECTED)])
def test_somebody_else_decides_on_what_is_held(service: Service, confirmed: bool, state: State) -> None:
    """Confirmed, it teaches; rejected, it never does; the correction itself is not changed."""
    record = held(service)
    reviewed = service.review(record.id, confirmed, "看过现场", OTHER, NOW).result()

    assert reviewed == replace(record, state=state)
    assert reviewed.state.teaches is confirmed


def test_nobody_confirms_themselves(service: Service) -> None:
    """Nor is there anything to confirm in what was accepted, decided, or never made."""
    record = held(service)
    accepted = service.correct_elsewhere(QUEUE, EFFICIENCY, None, ME, NOW).result()

    with pytest.raises(Conflict, match="另一个人"):
        service.review(record.id, True, None, ME, NOW).result()
    with pytest.raises(Conflict, match="无须复核"):
        service.review(accepted.id, True, None, OTHER, NOW).result()
    with pytest.raises(NotFound):
        service.review(new_id(NOW), True, None, OTHER, NOW).result()
    service.review(record.id, True, None, OTHER, NOW).result()
    with pytest.raises(Conflict, match="复核过"):
        service.review(record.id, False, None, Author("第三人", Role.ADMIN), NOW).result()


def test_a_repeated_correction_is_made_once(service: Service, rules_engine: Engine) -> None:
    """Of a judgement of ours and of a ticket from elsewhere; another body is a conflict."""
    identifier = kept(service, rules_engine, "仓库那边一直很吵")
    again = replace(REQUEST, key="k-2")
    for _ in range(3):
        service.correct(identifier, Verdict(), None, ME, NOW, REQUEST).result()
        service.correct_elsewhere(QUEUE, EFFICIENCY, None, ME, NOW, again).result()

    assert count(service.store, tables.corrections) == 2
    with pytest.raises(Conflict, match="idempotency-key"):
        service.correct(identifier, Verdict(), None, ME, NOW, replace(REQUEST, digest="b" * 64)).result()
    assert count(service.store, tables.corrections) == 2


def test_age_deletes(service: Service, rules_engine: Engine) -> None:
    """Judgements after their days, corrections after theirs."""
    kept(service, rules_engine, GAS)
    service.correct_elsewhere(QUEUE, EFFICIENCY, None, ME, NOW).result()
    later = NOW + timedelta(days=40)

    assert service.purge_aged(later, 30, 60).result().assessments == 1
    assert count(service.store, tables.corrections) == 1
    assert service.purge_aged(later, 30, 30).result().corrections == 1


def test_a_customer_may_ask_to_be_forgotten(service: Service, rules_engine: Engine) -> None:
    """By the reference that the calling system gave, blanks around it aside; nobody else is touched."""
    mine = kept(service, rules_engine, GAS, customer="会员1")
    theirs = kept(service, rules_engine, GAS, customer="会员2")
    service.correct(mine, Verdict(), None, ME, NOW).result()

    gone = service.purge_customer(" 会员1 ").result()

    assert (gone.assessments, gone.corrections) == (1, 1)
    assert [item.id for item in service.assessments(AssessmentFilter(), 10, None).items] == [theirs]
    assert do(service.store, corrections.of_assessment, mine) == ()
