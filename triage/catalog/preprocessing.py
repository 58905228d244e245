"""The dictionaries of the preprocessing → the preparation of texts."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from triage.catalog import opencc
from triage.catalog.files import KnowledgeFiles
from triage.catalog.schema import (
    ConceptEntry,
    ProbesFile,
    VocabularyFile,
    WordsFile,
    raise_if_any,
    validate,
    validate_list,
)
from triage.errors import Problem
from triage.models.features import find_features
from triage.preprocess.concepts import ConceptIndex
from triage.preprocess.normalize import Normalizer
from triage.preprocess.prepare import Preparer
from triage.preprocess.script import ScriptConverter
from triage.preprocess.segment import Segmenter
from triage.preprocess.vocabulary import RegionalVocabulary

VOCABULARY = "vocabulary/regional.yaml"
WORDS = "vocabulary/retail_words.yaml"
PROBES = "probes.yaml"

Concepts = Mapping[str, Sequence[str]]


class Preprocessing(NamedTuple):
    """The preparation, the concept lexicon (normalised words by concept id), and what names them both.

    A model is only used with the preprocessing it was trained with.
    """

    preparer: Preparer
    concepts: Concepts
    fingerprint: str


def load_preprocessing(files: KnowledgeFiles, cache_folder: Path) -> Preprocessing:
    """Build the preparation of texts.

    ``cache_folder`` keeps jieba's parsed dictionary and must be private to the user.

    Raises:
        KnowledgeError: naming every wrong entry of vocabulary, words and concepts.
    """
    converter = opencc.load_converter()
    normalizer = Normalizer(converter, RegionalVocabulary(load_vocabulary(files, converter)))
    concepts = load_concepts(files, normalizer)
    preparer = Preparer(
        normalizer=normalizer,
        converter=converter,
        segmenter=Segmenter(_load_words(files, normalizer), cache_folder),
        concepts=ConceptIndex(concepts),
    )
    return Preprocessing(preparer, concepts, fingerprint(files, preparer))


def load_vocabulary(files: KnowledgeFiles, converter: ScriptConverter) -> dict[str, str]:
    """Regional words → mainland words: OpenCC's Taiwanese phrases without the refused ones, then ours."""
    path = str(files.path(VOCABULARY))
    problems: list[Problem] = []
    content = validate(VocabularyFile, files.read(VOCABULARY), path, problems)
    raise_if_any(problems)
    assert content is not None
    words = opencc.load_taiwan_phrases(converter)
    words = {key: value for key, value in words.items() if key not in content.refused}
    own: dict[str, str] = {}
    for group in content.groups:
        for key, value in group.words.items():
            if own.setdefault(key, value) != value:
                problems.append(Problem(path, group.id, key, f"already mapped to 「{own[key]}」"))
    raise_if_any(problems)
    return {**words, **own}


def load_concepts(files: KnowledgeFiles, normalizer: Normalizer) -> Concepts:
    """The concept lexicon, its words in the form in which they meet normalised texts."""
    problems: list[Problem] = []
    concepts: dict[str, tuple[str, ...]] = {}
    for name in files.names("concepts"):
        path = str(files.path(name))
        for entry in validate_list(ConceptEntry, files.read(name), path, problems):
            if entry.id in concepts:
                problems.append(Problem(path, entry.id, "id", "given twice"))
            normalized = (normalizer.normalize_term(word) for word in entry.words)
            concepts[entry.id] = tuple(dict.fromkeys(word for word in normalized if word))
    raise_if_any(problems)
    return concepts


def _load_words(files: KnowledgeFiles, normalizer: Normalizer) -> list[str]:
    path = str(files.path(WORDS))
    problems: list[Problem] = []
    content = validate(WordsFile, files.read(WORDS), path, problems)
    raise_if_any(problems)
    assert content is not None
    return [normalizer.normalize_term(word) for word in content.words]


def fingerprint(files: KnowledgeFiles, preparer: Preparer) -> str:
    """Names how texts are prepared: the dictionaries, the libraries, and what comes out for the probe texts.

    What the code does is hashed, not how it is written: a comment mended does not make models useless.

    Raises:
        KnowledgeError: the probe texts cannot be read.
    """
    path = str(files.path(PROBES))
    problems: list[Problem] = []
    content = validate(ProbesFile, files.read(PROBES), path, problems)
    raise_if_any(problems)
    assert content is not None
    hashed = hashlib.sha256(files.digest([VOCABULARY, WORDS, PROBES, *files.names("concepts")]).encode())
    for distribution in ("jieba", opencc.DISTRIBUTION):
        hashed.update(f"{distribution} {importlib.metadata.version(distribution)}".encode())
    for text in content.texts:
        prepared = preparer.prepare(text)
        hashed.update(repr((prepared.text, list(prepared.offsets), find_features(prepared))).encode())
    return hashed.hexdigest()[:12]
