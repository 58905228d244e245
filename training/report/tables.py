"""Markdown tables of figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from training.card import number
from training.evaluate import SHARES, Figures
from training.report.calibration import Calibration
from training.report.figures import SetFigures

MOST_CONFUSIONS = 10


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table, line by line, with an empty line behind it."""
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows),
        "",
    ]


def sets_table(sets: Sequence[SetFigures]) -> list[str]:
    """One row a set."""
    head = ("texts", "rows", "topic, 95 % interval", *SHARES)
    return table(
        head,
        (
            (
                one.name,
                one.figures.rows,
                f"{one.topic_interval[0]:.3f}–{one.topic_interval[1]:.3f}",
                *_cells(one.figures),
            )
            for one in sets
        ),
    )


def groups_table(group: str, sets: Mapping[str, Mapping[str, Figures]]) -> list[str]:
    """One row for each group of each set."""
    rows = [
        (name, key, figures.rows, *_cells(figures))
        for name, groups in sets.items()
        for key, figures in groups.items()
    ]
    return table(("texts", group, "rows", *SHARES), rows)


def topics_table(sets: Sequence[SetFigures]) -> list[str]:
    """One row a topic; rows, recall and precision for each set."""
    topics = sorted({topic for one in sets for topic in one.figures.by_topic})
    return table(
        ("topic", *(one.name for one in sets)),
        ((topic, *(_topic(one, topic) for one in sets)) for topic in topics),
    )


def confusions_table(one: SetFigures) -> list[str]:
    """The most frequent confusions of one set."""
    return table(("labelled", "answered", "times"), one.figures.confusions[:MOST_CONFUSIONS])


def calibration_table(sets: Mapping[str, Calibration]) -> list[str]:
    """One row a bin; for each set its rows, what was stated and what was measured."""
    curves = list(sets.values())
    rows = (
        (
            f"{bins[0].low:.1f}–{bins[0].high:.1f}",
            *(_bin(item.rows, item.stated, item.measured) for item in bins),
        )
        for bins in zip(*(curve.bins for curve in curves), strict=True)
    )
    return table(
        ("probability", *sets), [*rows, ("**mean distance**", *(number(curve.error) for curve in curves))]
    )


def _cells(figures: Figures) -> list[str]:
    return [number(getattr(figures, column)) for column in SHARES]


def _topic(one: SetFigures, topic: str) -> str:
    found = one.figures.by_topic.get(topic)
    if found is None:
        return "–"
    recall, precision = (
        None if found[key] is None else float(found[key] or 0) for key in ("recall", "precision")
    )
    return f"{found['rows']}: {number(recall)} / {number(precision)}"


def _bin(rows: int, stated: float | None, measured: float | None) -> str:
    return f"{rows}: {number(stated)} → {number(measured)}" if rows else "–"
