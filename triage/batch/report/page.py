"""Findings → the page: one file, no script, nothing from outside, nothing about persons."""

from __future__ import annotations

import base64
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from triage.batch.report.bursts import busiest_week, find_bursts
from triage.batch.report.charts import Series, bars, columns, heat
from triage.batch.report.counting import by_first
from triage.batch.report.showing import excerpt
from triage.taxonomy import Category, Topic
from triage.types import Urgency

if TYPE_CHECKING:
    from triage.batch.report.findings import Findings

SHOWN_STORES = 30
SHOWN_LABELS = 30
SHOWN_SUSPECTS = 30
SHOWN_EMERGENCIES = 100
SHOWN_BURSTS = 20


def render(found: Findings, now: datetime) -> str:
    """The page as HTML."""
    style, _, _ = _environment().loader.get_source(_environment(), "style.css")  # type: ignore[union-attr]
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("report.html")
        .render(
            found=found,
            choices=found.choices,
            names=_names(found),
            now=now,
            style=style,
            style_digest=digest,
            urgencies=tuple(reversed(Urgency)),
            by_urgency=_by_urgency(found),
            period=_period(found),
            topics=bars(_topics(found), found.counting.rows),
            months=columns(_months(found)),
            stores=bars(_stores(found), found.counting.rows),
            number_of_stores=len(by_first(found.counting.stores)),
            labels=_labels(found),
            suspects=found.suspects.ranked()[:SHOWN_SUSPECTS],
            emergencies=found.emergencies.latest()[:SHOWN_EMERGENCIES],
            bursts=find_bursts(found.counting.days)[:SHOWN_BURSTS],
            groups=found.merged.largest(),
        )
    )


@cache
def _environment() -> Environment:
    loader = PackageLoader("triage.batch.report", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.lstrip_blocks = True
    environment.filters.update(
        excerpt=excerpt,
        number=lambda value: f"{value:,}",
        percent=lambda value: "–" if value is None else f"{value:.1%}",
        moment=lambda value: "–" if value is None else f"{value:%Y-%m-%d %H:%M}",
        day=lambda ordinal: f"{date.fromordinal(ordinal):%Y-%m-%d}",
        busiest_week=busiest_week,
    )
    return environment


def _names(found: Findings) -> dict[str, str]:
    taxonomy = found.taxonomy
    entries: tuple[Category | Topic, ...] = (*taxonomy.categories, *taxonomy.topics)
    names = {entry.id: entry.name for entry in entries}
    return names | {urgency.value: name for urgency, name in taxonomy.urgency_names.items()}


def _by_urgency(found: Findings) -> dict[Urgency, int]:
    totals = dict.fromkeys(Urgency, 0)
    for (_, urgency), rows in found.counting.topics.items():
        totals[urgency] += rows
    return totals


def _period(found: Findings) -> tuple[date, date] | None:
    days = [day for _, day in found.counting.days]
    return (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else None


def _topics(found: Findings) -> Series:
    """Each category, and below it its topics, the most frequent first."""
    counts = by_first(found.counting.topics)
    series: list[Any] = []
    for category in found.taxonomy.categories:
        own = [t for t in found.taxonomy.topics if t.category == category.id and t.id in counts]
        own.sort(key=lambda topic: -counts[topic.id].total())
        whole = {u: sum(counts[topic.id][u] for topic in own) for u in Urgency}
        series.append((category.name, whole, True))
        series += [(topic.name, counts[topic.id], False) for topic in own]
    return series


def _months(found: Findings) -> Series:
    """Every month from the first to the last, also those without rows; years where there would be too many."""
    counts = by_first(found.counting.months)
    if not counts:
        return []
    at, last = min(counts), max(counts)
    series: list[Any] = []
    while at <= last:
        series.append((at, counts.get(at, {}), False))
        year, month = int(at[:4]), int(at[5:])
        at = f"{year + month // 12:04}-{month % 12 + 1:02}"
    return series


def _stores(found: Findings) -> Series:
    counts = by_first(found.counting.stores)
    largest = sorted(counts, key=lambda store: (-counts[store].total(), store))[:SHOWN_STORES]
    return [(excerpt(store, 14), counts[store], False) for store in largest]


def _labels(found: Findings) -> list[dict[str, Any]]:
    """The confusion matrix: old labels by new categories, and the topics that each label met most."""
    rows = []
    for label, total in found.labels.labels.most_common(SHOWN_LABELS):
        topics = {t: n for (old, t), n in found.labels.met.items() if old == label}
        cells = []
        for category in found.taxonomy.categories:
            met = sum(n for t, n in topics.items() if found.taxonomy.category_of(t) == category.id)
            cells.append((met, heat(met, total)))
        known = found.labels.meaning(label) is not None
        rows.append(
            {
                "label": excerpt(label, 30),
                "total": total,
                "cells": cells,
                "agreeing": found.labels.agreeing[label] / total if known else None,
                "usual": sorted(topics.items(), key=lambda pair: (-pair[1], pair[0]))[:3],
            }
        )
    return rows
