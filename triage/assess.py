"""Signals and predictions → one judgement with its evidence.

Three rules hold whatever the model says: a confirmed hazard makes the complaint urgent and nothing lowers it;
danger goes first among the topics; and the category is that of the topic. Without a model the rules answer alone,
and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from triage.models.decision import Thresholds
from triage.taxonomy import Taxonomy
from triage.types import (
    Assessment,
    Confidence,
    Evidence,
    Prediction,
    PreparedText,
    Scored,
    Signal,
    Span,
    Status,
    Urgency,
)

MAX_SECONDARY = 3
SUSPICION = 0.25
"""From this probability of urgent on a weak rule is believed."""
DOUBT = 0.1
"""Below this probability of the topic that a rule confirmed, a person should look: the alarm stands meanwhile."""

WEIGHTY = "模型判断时权重最大的词语"
WEIGHT_DIGITS = 3

STATUS_MEANINGS = {
    Status.DENIED: "原文否认了这一危险",
    Status.ASKED: "只是询问或假设",
    Status.PAST: "已经过去并已解决",
    Status.REPORTED: "转述新闻或传闻",
    Status.FIGURATIVE: "比喻或夸张",
    Status.NAMED: "是名称或固定说法的一部分",
    Status.ASSURED: "转述店方的保证",
}


def assess(
    prepared: PreparedText,
    signals: Sequence[Signal],
    prediction: Prediction | None,
    taxonomy: Taxonomy,
    rule_topics: Mapping[str, str | None],
    thresholds: Thresholds,
) -> Assessment:
    """Judge one text.

    Args:
        prepared: the text.
        signals: what the hazard rules found, dismissed signals included.
        prediction: what the classifiers say; ``None`` where there is no model.
        taxonomy: the label set.
        rule_topics: the topic each rule confirms, by rule id; ``None`` where it keeps the complaint's own.
        thresholds: where the model's probabilities become decisions.
    """
    asserted = [signal for signal in signals if _counts(signal, prediction)]
    suspected = not asserted and any(signal.status is Status.ASSERTED for signal in signals)
    dangers = {topic for signal in asserted if (topic := rule_topics[signal.rule]) is not None}
    rule_topic = taxonomy.most_dangerous(dangers)
    model_topic = prediction.topics[0] if prediction else None
    topic = _topic(rule_topic, model_topic, taxonomy)
    urgency = (
        Urgency.URGENT
        if asserted
        else _urgency(topic, signals, prediction, taxonomy, rule_topics, thresholds)
    )
    confidence = _confidence(topic, urgency, bool(asserted), rule_topic is not None, prediction)
    reasons = _review_reasons(confidence, urgency, prediction, thresholds, rule_topic)
    if suspected and urgency is not Urgency.URGENT:
        reasons = ("可能是紧急事件（规则疑似，模型不支持）", *reasons)
    return Assessment(
        topic=topic,
        category=taxonomy.category_of(topic),
        secondary_topics=_secondary(topic, taxonomy.fallback, dangers, prediction, thresholds),
        urgency=urgency,
        confidence=confidence,
        needs_review=bool(reasons),
        review_reasons=reasons,
        evidence=(
            *_rule_evidence(prepared, signals, rule_topics),
            *_model_evidence(prepared, prediction),
        ),
        hazards=frozenset(signal.hazard for signal in asserted),
        plausible_topics=_plausible(topic, prediction, thresholds),
    )


def _counts(signal: Signal, prediction: Prediction | None) -> bool:
    """Whether a signal confirms its hazard.

    A weak one does so only with the model's suspicion, or where there is no model.
    """
    if signal.status is not Status.ASSERTED:
        return False
    if not signal.weak or prediction is None:
        return True
    return _probability(prediction.urgencies, Urgency.URGENT) >= SUSPICION


def _topic(rule_topic: str | None, model_topic: Scored | None, taxonomy: Taxonomy) -> str:
    """Danger first: a confirmed danger, unless the model sees a greater one."""
    if model_topic is None:
        return rule_topic or taxonomy.fallback
    if rule_topic is None:
        return model_topic.label
    # Where the rules and the model both see danger, the most dangerous goes first; but the model alone may
    # only outrank the rules when it is sure.
    if model_topic.probability >= 0.5:
        return taxonomy.most_dangerous({rule_topic, model_topic.label}) or rule_topic
    return rule_topic


def _urgency(
    topic: str,
    signals: Sequence[Signal],
    prediction: Prediction | None,
    taxonomy: Taxonomy,
    rule_topics: Mapping[str, str | None],
    thresholds: Thresholds,
) -> Urgency:
    if prediction is None:
        return Urgency.GENERAL
    if _probability(prediction.urgencies, Urgency.URGENT) >= thresholds.urgent:
        return Urgency.URGENT
    # A topic of danger is urgent by definition; only where the very words of danger were explained away
    # (denied, asked about, settled…) may the model's lower urgency stand.
    explained = any(
        rule_topics[signal.rule] == topic for signal in signals if signal.status is not Status.ASSERTED
    )
    if taxonomy.topic_by_id[topic].always_urgent and not explained:
        return Urgency.URGENT
    lower = (item for item in prediction.urgencies if item.label != Urgency.URGENT)
    return Urgency(next(lower).label)


def _confidence(
    topic: str, urgency: Urgency, urgent_by_rule: bool, topic_by_rule: bool, prediction: Prediction | None
) -> Confidence:
    if prediction is None:
        return Confidence(None, None)
    return Confidence(
        topic=None if topic_by_rule else _probability(prediction.topics, topic),
        urgency=None if urgent_by_rule else _probability(prediction.urgencies, urgency),
    )


def _review_reasons(
    confidence: Confidence,
    urgency: Urgency,
    prediction: Prediction | None,
    thresholds: Thresholds,
    rule_topic: str | None,
) -> tuple[str, ...]:
    if prediction is None:
        return ("没有可用的模型，仅凭规则判断",)
    reasons = []
    urgent = _probability(prediction.urgencies, Urgency.URGENT)
    if urgency is not Urgency.URGENT and urgent >= thresholds.alarm:
        reasons.append(f"可能是紧急事件（把握 {urgent:.2f}）")
    if confidence.topic is not None and confidence.topic < thresholds.review:
        reasons.append(f"主题把握 {confidence.topic:.2f} 低于 {thresholds.review:.2f}")
    if rule_topic is not None and _probability(prediction.topics, rule_topic) < DOUBT:
        reasons.append("规则确认了危险，模型却不这样看")
    return tuple(reasons)


def _probability(scored: Sequence[Scored], label: str) -> float:
    return dict(scored)[label]


def _secondary(
    topic: str, fallback: str, dangers: set[str], prediction: Prediction | None, thresholds: Thresholds
) -> tuple[str, ...]:
    """Other confirmed dangers, then the topics of single clauses, likeliest first."""
    found = dict.fromkeys(sorted(dangers))
    if prediction is not None:
        least = thresholds.secondary
        likely = [scored for _, scored in prediction.clause_topics if scored.probability >= least]
        likely.sort(key=lambda item: -item.probability)
        found |= dict.fromkeys(item.label for item in likely)
    found.pop(topic, None)
    found.pop(fallback, None)
    return tuple(found)[:MAX_SECONDARY]


def _plausible(topic: str, prediction: Prediction | None, thresholds: Thresholds) -> tuple[str, ...]:
    """The chosen topic, then all others that the model does not rule out, likeliest first."""
    if prediction is None:
        return (topic,)
    # The list is sorted, and few of its labels are plausible.
    likely = takewhile(lambda item: item.probability >= thresholds.plausible, prediction.topics)
    return (topic, *(item.label for item in likely if item.label != topic))


def _rule_evidence(
    prepared: PreparedText, signals: Sequence[Signal], rule_topics: Mapping[str, str | None]
) -> Iterable[Evidence]:
    """Evidence of all signals; where several rules read the same words the same way, the first speaks."""
    evidence: dict[tuple[str, Span, Status], Evidence] = {}
    for signal in signals:
        label = rule_topics[signal.rule] or signal.hazard
        for span in signal.spans:
            evidence.setdefault(
                (label, span, signal.status),
                Evidence(
                    source="rule" if signal.status is Status.ASSERTED else "dismissed",
                    label=label,
                    start=span.start,
                    end=span.end,
                    text=prepared.original[span.start : span.end],
                    reason=_reason(signal),
                    status=signal.status,
                    rule=signal.rule,
                ),
            )
    return evidence.values()


def _reason(signal: Signal) -> str:
    asserted = signal.status is Status.ASSERTED
    reason = signal.means if asserted else f"{signal.means}——{STATUS_MEANINGS[signal.status]}"
    if asserted and signal.weak:
        reason += "（弱规则，需佐证）"
    return f"{reason}（「{signal.cue}」）" if signal.cue else reason


def _model_evidence(prepared: PreparedText, prediction: Prediction | None) -> list[Evidence]:
    if prediction is None:
        return []
    evidence, original = [], prepared.original
    for item in prediction.contributions:
        start, end = prepared.original_span(item.start, item.end)
        weight = round(item.weight, WEIGHT_DIGITS)
        evidence.append(
            Evidence("model", item.label, start, end, original[start:end], WEIGHTY, weight=weight)
        )
    return evidence
