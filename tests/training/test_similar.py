"""The labelled data stays clean: no near-duplicates, no pattern with other nouns in it."""

from __future__ import annotations

import random
from collections.abc import Sequence, Set
from itertools import combinations
from pathlib import Path

import pytest

from training.corpus import load_corpus
from training.similar import NEAR, Pair, grams, jaccard, near_duplicates
from training.skeletons import MASK, exchangeable_words, skeleton, spans
from triage.bootstrap import House
from triage.catalog.jieba_words import load_word_counts
from triage.types import PreparedText

DATA = Path(__file__).parent.parent.parent / "data"
LEARNED_FROM = "labeled"
SETS = (LEARNED_FROM, "holdout", "challenge")


@pytest.fixture(scope="module")
def exchangeable() -> frozenset[str]:
    """Nouns and their kin."""
    return exchangeable_words(load_word_counts())


@pytest.fixture(scope="module")
def everything(house: House) -> tuple[list[str], list[PreparedText]]:
    """Place and text of every row of the project. Normalised, so that script and width hide no copy."""
    places: list[str] = []
    texts: list[PreparedText] = []
    for name in SETS:
        corpus = load_corpus(DATA / name, house.taxonomy)
        places += [f"data/{name}/{place.file}:{place.line}" for place in corpus.places()]
        texts += [house.preparer.prepare(row.text) for row in corpus.rows]
    return places, texts


def offending(places: Sequence[str], sets: Sequence[Set[str]]) -> list[str]:
    """Pairs with a row that is learned from; two rows that only measure may be alike."""
    return [
        f"{places[pair.first]} {places[pair.second]} {pair.similarity:.2f}"
        for pair in near_duplicates(sets)
        if places[pair.first].startswith(f"data/{LEARNED_FROM}/")
    ]


def test_no_two_texts_are_nearly_the_same(everything: tuple[list[str], list[PreparedText]]) -> None:
    """Not among the labelled complaints, and not between them and what measures."""
    places, texts = everything
    assert offending(places, [grams(text.text) for text in texts]) == []


def test_no_two_texts_share_a_skeleton(
    everything: tuple[list[str], list[PreparedText]], exchangeable: frozenset[str]
) -> None:
    """Nobody wrote a pattern and exchanged the nouns."""
    places, texts = everything
    words = [[token.text for token in text.tokens] for text in texts]
    assert offending(places, [spans(skeleton(row, exchangeable)) for row in words]) == []


def test_all_near_duplicates_are_found_and_nothing_else() -> None:
    """Looking up only the rarest grams gives what comparing all pairs gives."""
    source = random.Random(7)
    sets = [frozenset(source.choices("abcdefghij", k=source.randint(0, 9))) for _ in range(150)]
    expected = [
        Pair(first, second, similarity)
        for first, second in combinations(range(len(sets)), 2)
        if (similarity := jaccard(sets[first], sets[second])) > NEAR
    ]
    assert len(expected) > 20
    assert near_duplicates(sets) == expected


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("牛奶过期三天还在架上卖", "牛奶，过期三天还在架上卖！！", True),
        ("牛奶过期三天还在架上卖", "酸奶过期三天还在架上卖", True),
        ("牛奶过期三天还在架上卖", "货架上的牛奶早就过期三天了", False),
        ("好吃", "好吃!", True),
        ("……", "。。。", False),
    ],
)
def test_near_means_that_most_runs_of_four_letters_are_common(first: str, second: str, near: bool) -> None:
    """Punctuation does not count, unless there is nothing else."""
    assert bool(near_duplicates([grams(first), grams(second)])) is near


def words_of(house: House, text: str) -> list[str]:
    return [token.text for token in house.preparer.prepare(text).tokens]


def test_a_skeleton_keeps_what_is_no_noun_number_or_name(house: House, exchangeable: frozenset[str]) -> None:
    """Neighbouring nouns become one mask; punctuation goes."""
    text = words_of(house, "昨天在你们超市买了3盒鸡蛋，回家发现坏了两个。")
    assert "".join(skeleton(text, exchangeable)) == f"{MASK}在你们{MASK}买了{MASK}发现坏了{MASK}"


@pytest.mark.parametrize(
    ("second", "shared"),
    [
        ("上周在你们商场买了5瓶酱油，回家发现坏了一瓶。", True),
        ("酱油盖子松的，漏得满袋都是，洗了两遍手还有味。", False),
    ],
)
def test_texts_of_one_pattern_share_a_skeleton(
    house: House, exchangeable: frozenset[str], second: str, shared: bool
) -> None:
    """Their letters differ too much to be near-duplicates."""
    texts = ["昨天在你们超市买了3盒鸡蛋，回家发现坏了两个。", second]
    assert near_duplicates([grams(text) for text in texts]) == []
    skeletons = [skeleton(words_of(house, text), exchangeable) for text in texts]
    assert bool(near_duplicates([spans(words) for words in skeletons])) is shared


def test_a_short_skeleton_is_like_no_other() -> None:
    """Thousands of people write 「□太□了」."""
    assert near_duplicates([spans([MASK, "太", MASK, "了"])] * 2) == []
