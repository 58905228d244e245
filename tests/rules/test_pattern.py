"""The language of hazard patterns."""

from __future__ import annotations

import pytest

from triage.rules.pattern import MAX_ALTERNATIVES, MAX_STEPS, MAX_WORD, PatternError, parse_pattern

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


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("煤气 ..31 漏", "a gap of 31 characters"),
        (" ..3 ".join("火" * (MAX_STEPS + 1)), "7 steps"),
        ("|".join(map(str, range(MAX_ALTERNATIVES + 1))), "3001 alternatives"),
        ("火" * (MAX_WORD + 1), "a word of 31 characters"),
    ],
)
def test_a_pattern_that_could_run_away_is_refused(source: str, why: str) -> None:
    """The work for each character of a text is bounded by what a pattern may hold; no more than that is read."""
    with pytest.raises(PatternError, match=why):
        parse_pattern(source, {}, str.strip)


def test_the_reach_is_that_of_the_longest_words_and_widest_gaps() -> None:
    """What decides about a pattern stands inside its reach."""
    assert parse_pattern("煤气|液化气 ..6 漏|泄漏", {}, str.strip).reach == 3 + 6 + 2
