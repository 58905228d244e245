"""The dictionary of jieba, as data for our own segmentation.

jieba itself is not imported: that would read the dictionary into a far larger table and keep a copy of it, as code
that runs when read back (``marshal``), in a folder.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from triage.errors import KnowledgeError, Problem
from triage.preprocess.segment import WordCounts

DISTRIBUTION = "jieba"
_FIELDS = 3  # word, count, part of speech


def load_word_counts() -> WordCounts:
    """Read jieba's words with their counts.

    Raises:
        KnowledgeError: jieba is not installed, or its dictionary has another form.
    """
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise KnowledgeError([Problem(DISTRIBUTION, "", "", "not installed")])
    path = Path(spec.origin).with_name("dict.txt")
    try:
        fields = path.read_text(encoding="utf-8").split()
        counts = list(map(int, fields[1::_FIELDS]))
        # A word that is given twice has its last count, and both are in the total: so jieba reads it.
        return WordCounts(dict(zip(fields[::_FIELDS], counts, strict=True)), sum(counts))
    except (OSError, ValueError) as error:
        raise KnowledgeError([Problem(str(path), "", "", f"not jieba's dictionary: {error}")]) from error
