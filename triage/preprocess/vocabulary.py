"""Regional and misspelt words in their mainland form: 行动电源 → 充电宝, 咗 → 了, 着伙了 → 着火了.

The pass runs on Simplified characters, on texts of every region, after the change of script. So a word gets
the same form whichever script it was typed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from triage.preprocess.aligned import Aligned, Edit


class RegionalVocabulary:
    """Leftmost-longest replacement of whole words, in one pass."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """``words`` maps regional and misspelt words, in Simplified characters, to mainland ones."""
        self._values = list(words.values())
        self._latin = frozenset(
            number for number, word in enumerate(words) if _is_latin(word[0]) or _is_latin(word[-1])
        )
        self._automaton = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)

    def replace(self, aligned: Aligned) -> Aligned:
        """Replace every word found; Latin ones only where they are no part of a longer one."""
        hits = self._automaton.find_matches_as_indexes(aligned.text)
        if not hits:
            return aligned
        values = self._values
        if self._latin.isdisjoint(word for word, _, _ in hits):
            return aligned.rewrite((start, end, values[word]) for word, start, end in hits)
        return aligned.rewrite(self._edits_of_latin(aligned.text, hits))

    def _edits_of_latin(self, text: str, hits: Iterable[tuple[int, int, int]]) -> list[Edit]:
        """Edits where some of the words begin or end in Latin letters.

        A space beside a Latin word is typography. It goes with the word, for between ideographs it would end a
        clause.
        """
        edits: list[Edit] = []
        for word, start, end in hits:
            if word not in self._latin:
                edits.append(Edit(start, end, self._values[word]))
            elif not _cuts_latin(text, start) and not _cuts_latin(text, end):
                spaced_before = _is_latin(text[start]) and text[start - 1 : start] == " "
                if spaced_before and not (edits and edits[-1].end == start):
                    edits.append(Edit(start - 1, start, ""))
                edits.append(Edit(start, end, self._values[word]))
                if _is_latin(text[end - 1]) and text[end : end + 1] == " ":
                    edits.append(Edit(end, end + 1, ""))
        return edits


def _cuts_latin(text: str, border: int) -> bool:
    """Whether Latin letters or digits stand on both sides of a position."""
    return 0 < border < len(text) and _is_latin(text[border - 1]) and _is_latin(text[border])


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
