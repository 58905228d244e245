"""``triage-train``: the door of the workshop."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from training.corpus import LabeledComplaint, load_corpus
from training.evaluate import by_variant, judge_all, measure
from training.split import Part, select
from training.train import Workshop, save, train
from triage.bootstrap import House, build_engine
from triage.errors import TriageError
from triage.settings import Settings, load_settings
from triage.types import PreparedText

DATA = Path("data/labeled")

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Train and measure the classifiers.")
console = Console(stderr=True)

DataOption = Annotated[Path, typer.Option("--data", help="Folder of labelled *.jsonl files.")]
ModelOption = Annotated[Path | None, typer.Option("--model", help="Model directory [default: TRIAGE_MODEL].")]


@app.command("train")
def train_command(
    data: DataOption = DATA,
    output: Annotated[Path | None, typer.Option(help="Where the model goes [default: TRIAGE_MODEL].")] = None,
    if_missing: Annotated[bool, typer.Option(help="Do nothing where a usable model stands already.")] = False,
) -> None:
    """Train the default model from labelled complaints and write it as a model directory."""
    settings = load_settings(model=output)
    if if_missing and _is_usable(settings):
        console.print(f"模型已在 [bold]{settings.model}[/]，无需训练")
        return
    house = House.from_settings(settings)
    corpus = load_corpus(data, house.taxonomy)
    workshop = Workshop(house.taxonomy, house.preparer, house.recognizer, house.preprocessing.fingerprint)
    with _progress() as progress:
        steps = progress.add_task("训练", total=None)

        def prepare_all(rows: Sequence[LabeledComplaint]) -> list[PreparedText]:
            task = progress.add_task("预处理", total=len(rows))
            return [_advanced(progress, task, house, row) for row in rows]

        trained = train(
            corpus, workshop, lambda step: progress.update(steps, description=f"训练：{step}"), prepare_all
        )
        progress.update(steps, description="训练：完成", total=1, completed=1)
    manifest = save(trained, corpus, workshop, settings.model, datetime.now(UTC))
    test = manifest.figures["test"]
    console.print(
        f"模型 [bold]{manifest.id}[/] 已写入 {settings.model}：主题 {test['topic']:.3f}，类别 {test['category']:.3f}，"
        f"紧急召回 {test['emergency_recall']:.3f}，误报 {test['false_alarms']:.3f}（测试部分 {test['rows']} 条）"
    )


@app.command("evaluate")
def evaluate_command(
    data: Annotated[Path, typer.Argument(help="A folder or one file of labelled complaints.")] = DATA,
    part: Annotated[
        Part | None, typer.Option(help="Only this part of the rows (test, validation, train).")
    ] = None,
    model: ModelOption = None,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON here.")] = None,
) -> None:
    """Measure rules and model together on labelled complaints, per variant."""
    settings = load_settings(model=model)
    engine = build_engine(settings)
    rows: Sequence[LabeledComplaint] = load_corpus(data, engine.taxonomy).rows
    if part is not None:
        rows = select(rows, part)
    cases = judge_all(rows, lambda text: engine.assess(engine.preparer.prepare(text)))
    figures = {"all": measure(cases), **by_variant(cases)}
    names = (
        "rows",
        "topic",
        "category",
        "urgency",
        "emergency_recall",
        "emergency_seen",
        "false_alarms",
        "automated",
        "automated_right",
    )
    console.print("  ".join(("texts", *names)))
    for name, values in figures.items():
        console.print("  ".join((name, *(str(getattr(values, column)) for column in names))))
    if output is not None:
        content = {name: values.to_dict() for name, values in figures.items()}
        output.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def main() -> None:
    """Run, and turn our own errors into a clear last line and exit code 2."""
    try:
        app()
    except TriageError as error:
        console.print(f"[red]{type(error).__name__}[/]", highlight=False)
        console.print(str(error), markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)


def _is_usable(settings: Settings) -> bool:
    try:
        return build_engine(settings).classifier is not None
    except TriageError:
        return False


def _advanced(progress: Progress, task: object, house: House, row: LabeledComplaint) -> PreparedText:
    prepared = house.preparer.prepare(row.text)
    progress.advance(task)  # type: ignore[arg-type]
    return prepared


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
