"""The search: a quick look that most texts pass, then every recogniser whose group may find something."""

from __future__ import annotations

import re

from triage.preprocess.redact.datum import PersonalDatum
from triage.preprocess.redact.folding import INVISIBLE_RANGES, fold, has_invisible, visible_positions
from triage.preprocess.redact.groups import GROUPS
from triage.preprocess.redact.ranges import without_overlaps

MAX_JUDGED = 200
"""Candidates of one recogniser that are judged in one text; the others are masked without asking.

A judge may take 90 µs. Nobody complains with two hundred telephone numbers; whoever sends them shall neither
hold up others nor slip a number through.
"""

# Two expressions, because each then begins with a set of characters, which ``re`` searches for quickly.
_MARKS = re.compile(f"[0-9０-９@＠:：姓叫号號{INVISIBLE_RANGES}]")
_CUES = re.compile(
    "本人|我是|我系|我係|货人|貨人|件人|系人|繫人|絡人|络人|诉人|訴人|映人|购人|購人|买人|買人|卡人|ID|id|Id|QQ|qq|微信"
    "|先生|女士|小姐|太太|阿姨|叔叔|伯伯|大爷|大爺|大妈|大媽|师奶|師奶"
)


def find_personal_data(text: str) -> tuple[PersonalDatum, ...]:
    """Find personal data in a text as sent; in order of position, never overlapping."""
    if not may_hold_data(text):
        return ()
    folded = fold(text)
    if not has_invisible(folded):
        return scan(folded)
    visible = visible_positions(folded)
    found = scan("".join([folded[i] for i in visible]))
    return tuple(PersonalDatum(d.kind, visible[d.start], visible[d.end - 1] + 1) for d in found)


def may_hold_data(text: str) -> bool:
    """Whether a recogniser could find something: a text without marks and cues, as most are, ends here."""
    return _MARKS.search(text) is not None or _CUES.search(text) is not None


def scan(folded: str) -> tuple[PersonalDatum, ...]:
    """Find personal data in a folded text without invisible characters."""
    found: list[PersonalDatum] = []
    promising = [one for group in GROUPS if group.required.search(folded) for one in group.recognisers]
    for usual_kind, expression, group, judge in promising:
        for count, match in enumerate(expression.finditer(folded)):
            kind = judge(match) if count < MAX_JUDGED else usual_kind
            if kind is not None:
                found.append(PersonalDatum(kind, *match.span(group)))
    return without_overlaps(found) if found else ()
