"""The rules and their figures, for a person at a terminal or for a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from triage.catalog.written_rules import WrittenRule
from triage.cli.columns import columns, one_line, percent
from triage.rulebook import Comparison, Difference, Reading, RuleScore, Scores, TopicScore
from triage.rules.rule import Rule
from triage.taxonomy import Taxonomy
from triage.types import Status

STATUS_NAMES = {
    Status.ASSERTED: "确认",
    Status.DENIED: "否认",
    Status.ASKED: "询问",
    Status.PAST: "往事",
    Status.REPORTED: "转述",
    Status.FIGURATIVE: "比喻",
    Status.NAMED: "名称",
    Status.ASSURED: "店方保证",
}
_SOURCES = {"guide": "标注指南", "regulation": "规定", "field": "实例", "review": "复核"}
_PRESENCE = {"kept": "", "new": "（新增）", "gone": "（取消）"}
_CHANGES = {"found": "多找到", "lost": "少找到", "raised": "多误报", "quieted": "少误报"}
_STATUS = {"stable": "启用", "weak": "弱", "draft": "草稿"}
_DRAFT = "（草稿）"
_LONGEST = 100


def listing(rules: Iterable[WrittenRule]) -> list[str]:
    """One line for each rule."""
    rows = [
        (
            rule.entry.id,
            rule.entry.means,
            _STATUS[rule.entry.status],
            _SOURCES[rule.entry.source],
        )
        for rule in rules
    ]
    return list(columns([("规则", "含义", "状态", "来源"), *rows]))


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be shown: all, the rules of one hazard, or one rule."""

    hazard: str | None
    rule: str | None

    @property
    def everything(self) -> bool:
        """Whether nothing was chosen."""
        return self.hazard is None and self.rule is None

    def holds(self, rule: Rule) -> bool:
        """Whether a rule is to be shown."""
        return self.hazard in (None, rule.hazard) and self.rule in (None, rule.id)


@dataclass(frozen=True)
class Report:
    """Everything measured, and how it is told; ``comparison`` is with the packaged rules."""

    reading: Reading
    scores: Scores
    comparison: Comparison | None
    version: str
    packaged_version: str | None
    taxonomy: Taxonomy
    selection: Selection
    mask: Callable[[str], str]

    def lines(self, misses: int) -> list[str]:
        """The report for people, with at most ``misses`` complaints in each list."""
        return [
            *self._heading(),
            *self._rule_table(),
            *self._topic_table(),
            *self._totals(),
            *self._changes(),
            *(self._lists(misses) if misses else ()),
        ]

    def as_dict(self) -> dict[str, Any]:
        """The report for programs: complaints by file and line, never their text."""
        scores = self.scores
        return {
            "rules_version": self.version,
            "packaged_version": self.packaged_version,
            "emergencies": scores.emergencies,
            "ordinary": scores.ordinary,
            "found": scores.found,
            "recall": scores.recall,
            "false_alarms": len(scores.false_alarms),
            "false_alarm_share": scores.false_alarm_share,
            "rules": [_rule_dict(item) for item in self._rules()],
            "topics": [_topic_dict(item) for item in self._topics()],
            "missed": [self._place(index) for index in self._missed()],
            "false_alarm_list": [self._place(index) for index in self._false_alarms()],
            "change": self._change_dict(),
        }

    def _rules(self) -> list[RuleScore]:
        return [item for item in self.scores.rules if self.selection.holds(item.rule)]

    def _topics(self) -> list[TopicScore]:
        shown = {item.rule.topic for item in self._rules()}
        return [item for item in self.scores.topics if self.selection.everything or item.topic in shown]

    def _missed(self) -> list[int]:
        ruled = {item.topic for item in self.scores.topics}
        shown = {item.topic for item in self._topics()}
        cases = self.reading.cases
        return [
            i for i in self.scores.missed if (cases[i].topic if cases[i].topic in ruled else None) in shown
        ]

    def _false_alarms(self) -> list[int]:
        shown = {item.rule.id for item in self._rules()}
        return [index for index in self.scores.false_alarms if self.reading.alarms[index] & shown]

    def _heading(self) -> Iterator[str]:
        scores = self.scores
        yield f"标注 {len(self.reading.cases)} 条：紧急 {scores.emergencies} 条，不紧急 {scores.ordinary} 条"
        against = f"，对照自带规则 {self.packaged_version}" if self.packaged_version else ""
        yield f"规则版本 {self.version}{against}"

    def _rule_table(self) -> Iterator[str]:
        rules = self._rules()
        met = [item for item in rules if not item.silent]
        yield ""
        if met:
            rows = [
                (
                    item.rule.id + (_DRAFT if item.rule.draft else ""),
                    str(item.hits),
                    str(item.false_alarms),
                    percent(item.precision),
                    str(item.alone),
                    "、".join(f"{STATUS_NAMES[status]} {count}" for status, count in item.dismissed),
                )
                for item in met
            ]
            yield from columns(
                [("规则", "报对", "误报", "准确率", "独报", "已排除"), *rows], frozenset({1, 2, 3, 4})
            )
        if len(met) < len(rules):
            yield f"没有遇到的规则：{len(rules) - len(met)} 条"

    def _topic_table(self) -> Iterator[str]:
        rows = [
            (
                self._topic_name(item.topic),
                str(item.emergencies),
                str(item.found),
                percent(item.recall),
                str(item.found_as_such),
            )
            for item in self._topics()
        ]
        yield ""
        yield from columns(
            [("主题", "紧急", "找到", "召回率", "由本主题规则"), *rows], frozenset({1, 2, 3, 4})
        )

    def _totals(self) -> Iterator[str]:
        scores = self.scores
        yield ""
        yield f"全部规则：紧急投诉找到 {scores.found} 条，占 {percent(scores.recall)}；" + (
            f"误报 {len(scores.false_alarms)} 条，占不紧急的 {percent(scores.false_alarm_share)}"
        )

    def _changes(self) -> Iterator[str]:
        if self.comparison is None:
            return
        yield ""
        yield "与自带规则相比"
        rows = [
            (item.rule.id + _PRESENCE[item.presence], *_counts(item.cases))
            for item in self.comparison.rules
            if self.selection.holds(item.rule)
        ]
        yield from columns(
            [("规则", *_CHANGES.values()), *rows, ("全部规则", *_counts(self.comparison.total))],
            frozenset({1, 2, 3, 4}),
        )

    def _lists(self, most: int) -> Iterator[str]:
        yield from self._list("漏掉的紧急投诉", self._missed(), most)
        yield from self._list("误报", self._false_alarms(), most)
        if self.comparison is not None:
            for field, name in _CHANGES.items():
                yield from self._list(f"与自带规则相比{name}", getattr(self.comparison.total, field), most)

    def _list(self, name: str, indices: Sequence[int], most: int) -> Iterator[str]:
        if not indices:
            return
        shown = f"，列出 {most} 条" if len(indices) > most else ""
        yield ""
        yield f"{name}（{len(indices)} 条{shown}）"
        for index in indices[:most]:
            case = self.reading.cases[index]
            rules = "、".join(sorted(self.reading.alarms[index]))
            about = "  ".join(part for part in (case.topic, rules and f"[{rules}]") if part)
            text = one_line(self.mask(case.text))
            yield f"  {case.file}:{case.line}  {about}  {text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}"

    def _topic_name(self, topic: str | None) -> str:
        return "其他主题" if topic is None else f"{self.taxonomy.topic_by_id[topic].name}（{topic}）"

    def _place(self, index: int) -> dict[str, Any]:
        case = self.reading.cases[index]
        return {
            "file": case.file,
            "line": case.line,
            "topic": case.topic,
            "rules": sorted(self.reading.alarms[index]),
        }

    def _change_dict(self) -> dict[str, Any] | None:
        if self.comparison is None:
            return None
        return {
            "total": self._difference_dict(self.comparison.total),
            "rules": [
                {"id": item.rule.id, "presence": item.presence, **self._difference_dict(item.cases)}
                for item in self.comparison.rules
                if self.selection.holds(item.rule)
            ],
        }

    def _difference_dict(self, difference: Difference) -> dict[str, Any]:
        return {field: [self._place(index) for index in getattr(difference, field)] for field in _CHANGES}


def _counts(difference: Difference) -> tuple[str, ...]:
    return tuple(str(len(getattr(difference, field))) for field in _CHANGES)


def _rule_dict(item: RuleScore) -> dict[str, Any]:
    return {
        "id": item.rule.id,
        "draft": item.rule.draft,
        "hits": item.hits,
        "false_alarms": item.false_alarms,
        "precision": item.precision,
        "alone": item.alone,
        "dismissed": {status.value: count for status, count in item.dismissed},
    }


def _topic_dict(item: TopicScore) -> dict[str, Any]:
    return {
        "topic": item.topic,
        "emergencies": item.emergencies,
        "found": item.found,
        "recall": item.recall,
        "found_as_such": item.found_as_such,
    }
