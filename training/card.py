"""The card of a model: its figures, for people."""

from __future__ import annotations

from typing import Any

from training.evaluate import SHARES
from triage.models.artifact import Manifest


def write_card(manifest: Manifest) -> str:
    """Markdown text of ``CARD.md``."""
    test = manifest.figures["test"]
    variants = manifest.figures["test_by_variant"]
    lines = [
        f"# Model {manifest.id}",
        "",
        f"Trained {manifest.created_at} on {manifest.figures['rows']['train']} of {manifest.data.rows} labelled"
        f" complaints ({manifest.figures['features']} features; data {manifest.data.sha256[:12]},"
        f" preprocessing {manifest.preprocessing}, taxonomy {manifest.taxonomy}).",
        "",
        f"`needs_review` below a topic probability of {manifest.thresholds.review:.3f}, chosen on the validation part"
        f" so that at most {manifest.review_risk:.0%} of the unreviewed topics are wrong (Clopper-Pearson, 90 %)."
        f" Urgent from a probability of {manifest.thresholds.urgent:.3f}.",
        "",
        f"From a probability of urgent of {manifest.thresholds.alarm:.3f} on a person looks whether it is an emergency:"
        f" at most {manifest.alarm_risk:.0%} of emergencies are expected below it (conformal risk control on the"
        " validation part; it holds on average for emergencies like those, not for kinds that the data lacks)."
        " What a rule confirms does not depend on it.",
        "",
        "## Figures on the test part, through the whole engine (rules and model)",
        "",
        "| texts | rows | " + " | ".join(SHARES) + " |",
        "|---|---|" + "---|" * len(SHARES),
        _row("all", test),
        *(_row(name, figures) for name, figures in variants.items()),
        "",
        "| topic | rows | recall | precision |",
        "|---|---|---|---|",
        *(
            f"| {topic} | {figures['rows']} | {number(figures['recall'])} | {number(figures['precision'])} |"
            for topic, figures in test["by_topic"].items()
        ),
        "",
    ]
    return "\n".join(lines)


def _row(name: str, figures: dict[str, Any]) -> str:
    return f"| {name} | {figures['rows']} | " + " | ".join(number(figures[c]) for c in SHARES) + " |"


def number(value: float | None) -> str:
    """Three decimals, or a dash where there was nothing to divide by."""
    return "–" if value is None else f"{value:.3f}"
