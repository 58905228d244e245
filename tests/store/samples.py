"""Values to be stored, in the shape of real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Table, func, select

from triage.store.ids import new_id
from triage.store.store import Store
from triage.store.values import AssessmentRecord, CorrectionRecord, Labels, Role, State
from triage.types import Urgency

P = ParamSpec("P")
T = TypeVar("T")

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
QUEUE = Labels("service.efficiency", Urgency.GENERAL)
FIRE = Labels("safety.fire", Urgency.URGENT, ("service.efficiency",))


def assessment(**changes: Any) -> AssessmentRecord:
    """An assessment, its id fitting its moment."""
    moment = changes.get("judged_at", NOW)
    record = AssessmentRecord(
        id=new_id(moment),
        judged_at=moment,
        received_at=moment,
        external_id="A-1",
        text="排队太久，打***********找我",
        text_digest="d" * 64,
        customer_digest=None,
        channel="phone",
        store="HK-01",
        labels=QUEUE,
        needs_review=True,
        model="m1",
        judgement='{"topic":"service.efficiency"}',
    )
    return replace(record, **changes)


def correction(**changes: Any) -> CorrectionRecord:
    """A correction, its id fitting its moment."""
    moment = changes.get("made_at", NOW)
    record = CorrectionRecord(
        id=new_id(moment),
        made_at=moment,
        made_by="王主管",
        role=Role.SUPERVISOR,
        reason="着火优先",
        assessment_id=None,
        external_id="T-1",
        text="仓库着火了",
        text_digest="e" * 64,
        customer_digest=None,
        channel=None,
        before=QUEUE,
        after=FIRE,
        state=State.ACCEPTED,
        hold_reasons=(),
        model="m1",
    )
    return replace(record, **changes)


def count(store: Store, table: Table) -> int:
    """How many rows a table has."""
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def do(
    store: Store, work: Callable[Concatenate[Connection, P], T], *arguments: P.args, **named: P.kwargs
) -> T:
    """Write something, and wait until it is durable."""
    return store.writer.run(lambda connection: work(connection, *arguments, **named)).result()
