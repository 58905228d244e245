"""The one preparation of a text, the same for training and serving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy

from triage.preprocess.clauses import split_clauses
from triage.preprocess.concepts import ConceptIndex
from triage.preprocess.fillers import Fillers
from triage.preprocess.normalize import Normalizer
from triage.preprocess.redact import PersonalDatum, find_masked, find_personal_data, mask
from triage.preprocess.script import ScriptConverter
from triage.preprocess.segment import Segmenter
from triage.types import PreparedText


class Preparer:
    """Turns a complaint's text into the value that rules and models read."""

    def __init__(
        self,
        *,
        normalizer: Normalizer,
        converter: ScriptConverter,
        segmenter: Segmenter,
        concepts: ConceptIndex,
        fillers: Fillers,
    ) -> None:
        """Compose the parts; :mod:`triage.catalog` builds them from the knowledge files."""
        self.normalizer = normalizer
        self.converter = converter
        self.segmenter = segmenter
        self.concepts = concepts
        self.fillers = fillers
        self._find: Callable[[str], Sequence[PersonalDatum]] = find_personal_data

    def of_masked(self) -> Preparer:
        """The same for texts that were masked when they were kept: what was masked reads as it did before."""
        other = copy(self)
        other._find = find_masked
        return other

    def prepare(self, original: str) -> PreparedText:
        """Prepare one text of any length, the empty one included."""
        personal_data = self._find(original)
        aligned = self.normalizer.normalize(original, personal_data)
        clauses = split_clauses(aligned.text)
        return PreparedText(
            original=original,
            masked=mask(original, personal_data) if personal_data else original,
            text=aligned.text,
            offsets=aligned.offsets,
            clauses=clauses,
            tokens=self.segmenter.segment(aligned.text),
            concepts=self.concepts.find(aligned.text),
            script=self.converter.detect(original),
            fillers=self.fillers.find(aligned.text, clauses),
        )

    def normalize_term(self, term: str) -> str:
        """The form in which a word of the knowledge files meets prepared texts."""
        return self.normalizer.normalize_term(term)

    def normalize_terms(self, terms: Sequence[str]) -> list[str]:
        """As :meth:`normalize_term` for each of many, faster."""
        return self.normalizer.normalize_terms(terms)
