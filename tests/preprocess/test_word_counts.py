"""The dictionary that stays the text it was written in."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from triage.catalog.jieba_words import load_word_counts
from triage.preprocess.word_counts import LEAST_COUNT, WordCounts, index_word_counts

LINES = """电 500 n
电梯 12 n
𠮷野家 3 nz
电池 7 n
电梯 40 n
ab 2 eng
"""


@pytest.fixture
def counts() -> WordCounts:
    return index_word_counts(LINES)


def test_words_are_found_by_their_first_character(counts: WordCounts) -> None:
    """Wherever in the text their lines stand; of a word that is given twice the last count holds."""
    assert counts.beginning_with("电") == {"电": 500, "电梯": 40, "电池": 7}
    assert counts.beginning_with("𠮷") == {"𠮷野家": 3}
    assert counts.beginning_with("无") == {}


def test_the_total_counts_every_line(counts: WordCounts) -> None:
    """Both counts of a word that is given twice are in it: so jieba reads its dictionary."""
    assert counts.total == 500 + 12 + 3 + 7 + 40 + 2


def test_one_count_is_found_without_the_others(counts: WordCounts) -> None:
    """Only whole words have one; nothing is found across the borders of fields and lines."""
    assert counts.count("电梯") == 40
    assert counts.count("ab") == 2
    others = ["电梯门", "梯", "", "电 500", "n\n电梯", "电池 7 n\n电梯"]
    assert not any(map(counts.count, others))


def test_a_word_of_our_own_is_not_rare(counts: WordCounts) -> None:
    """It has the count that it had, or the least one; the total grows by that."""
    more = counts.including(["电梯", "充电宝", "电"])
    assert more.beginning_with("电") == {"电": LEAST_COUNT, "电梯": LEAST_COUNT, "电池": 7}
    assert more.count("充电宝") == LEAST_COUNT
    assert more.total == counts.total + 3 * LEAST_COUNT
    assert counts.count("充电宝") == 0


def test_more_words_of_our_own_join_the_earlier_ones(counts: WordCounts) -> None:
    """Those stay as they were."""
    more = counts.including(["电梯"]).including(["电工"])
    assert more.beginning_with("电") == {"电": 500, "电梯": LEAST_COUNT, "电池": 7, "电工": LEAST_COUNT}


def test_a_missing_line_feed_at_the_end_is_no_fault() -> None:
    """Some editors leave it out."""
    assert index_word_counts("电梯 12 n").count("电梯") == 12


@pytest.mark.parametrize(
    "line", ["电梯", "电梯 12", "电梯  n", " 12 n", "电 梯 12 n", "电梯 1x n", "电梯 ١ n", "电梯 0 n", ""]
)
def test_a_line_of_another_form_is_named(line: str) -> None:
    """No word, no count, a count that is none or nothing, a field too many."""
    with pytest.raises(ValueError, match=r"^line 2 "):
        index_word_counts(f"电池 7 n\n{line}\n电 500 n\n电工 9 n\n")


def test_faults_that_make_up_for_each_other_are_found() -> None:
    """A space too many in one line, one too few in the next."""
    with pytest.raises(ValueError, match=r"^line 1 "):
        index_word_counts("电池 7 n x\n电梯 12\n")
    with pytest.raises(ValueError, match=r"^line 1 "):
        index_word_counts("电池 7\n电梯 12 n x\n")


def test_jiebas_whole_dictionary_is_read() -> None:
    """Every word has the count that a plain reading of the file gives it."""
    spec = importlib.util.find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    fields = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").split()
    expected = dict(zip(fields[::3], map(int, fields[1::3]), strict=True))
    counts = load_word_counts()
    found: dict[str, int] = {}
    for character in {word[0] for word in expected}:
        found.update(counts.beginning_with(character))
    assert found == expected
    assert counts.total == sum(map(int, fields[1::3]))
