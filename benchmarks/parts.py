"""What is measured: the default engine, and texts that it was not trained on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from training.corpus import Corpus, load_corpus
from training.split import Part, select
from triage.bootstrap import House, build_engine
from triage.engine import Engine
from triage.settings import Settings

DATA = Path(__file__).parent.parent / "data" / "labeled"
SEED = 20_261


class Parts:
    """Everything is read at first use, so that a benchmark alone costs only what it needs.

    Reading raises :class:`triage.errors.ArtifactError` where there is no usable model.
    """

    def __init__(self, settings: Settings) -> None:
        """Measure what these settings would serve."""
        self.settings = settings

    @cached_property
    def engine(self) -> Engine:
        """The engine that is served, with its model."""
        return build_engine(self.settings)

    @cached_property
    def house(self) -> House:
        """The knowledge in force."""
        return House.from_settings(self.settings)

    @cached_property
    def corpus(self) -> Corpus:
        """All labelled complaints."""
        return load_corpus(DATA, self.house.taxonomy)

    def rounds(self, number: int, size: int) -> list[list[str]]:
        """Texts of the test part in an order that is always the same, none of them twice.

        Those that the engine would refuse as too short are left out.
        """
        least = self.settings.min_text_length
        rows = select(self.corpus.rows, Part.TEST)
        texts = list(dict.fromkeys(row.text for row in rows if len(row.text.strip()) >= least))
        random.Random(SEED).shuffle(texts)
        needed = number * size
        if len(texts) < needed:
            raise ValueError(f"{needed} texts are needed, the test part has {len(texts)}")
        return _chunks(texts[:needed], size)


def _chunks(texts: Sequence[str], size: int) -> list[list[str]]:
    return [list(texts[start : start + size]) for start in range(0, len(texts), size)]
