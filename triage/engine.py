"""The route: a complaint in, a disposition out. No file, no socket, no clock."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from triage.assess import assess
from triage.errors import InputError, TextTooLong, UnknownPolicy
from triage.models.classifier import Classifier
from triage.models.decision import Thresholds
from triage.policy.policy import Policy
from triage.policy.stores import Stores
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.taxonomy import Taxonomy
from triage.types import Assessment, Complaint, Prediction, PreparedText, TriageResult, Versions

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters a text must and may have."""

    min_characters: int = 2
    max_characters: int = 20_000


@dataclass(frozen=True)
class Engine:
    """Everything that judges, put together by :mod:`triage.bootstrap`; may be shared by threads.

    ``degraded`` names what is missing, e.g. ``model: …``; empty when all is well.
    """

    taxonomy: Taxonomy
    preparer: Preparer
    recognizer: Recognizer
    classifier: Classifier | None
    policies: Mapping[str, Policy]
    stores: Stores
    default_policy: str
    default_store: str | None
    versions: Versions
    degraded: tuple[str, ...] = ()
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        """Look the topics of the rules up once."""
        object.__setattr__(self, "_rule_topics", {rule.id: rule.topic for rule in self.recognizer.rules})

    def judge(self, complaint: Complaint, now: datetime) -> TriageResult:
        """Judge one complaint at the moment ``now`` (zone-aware).

        Raises:
            InputError: naming the field that cannot be used.
        """
        self.check_text(complaint.text)
        policy = self._policy(complaint)
        prepared = self.preparer.prepare(complaint.text)
        if not prepared.text:
            raise InputError("text", "文本中没有可见的字符", "empty")
        prediction = self._predict(prepared)
        assessment = self._assess(prepared, prediction)
        return TriageResult(
            id=complaint.id,
            script=prepared.script,
            assessment=assessment,
            disposition=policy.dispose(
                assessment, complaint, now, self.stores.find(complaint.store or self.default_store)
            ),
            versions=self.versions if prediction else replace(self.versions, model=None),
            masked_text=prepared.masked,
        )

    def assess(self, prepared: PreparedText) -> Assessment:
        """The judgement alone, without policy and times."""
        return self._assess(prepared, self._predict(prepared))

    def _predict(self, prepared: PreparedText) -> Prediction | None:
        """What the model says; a hazard never waits for it, so a model that fails is as one that is not there.

        The answer says so: it carries no model version and is marked for review.
        """
        if self.classifier is None:
            return None
        try:
            return self.classifier.predict(prepared)
        except Exception as error:
            # Only the type: a message may quote the customer's text.
            _log.error("the model failed (%s); the rules answer alone", type(error).__name__)
            return None

    def _assess(self, prepared: PreparedText, prediction: Prediction | None) -> Assessment:
        return assess(
            prepared,
            self.recognizer.recognize(prepared),
            prediction,
            self.taxonomy,
            self._rule_topics,  # type: ignore[attr-defined]
            self.classifier.thresholds if self.classifier else Thresholds(),
        )

    def check_text(self, text: str) -> None:
        """Refuse a text that cannot be judged; the message does not quote it."""
        if not text or text.isspace():
            raise InputError("text", "文本为空", "empty")
        if len(text) > self.limits.max_characters:
            raise TextTooLong("text", f"文本有 {len(text)} 个字符，上限为 {self.limits.max_characters}")
        if len(text.strip()) < self.limits.min_characters:
            raise InputError("text", f"文本至少要有 {self.limits.min_characters} 个字符", "too_short")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise InputError(
                "text", "文本含有不成对的代理码位，不是有效的 Unicode", "invalid_unicode"
            ) from None

    def _policy(self, complaint: Complaint) -> Policy:
        name = complaint.policy or self.default_policy
        try:
            return self.policies[name]
        except KeyError:
            known = "、".join(self.policies)
            raise UnknownPolicy("policy", f"没有这个处理规范，可用的有：{known}") from None
