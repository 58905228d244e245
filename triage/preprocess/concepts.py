"""Words of the concept lexicon, found in one pass over the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from triage.types import ConceptHit


class ConceptIndex:
    """All words of all concepts in one automaton; overlapping words are all found."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        """``concepts`` maps concept ids to normalised words."""
        by_word: dict[str, list[str]] = {}
        for concept, words in concepts.items():
            for word in words:
                by_word.setdefault(word, []).append(concept)
        self._concepts = list(by_word.values())
        self._automaton = AhoCorasick(list(by_word), matchkind=MatchKind.Standard)

    def find(self, text: str) -> tuple[ConceptHit, ...]:
        """Every lexicon word in normalised ``text``, by its end position."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return tuple(
            ConceptHit(concept, start, end) for word, start, end in hits for concept in self._concepts[word]
        )
