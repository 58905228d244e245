"""Texts → judgements; one that comes again is not judged again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Generic, TypeVar

from triage.batch.judgement import Judgement, make_judgement
from triage.batch.shared import SharedJudgements
from triage.engine import Engine
from triage.errors import InputError
from triage.policy.routing import Case

T = TypeVar("T")

REMEMBERED = 50_000
"""Texts whose judgement is kept at a time: about a kilobyte each."""


class Memory(Generic[T]):
    """What was made of texts, by their hash; the one unused for longest goes first."""

    def __init__(self, size: int = REMEMBERED) -> None:
        """Keep at most ``size`` texts."""
        self._size = size
        self._kept: dict[bytes, T] = {}

    def get(self, text: str, make: Callable[[str, bytes], T]) -> T:
        """What was made of ``text``, now or before; ``make`` takes the text and its hash."""
        key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        kept = self._kept.pop(key, None)
        if kept is None:
            kept = make(text, key)
            if len(self._kept) >= self._size:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = kept  # last in the dictionary: most recently used
        return kept


class Judge(Generic[T]):
    """Judges texts and remembers what ``finish`` made of the judgements."""

    def __init__(
        self,
        engine: Engine,
        finish: Callable[[Judgement], T],
        *,
        mask: bool,
        shared: SharedJudgements | None = None,
        remember: int = REMEMBERED,
    ) -> None:
        """``mask`` keeps the masked text of those that hold personal data; ``shared`` is what others have judged."""
        self.engine = engine
        self.policy = engine.policies[engine.default_policy]
        self._finish = finish
        self._mask = mask
        self._shared = shared
        self._memory: Memory[T] = Memory(remember)

    def judge(self, text: str) -> T:
        """The finished judgement of a text.

        Raises:
            InputError: the text cannot be judged.
        """
        return self._memory.get(text, self._judge)

    def _judge(self, text: str, key: bytes) -> T:
        self.engine.check_text(text)
        judgement = self._shared.get(key) if self._shared is not None else None
        if judgement is None:
            judgement = self._judge_anew(text)
            if self._shared is not None:
                self._shared.put(key, judgement)
        return self._finish(judgement)

    def _judge_anew(self, text: str) -> Judgement:
        prepared = self.engine.preparer.prepare(text)
        if not prepared.text:
            raise InputError("text", "文本中没有可见的字符", "empty")
        assessment = self.engine.assess(prepared)
        channel = self.policy.profile.default_channel
        case = Case(assessment.topic, assessment.urgency, channel, assessment.hazards)
        department = self.policy.plan(case).routing.department
        return make_judgement(prepared, assessment, case, department, mask=self._mask)
