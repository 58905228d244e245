"""The use cases, each a method. They know the engine and the store; no door, no socket, no clock.

Every method may be called from several threads. Those that return a future have not finished: its result says that
what was asked is durable.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from triage.errors import Conflict, InputError, NotFound
from triage.service.drafts import draft_of_assessment, draft_of_ticket, held, masked_reason
from triage.service.records import Judged, assessment_record
from triage.service.requests import Author, Ticket, Verdict, checked_labels
from triage.service.second_look import reasons_to_hold
from triage.store import assessments, corrections, idempotency, keys, retention
from triage.store.database import one_at_a_time
from triage.store.ids import is_id
from triage.store.store import Store
from triage.store.values import (
    AssessmentFilter,
    AssessmentRecord,
    CorrectionRecord,
    KeyRecord,
    Page,
    Purged,
    RequestKey,
    ReviewRecord,
    State,
)
from triage.taxonomy import Taxonomy
from triage.types import Assessment, Complaint, TriageResult

T = TypeVar("T")


class Judge(Protocol):
    """What the use cases need of the engine."""

    @property
    def taxonomy(self) -> Taxonomy:
        """The label set."""

    def judge(self, complaint: Complaint, now: datetime) -> TriageResult:
        """Judge one complaint; raises ``InputError`` for one that cannot be judged."""


class Service:
    """The use cases over one engine and one store."""

    def __init__(self, engine: Judge, store: Store) -> None:
        """Both are shared with whoever else holds them; closing the store is the caller's business."""
        self._engine = engine
        self.store = store

    # --- judgements

    def keep(self, judged: Judged, now: datetime) -> str | None:
        """Keep a judgement without waiting for the disk; return its id, or ``None`` where it could not be taken."""
        record = assessment_record(judged, now, self.store.digester)
        return record.id if self.store.writer.keep(record) else None

    def keep_once(self, judged: Judged, request: RequestKey, now: datetime) -> Future[AssessmentRecord]:
        """Keep a judgement durably, unless ``request`` came before: then give what was kept then.

        The future raises ``Conflict`` where the key was used for another request.
        """
        record = assessment_record(judged, now, self.store.digester)

        def work(connection: Connection) -> AssessmentRecord:
            target = idempotency.claim(connection, self._keyed(request), record.id, now)
            if target == record.id:
                assessments.keep_one(connection, record)
                return record
            return _existing(assessments.find(connection, target))

        return self.store.writer.run(work)

    def assessment(self, identifier: str) -> AssessmentRecord:
        """One judgement, also one that was given a moment ago; raises ``NotFound``."""
        if not is_id(identifier):
            raise NotFound("assessment_id", "没有这条记录")
        with self.store.reading() as connection:
            found = assessments.find(connection, identifier)
        # It may still wait to be written; the writer does things in order.
        return found or _existing(
            self.store.writer.run(lambda connection: assessments.find(connection, identifier)).result(),
            "assessment_id",
        )

    def assessment_with_corrections(
        self, identifier: str
    ) -> tuple[AssessmentRecord, tuple[CorrectionRecord, ...]]:
        """One judgement and what people said of it, oldest first; raises ``NotFound``."""
        record = self.assessment(identifier)
        with self.store.reading() as connection:
            return record, corrections.of_assessment(connection, identifier)

    def assessments(self, wanted: AssessmentFilter, limit: int, cursor: str | None) -> Page[AssessmentRecord]:
        """Judgements, newest first."""
        with self.store.reading() as connection:
            return assessments.page(connection, wanted, limit, cursor)

    # --- corrections

    def correct(
        self,
        assessment_id: str,
        verdict: Verdict,
        reason: str | None,
        author: Author,
        now: datetime,
        request: RequestKey | None = None,
    ) -> Future[CorrectionRecord]:
        """Correct, or confirm, a judgement of ours.

        Raises:
            NotFound: there is no such judgement.
            InputError: a label does not exist.
        """
        record = self.assessment(assessment_id)
        after = checked_labels(verdict, self._engine.taxonomy, record.labels)
        draft = draft_of_assessment(record, after, reason, author, now)
        return self._add(draft, self._view(record.text, now), author, now, request)

    def correct_elsewhere(
        self,
        ticket: Ticket,
        verdict: Verdict,
        reason: str | None,
        author: Author,
        now: datetime,
        request: RequestKey | None = None,
    ) -> Future[CorrectionRecord]:
        """Take a correction of a complaint that was judged elsewhere.

        Raises:
            InputError: a label does not exist, or the text cannot be judged.
        """
        taxonomy, digester = self._engine.taxonomy, self.store.digester
        after = checked_labels(verdict, taxonomy)
        before = None if ticket.before is None else checked_labels(ticket.before, taxonomy, prefix="before.")
        result = self._engine.judge(Complaint(ticket.text), now)
        draft = draft_of_ticket(ticket, result.masked_text, (before, after), reason, author, now, digester)
        return self._add(draft, result.assessment, author, now, request)

    def review(
        self, correction_id: str, confirmed: bool, reason: str | None, author: Author, now: datetime
    ) -> Future[CorrectionRecord]:
        """Give a held correction its second look; the future raises ``NotFound`` or ``Conflict``."""
        if not is_id(correction_id):
            raise NotFound("correction_id", "没有这条记录")
        review = ReviewRecord(correction_id, now, author.name, confirmed, masked_reason(reason))

        def work(connection: Connection) -> CorrectionRecord:
            found = _existing(corrections.find(connection, correction_id), "correction_id")
            if not found.hold_reasons:
                raise Conflict("correction_id", "这条更正无须复核")
            if found.made_by == author.name:
                raise Conflict("correction_id", "须由另一个人复核")
            corrections.add_review(connection, review)
            return _existing(corrections.find(connection, correction_id))

        return self.store.writer.run(work)

    def correction(self, identifier: str) -> CorrectionRecord | None:
        """The correction of that id, if there is one."""
        with self.store.reading() as connection:
            return corrections.find(connection, identifier)

    def corrections(self, state: State | None, limit: int, cursor: str | None) -> Page[CorrectionRecord]:
        """Corrections, newest first."""
        with self.store.reading() as connection:
            return corrections.page(connection, state, limit, cursor)

    def _add(
        self,
        draft: CorrectionRecord,
        assessment: Assessment | None,
        author: Author,
        now: datetime,
        request: RequestKey | None,
    ) -> Future[CorrectionRecord]:
        def work(connection: Connection) -> CorrectionRecord:
            one_at_a_time(connection)  # or two that contradict each other would not see each other
            if request is not None:
                target = idempotency.claim(connection, self._keyed(request), draft.id, now)
                if target != draft.id:
                    return _existing(corrections.find(connection, target))
            earlier = corrections.of_text(connection, draft.text_digest)
            taxonomy = self._engine.taxonomy
            reasons = reasons_to_hold(draft.after, assessment, earlier, author, taxonomy)
            record = held(draft, reasons)
            corrections.add(connection, record)
            return record

        return self.store.writer.run(work)

    def _view(self, masked_text: str, now: datetime) -> Assessment | None:
        """What rules and model say of a kept text today."""
        try:
            return self._engine.judge(Complaint(masked_text), now).assessment
        except InputError:
            return None

    def _keyed(self, request: RequestKey) -> RequestKey:
        """A bare digest of a short request could be guessed, like that of a text."""
        return replace(request, digest=self.store.digester.body(request.digest.encode()))

    # --- keys

    def keys_in_force(self) -> Mapping[str, KeyRecord]:
        """The keys of the store that are good, by the digest of their token."""
        with self.store.reading() as connection:
            return keys.in_force(connection)

    # --- deleting

    def purge_aged(self, now: datetime, assessment_days: int, correction_days: int) -> Future[Purged]:
        """Delete judgements and corrections that are older than so many days."""
        judged, corrected = now - timedelta(days=assessment_days), now - timedelta(days=correction_days)
        return self.store.writer.run(lambda connection: retention.older_than(connection, judged, corrected))

    def purge_customer(self, customer: str) -> Future[Purged]:
        """Delete all judgements of one customer, and all corrections of their texts."""
        digest = self.store.digester.customer(customer)
        return self.store.writer.run(lambda connection: retention.of_customer(connection, digest))


def _existing(found: T | None, field: str = "id") -> T:
    if found is None:
        raise NotFound(field, "没有这条记录")
    return found
