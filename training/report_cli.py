"""``triage-train report``: the model card, from what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from training.artifact import vectors_of
from training.bench import Bench, bench_for, console
from training.corpus import Corpus, LabeledComplaint, load_corpus
from training.report.figures import SetFigures, measure_set
from training.report.judged import judge_rows
from training.report.learning import Curve, learning_curve
from training.report.markdown import write_markdown
from training.report.plot import reliability_plot
from training.report.report import Report, earlier_curve, facts_of
from training.split import Part, select
from training.train import Workshop
from triage.bootstrap import build_engine, model_folder
from triage.catalog.artifact import read_manifest
from triage.engine import Engine
from triage.models.artifact import Manifest
from triage.settings import load_settings
from triage.taxonomy import Taxonomy

Rows = Sequence[LabeledComplaint]

TEST = "test part"
HELD_OUT = [Path("data/holdout"), Path("data/challenge")]


def report_command(
    output: Annotated[
        Path, typer.Option(help="The card; figures (.json) and plot (.svg) go beside it.")
    ] = Path("docs/model-card.md"),
    data: Annotated[
        Path, typer.Option("--data", help="Labelled complaints, whose test part measures.")
    ] = Path("data/labeled"),
    held_out: Annotated[
        list[Path], typer.Option(help="Files or folders of labelled complaints that nothing is learned from.")
    ] = HELD_OUT,
    also: Annotated[
        list[Path] | None, typer.Option(help="Further labelled texts, genuine ones, say; may be repeated.")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Model directory [default: TRIAGE_MODEL].")] = None,
    about: Annotated[
        Path | None, typer.Option(help="Markdown on use and limits [default: that of the shipped model].")
    ] = None,
    curve: Annotated[
        bool, typer.Option("--learning-curve", help="Train four models for a learning curve; takes minutes.")
    ] = False,
) -> None:
    """Measure the model on everything held out, and write its card."""
    settings = load_settings(model=model)
    folder = model_folder(settings)
    engine, manifest = build_engine(settings), read_manifest(folder)
    corpus = load_corpus(data, engine.taxonomy)
    sets = _sets(corpus, [*held_out, *(also or [])], engine.taxonomy)
    figures_file = output.with_suffix(".json")
    with bench_for("模型卡") as bench:
        measured = _measured(sets, engine, manifest, bench)
        points = (
            _curve(corpus, folder, engine, sets, bench)
            if curve
            else earlier_curve(figures_file, corpus.sha256)
        )
    report = Report(facts_of(folder, manifest), measured, points)
    prose = about or Path(str(files("training.report") / "about.md"))
    _write(report, output, figures_file, prose.read_text(encoding="utf-8"))


def _sets(corpus: Corpus, sources: Sequence[Path], taxonomy: Taxonomy) -> dict[str, Rows]:
    """The texts to measure on, by the name that the card shows."""
    sets: dict[str, Rows] = {TEST: select(corpus.rows, Part.TEST)}
    for source in sources:
        if source.stem in sets:
            raise typer.BadParameter(f"two sets are called {source.stem}", param_hint="--also")
        sets[source.stem] = load_corpus(source, taxonomy).rows
    return {name: rows for name, rows in sets.items() if rows}


def _measured(
    sets: dict[str, Rows], engine: Engine, manifest: Manifest, bench: Bench
) -> tuple[SetFigures, ...]:
    return tuple(
        measure_set(name, judge_rows(engine, bench.track(name, rows, len(rows))), manifest)
        for name, rows in sets.items()
    )


def _curve(corpus: Corpus, folder: Path, engine: Engine, sets: dict[str, Rows], bench: Bench) -> Curve:
    workshop = Workshop(engine.taxonomy, engine.preparer, engine.recognizer, engine.versions.preprocessing)
    return learning_curve(corpus, vectors_of(folder), workshop, engine, sets, bench.step)


def _write(report: Report, output: Path, figures_file: Path, about: str) -> None:
    plot = output.with_suffix(".svg")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(write_markdown(report, plot.name, about), encoding="utf-8")
    figures_file.write_text(report.to_json(), encoding="utf-8")
    plot.write_text(
        reliability_plot({one.name: one.topic_calibration for one in report.sets}), encoding="utf-8"
    )
    console.print(f"模型卡已写入 {output}，数据 {figures_file}，图 {plot}")
