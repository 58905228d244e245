"""Characters made comparable: Unicode NFKC with care, invisible ones out, one form for each mark.

NFKC alone is not enough and sometimes too much: it keeps zero-width characters, spells an ellipsis as three
full stops and glues circled numbers (①②) to the words they separate. Each character is therefore folded by
:func:`fold_character`, remembered in a table, and texts run through that table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from triage.preprocess.aligned import Aligned, Edit

CJK = "\u3400-\u9fff\U00020000-\U0003ffff"
"""Ideographs, as the inside of a regular expression's brackets."""

_FIXED = {
    **dict.fromkeys("“”„‟「」『』﹁﹂﹃﹄〝〞〟＂", '"'),
    **dict.fromkeys("‘’‚‛｀´", "'"),
    **dict.fromkeys("…⋯︙", "…"),
    **dict.fromkeys("—–―‒─━", "-"),
    **dict.fromkeys("～〜∼", "~"),
    **dict.fromkeys("。｡", "。"),
    "﹑": "、",
    "\n": "\n",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\t": " ",
    "\v": " ",
    "\f": " ",
    "\u3164": " ",
    "丨": "|",  # a stroke that nobody writes but as a bar
    **dict(
        zip(
            "⺠⻄⻅⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
            "民西见贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
            strict=True,
        )
    ),
}
_CIRCLED = re.compile("[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf]")
_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Sk"}


def fold_character(character: str) -> str:
    """What one character becomes: nothing, itself, or a few others."""
    if character in _FIXED:
        return _FIXED[character]
    if _CIRCLED.match(character):
        return ";"  # an enumeration: it separates, and says nothing else
    if unicodedata.category(character) == "Zs":
        return " "
    if character.isascii() and character.isprintable():
        return character.lower()
    # Taken apart, a Latin letter loses its tone mark: Pinyin is read with tones and without.
    form: Literal["NFKC", "NFKD"] = "NFKD" if _LATIN.match(character) else "NFKC"
    return "".join(filter(_is_visible, unicodedata.normalize(form, character).lower()))


def _is_visible(character: str) -> bool:
    # ^ and ` are modifier symbols (Sk) as the skin tones of emoji are, but people type them.
    return (character.isascii() and character.isprintable()) or unicodedata.category(
        character
    ) not in _INVISIBLE


class _FoldTable(dict[int, str]):
    """A ``str.translate`` table that fills itself and knows which characters change the length."""

    def __init__(self) -> None:
        super().__init__()
        self.length_changing: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        if len(folded) != 1:
            self.length_changing.add(chr(code))
        # Bounded by the size of Unicode; strangers' texts cannot grow it further.
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(aligned: Aligned) -> Aligned:
    """Fold every character of the text."""
    folded = aligned.text.translate(_TABLE)
    if _TABLE.length_changing.isdisjoint(aligned.text):
        return aligned.same_length(folded)
    return aligned.rewrite(
        Edit(i, i + 1, _TABLE[ord(character)])
        for i, character in enumerate(aligned.text)
        if _TABLE[ord(character)] != character
    )


_BLANK = re.compile(r"^\s+|\s+$|\s{2,}")
_SPACED_OUT = re.compile(rf"(?:[{CJK}] ){{2,}}[{CJK}](?![{CJK}])")

# Marks that stand between characters and mean nothing there. Not those of lists (、 , ; / + &), which keep apart what
# belongs apart, nor brackets and quotation marks, which come in pairs, nor … and ?, which people do write so.
_MARK = r"[.!。*|\-_~^`=#@$·•‧・※\u2190-\u2bff\U0001f000-\U0001faff]"
_MARKS = rf"(?:{_MARK} ?)+"
_LETTERS = rf"{CJK}\u3105-\u312f"  # Bopomofo included: some become ideographs
_SINGLE = f"[{_LETTERS}]"
_BETWEEN = re.compile(f"[^{_LETTERS}]+")
# From the first mark to the last, two at least. A mark comes first in the expression, not what stands before it: so
# texts without any are run through quickly.
_INTERSPERSED = re.compile(
    rf"{_MARK}(?:(?<={_SINGLE}.)|(?<={_SINGLE} .)) ?(?:{_MARKS})?(?:{_SINGLE} ?{_MARKS})+(?={_SINGLE})"
)
_REPEATED = re.compile(r"(?P<mark>[^\w\s])(?P=mark)+|(?P<letter>[^\W\d])(?P=letter){2,}")


def squeeze(aligned: Aligned) -> Aligned:
    """Shorten repetitions: marks and emoji to one, letters and ideographs to two, white space to one.

    Digits stay as they are: a price is no exclamation. Ideographs kept apart one by one, by spaces or by marks
    (「着 火 了」「着.火.了」), are joined, because no word could be found in them otherwise.
    """
    for expression, shorten in _STEPS:
        edits = [edit for match in expression.finditer(aligned.text) for edit in shorten(match)]
        if edits:
            aligned = aligned.rewrite(edits)
    return aligned


def _one_blank(match: re.Match[str]) -> list[Edit]:
    start, end = match.span()
    inside = start > 0 and end < len(match.string)
    replacement = ("\n" if "\n" in match.group() else " ") if inside else ""
    return [Edit(start, end, replacement)]


def _joined(match: re.Match[str]) -> list[Edit]:
    start, end = match.span()
    return [Edit(*between.span(), "") for between in _BETWEEN.finditer(match.string, start, end)]


def _unmarked(match: re.Match[str]) -> list[Edit]:
    edits = _joined(match)
    start, end, _ = edits[0]
    # A space before the first mark belongs to it.
    return [Edit(start - match.string.endswith(" ", 0, start), end, ""), *edits[1:]]


def _fewer(match: re.Match[str]) -> list[Edit]:
    start, end = match.span()
    keep = 1 if match["mark"] else 2
    return [
        *(Edit(start + i, start + i + 1, match.string[start]) for i in range(keep)),
        Edit(start + keep, end, ""),
    ]


# In this order: joining may bring repetitions together.
_STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[Edit]]], ...] = (
    (_BLANK, _one_blank),
    (_SPACED_OUT, _joined),
    (_INTERSPERSED, _unmarked),
    (_REPEATED, _fewer),
)
