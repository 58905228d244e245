"""A recogniser: an expression that proposes candidates, and a judge of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from triage.preprocess.redact.datum import Kind

Judge: TypeAlias = Callable[[re.Match[str]], Kind | None]
"""Names the kind of a candidate, or refuses it with ``None``."""


class Recogniser(NamedTuple):
    """What proposes candidates, and who judges them.

    Attributes:
        kind: what a candidate is taken for when nobody judges it.
        expression: proposes the candidates.
        group: which group of a candidate is the datum.
        judge: decides about a candidate.
    """

    kind: Kind
    expression: re.Pattern[str]
    group: int
    judge: Judge


def recogniser(kind: Kind, *pattern: str, judge: Judge | None = None) -> Recogniser:
    """Make a recogniser of the joined pattern; the datum is its group ``it``, or all of it without one.

    Without a judge every candidate is one. A pattern that begins with a character, a set or literal
    alternatives is searched several times as fast as one that begins with a look-behind. That is why
    look-behinds stand after the first character.
    """
    expression = re.compile("".join(pattern))
    return Recogniser(kind, expression, expression.groupindex.get("it", 0), judge or _always(kind))


def _always(kind: Kind) -> Judge:
    return lambda _match: kind
