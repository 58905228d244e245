"""Clauses: the stretches in which a denial or a question holds."""

from __future__ import annotations

import re

from triage.preprocess.characters import CJK
from triage.types import Clause

# A full stop inside a number is none; a space separates only between ideographs (「服务差 菜也冷」).
# 「、」 joins items of one list: a denial before the list holds for all of them, so it is no border.
_SENTENCE_END = r"[。!?\n…]|(?<!\d)\.(?!\d)"
_CLAUSE_END = rf"[;,]|(?<=[{CJK}]) (?=[{CJK}])"
# Words of contrast or addition begin a clause of their own, with or without a comma before them.
_TURN = r"(?<=.)(?=(?<![不非])但是|(?<![不非])但(?!是|愿)|可是|不过(?!期|关|来|去)|而且|另外|然而|结果)"
_BORDER = re.compile(rf"(?P<sentence>{_SENTENCE_END})|(?P<clause>{_CLAUSE_END})|(?P<turn>{_TURN})")


def split_clauses(text: str) -> tuple[Clause, ...]:
    """Cut normalised ``text`` into clauses without their separators; empty ones are left out."""
    clauses: list[Clause] = []
    start = sentence = 0
    for border in _BORDER.finditer(text):
        if start < border.start():
            clauses.append(Clause(start, border.start(), sentence))
        start = border.end()
        if border.lastgroup == "sentence":
            sentence += 1
    if start < len(text):
        clauses.append(Clause(start, len(text), sentence))
    return tuple(clauses)
