"""What a challenger must hold against the champion: each check is a function of both answer sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from training.exam import Sheet, calls_urgent
from training.paired import Change, compare
from training.report.calibration import calibrate
from training.report.judged import Seen
from triage.models.gate import Finding

OVERALL = 0.015
"""By so much the share of right answers may be lower, with 95 % confidence, over all texts…"""
VARIANT = 0.04
"""…and over those of one variant of Chinese, of which there are fewer."""
FEWEST = 30
"""A variant of fewer texts counts in the whole only."""
PARITY = 0.03
"""By so much the distance between the best and the worst variant may grow."""
CALIBRATION = 0.02
"""By so much the expected calibration error may grow."""
UNSEEN_ERRORS = 0.02
"""By so much the share of texts with a wrong topic that nobody reviews may grow."""
FALSE_ALARMS = 0.01
"""By so much the share of ordinary texts called urgent may grow."""
NAMES = {"cn": "简体", "tw": "台湾", "hk": "香港", "yue": "粤语"}

Seens = Sequence[Seen]


def findings(champion: Sheet, challenger: Sheet) -> Iterator[Finding]:
    """All checks, in the order in which people ask."""
    yield from _accuracy(champion.test, challenger.test)
    yield from _variants(champion.test, challenger.test)
    yield _parity(champion.test, challenger.test)
    yield _golden(champion.golden, challenger.golden)
    yield from _emergencies(champion.emergencies, challenger.emergencies)
    yield _rate("误报", "误报率", _false_alarms(champion.test), _false_alarms(challenger.test), FALSE_ALARMS)
    yield from _calibration(champion.test, challenger.test)
    yield _rate(
        "免复核差错",
        "无须复核而主题错误的比例",
        _unseen_errors(champion.test),
        _unseen_errors(challenger.test),
        UNSEEN_ERRORS,
    )


def _accuracy(champion: Seens, challenger: Seens) -> Iterator[Finding]:
    for name, right in (("主题", _topic_right), ("紧急程度", _urgency_right)):
        yield _not_worse(name, compare(*_both(champion, challenger, right)), OVERALL)


def _variants(champion: Seens, challenger: Seens) -> Iterator[Finding]:
    for variant, pair in _by_variant(champion, challenger).items():
        yield _not_worse(f"主题（{NAMES[variant]}）", compare(*_both(*pair, _topic_right)), VARIANT)


def _not_worse(name: str, change: Change, bound: float) -> Finding:
    passed = change.lowest >= -bound
    return Finding(
        name=name,
        passed=passed,
        reason=f"正确率 {change.before:.3f} → {change.after:.3f}，95% 置信下最多下降 {max(-change.lowest, 0):.3f}，"
        f"{'未超过' if passed else '超过'}界限 {bound}（{change.rows} 条，新对 {change.won}，新错 {change.lost}）",
        figures={"before": change.before, "after": change.after, "lowest": change.lowest, "bound": bound},
    )


def _parity(champion: Seens, challenger: Seens) -> Finding:
    pairs = _by_variant(champion, challenger)
    before = _spread([_share(_topic_right(seen) for seen in pair[0]) for pair in pairs.values()])
    after = _spread([_share(_topic_right(seen) for seen in pair[1]) for pair in pairs.values()])
    return _rate("字体均等", "最好与最差字体的差距", before, after, PARITY)


def _golden(champion: Seens, challenger: Seens) -> Finding:
    lost = [
        number
        for number, (old, new) in enumerate(zip(champion, challenger, strict=True), start=1)
        if old.urgent and calls_urgent(old) and not calls_urgent(new)
    ]
    emergencies = sum(seen.urgent for seen in champion)
    places = "、".join(map(str, lost[:10]))
    reason = f"漏掉了现行模型认出的 {len(lost)} 条（第 {places} 条）" if lost else "没有漏掉现行模型认出的"
    return Finding(
        name="必守紧急",
        passed=not lost,
        reason=f"{emergencies} 条紧急事件，{reason}" if emergencies else "没有给出必守的紧急事件",
        figures={"emergencies": emergencies, "lost": len(lost)},
    )


def _emergencies(champion: Seens, challenger: Seens) -> Iterator[Finding]:
    for name, seen_by in (("紧急召回", calls_urgent), ("紧急或复核", _called_or_seen)):
        before, after = (_share(seen_by(seen) for seen in side) for side in (champion, challenger))
        passed = after >= before
        yield Finding(
            name=name,
            passed=passed,
            reason=f"{before:.3f} → {after:.3f}，{'未下降' if passed else '下降'}（{len(champion)} 条紧急事件）",
            figures={"before": before, "after": after},
        )


def _calibration(champion: Seens, challenger: Seens) -> Iterator[Finding]:
    for name, answers in (("主题校准", _topic_answers), ("紧急校准", _urgent_answers)):
        before, after = (calibrate(answers(side)).error or 0.0 for side in (champion, challenger))
        yield _rate(name, "校准误差", before, after, CALIBRATION)


def _rate(name: str, what: str, before: float, after: float, bound: float) -> Finding:
    """Something that should stay low."""
    passed = after - before <= bound
    return Finding(
        name=name,
        passed=passed,
        reason=f"{what} {before:.3f} → {after:.3f}，上升{'未超过' if passed else '超过'}界限 {bound}",
        figures={"before": before, "after": after, "bound": bound},
    )


def _by_variant(champion: Seens, challenger: Seens) -> dict[str, tuple[Seens, Seens]]:
    pairs: dict[str, tuple[Seens, Seens]] = {}
    for variant in NAMES:
        sides = tuple(
            [seen for seen in side if seen.row.variant == variant] for side in (champion, challenger)
        )
        if len(sides[0]) >= FEWEST:
            pairs[variant] = (sides[0], sides[1])
    return pairs


def _both(champion: Seens, challenger: Seens, right: Callable[[Seen], bool]) -> tuple[list[bool], list[bool]]:
    return [right(seen) for seen in champion], [right(seen) for seen in challenger]


def _topic_right(seen: Seen) -> bool:
    return seen.assessment.topic == seen.row.topic


def _urgency_right(seen: Seen) -> bool:
    return seen.assessment.urgency == seen.row.urgency


def _called_or_seen(seen: Seen) -> bool:
    return calls_urgent(seen) or seen.assessment.needs_review


def _false_alarms(side: Seens) -> float:
    return _share(calls_urgent(seen) for seen in side if not seen.urgent)


def _unseen_errors(side: Seens) -> float:
    return _share(not seen.assessment.needs_review and not _topic_right(seen) for seen in side)


def _topic_answers(side: Seens) -> list[tuple[float, bool]]:
    """Of the model itself: where a rule decides there is no probability."""
    return [
        (seen.prediction.topics[0].probability, seen.prediction.topics[0].label == seen.row.topic)
        for seen in side
    ]


def _urgent_answers(side: Seens) -> list[tuple[float, bool]]:
    return [(seen.urgent_probability, seen.urgent) for seen in side]


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _spread(shares: Sequence[float]) -> float:
    return max(shares) - min(shares) if shares else 0.0
