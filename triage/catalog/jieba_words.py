"""The dictionary of jieba, as data for our own segmentation.

jieba itself is not imported: that would read the dictionary into a far larger table and keep a copy of it, as code
that runs when read back (``marshal``), in a folder.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from triage.errors import KnowledgeError, Problem
from triage.preprocess.word_counts import WordCounts, index_word_counts

DISTRIBUTION = "jieba"


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
        return index_word_counts(path.read_bytes().decode())
    except (OSError, ValueError) as error:
        raise KnowledgeError([Problem(str(path), "", "", f"not jieba's dictionary: {error}")]) from error
