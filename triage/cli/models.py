"""``triage models``: which models there are, which one answers, and another in its place."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from triage.bootstrap import House, build_store, model_registry
from triage.catalog.artifact import load_classifier, verify_files
from triage.catalog.registry import SHIPPED, Check, Entry
from triage.cli.options import errors
from triage.errors import StoreError
from triage.settings import Settings, load_settings

app = typer.Typer(no_args_is_help=True, help="List models, put one in force, go back.")

NameArgument = Annotated[str, typer.Argument(metavar="ID", help="As triage models list shows it.")]


@app.command("list")
def list_models() -> None:
    """List all models: in force (*), name, id, learned at, trial."""
    registry = model_registry(load_settings())
    active = registry.pointer().active
    for entry in registry.entries():
        sys.stdout.write(_line(entry, entry.name == active) + "\n")


@app.command()
def show(name: NameArgument) -> None:
    """Show what a model learned from, how its trial went, and what became of it."""
    settings = load_settings()
    entry = model_registry(settings).find(name)
    sys.stdout.write("".join(f"{line}\n" for line in _description(entry)))
    if entry.manifest is not None and settings.keeps_complaints:
        for line in _history(settings, entry.manifest.id):
            sys.stdout.write(f"{line}\n")


@app.command()
def activate(
    name: NameArgument,
    untried: Annotated[
        bool, typer.Option("--without-gate", help="Also a model that did not pass its trial.")
    ] = False,
) -> None:
    """Put a model in force; running services take it up within seconds."""
    settings = load_settings()
    entry = model_registry(settings).activate(name, _check(settings), untried)
    _done(settings, entry, "activated", {"without_gate": "true"} if untried else {})


@app.command()
def rollback() -> None:
    """Put the model in force again that was before."""
    settings = load_settings()
    _done(settings, model_registry(settings).roll_back(_check(settings)), "rolled_back", {})


def _check(settings: Settings) -> Check:
    house = House.from_settings(settings)
    return lambda folder: load_classifier(folder, house.taxonomy, house.preprocessing.fingerprint)


def _done(settings: Settings, entry: Entry, kind: str, details: dict[str, str]) -> None:
    assert entry.manifest is not None  # it was loaded
    sys.stdout.write(f"{entry.manifest.id}\n")
    if not settings.follows_register:
        errors.print("注意：设置了 TRIAGE_MODEL，服务不随登记更换模型", style="yellow")
    try:
        _record(settings, entry, kind, details)
    except StoreError as error:  # the model is in force; what is missing is the note of it
        errors.print(f"模型已更换，但未能记入数据库：{error}", style="yellow")


def _record(settings: Settings, entry: Entry, kind: str, details: dict[str, str]) -> None:
    if not settings.keeps_complaints:
        return
    from triage.service.model_events import note_event
    from triage.store.values import ModelEventKind

    assert entry.manifest is not None
    store = build_store(settings)
    try:
        note_event(
            store,
            entry.folder,
            entry.manifest,
            ModelEventKind(kind),
            getpass.getuser(),
            datetime.now(UTC),
            details,
        )
    finally:
        store.close()


def _history(settings: Settings, identifier: str) -> list[str]:
    from triage.store import models

    store = build_store(settings)
    try:
        with store.reading() as connection:
            found = models.events(connection, identifier)
    finally:
        store.close()
    return [f"{event.at:%Y-%m-%d %H:%M}  {event.kind.value}  {event.made_by}" for event in found]


def _line(entry: Entry, active: bool) -> str:
    mark = "*" if active else " "
    if entry.manifest is None:
        return f"{mark} {entry.name:<14}  无法使用：{entry.fault}"
    return f"{mark} {entry.name:<14}  {entry.manifest.id}  {entry.manifest.created_at}  {_trial(entry)}"


def _trial(entry: Entry) -> str:
    if entry.verdict is None:
        return "随软件发布" if entry.name == SHIPPED else "未评审"
    return "通过评审" if entry.verdict.passed else "未通过评审"


def _description(entry: Entry) -> list[str]:
    manifest = entry.manifest
    if manifest is None:
        return [f"{entry.folder}  无法使用：{entry.fault}"]
    lines = [
        f"模型    {manifest.id}",
        f"目录    {entry.folder}",
        f"训练于  {manifest.created_at}，起点 {manifest.base or '无'}",
        f"数据    {manifest.data.rows} 条标注，公开语料 {manifest.data.public_rows} 条",
        f"文件    {_files(entry.folder, entry)}",
        f"评审    {_trial(entry)}",
    ]
    findings = () if entry.verdict is None else entry.verdict.findings
    return [*lines, *(f"  {'✓' if one.passed else '✗'} {one.name}：{one.reason}" for one in findings)]


def _files(folder: Path, entry: Entry) -> str:
    from triage.errors import ArtifactError

    assert entry.manifest is not None
    try:
        verify_files(folder, entry.manifest)
    except ArtifactError as error:
        return f"已损坏：{error}"
    return "完好"
