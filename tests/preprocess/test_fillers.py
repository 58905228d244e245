"""Courtesy does not change an answer."""

from __future__ import annotations

import pytest

from triage.preprocess.prepare import Preparer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("您好，鱼不新鲜，麻烦尽快处理一下，谢谢", ["鱼不新鲜"]),
        ("鱼不新鲜，我姓欧阳，我的电话是13812345678", ["鱼不新鲜"]),
        ("你好，唔該盡快覆我，條魚唔新鮮，麻煩晒", ["条鱼不新鲜"]),
        ("麻烦处理退款", ["麻烦处理退款"]),
        ("谢谢，你们好", ["谢谢", "你们好"]),
    ],
)
def test_clauses_that_say_nothing_are_marked(preparer: Preparer, text: str, said: list[str]) -> None:
    """A clause of greetings, thanks, requests or personal data alone; not where there is nothing else."""
    prepared = preparer.prepare(text)
    read = [
        prepared.text[clause.start : clause.end]
        for number, clause in enumerate(prepared.clauses)
        if number not in prepared.fillers
    ]
    assert read == said


def test_only_short_clauses_are_courtesy(preparer: Preparer) -> None:
    """A row of fillers beyond the length of a sentence is read like anything else."""
    prepared = preparer.prepare("东西坏了，" + "我的客服" * 5 + "，" + "我的客服" * 5_000)
    assert prepared.fillers == {1}
