"""A report → the Markdown of a model card."""

from __future__ import annotations

from collections.abc import Sequence

from training.card import number
from training.report.figures import SetFigures
from training.report.learning import Curve
from training.report.report import ModelFacts, Report
from training.report.tables import (
    calibration_table,
    confusions_table,
    groups_table,
    sets_table,
    table,
    topics_table,
)


def write_markdown(report: Report, plot: str, about: str) -> str:
    """The whole card; ``plot`` is the address of the calibration plot, ``about`` the prose that ends it."""
    sets = report.sets
    lines = [
        f"# Model card: {report.model.id}",
        "",
        "Written by `triage-train report` from what was measured; the same figures for machines stand beside it. Every"
        " figure is of the whole engine, rules and model together, unless it says *model alone*.",
        "",
        *_model(report.model),
        *_figures(sets),
        *_confusions(sets),
        *_calibration(sets, plot),
        *_abstention(report.model, sets),
        *_promises(sets),
        *_learning(report.curve),
        about.strip(),
        "",
    ]
    return "\n".join(lines)


def _model(model: ModelFacts) -> list[str]:
    learned = f"{model.rows['train']:,} labelled complaints written for it"
    if model.public_rows:
        learned += f" and {model.public_rows:,} labelled public texts"
    if model.base:
        learned += f", starting from model {model.base}"
    return [
        "## What it is",
        "",
        f"Classifiers of {model.topics} topics and four urgencies for Chinese complaints, learned from {learned}."
        f" {model.features:,} features by name, {model.words:,} word vectors; {model.size / 1e6:.1f} MB on disk;"
        f" numbers and words, no texts. How it works: [models.md](models.md).",
        "",
        *table(
            ("", ""),
            (
                ("made", model.created_at),
                ("taxonomy, preprocessing", f"{model.taxonomy}, {model.preprocessing}"),
                ("labelled complaints", f"{sum(model.files.values()):,} in {len(model.files)} files"),
                ("parts", ", ".join(f"{part} {rows:,}" for part, rows in model.rows.items())),
                ("hash of the data", f"`{model.data[:12]}`"),
                ("thresholds", ", ".join(f"{name} {value:g}" for name, value in model.thresholds.items())),
                ("libraries", ", ".join(f"{name} {version}" for name, version in model.libraries.items())),
            ),
        ),
    ]


def _figures(sets: Sequence[SetFigures]) -> list[str]:
    return [
        "## Figures",
        "",
        "What each column counts stands in [models.md](models.md#training-and-measuring).",
        "",
        *sets_table(sets),
        "### By variant of Chinese",
        "",
        *groups_table("variant", {one.name: one.by_variant for one in sets}),
        "### By length in characters",
        "",
        *groups_table("characters", {one.name: one.by_length for one in sets}),
        "### By topic",
        "",
        "Rows: recall / precision.",
        "",
        *topics_table(sets),
    ]


def _confusions(sets: Sequence[SetFigures]) -> list[str]:
    lines = ["## Confusions", ""]
    for one in sets:
        lines += [f"### {one.name}", "", *confusions_table(one)]
    return lines


def _calibration(sets: Sequence[SetFigures], plot: str) -> list[str]:
    return [
        "## Calibration, model alone",
        "",
        "Rows: mean probability stated → share that is right, of the likeliest topic.",
        "",
        f"![Calibration of topics]({plot})",
        "",
        *calibration_table({one.name: one.topic_calibration for one in sets}),
        "The same of the probability of an emergency:",
        "",
        *calibration_table({one.name: one.urgent_calibration for one in sets}),
    ]


def _abstention(model: ModelFacts, sets: Sequence[SetFigures]) -> list[str]:
    shares = [f"share at {item.precision:.2f} right" for item in sets[0].automation] if sets else []
    return [
        "## Abstention",
        "",
        f"Answers without `needs_review` are meant to be acted on unseen. The threshold promises at most"
        f" {model.review_risk:.0%} wrong topics among them. The columns on the right show what a threshold chosen for"
        " these very texts would automate: an upper bound.",
        "",
        *table(
            ("texts", "automated", "of these right", *shares),
            (
                (
                    one.name,
                    number(one.figures.automated),
                    number(one.figures.automated_right),
                    *(number(item.share) for item in one.automation),
                )
                for one in sets
            ),
        ),
    ]


def _promises(sets: Sequence[SetFigures]) -> list[str]:
    return [
        "## Stated and measured, model alone",
        "",
        "Sets of plausible topics (split conformal prediction), and emergencies that the model would leave without a"
        " look (conformal risk control). Both promises hold on average for texts like those that the thresholds were"
        " chosen on; other sets show what is left of them elsewhere. The rules catch more: see `emergency_seen` above.",
        "",
        *table(
            (
                "texts",
                "coverage stated",
                "measured",
                "mean topics in a set",
                "sets of one",
                "emergencies",
                "missed, stated at most",
                "measured",
            ),
            (
                (
                    one.name,
                    number(one.coverage.stated),
                    number(one.coverage.measured),
                    "–" if one.coverage.mean_size is None else f"{one.coverage.mean_size:.2f}",
                    number(one.coverage.single),
                    one.alarm.emergencies,
                    number(one.alarm.stated),
                    number(one.alarm.measured),
                )
                for one in sets
            ),
        ),
    ]


def _learning(curve: Curve | None) -> list[str]:
    if curve is None or not curve.points:
        return []
    names = list(curve.points[0].topic)
    return [
        "## Learning curve",
        "",
        "Share of right topics of models learned from scratch from a part of the labelled complaints, with the word"
        " vectors of this model and none of the public texts.",
        "",
        *table(
            ("labelled complaints", *names),
            (
                (f"{point.rows:,}", *(number(point.topic.get(name)) for name in names))
                for point in curve.points
            ),
        ),
    ]
