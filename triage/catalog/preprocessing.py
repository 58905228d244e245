"""The dictionaries of the preprocessing → the preparation of texts."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from triage.catalog import opencc
from triage.catalog.files import KnowledgeFiles
from triage.catalog.jieba_words import load_word_counts
from triage.catalog.schema import (
    ConceptEntry,
    ProbesFile,
    VocabularyFile,
    WordsFile,
    raise_if_any,
    require,
    validate,
    validate_list,
)
from triage.errors import Problem
from triage.models.features import find_features
from triage.preprocess.concepts import ConceptIndex
from triage.preprocess.fillers import Fillers
from triage.preprocess.normalize import Normalizer
from triage.preprocess.prepare import Preparer
from triage.preprocess.script import ScriptConverter
from triage.preprocess.segment import Segmenter
from triage.preprocess.vocabulary import RegionalVocabulary

VOCABULARY = "vocabulary/regional.yaml"
MISSPELT = "vocabulary/misspelt.yaml"
WORDS = "vocabulary/retail_words.yaml"
FILLERS = "vocabulary/fillers.yaml"
PROBES = "probes.yaml"

Concepts = Mapping[str, Sequence[str]]


class Preprocessing(NamedTuple):
    """The preparation, the concept lexicon (normalised words by concept id), and what names them both.

    A model is only used with the preprocessing it was trained with.
    """

    preparer: Preparer
    concepts: Concepts
    fingerprint: str


def load_preprocessing(files: KnowledgeFiles) -> Preprocessing:
    """Build the preparation of texts.

    Raises:
        KnowledgeError: naming every wrong entry of vocabulary, words and concepts.
    """
    converter = opencc.load_converter()
    normalizer = Normalizer(converter, RegionalVocabulary(load_vocabulary(files, converter)))
    concepts = load_concepts(files, normalizer)
    preparer = Preparer(
        normalizer=normalizer,
        converter=converter,
        segmenter=Segmenter(load_word_counts().including(_load_words(files, WORDS, normalizer))),
        concepts=ConceptIndex(concepts),
        fillers=Fillers(_load_words(files, FILLERS, normalizer)),
    )
    return Preprocessing(preparer, concepts, fingerprint(files, preparer))


def load_vocabulary(files: KnowledgeFiles, converter: ScriptConverter) -> dict[str, str]:
    """What is replaced → mainland words: OpenCC's Taiwanese phrases but the refused, ours, and the misspelt."""
    problems: list[Problem] = []
    contents = {name: _read_vocabulary(files, name, problems) for name in (VOCABULARY, MISSPELT)}
    raise_if_any(problems)
    own: dict[str, str] = {}
    refused: set[str] = set()
    for name, content in contents.items():
        assert content is not None
        refused.update(content.refused)
        for group in content.groups:
            for key, value in group.words.items():
                if own.setdefault(key, value) != value:
                    message = f"already mapped to 「{own[key]}」"
                    problems.append(Problem(str(files.path(name)), group.id, key, message))
    raise_if_any(problems)
    words = opencc.load_taiwan_phrases(converter)
    return {**{key: value for key, value in words.items() if key not in refused}, **own}


def _read_vocabulary(files: KnowledgeFiles, name: str, problems: list[Problem]) -> VocabularyFile | None:
    return validate(VocabularyFile, files.read(name), str(files.path(name)), problems)


def load_concepts(files: KnowledgeFiles, normalizer: Normalizer) -> Concepts:
    """The concept lexicon, its words in the form in which they meet normalised texts."""
    problems: list[Problem] = []
    entries: dict[str, ConceptEntry] = {}
    for name in files.names("concepts"):
        path = str(files.path(name))
        for entry in validate_list(ConceptEntry, files.read(name), path, problems):
            if entry.id in entries:
                problems.append(Problem(path, entry.id, "id", "given twice"))
            entries[entry.id] = entry
    raise_if_any(problems)
    normalized = iter(
        normalizer.normalize_terms([word for entry in entries.values() for word in entry.words])
    )
    return {
        concept: tuple(dict.fromkeys(filter(None, islice(normalized, len(entry.words)))))
        for concept, entry in entries.items()
    }


def _load_words(files: KnowledgeFiles, name: str, normalizer: Normalizer) -> list[str]:
    content = require(WordsFile, files.read(name), str(files.path(name)))
    return normalizer.normalize_terms(content.words)


def fingerprint(files: KnowledgeFiles, preparer: Preparer) -> str:
    """Names how texts are prepared: the dictionaries, the libraries, and what comes out for the probe texts.

    What the code does is hashed, not how it is written: a comment mended does not make models useless.

    Raises:
        KnowledgeError: the probe texts cannot be read.
    """
    content = require(ProbesFile, files.read(PROBES), str(files.path(PROBES)))
    hashed = hashlib.sha256(
        files.digest([VOCABULARY, MISSPELT, WORDS, FILLERS, PROBES, *files.names("concepts")]).encode()
    )
    for distribution in ("jieba", opencc.DISTRIBUTION):
        hashed.update(f"{distribution} {importlib.metadata.version(distribution)}".encode())
    for text in content.texts:
        prepared = preparer.prepare(text)
        hashed.update(repr((prepared.text, list(prepared.offsets), find_features(prepared))).encode())
    return hashed.hexdigest()[:12]
