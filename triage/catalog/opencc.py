"""The dictionaries of opencc-python-reimplemented, as data for our own converter."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from functools import cache
from pathlib import Path

from triage.errors import KnowledgeError, Problem
from triage.preprocess.aligned import Aligned
from triage.preprocess.script import Dictionary, ScriptConverter

DISTRIBUTION = "opencc-python-reimplemented"

# Variants of both regions first, then Traditional to Simplified: `tw2sp` and `hk2s` at once, but for the words
# of `TWPhrasesRev`, which the regional vocabulary applies to Simplified characters.
_VARIANTS = ("TWVariantsRevPhrases", "HKVariantsRevPhrases", "TWVariantsRev", "HKVariantsRev")
_SIMPLIFIED = ("TSPhrases", "TSCharacters")

# Everyday characters of both scripts that the variants of Taiwan and Hong Kong turn into rare ones.
REPAIRS = {"幺": "么", "擡": "抬"}


def load_converter() -> ScriptConverter:
    """Build the converter from Traditional (Taiwan, Hong Kong) to Simplified."""
    return ScriptConverter(
        groups=[*([_first_values(name) for name in group] for group in (_VARIANTS, _SIMPLIFIED)), [REPAIRS]],
        traditional=_only_here("TSCharacters", "STCharacters"),
        simplified=_only_here("STCharacters", "TSCharacters"),
    )


def load_taiwan_phrases(converter: ScriptConverter) -> Dictionary:
    """Taiwanese words and their mainland form, both in Simplified characters."""
    simplified = {
        converter.convert(Aligned.identity(key)).text: converter.convert(Aligned.identity(value)).text
        for key, value in _first_values("TWPhrasesRev").items()
    }
    return {key: value for key, value in simplified.items() if key != value}


def _first_values(name: str) -> Dictionary:
    """One dictionary; of several conversions the first is taken, as OpenCC does."""
    return {key: values[0] for key, values in _entries(name).items()}


def _only_here(name: str, opposite: str) -> frozenset[str]:
    """Characters that conversion ``name`` changes and that the other script never uses (not 后 里 面)."""
    entries, others = _entries(name), _entries(opposite)
    results = {value for values in entries.values() for value in values}
    return frozenset(
        key
        for key, values in entries.items()
        if key not in values and key not in results and key not in others
    )


@cache
def _entries(name: str) -> dict[str, list[str]]:
    path = _folder() / "dictionary" / f"{name}.txt"
    if not path.is_file():
        message = f"`opencc` in use is not {DISTRIBUTION}; another package has replaced it, reinstall it"
        raise KnowledgeError([Problem(str(path), "", "", message)])
    lines = path.read_text(encoding="utf-8").strip().split("\n")
    return {key: values.split(" ") for key, values in (line.split("\t") for line in lines)}


def _folder() -> Path:
    spec = importlib.util.find_spec("opencc")
    if spec is None or spec.origin is None:
        raise KnowledgeError([Problem(DISTRIBUTION, "", "", "not installed")])
    return Path(spec.origin).parent


def version() -> str:
    """Version of the package whose dictionaries are used."""
    return importlib.metadata.version(DISTRIBUTION)
