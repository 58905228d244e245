"""An explanation, for a person at a terminal or for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from triage.assess import STATUS_MEANINGS
from triage.cli.columns import one_line
from triage.explain import Alternative, Explanation, Finding, Margins
from triage.serialize import result_to_dict
from triage.taxonomy import Taxonomy
from triage.types import Signal, Urgency


def as_text(explanation: Explanation, taxonomy: Taxonomy) -> str:
    """The evidence in full, in the order in which somebody asks for it."""
    return "\n".join(_Telling(explanation, taxonomy).lines()) + "\n"


def as_json(explanation: Explanation) -> str:
    """The same, indented; positions are characters of the text as it was given."""
    return orjson.dumps(_to_dict(explanation), option=orjson.OPT_INDENT_2).decode() + "\n"


class _Telling:
    """One explanation in Chinese."""

    def __init__(self, explanation: Explanation, taxonomy: Taxonomy) -> None:
        self._explanation = explanation
        self._assessment = explanation.result.assessment
        self._taxonomy = taxonomy

    def lines(self) -> Iterator[str]:
        judged = self._assessment
        yield f"紧急程度  {self._urgency(judged.urgency)}（{judged.urgency}）"
        yield f"主题      {self._name(judged.topic)}（{judged.topic}）"
        if judged.needs_review:
            yield f"需人工复核  {'；'.join(judged.review_reasons)}"
        yield from self._section("已确认的危险", self._asserted())
        yield from self._section("已排除的危险", self._dismissed())
        yield from self._section("模型的词语", self._words())
        yield from self._section("差距", self._margins(self._explanation.margins))
        yield from self._section("最小改动", self._alternatives())

    def _section(self, name: str, lines: Iterator[str]) -> Iterator[str]:
        told = list(lines)
        if told:
            yield name
            yield from (f"  {line}" for line in told)

    def _asserted(self) -> Iterator[str]:
        for item in self._explanation.asserted:
            yield f"{item.signal.means} [{item.signal.rule}]"
            yield f"  {one_line(item.marked)}"

    def _dismissed(self) -> Iterator[str]:
        for item in self._explanation.dismissed:
            yield f"{item.signal.means}：{_why_dismissed(item.signal)} [{item.signal.rule}]"
            yield f"  {one_line(item.marked)}"
            if item.without_cue is not None:
                yield f"  若不是{_quoted(item.without_cue)}，{self._reversed(item, item.without_cue)}"

    def _reversed(self, item: Finding, alternative: Alternative) -> str:
        if self._assessment.urgency is alternative.urgency:
            return "这一项也会得到确认" + self._new_topic(alternative)
        return f"将判为{self._urgency(alternative.urgency)}" + self._new_topic(alternative)

    def _new_topic(self, alternative: Alternative) -> str:
        if alternative.topic == self._assessment.topic:
            return ""
        return f"，主题变为{self._name(alternative.topic)}"

    def _words(self) -> Iterator[str]:
        for item in self._explanation.words:
            words = "、".join(f"{one_line(word.text)} {word.weight:+.2f}" for word in item.words)
            yield f"{self._label(item.label)}：{words}"

    def _margins(self, margins: Margins | None) -> Iterator[str]:
        if margins is None:
            return
        first, second = margins.topic, margins.runner_up
        yield (
            f"主题：{self._label(first.label)} {first.probability:.2f}，"
            f"其次{self._label(second.label)} {second.probability:.2f}，相差 {margins.to_runner_up:.2f}"
        )
        side = "高出" if margins.to_threshold >= 0 else "低"
        yield (
            f"紧急：概率 {margins.urgent:.2f}，门槛 {margins.threshold:.2f}，"
            f"{side} {abs(margins.to_threshold):.2f}；复核门槛 {margins.alarm:.2f}"
        )
        by_topic = self._assessment.emergency and not self._explanation.asserted and margins.to_threshold < 0
        if by_topic:
            yield f"判为紧急，是因为主题「{self._name(self._assessment.topic)}」一律紧急"

    def _alternatives(self) -> Iterator[str]:
        found = self._explanation.alternatives
        for item in found:
            yield f"去掉{_quoted(item)}后{self._changed(item)}"
        more = "，次数已用完" if self._explanation.exhausted else ""
        tried = f"试判 {self._explanation.runs} 次{more}"
        yield f"（{tried}）" if found else f"没有找到能改变判断的改动（{tried}）"

    def _changed(self, item: Alternative) -> str:
        before, after = self._assessment.urgency, item.urgency
        if after is before:
            return f"主题变为{self._name(item.topic)}"
        if before is Urgency.URGENT:
            return f"不再是紧急，变为{self._urgency(after)}" + self._new_topic(item)
        return f"变为{self._urgency(after)}" + self._new_topic(item)

    def _urgency(self, urgency: Urgency) -> str:
        return self._taxonomy.urgency_names[urgency]

    def _name(self, topic: str) -> str:
        return self._taxonomy.topic_by_id[topic].name

    def _label(self, label: str) -> str:
        """The name of a topic or an urgency."""
        topic = self._taxonomy.topic_by_id.get(label)
        return topic.name if topic else self._urgency(Urgency(label))


def _why_dismissed(signal: Signal) -> str:
    cue = f"（「{one_line(signal.cue)}」）" if signal.cue else ""
    return STATUS_MEANINGS[signal.status] + cue


def _quoted(item: Alternative) -> str:
    return "".join(f"「{one_line(word)}」" for word in item.words)


def _to_dict(explanation: Explanation) -> dict[str, Any]:
    margins = explanation.margins
    return {
        "judgement": result_to_dict(explanation.result),
        "findings": [_finding(item) for item in explanation.findings],
        "words": [
            {
                "label": item.label,
                "words": [
                    {
                        "start": word.span.start,
                        "end": word.span.end,
                        "text": word.text,
                        "weight": round(word.weight, 4),
                    }
                    for word in item.words
                ],
            }
            for item in explanation.words
        ],
        "margins": None if margins is None else _margins_dict(margins),
        "alternatives": [_alternative(item) for item in explanation.alternatives],
        "runs": explanation.runs,
        "exhausted": explanation.exhausted,
    }


def _finding(item: Finding) -> dict[str, Any]:
    signal = item.signal
    return {
        "rule": signal.rule,
        "hazard": signal.hazard,
        "means": signal.means,
        "status": signal.status.value,
        "cue": signal.cue,
        "spans": [{"start": span.start, "end": span.end} for span in signal.spans],
        "marked": item.marked,
        "without_cue": None if item.without_cue is None else _alternative(item.without_cue),
    }


def _alternative(item: Alternative) -> dict[str, Any]:
    return {
        "spans": [{"start": span.start, "end": span.end} for span in item.spans],
        "words": list(item.words),
        "topic": item.topic,
        "urgency": item.urgency.value,
    }


def _margins_dict(margins: Margins) -> dict[str, Any]:
    return {
        "topic": margins.topic.label,
        "topic_probability": round(margins.topic.probability, 4),
        "runner_up": margins.runner_up.label,
        "runner_up_probability": round(margins.runner_up.probability, 4),
        "to_runner_up": round(margins.to_runner_up, 4),
        "urgent_probability": round(margins.urgent, 4),
        "urgent_threshold": round(margins.threshold, 4),
        "alarm_threshold": round(margins.alarm, 4),
        "to_threshold": round(margins.to_threshold, 4),
    }
