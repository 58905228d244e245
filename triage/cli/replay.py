"""``triage replay``: judge a kept complaint again by what judged it then, and show what differs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from triage.bootstrap import build_engine, model_registry
from triage.catalog.artifact import load_classifier
from triage.cli.keys import opened_store
from triage.cli.options import KnowledgeOption, errors
from triage.errors import ArtifactError, NotFound
from triage.live import with_model
from triage.settings import Settings, load_settings

if TYPE_CHECKING:
    from triage.engine import Engine
    from triage.service.replay import Difference
    from triage.store.values import AssessmentRecord


def replay_command(
    identifier: Annotated[str, typer.Argument(metavar="ASSESSMENT_ID", help="As it was answered.")],
    knowledge: KnowledgeOption = None,
) -> None:
    """Judge a kept complaint again with the model that judged it, and show what differs."""
    from triage.service.replay import model_of, replay

    settings = load_settings(knowledge=knowledge)
    record = _record(identifier)
    engine = _engine_of(settings, model_of(record))
    replayed = replay(record, engine)
    for difference in replayed.versions:
        errors.print(f"版本不同  {_line(difference)}", style="yellow")
    for difference in replayed.answer:
        sys.stdout.write(_line(difference) + "\n")
    if replayed.answer:
        errors.print(f"{len(replayed.answer)} 项与当时不同")
        raise typer.Exit(1)
    errors.print("与当时的判定一致")


def _record(identifier: str) -> AssessmentRecord:
    from triage.store import assessments

    with opened_store() as store, store.reading() as connection:
        found = assessments.find(connection, identifier)
    if found is None:
        raise NotFound("assessment_id", "没有这条记录")
    return found


def _engine_of(settings: Settings, model: str | None) -> Engine:
    """Today's engine with the model of then; where that is gone, with today's, which the versions then show."""
    engine = build_engine(settings)
    if model == engine.versions.model:
        return engine
    if model is None:
        return with_model(engine, None)
    try:
        folder = model_registry(settings).find(model).folder
        return with_model(engine, load_classifier(folder, engine.taxonomy, engine.versions.preprocessing))
    except ArtifactError as error:
        errors.print(f"当时的模型 {model} 已无法使用，改用 {engine.versions.model}：{error}", style="yellow")
        return engine


def _line(difference: Difference) -> str:
    then, now = (orjson.dumps(value).decode() for value in (difference.then, difference.now))
    return f"{difference.field}：{then} → {now}"
