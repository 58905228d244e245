"""Words of knowledge files, normalised together."""

from __future__ import annotations

import pytest

from triage.bootstrap import House
from triage.catalog.files import KnowledgeFiles
from triage.catalog.terms import term_normalizer
from triage.preprocess.prepare import Preparer


def words_of(files: KnowledgeFiles, folder: str) -> list[str]:
    found = []
    for name in files.names(folder):
        for entry in files.read(name):
            found += entry["words"]
    return found


def test_together_gives_what_one_by_one_gives(house: House, preparer: Preparer) -> None:
    """No word of the lexicon reaches over into its neighbour."""
    words = words_of(house.files, "concepts")[::7]
    assert len(words) > 2_000
    assert preparer.normalize_terms(words) == [preparer.normalize_term(word) for word in words]


@pytest.mark.parametrize("terms", [[], ["瓦斯"], ["", "瓦斯"], ["瓦\n斯", "火"], ["\u200b", "冇", "火 "]])
def test_odd_terms_are_kept_apart(preparer: Preparer, terms: list[str]) -> None:
    """Empty terms and line breaks do not shift the others."""
    assert preparer.normalize_terms(terms) == [preparer.normalize_term(term) for term in terms]


def test_words_that_were_not_foreseen_are_normalised_too(preparer: Preparer) -> None:
    """The table is a shortcut, not a limit."""
    normalize = term_normalizer(preparer, {"any": ["瓦斯|煤氣 ..3 漏"]})
    assert (normalize("瓦斯"), normalize("煤氣"), normalize("冇")) == ("煤气", "煤气", "没有")
