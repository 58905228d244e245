"""From the text as sent to the text that rules and models read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from triage.preprocess.aligned import Aligned, Edit
from triage.preprocess.characters import fold, squeeze
from triage.preprocess.redact import PersonalDatum
from triage.preprocess.script import ScriptConverter
from triage.preprocess.vocabulary import RegionalVocabulary

MASKED = "\ue000"
"""Stands for one masked datum in normalised text, whatever its length. A customer cannot type it: folding
removes characters of private use."""


class Normalizer:
    """Fold, squeeze, mask, Simplify, and put regional words into mainland form, keeping positions."""

    def __init__(self, converter: ScriptConverter, vocabulary: RegionalVocabulary) -> None:
        """Use these dictionaries."""
        self._converter = converter
        self._vocabulary = vocabulary

    def normalize(self, original: str, personal_data: Sequence[PersonalDatum] = ()) -> Aligned:
        """Normalise a text; ``personal_data`` are the ranges of ``original`` to be masked."""
        aligned = squeeze(fold(Aligned.identity(original)))
        if personal_data:
            aligned = _masked(aligned, personal_data)
        return self._vocabulary.replace(self._converter.convert(aligned))

    def normalize_term(self, term: str) -> str:
        """The form in which a word of the knowledge files meets normalised texts."""
        return self.normalize(term).text

    def normalize_terms(self, terms: Sequence[str]) -> list[str]:
        """As :meth:`normalize_term` for each, all at once: nothing reaches over the end of a line."""
        lines = self.normalize("\n".join(terms)).text.split("\n")
        if len(lines) == len(terms):
            return lines
        return [self.normalize_term(term) for term in terms]  # some term vanished or holds a line break


def _masked(aligned: Aligned, personal_data: Sequence[PersonalDatum]) -> Aligned:
    positions = aligned.offsets[:-1]
    edits = [
        Edit(bisect_left(positions, datum.start), bisect_left(positions, datum.end), MASKED)
        for datum in personal_data
    ]
    return aligned.rewrite([edit for edit in edits if edit.start < edit.end])
