"""The index that spares most texts the rules."""

from __future__ import annotations

from training.corpus import Corpus
from triage.preprocess.prepare import Preparer
from triage.rules.index import Candidates, PatternIndex
from triage.rules.matcher import WordFinder
from triage.rules.pattern import parse_pattern
from triage.rules.recognizer import Recognizer
from triage.rules.rule import Rule


def every_pattern_tried(rules: tuple[Rule, ...], words: set[str]) -> Candidates:
    """The same by looking at everything."""
    found = {
        number: [
            [pattern for pattern in group if all(step & words for step in pattern.steps)]
            for group in rule.groups
        ]
        for number, rule in enumerate(rules)
    }
    return {number: groups for number, groups in found.items() if all(groups)}


def test_the_index_finds_what_trying_every_pattern_finds(
    corpus: Corpus, preparer: Preparer, recognizer: Recognizer
) -> None:
    """The same rules and patterns, in the same order, for labelled texts and all packaged rules."""
    index = PatternIndex(recognizer.rules)
    finder = WordFinder(
        word
        for rule in recognizer.rules
        for group in rule.groups
        for pattern in group
        for step in pattern.steps
        for word in step
    )
    met = 0
    for row in corpus.rows[::20]:
        words = finder.words(finder.matches(preparer.prepare(row.text).text))
        candidates = index.candidates(words)
        assert list(candidates.items()) == list(every_pattern_tried(recognizer.rules, words).items())
        met += bool(candidates)
    assert met > 100


def test_a_pattern_with_one_step_twice_is_found() -> None:
    """「火 ..3 火」 has two steps of the same words."""
    pattern = parse_pattern("火 ..3 火", {}, str.strip)
    rule = Rule("fire.x", "fire", None, "", ((pattern,),), "clause", (), frozenset())
    assert PatternIndex([rule]).candidates({"火"}) == {0: [[pattern]]}
    assert PatternIndex([rule]).candidates({"水"}) == {}
