"""``--engine`` of ``triage relabel``."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.batch.relabel import MakeWorkforce


class EngineKind(StrEnum):
    """What judges the chunks of a run."""

    POOL = "pool"
    SPARK = "spark"


def workforce_of(kind: EngineKind) -> MakeWorkforce:
    """What makes the workforce of that kind."""
    if kind is EngineKind.SPARK:
        from triage.batch.spark import SparkWorkforce

        return SparkWorkforce
    from triage.batch.pool import Pool

    return Pool
