"""Why a complaint is judged as it is, and what would alter it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from triage.engine import Engine
from triage.errors import InputError
from triage.explain import Explanation, explain
from triage.explain.spans import LONGEST, mark, merge
from triage.explain.trials import MAX_RUNS
from triage.models.classifier import KeywordClassifier
from triage.types import Complaint, Prediction, PreparedText, Span, Status, Urgency

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def keyword_engine(rules_engine: Engine) -> Engine:
    """The rules with a model that counts words: what speaks for what is plain."""
    classifier = KeywordClassifier(
        {"other.unclear": [], "service.efficiency": ["排队"], "product.quality": ["难吃", "不新鲜"]},
        {"general": [], "minor": [], "important": ["律师"], "urgent": ["快来救命", "出人命"]},
    )
    return replace(
        rules_engine, classifier=classifier, versions=replace(rules_engine.versions, model="keywords")
    )


def without(text: str, spans: tuple[Span, ...]) -> str:
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    return text


def words(explanation: Explanation) -> list[tuple[str, ...]]:
    return [item.words for item in explanation.alternatives]


def test_the_judgement_is_that_of_the_engine(trained_engine: Engine) -> None:
    """An explanation explains the answer that callers get, and no other."""
    text = "牛奶過期三天還擺在架上賣,叫店員來還愛理不理"
    assert explain(trained_engine, text, NOW).result == trained_engine.judge(Complaint(text), NOW)


def test_a_confirmed_danger_shows_its_words_in_the_text(rules_engine: Engine) -> None:
    """【】 stand around them, in the customer's own script."""
    findings = explain(rules_engine, "這間店好差,倉庫那邊一股煤氣味", NOW).asserted
    finding = next(item for item in findings if item.signal.rule == "fire.gas.smell")
    assert finding.signal.means
    assert finding.marked == "這間店好差,倉庫那邊一股【煤氣味】"


def test_personal_data_is_not_repeated(rules_engine: Engine) -> None:
    """What is shown is masked, so that an explanation may be kept."""
    findings = explain(rules_engine, "一股煤气味，打13800138000找我", NOW).asserted
    assert all("【煤气味】" in finding.marked for finding in findings)
    assert not any("13800138000" in finding.marked for finding in findings)


def test_the_words_without_which_it_is_no_emergency(rules_engine: Engine) -> None:
    """One danger, one removal, and the judgement without it."""
    explanation = explain(rules_engine, "倉庫那邊一股煤氣味,收銀員還翻白眼", NOW)
    (alternative,) = explanation.alternatives
    assert alternative.words == ("煤氣味",)
    assert alternative.urgency is Urgency.GENERAL


def test_dangers_that_stand_twice_must_go_together(rules_engine: Engine) -> None:
    """No single word is enough; the smallest set is both."""
    explanation = explain(rules_engine, "楼下一股煤气味。楼上也一股煤气味，排队也久", NOW)
    assert words(explanation) == [("煤气味", "煤气味")]


@pytest.mark.parametrize(
    "text",
    [
        "面包发霉了,牛奶里还有只蟑螂,排队半小时",
        "没有起火,但是一直有很浓的煤气味",
        "二樓扶手電梯行行下突然停咗,阿婆差啲跌親",
        "结账排了四十分钟,只开两个口",
        "三千多的手机是翻新机,不给退我就打12315",
    ],
)
def test_whoever_makes_the_change_gets_what_was_said(trained_engine: Engine, text: str) -> None:
    """Removing the named characters and asking again gives the named topic and urgency."""
    explanation = explain(trained_engine, text, NOW)
    now = explanation.result.assessment
    assert explanation.alternatives
    for item in explanation.alternatives:
        judged = trained_engine.judge(Complaint(without(text, item.spans)), NOW).assessment
        assert (judged.topic, judged.urgency) == (item.topic, item.urgency)
        assert (judged.topic, judged.urgency) != (now.topic, now.urgency)


def test_no_word_of_a_removal_is_needless(rules_engine: Engine) -> None:
    """Where several words must go, leaving one of them in keeps the emergency."""
    text = "面包发霉了,牛奶里还有只蟑螂,仓库着火了"
    removal = explain(rules_engine, text, NOW).alternatives[0]
    assert len(removal.spans) > 1
    for left_in in removal.spans:
        rest = tuple(span for span in removal.spans if span != left_in)
        assert rules_engine.judge(Complaint(without(text, rest)), NOW).assessment.emergency


def test_of_a_stretch_of_evidence_one_word_may_be_enough(rules_engine: Engine) -> None:
    """「面包发霉」 made it an emergency, and one of its two words is enough to go."""
    (removed,) = words(explain(rules_engine, "这款面包发霉了,收银员还翻白眼", NOW))
    assert removed in {("面包",), ("发霉",)}


def test_urgency_and_topic_may_hang_on_different_words(keyword_engine: Engine) -> None:
    """Each gets its own smallest removal."""
    explanation = explain(keyword_engine, "排队太久，再不来人我就找律师", NOW)
    by_urgency, by_topic = explanation.alternatives
    assert (by_urgency.words, by_urgency.urgency) == (("律师",), Urgency.GENERAL)
    assert (by_topic.words, by_topic.topic) == (("排队",), "other.unclear")


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("仓库没有着火", ("没有",)),
        ("如果仓库着火了怎么办", ("如果", "怎么办")),
        ("店员说仓库不会着火", ("店员说", "不会")),
        ("去年仓库着火了，后来处理好了", ("去年",)),
    ],
)
def test_a_dismissed_danger_tells_what_it_hangs_on(
    rules_engine: Engine, text: str, cues: tuple[str, ...]
) -> None:
    """Without the words that dismissed it, all of them, it would be an emergency."""
    finding = explain(rules_engine, text, NOW).dismissed[0]
    assert finding.signal.status is not Status.ASSERTED
    assert finding.without_cue is not None
    assert finding.without_cue.urgency is Urgency.URGENT
    assert finding.without_cue.topic == "safety.fire"
    assert finding.without_cue.words == cues


def test_a_name_that_holds_the_danger_word_hangs_on_nothing(rules_engine: Engine) -> None:
    """Without 着火点 there is no 着火 either: nothing is claimed."""
    explanation = explain(rules_engine, "这种油的着火点是多少", NOW)
    assert {item.signal.status for item in explanation.dismissed} == {Status.NAMED}
    assert [item.without_cue for item in explanation.dismissed] == [None] * len(explanation.dismissed)


def test_the_model_shows_its_words_and_how_close_it_was(trained_engine: Engine) -> None:
    """Strongest first for each label; the leads over the runner-up and the threshold."""
    explanation = explain(trained_engine, "结账排了四十分钟,只开两个口", NOW)
    assert explanation.margins is not None
    assert explanation.margins.topic.label == explanation.result.assessment.topic
    assert 0 <= explanation.margins.to_runner_up <= 1
    assert explanation.margins.to_threshold < 0
    assert [item.label for item in explanation.words] == ["service.efficiency", "general"]
    for item in explanation.words:
        weights = [word.weight for word in item.words]
        assert weights == sorted(weights, reverse=True) != []


def test_without_a_model_only_the_rules_are_explained(rules_engine: Engine) -> None:
    """No words, no margins; what the rules found is there."""
    explanation = explain(rules_engine, "仓库着火了", NOW)
    assert explanation.margins is None
    assert explanation.words == ()
    assert explanation.asserted


class Broken(KeywordClassifier):
    """Fails on every text."""

    def predict(self, prepared: PreparedText) -> Prediction:
        """Fail."""
        raise ZeroDivisionError


def test_a_model_that_fails_leaves_the_rules_to_explain(keyword_engine: Engine) -> None:
    """As in judging, a danger never waits for the model."""
    engine = replace(keyword_engine, classifier=Broken({"other.unclear": []}, {"general": []}))
    explanation = explain(engine, "仓库着火了", NOW)
    assert explanation.asserted
    assert explanation.margins is None


@pytest.mark.parametrize(
    "text",
    [
        "面包发霉了，牛奶里有蟑螂。" * 60,
        "如果仓库着火了怎么办？没有漏气吧？" * 60,
        "，".join(f"第{i}天仓库又着火了，一股煤气味，电梯夹了人，牛奶过期还在卖" for i in range(40)),
    ],
    ids=["repeated", "dismissed", "many"],
)
def test_the_engine_runs_a_bounded_number_of_times(trained_engine: Engine, text: str) -> None:
    """However much a text holds, an explanation ends."""
    explanation = explain(trained_engine, text, NOW)
    assert explanation.runs <= MAX_RUNS
    assert all(len(item.marked) < len(text) for item in explanation.findings)


def test_a_text_that_cannot_be_judged_cannot_be_explained(rules_engine: Engine) -> None:
    """The field is named, as in judging."""
    with pytest.raises(InputError, match="text"):
        explain(rules_engine, " ", NOW)


def test_what_is_left_may_be_too_little_to_judge(rules_engine: Engine) -> None:
    """Where nothing but the danger word stands, no change is claimed."""
    explanation = explain(rules_engine, "着火", NOW)
    assert explanation.result.assessment.emergency
    assert explanation.alternatives == ()


def test_marks_never_cross() -> None:
    """Spans that overlap or touch get one pair of brackets."""
    spans = [Span(4, 6), Span(0, 2), Span(1, 3), Span(6, 7)]
    assert merge(spans) == (Span(0, 3), Span(4, 7))
    assert mark("一二三四五六七八", spans) == "【一二三】四【五六七】八"


def test_of_a_long_text_the_surroundings_are_shown() -> None:
    """Points of omission stand for the rest; a text without marks stays whole."""
    text = "前" * LONGEST + "火" + "后" * LONGEST
    marked = mark(text, [Span(LONGEST, LONGEST + 1)])
    assert marked.startswith("…前")
    assert "前【火】后" in marked
    assert marked.endswith("后…")
    assert len(marked) < LONGEST
    assert mark("平安", []) == "平安"
