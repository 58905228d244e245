"""``triage-train retrain`` and ``gate``: a better model out of corrections, and whether it may answer."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from training.bench import Bench, bench_for, console
from training.corpus import Corpus, LabeledComplaint, load_corpus
from training.exam import Exam
from training.gate import hold, verdict_text, write_verdict
from training.lessons import Lessons, lessons_of
from training.retrain import Challenger, marks_that_measure, retrain, settle
from training.split import Part, select
from training.train import Workshop
from triage.bootstrap import build_engine, build_store, model_folder, model_registry
from triage.catalog.artifact import load_classifier, read_manifest
from triage.engine import Engine
from triage.models.gate import Verdict
from triage.service.model_events import note_event
from triage.settings import Settings, load_settings
from triage.store import corrections
from triage.store.store import Store
from triage.store.values import ModelEventKind

DataOption = Annotated[Path, typer.Option("--data", help="Labelled complaints; their test part measures.")]
GoldenOption = Annotated[
    list[Path] | None,
    typer.Option(help="Labelled texts of which no emergency may be lost; may be repeated."),
]
ActivateOption = Annotated[bool, typer.Option("--activate", help="Put it in force if it passes.")]
LEFT_OUT = {
    "held": "待复核或被否决",
    "disputed": "有争议",
    "measures": "属于考题",
    "superseded": "已有新的更正",
}


def retrain_command(
    data: DataOption = Path("data/labeled"), golden: GoldenOption = None, activate: ActivateOption = False
) -> None:
    """Learn from labelled complaints and corrections, beginning at the model in force; then hold the gate."""
    settings = load_settings()
    engine = build_engine(settings)
    corpus = load_corpus(data, engine.taxonomy)
    with _store(settings) as store, bench_for("再训练") as bench:
        exam = _exam(engine, corpus, golden, bench)
        lessons = _lessons(store, engine, exam)
        challenger = _challenger(settings, engine, corpus, lessons, bench)
        _note(store, challenger, ModelEventKind.TRAINED)
        passed = _try(store, engine, challenger, exam, bench)
    _finish(settings, challenger, passed, activate)


def gate_command(
    challenger: Annotated[Path, typer.Argument(help="A model directory.")],
    data: DataOption = Path("data/labeled"),
    golden: GoldenOption = None,
    activate: ActivateOption = False,
) -> None:
    """Try a model against the one in force; the verdict is written into its directory."""
    settings = load_settings()
    engine = build_engine(settings)
    on_trial = Challenger(read_manifest(challenger).id, challenger)
    with _store(settings) as store, bench_for("评审") as bench:
        exam = _exam(engine, load_corpus(data, engine.taxonomy), golden, bench)
        passed = _try(store, engine, on_trial, exam, bench)
    _finish(settings, on_trial, passed, activate)


def _exam(engine: Engine, corpus: Corpus, golden: list[Path] | None, bench: Bench) -> Exam:
    rows: list[LabeledComplaint] = []
    for source in golden or []:
        rows += load_corpus(source, engine.taxonomy).rows
    test = select(corpus.rows, Part.TEST)
    return Exam.of(test, rows, engine.preparer, lambda all_rows: bench.track("考题", all_rows, len(all_rows)))


def _lessons(store: Store, engine: Engine, exam: Exam) -> Lessons:
    with store.reading() as connection:
        lessons = lessons_of(
            corrections.everything(connection), marks_that_measure(exam.rows, engine.preparer)
        )
    left_out = "，".join(f"{LEFT_OUT[name]} {count}" for name, count in lessons.left_out.items())
    console.print(f"可学的更正 {len(lessons.rows)} 条" + (f"；未用：{left_out}" if left_out else ""))
    return lessons


def _challenger(
    settings: Settings, engine: Engine, corpus: Corpus, lessons: Lessons, bench: Bench
) -> Challenger:
    workshop = Workshop(engine.taxonomy, engine.preparer, engine.recognizer, engine.versions.preprocessing)

    trained = retrain(
        model_folder(settings),
        corpus,
        lessons,
        workshop,
        bench.step,
        lambda rows: [engine.preparer.prepare(row.text) for row in bench.track("预处理", rows, len(rows))],
    )
    return settle(trained, settings.models, datetime.now(UTC))


def _try(store: Store, engine: Engine, challenger: Challenger, exam: Exam, bench: Bench) -> bool:
    bench.step("评审")
    verdict = hold(engine, challenger.folder, exam)
    write_verdict(verdict, challenger.folder)
    _note(store, challenger, ModelEventKind.PASSED if verdict.passed else ModelEventKind.REFUSED, verdict)
    console.print(verdict_text(verdict), markup=False, highlight=False)
    return verdict.passed


def _finish(settings: Settings, challenger: Challenger, passed: bool, activate: bool) -> None:
    if not passed:
        console.print(f"{challenger.identifier} 未通过评审，现行模型不变")
        raise typer.Exit(1)
    if not activate:
        console.print(f"启用：triage models activate {challenger.identifier}")
        return
    engine = build_engine(settings)
    model_registry(settings).activate(
        challenger.identifier,
        lambda folder: load_classifier(folder, engine.taxonomy, engine.versions.preprocessing),
    )
    with _store(settings) as store:
        _note(store, challenger, ModelEventKind.ACTIVATED)
    console.print(f"已启用 {challenger.identifier}")


def _note(store: Store, challenger: Challenger, kind: ModelEventKind, verdict: Verdict | None = None) -> None:
    failed = {} if verdict is None else {one.name: one.reason for one in verdict.findings if not one.passed}
    manifest = read_manifest(challenger.folder)
    note_event(store, challenger.folder, manifest, kind, getpass.getuser(), datetime.now(UTC), failed)


@contextmanager
def _store(settings: Settings) -> Iterator[Store]:
    store = build_store(settings)
    try:
        yield store
    finally:
        store.close()
