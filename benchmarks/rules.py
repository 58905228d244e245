"""The rules alone, and texts made to be slow."""

from __future__ import annotations

import random
from itertools import islice
from typing import NamedTuple

from benchmarks import report
from benchmarks.clock import seconds_of, take_turns
from benchmarks.parts import SEED, Parts
from triage.types import PreparedText

ROUNDS = 4
TEXTS = 300
SHORT, LONG = 10_000, 100_000

HOSTILE = {
    "one character": "火",
    "a danger": "着火了",
    "denied dangers": "没有着火,",
    "questions": "如果着火了怎么办?",
    "parts of names": "火锅店打火机",
    "openings of patterns": "煤气煤气罐阀门",
    "digits": "138",
    "marks": "!?。,",
    "white space": " \n",
    "letters and @": "a@",
    "Traditional": "樓下麵包發霉",
    "full width": "ＡＢ１２",
    "patterns without their end": "孩子吃了",
    "cues": "没有如果听说去年像",
    "past and settled": "上次吃了拉肚子已经解决。",
    "comparisons": "像着火一样",
    "assured": "店员说没有着火。",
    "one clause": "老鼠咬坏了袋子我家里人看到以后很害怕",
    "short sentences": "火。",
    "emoji": "😱🔥",
    "zero width": "着\u200b火\u200b",
    "strewn with marks": "着.火.了.",
    "telephone numbers": "13912345678,",
    "like e-mail addresses": "abc.def@",
}


def run(parts: Parts) -> None:
    """Print the median of ordinary texts, and how hostile ones grow with their length."""
    report.heading("Rules")
    recognizer, preparer = parts.house.recognizer, parts.house.preparer
    rounds = [[preparer.prepare(text) for text in texts] for texts in parts.rounds(ROUNDS, TEXTS)]
    measured = take_turns({"recognise": recognizer.recognize}, rounds)["recognise"]
    report.times("recognise", measured)
    report.goal("one text", measured.median * 1e3, "ms", at_most=0.2)
    _hostile(parts)


class _Growth(NamedTuple):
    """Seconds at the greater length, and times as long for each character as at the smaller one."""

    seconds: float
    factor: float


def _hostile(parts: Parts) -> None:
    report.note(f"hostile texts of {LONG:,} characters; × = time by character against {SHORT:,} characters:")
    worst = {"prepare": 0.0, "recognise": 0.0}
    slowest = 0.0
    for name, piece in {**HOSTILE, "everyday words, shuffled": _shuffled(parts)}.items():
        prepare, recognise = _growth(parts, piece)
        report.note(
            f"  {name:<26} prepare {prepare.seconds:6.2f} s  {prepare.factor:5.2f} ×"
            f"   recognise {recognise.seconds:6.2f} s  {recognise.factor:5.2f} ×"
        )
        worst["prepare"] = max(worst["prepare"], prepare.factor)
        worst["recognise"] = max(worst["recognise"], recognise.factor)
        slowest = max(slowest, recognise.seconds)
    report.goal("the slowest of them to recognise", slowest * 1e3, "ms", at_most=50)
    for step, factor in worst.items():
        report.goal(f"{step} grows with the length", factor, "×", at_most=2)


def _growth(parts: Parts, piece: str) -> tuple[_Growth, _Growth]:
    short, long = (_seconds(parts, (piece * (size // len(piece) + 1))[:size]) for size in (SHORT, LONG))
    scale = SHORT / LONG
    prepare, recognise = (_Growth(b, b / a * scale) for a, b in zip(short, long, strict=True))
    return prepare, recognise


def _seconds(parts: Parts, text: str) -> tuple[float, float]:
    """The best of three, because a single run of a few milliseconds is shaky."""
    found: list[PreparedText] = []
    prepare = min(seconds_of(lambda: found.append(parts.house.preparer.prepare(text))) for _ in range(3))
    recognise = min(seconds_of(lambda: parts.house.recognizer.recognize(found[0])) for _ in range(3))
    return prepare, recognise


def _shuffled(parts: Parts) -> str:
    characters = list("".join(row.text for row in islice(parts.corpus.rows, 2_000)))
    random.Random(SEED).shuffle(characters)
    return "".join(characters)
