"""Words: jieba's, found in a quicker way."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jieba
import pytest

from training.corpus import Corpus
from triage.catalog.jieba_words import load_word_counts
from triage.preprocess.prepare import Preparer
from triage.preprocess.segment import Segmenter
from triage.preprocess.word_counts import LEAST_COUNT, WordCounts

OWN_WORDS = ["充电宝", "起火", "自助收银机", "收银", "t恤衫", "5g手机", "第二件半价"]


@pytest.fixture(scope="module")
def counts() -> WordCounts:
    return load_word_counts()


@pytest.fixture(scope="module")
def reference(counts: WordCounts, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Jieba itself, with the same words of our own."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    for word in OWN_WORDS:
        tokenizer.add_word(word, max(counts.count(word), LEAST_COUNT))
    return tokenizer


@pytest.fixture(scope="module")
def segmenter(counts: WordCounts) -> Segmenter:
    return Segmenter(counts.including(OWN_WORDS))


def words(segmenter: Segmenter, text: str) -> list[str]:
    return [token.text for token in segmenter.segment(text)]


def words_of_jieba(reference: Any, text: str) -> list[str]:
    return [word for word in reference.cut(text, HMM=False) if not word.isspace()]


def test_the_words_are_those_of_jieba(
    segmenter: Segmenter,
    reference: Any,
    corpus: Corpus,
    preparer: Preparer,
) -> None:
    """Every labelled text, as it was sent and as it is normalised, is cut exactly as jieba cuts it."""
    for row in corpus.rows:
        for text in {row.text, preparer.prepare(row.text).text}:
            assert words(segmenter, text) == words_of_jieba(reference, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\ue000",
        "iphone15pro max屏幕碎了",
        "100%的a货,2.5kg少了300g",
        "c++和c#的t恤衫#1",
        "买了5g手机,第二件半价没给",
        "着 火 了\n快来",
        "𠮷野家的牛丼🐛",
        "a1b2-c3_d4.e5%",
    ],
)
def test_what_is_no_ordinary_word_is_cut_as_jieba_does(
    segmenter: Segmenter,
    reference: Any,
    text: str,
) -> None:
    """Letters, digits, marks, rare characters and white space too."""
    assert words(segmenter, text) == words_of_jieba(reference, text)


def test_a_token_says_where_it_stands(segmenter: Segmenter) -> None:
    """White space is no token, but it counts for the positions."""
    tokens = segmenter.segment("充电宝 起火")
    assert [(token.text, token.start) for token in tokens] == [("充电宝", 0), ("起火", 4)]


def test_a_word_of_our_own_wins_over_rarer_ones(counts: WordCounts) -> None:
    """Jieba knows 起火, but cuts it apart beside 把."""
    text = "充电宝起火把沙发烧了"
    assert "起火" not in words(Segmenter(counts), text)
    assert "起火" in words(Segmenter(counts.including(OWN_WORDS)), text)


def test_threads_may_meet_the_same_characters_at_once(counts: WordCounts) -> None:
    """The words of a character are read when the first text has it; texts that come together are cut alike."""
    texts = ["手机充电宝起火把沙发烧了", "自助收银机前排队的人太多", "员工态度很差不理人"] * 20
    alone = [Segmenter(counts).segment(text) for text in texts[:3]] * 20
    shared = Segmenter(counts)
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert list(pool.map(shared.segment, texts)) == alone


def test_jieba_is_not_imported_to_read_its_dictionary(tmp_path: Path) -> None:
    """Nor is a cache written, which jieba would read back as code."""
    import subprocess
    import sys

    program = (
        "import sys; from triage.catalog.jieba_words import load_word_counts\n"
        "assert load_word_counts().count('超市') > 0\n"
        "assert 'jieba' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={"TMPDIR": str(tmp_path)},
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir())
