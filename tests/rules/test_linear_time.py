"""Long and hostile texts: the work grows with the length, and nothing that stands in the text is lost.

Nothing here is timed. What is counted is how often the parts look; the times are those of the benchmarks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from triage.preprocess.clauses import split_clauses
from triage.preprocess.prepare import Preparer
from triage.rules.fresh import LEAST, LONG, find_fresh
from triage.rules.layout import Layout
from triage.rules.matcher import Hits, WordFinder
from triage.rules.occurrences import find_occurrences
from triage.rules.pattern import parse_pattern
from triage.rules.places import Place, Places
from triage.rules.recognizer import Recognizer
from triage.types import Status

DECOYS = [
    "没有着火,",
    "没有着火。",
    "火锅很好吃",
    "店员说不会着火,",
    "如果着火了怎么办?",
    "听说别的商场着火了。",
    "像着火一样",
    "去年着火,已经解决了。",
]


class CountedPlaces(Sequence[Place]):
    """Places that count how often they are looked at."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self.looks = 0

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> Place:  # type: ignore[override]
        self.looks += 1
        return self._places[index]


class CountingHits(Hits):
    """Hits that hand out counted places."""

    def __init__(self, hits: Hits, steps: Sequence[frozenset[str]]) -> None:
        self._counted = {step: CountedPlaces(hits.of(step).all) for step in steps}

    def of(self, words: frozenset[str]) -> Places:
        """As those of the text, counted."""
        return Places(self._counted[words], max(map(len, words)))

    def looks(self) -> int:
        """How often any of them was looked at."""
        return sum(places.looks for places in self._counted.values())


def looks(source: str, text: str) -> int:
    """How many places are looked at to find all occurrences of a pattern."""
    pattern = parse_pattern(source, {}, str.strip)
    finder = WordFinder(word for step in pattern.steps for word in step)
    hits = CountingHits(finder.find(text), pattern.steps)
    list(find_occurrences(pattern, hits, ()))
    return hits.looks()


@pytest.mark.parametrize(
    ("source", "piece", "end"),
    [
        ("吃 ..30 吐", "吃", ""),
        ("孩子 ..30 吃 ..30 吐", "孩子吃了", "吐"),
        ("火 ..30 火 ..30 火 ..30 火 ..30 灾", "火", "一灾"),
        ("火 ..30 火 ..30 火 ..30 火 ..30 灾", "火", ""),
        ("火|灾 ..30 灾|火 ..30 火 ..3 水", "火灾", "一二三四水"),
    ],
)
def test_looks_at_words_grow_with_the_length(source: str, piece: str, end: str) -> None:
    """Ten times the text takes about ten times the looks, whatever could be combined in it."""
    short, long = (looks(source, piece * times + end) for times in (300, 3_000))
    assert long <= 15 * max(short, 300)


def characters_to_read(text: str) -> int:
    fresh = find_fresh(text, Layout(split_clauses(text)), reach=130)
    return sum(end - start for start, end in fresh.stretches)


@pytest.mark.parametrize("piece", DECOYS)
def test_copies_are_read_once(piece: str) -> None:
    """Ten times as many copies leave no more to read."""
    few, many = (characters_to_read(piece * (size // len(piece))) for size in (10_000, 100_000))
    assert many <= few + LEAST
    assert many < LONG


def test_a_text_without_copies_is_read_whole() -> None:
    """Only what stands in the text twice, neighbourhood included, is skipped."""
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 2 * LONG)))
    assert characters_to_read(text) == len(text)


Outcome = set[tuple[str, Status]]


@pytest.fixture(scope="module")
def outcome(preparer: Preparer, recognizer: Recognizer) -> Callable[[str], Outcome]:
    def find(text: str) -> Outcome:
        return {(signal.rule, signal.status) for signal in recognizer.recognize(preparer.prepare(text))}

    return find


def asserted(outcome: Outcome) -> set[str]:
    return {rule for rule, status in outcome if status is Status.ASSERTED}


@pytest.mark.parametrize("decoy", DECOYS)
def test_thousands_of_decoys_hide_no_emergency(outcome: Callable[[str], Outcome], decoy: str) -> None:
    """A danger is found between any number of harmless ones, and the harmless ones stay harmless."""
    decoys = decoy * 2_000
    assert asserted(outcome(decoys)) == set()
    # A sentence between, because a time that is past reaches into the next one.
    for text in ("{0}。你好。三楼着火了快来人。{0}", "{0}。你好。三楼着火了快来人", "三楼着火了快来人。{0}"):
        assert "fire.flame.now" in asserted(outcome(text.format(decoys)))


@pytest.mark.parametrize(
    "text",
    [
        "没有着火,",
        "孩子吃了面包,拉肚子了,店员说没有问题。",
        "去年地滑摔断了腿。早就赔了。面包发霉。",
        "如果着火了往哪跑?",
        "难道没看到着火了吗",
        "店员说不会着火但是仓库冒烟",
    ],
)
def test_copies_change_no_status(outcome: Callable[[str], Outcome], text: str) -> None:
    """A text of very many copies is judged like one of a few, which is read whole."""
    few = text * (LONG // len(text) - 1)
    assert outcome(text * (5 * LONG // len(text))) == outcome(few)
