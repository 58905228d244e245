"""Texts made to be slow, and why they are not."""

from __future__ import annotations

from collections.abc import Iterator
from re import _constants as opcodes
from re import _parser as parser
from typing import Any

import pytest

from triage.preprocess.redact import Kind, find_personal_data, mask
from triage.preprocess.redact.groups import GROUPS
from triage.preprocess.redact.scan import MAX_JUDGED

HOSTILE = [
    "1", "1 ", "9123 ", "4111 ", "(02)", "+1", "0 ", "-(", "a", "a@", "a.", "@a.", "a-", "QQ:", "路号", "路1号", "路一",
    "1栋", "1栋2单元", "地址:", "地址:啊", "王", "王先生", "姓名:王", "我叫王", "订单号A", "卡号", "车牌a1", "粤A1",
    "身份证1", "A123456(", "1\u200b", "电话1", "+8613912345678 ", "我叫王经", "姓名:王先",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_come_back(piece: str) -> None:
    """A hundred thousand characters of one pattern are read to the end; quadratic work would not end here."""
    text = piece * (100_000 // len(piece))
    assert len(mask(text, find_personal_data(text))) == len(text)


def test_numbers_beyond_the_judged_ones_are_masked_unasked() -> None:
    """Judges cost time: after the first candidates of a recogniser, the others are taken for what they seem."""
    wrong_check_digit = "B100000000,"
    data = find_personal_data(wrong_check_digit * (MAX_JUDGED + 5))
    assert [datum.kind for datum in data] == [Kind.IDENTITY_DOCUMENT] * 5
    assert data[0].start == len(wrong_check_digit) * MAX_JUDGED


def test_a_long_list_of_numbers_hides_none_of_them() -> None:
    """Whoever sends more telephone numbers than are judged has all of them masked."""
    count = MAX_JUDGED + 50
    text = "13912345678," * count
    assert mask(text, find_personal_data(text)) == "***********," * count


def repetitions(tree: Any) -> Iterator[tuple[Any, int]]:
    """Every repetition in a parsed expression: its opcode and its upper bound."""
    for opcode, argument in tree:
        if opcode in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT, opcodes.POSSESSIVE_REPEAT):
            yield opcode, argument[1]
        yield from (found for branch in branches(argument) for found in repetitions(branch))


def branches(argument: Any) -> Iterator[Any]:
    """The expressions inside an argument of an opcode."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for part in argument:
            yield from branches(part)


@pytest.mark.parametrize(
    "pattern",
    [recogniser.expression.pattern for group in GROUPS for recogniser in group.recognisers],
)
def test_all_repetition_is_bounded_or_possessive(pattern: str) -> None:
    """No expression may go back over a stretch of unbounded length: that is what makes texts hostile."""
    unbounded = [op for op, upper in repetitions(parser.parse(pattern)) if upper == opcodes.MAXREPEAT]
    assert all(op == opcodes.POSSESSIVE_REPEAT for op in unbounded)


def test_the_check_of_repetition_sees_nested_ones() -> None:
    """The check above finds an unbounded repetition inside groups and branches."""
    found = list(repetitions(parser.parse("a(?:b|(c+)d){2}")))
    assert (opcodes.MAX_REPEAT, opcodes.MAXREPEAT) in found
