"""Traditional to Simplified, and regional words to mainland ones."""

from __future__ import annotations

from collections.abc import Sequence

import opencc
import pytest

from training.corpus import Corpus
from triage.catalog.opencc import REPAIRS, load_converter, load_taiwan_phrases
from triage.preprocess.aligned import Aligned
from triage.preprocess.prepare import Preparer
from triage.preprocess.script import ScriptConverter
from triage.preprocess.vocabulary import RegionalVocabulary


@pytest.fixture(scope="module")
def converter() -> ScriptConverter:
    return load_converter()


def test_the_converter_agrees_with_the_package_it_takes_its_dictionaries_from(
    corpus: Corpus, converter: ScriptConverter
) -> None:
    """Characters and phrases come out as opencc-python-reimplemented's own `tw2s` would write them."""
    reference = opencc.OpenCC("tw2s")
    taiwanese = [row.text for row in corpus.rows if row.variant == "tw"][::12]
    repairs = str.maketrans(REPAIRS)
    different = [
        text
        for text in taiwanese
        if converter.convert(Aligned.identity(text)).text != reference.convert(text).translate(repairs)
    ]
    assert len(taiwanese) > 250
    # Hong Kong's variants are converted too, in every text; `tw2s` leaves them.
    assert len(different) <= len(taiwanese) * 0.01


def test_with_the_taiwanese_phrases_it_is_tw2sp(corpus: Corpus, converter: ScriptConverter) -> None:
    """The phrases, applied to Simplified characters, give what `tw2sp` gives on Traditional ones."""
    reference = opencc.OpenCC("tw2sp")
    vocabulary = RegionalVocabulary(load_taiwan_phrases(converter))
    taiwanese = [row.text for row in corpus.rows if row.variant == "tw"][5::12]
    different = [
        text
        for text in taiwanese
        if vocabulary.replace(converter.convert(Aligned.identity(text))).text
        != reference.convert(text).translate(str.maketrans(REPAIRS))
    ]
    assert len(different) <= len(taiwanese) * 0.03


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("著火了", "着火了"),
        ("麵包發霉", "面包发霉"),
        ("裡面和裏面", "里面和里面"),
        ("後來乾了", "后来干了"),
        ("衞生署", "卫生署"),
        ("臺灣與台灣", "台湾与台湾"),
    ],
)
def test_words_of_both_regions_become_simplified(converter: ScriptConverter, sent: str, read: str) -> None:
    """Taiwan's and Hong Kong's forms of a character end in the same one."""
    assert converter.convert(Aligned.identity(sent)).text == read


def test_simplified_text_is_left_alone(corpus: Corpus, converter: ScriptConverter) -> None:
    """Mainland texts must not be bent by the conversion."""
    mainland = [row.text for row in corpus.rows if row.variant == "cn"][::10]
    texts = [text for text in mainland if converter.detect(text) != "mixed"]
    assert len(texts) > 600
    changed = [text for text in texts if converter.convert(Aligned.identity(text)).text != text]
    assert len(changed) <= 1  # 「幺蛾子」: the rare character gives way to the everyday one


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("牛奶过期三天", "Hans"),
        ("牛奶過期三天", "Hant"),
        ("牛奶太少", "Hani"),
        ("过期過期", "mixed"),
        ("bad service 123", "none"),
        ("", "none"),
    ],
)
def test_the_script_is_told_by_characters_that_only_one_script_has(
    converter: ScriptConverter, text: str, script: str
) -> None:
    """后, 里 and 面 stand in both scripts and tell nothing."""
    assert converter.detect(text) == script


PAIRS: Sequence[tuple[str, str]] = [
    ("行動電源在架上冒煙了", "充电宝在架上冒烟了"),
    ("佢哋冇戴手套就攞麵包", "他们没有戴手套就拿面包"),
    ("瓦斯味好濃", "煤气味好浓"),
]


@pytest.mark.parametrize(("regional", "mainland"), PAIRS)
def test_regional_words_meet_their_mainland_form(preparer: Preparer, regional: str, mainland: str) -> None:
    """Taiwan, Hong Kong and Cantonese wording is read as the mainland says it."""
    assert preparer.prepare(regional).text == preparer.prepare(mainland).text


def test_the_same_word_reads_the_same_in_both_scripts(preparer: Preparer) -> None:
    """A Taiwanese word typed in Simplified characters is still the same word."""
    assert preparer.prepare("品質很差").text == preparer.prepare("品质很差").text
