"""Regional words in their mainland form: 行动电源 → 充电宝, 咗 → 了.

The pass runs on Simplified characters, on texts of every region, after the change of script. So a word gets
the same form whichever script it was typed in.
"""

from __future__ import annotations

from collections.abc import Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from triage.preprocess.aligned import Aligned, Edit


class RegionalVocabulary:
    """Leftmost-longest replacement of whole words, in one pass."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """``words`` maps regional words, in Simplified characters, to mainland ones."""
        self._values = list(words.values())
        self._automaton = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)

    def replace(self, aligned: Aligned) -> Aligned:
        """Replace every regional word found."""
        hits = self._automaton.find_matches_as_indexes(aligned.text)
        if not hits:
            return aligned
        values = self._values
        return aligned.rewrite([Edit(start, end, values[word]) for word, start, end in hits])
