"""Labelled JSON Lines → cases on which rules are measured."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from triage.cli.files import parse_object
from triage.errors import InputError, Problem, TriageError
from triage.rulebook import Case
from triage.types import Urgency

_LEVELS = "、".join(Urgency)


def read_labelled(
    paths: Sequence[Path], topics: Collection[str]
) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Every line that can be used, and what is wrong with the others; blank lines are skipped.

    A line has ``text``, ``urgency`` or ``emergency``, and, if known, ``topic``; other fields are ignored.

    Raises:
        TriageError: a file cannot be opened.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    for path in paths:
        for number, line in _lines(path):
            try:
                cases.append(_case(path, number, parse_object(line), topics))
            except InputError as error:
                problems.append(Problem(str(path), f"第 {number} 行", error.field, error.message))
    return tuple(cases), tuple(problems)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            yield from ((number, line) for number, line in enumerate(file, start=1) if line.strip())
    except OSError as error:
        raise TriageError(f"{path}: {error.strerror}") from error


def _case(path: Path, number: int, record: dict[str, Any], topics: Collection[str]) -> Case:
    return Case(str(path), number, _text(record), _topic(record, topics), _emergency(record))


def _text(record: dict[str, Any]) -> str:
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError("text", "须为字符串" if "text" in record else "缺少这个字段")
    if not text.strip():
        raise InputError("text", "文本为空")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError("text", "文本含有不成对的代理码位，不是有效的 Unicode") from None
    return text


def _topic(record: dict[str, Any], topics: Collection[str]) -> str | None:
    topic = record.get("topic")
    if topic is not None and (not isinstance(topic, str) or topic not in topics):
        raise InputError("topic", "没有这个主题")
    return topic


def _emergency(record: dict[str, Any]) -> bool:
    urgency, emergency = record.get("urgency"), record.get("emergency")
    if urgency is None and emergency is None:
        raise InputError("urgency", "缺少这个字段（也可以给 emergency）")
    if urgency is not None and urgency not in list(Urgency):
        raise InputError("urgency", f"只能是 {_LEVELS}")
    if emergency is not None and not isinstance(emergency, bool):
        raise InputError("emergency", "须为 true 或 false")
    urgent = urgency == Urgency.URGENT
    if urgency is not None and emergency is not None and urgent is not emergency:
        raise InputError("emergency", "与 urgency 不一致")
    return urgent if emergency is None else emergency
