"""Patterns met in texts."""

from __future__ import annotations

from triage.rules.matcher import WordFinder
from triage.rules.occurrences import Occurrence, find_occurrences
from triage.rules.pattern import parse_pattern


def find(source: str, text: str, sentence_ends: tuple[int, ...] = ()) -> list[Occurrence]:
    pattern = parse_pattern(source, {}, str.strip)
    finder = WordFinder(word for step in pattern.steps for word in step)
    return list(find_occurrences(pattern, finder.find(text), sentence_ends))


def test_the_gap_is_counted_in_characters() -> None:
    """Six characters fit into a gap of six, seven do not."""
    assert find("燃气 ..6 漏", "燃气一二三四五六漏")
    assert not find("燃气 ..6 漏", "燃气一二三四五六七漏")


def test_steps_stand_in_order() -> None:
    """What comes first in the pattern comes first in the text."""
    assert not find("燃气 ..6 漏", "漏了燃气")


def test_a_gap_does_not_cross_a_sentence() -> None:
    """「燃气费涨了。水管在漏」 is no gas leak."""
    assert not find("燃气 ..9 漏", "燃气费涨了。水管在漏", sentence_ends=(6,))


def test_a_later_hit_is_tried_where_the_nearest_leads_nowhere() -> None:
    """The search goes back."""
    (found,) = find("吃 ..4 面 ..2 吐", "吃面和面就吐")
    assert (found.start, found.end) == (0, 6)


def test_overlapping_words_are_all_found() -> None:
    """「煤气味」 holds 煤气 and 气味; Chinese has no borders to choose one."""
    assert find("煤气", "煤气味")
    assert find("气味", "煤气味")


def test_every_occurrence_is_found_however_many_stand_before_it() -> None:
    """Repetition hides nothing."""
    found = find("火 ..3 灾", "火灾" * 5_000 + "一二三四五" + "火灾")
    assert len(found) == 5_001
    assert found[-1].end == 10_007
