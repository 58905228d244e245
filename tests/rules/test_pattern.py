"""The language of hazard patterns."""

from __future__ import annotations

import pytest

from triage.rules.pattern import PatternError, parse_pattern

CONCEPTS = {"insect.kind": ("蟑螂", "苍蝇")}


def parse(source: str) -> tuple[tuple[frozenset[str], ...], tuple[int, ...]]:
    pattern = parse_pattern(source, CONCEPTS, str.strip)
    return pattern.steps, pattern.gaps


def test_a_word_is_a_pattern() -> None:
    """The simplest pattern is one step without gaps."""
    assert parse("煤气味") == ((frozenset({"煤气味"}),), ())


def test_steps_alternatives_and_gaps() -> None:
    """`|` separates alternatives, ` ..N ` allows N characters between two steps."""
    assert parse("煤气|瓦斯 ..6 漏|泄") == ((frozenset({"煤气", "瓦斯"}), frozenset({"漏", "泄"})), (6,))


def test_a_concept_stands_for_all_its_words() -> None:
    """Word families are written once, in the lexicon."""
    steps, _ = parse("{insect.kind}|虫 ..4 汤")
    assert steps[0] == {"蟑螂", "苍蝇", "虫"}


@pytest.mark.parametrize("source", ["", "a|", "煤气..6漏", "{unknown.one}", "a ..31 b", "{insect.kind"])
def test_what_cannot_be_read_is_refused(source: str) -> None:
    """A rule owner learns of a slip at once, not in the night it matters."""
    with pytest.raises(PatternError):
        parse(source)
