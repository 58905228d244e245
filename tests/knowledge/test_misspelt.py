"""Misspelt words: what keeps the list sound, and that ordinary complaints do not meet it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from training.corpus import Corpus
from triage.catalog.files import KnowledgeFiles
from triage.catalog.opencc import load_converter
from triage.catalog.preprocessing import MISSPELT, VOCABULARY
from triage.preprocess.aligned import Aligned
from triage.preprocess.characters import fold, squeeze
from triage.preprocess.script import ScriptConverter
from triage.preprocess.vocabulary import RegionalVocabulary

SHIELD = "kept."


@pytest.fixture(scope="module")
def converter() -> ScriptConverter:
    return load_converter()


@pytest.fixture(scope="module")
def groups() -> dict[str, dict[str, str]]:
    """Words of the file by group id."""
    content: dict[str, Any] = KnowledgeFiles().read(MISSPELT)
    return {group["id"]: group["words"] for group in content["groups"]}


@pytest.fixture(scope="module")
def misspelt(groups: dict[str, dict[str, str]]) -> dict[str, str]:
    """All words that are replaced; the shields are left out."""
    return {
        wrong: right
        for group, words in groups.items()
        if not group.startswith(SHIELD)
        for wrong, right in words.items()
    }


@pytest.fixture(scope="module")
def alone(groups: dict[str, dict[str, str]]) -> RegionalVocabulary:
    """This list without the regional words."""
    return RegionalVocabulary({wrong: right for words in groups.values() for wrong, right in words.items()})


def met(converter: ScriptConverter, text: str) -> str:
    """The text as it arrives at the list."""
    return converter.convert(squeeze(fold(Aligned.identity(text)))).text


def test_there_are_enough_to_matter(misspelt: dict[str, str]) -> None:
    """A list of a few dozen would be decoration."""
    assert len(misspelt) > 1000


def test_every_word_changes_and_every_shield_keeps(
    groups: dict[str, dict[str, str]], misspelt: dict[str, str]
) -> None:
    """What becomes itself is a shield and stands with the shields."""
    shields = [words for group, words in groups.items() if group.startswith(SHIELD)]
    assert [wrong for wrong, right in misspelt.items() if wrong == right] == []
    assert [word for words in shields for word, kept in words.items() if word != kept] == []


def test_every_word_can_be_met(misspelt: dict[str, str], converter: ScriptConverter) -> None:
    """Words are written as texts arrive: Simplified, lower case, Pinyin without tones."""
    assert {word: met(converter, word) for word in misspelt if met(converter, word) != word} == {}


def test_no_word_is_a_regional_one(groups: dict[str, dict[str, str]]) -> None:
    """Whoever looks for a word finds it in one of the two files, once."""
    content: dict[str, Any] = KnowledgeFiles().read(VOCABULARY)
    regional = [word for group in content["groups"] for word in group["words"]]
    words = [word for group in groups.values() for word in group]
    counts = Counter(regional + words)
    assert [word for word in words if counts[word] > 1] == []


def test_latin_words_are_long_enough_to_be_meant(groups: dict[str, dict[str, str]]) -> None:
    """Pinyin of one syllable could be anything."""
    assert [word for word in groups["pinyin"] if len(word) < 5] == []


def test_ordinary_complaints_hold_few_misspelt_words(
    corpus: Corpus, alone: RegionalVocabulary, converter: ScriptConverter
) -> None:
    """Not one labelled complaint in five hundred changes; a word listed too boldly would show here."""
    texts = [met(converter, row.text) for row in corpus.rows]
    changed = [text for text in texts if alone.replace(Aligned.identity(text)).text != text]
    assert len(changed) * 500 < len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "超过其他店的价格,经过其中一家",
        "昨天燃气公司来过,每天燃气费都涨",
        "接触店员的时候,充电保护器,充电包装盒",
        "这种毒舌的店员,其中独立包装",
        "最终毒不毒谁知道",
        "口头法律意见,回头法院见",
        "看着货架发呆,跟着伙计走,带着伙伴",
        "气得发火,火化场,气火攻心",
        "开启火锅模式,一起伙食费平摊",
        "报井盖松动,上报井盖",
        "服泻药减肥的广告",
        "杨梅气泡水,一枚气球",
        "收音机坏了,投宿酒店",
        "头发稍微长,面积份额",
        "手上的guo qing活动券,youtube",
        "复印件,复制,重复",
        "发送媒体,发眉笔",
        "霉气的一天,没气了的可乐",
        "自然风干,不自然",
        "地铁司机,高铁思考",
        "去泰国度假,太度假村",
        "得到了dvd,3d人脸",
    ],
)
def test_words_that_only_sound_like_danger_stay(alone: RegionalVocabulary, text: str) -> None:
    """What has a meaning of its own is not on the list, and does not come about between two words."""
    assert alone.replace(Aligned.identity(text)).text == text
