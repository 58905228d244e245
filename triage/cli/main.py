"""The commands and their options."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from triage.cli import corrections, files, keys, models, present, relabel, rules
from triage.cli import store as store_commands
from triage.cli.options import KnowledgeOption, ModelOption, PolicyOption, RulesOnlyOption, errors
from triage.cli.replay import replay_command
from triage.engine import Engine
from triage.errors import InputError, TriageError
from triage.settings import Settings, load_settings
from triage.types import Complaint

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Judge retail complaints in Chinese: topic, urgency, who must act, by when.",
)
app.add_typer(rules.app, name="rules")
app.add_typer(corrections.app, name="corrections")
app.add_typer(keys.app, name="keys")
app.add_typer(store_commands.app, name="store")
app.add_typer(models.app, name="models")
app.command()(relabel.relabel)
app.command("replay")(replay_command)


@app.command()
def classify(
    text: Annotated[str | None, typer.Argument(help="One complaint.")] = None,
    source: Annotated[Path | None, typer.Option("--input", help="JSON Lines, - for standard input.")] = None,
    target: Annotated[
        Path | None, typer.Option("--output", help="JSON Lines, - for standard output.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer one complaint as JSON.")] = False,
    channel: Annotated[str | None, typer.Option(help="How it came in (one complaint).")] = None,
    store: Annotated[str | None, typer.Option(help="Store id [default: TRIAGE_STORE].")] = None,
    policy: PolicyOption = None,
    model: ModelOption = None,
    knowledge: KnowledgeOption = None,
    rules_only: RulesOnlyOption = False,
) -> None:
    """Judge one complaint, or a file of them."""
    if (text is None) == (source is None):
        raise typer.BadParameter("give either a text or --input FILE")
    settings = _settings(model, knowledge, policy, store, rules_only)
    engine = _engine(settings)
    if text is not None:
        result = engine.judge(Complaint(text, channel=channel), _now())
        sys.stdout.write(present.as_json(result) if as_json else present.as_text(result, engine))
        return
    assert source is not None
    counts = files.classify_file(engine, source, target or Path("-"), _now)
    errors.print(f"共 {counts.total} 条，判定 {counts.judged} 条，无法判定 {counts.failed} 条")
    if counts.failed:
        raise typer.Exit(1)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="One complaint.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    model: ModelOption = None,
    knowledge: KnowledgeOption = None,
    rules_only: RulesOnlyOption = False,
) -> None:
    """Say why a complaint is judged as it is, and the smallest change that would alter it."""
    from triage.cli import present_explanation
    from triage.explain import explain as explain_text

    engine = _engine(_settings(model, knowledge, None, None, rules_only))
    explanation = explain_text(engine, text, _now())
    if as_json:
        sys.stdout.write(present_explanation.as_json(explanation))
    else:
        sys.stdout.write(present_explanation.as_text(explanation, engine.taxonomy))


@app.command()
def check(knowledge: KnowledgeOption = None) -> None:
    """Validate taxonomy, concepts, hazard rules, policies and calendars; name what is wrong."""
    from triage.cli.check import check_knowledge

    report = check_knowledge(load_settings(knowledge=knowledge))
    for problem in report.problems:
        errors.print(str(problem), style="red")
    for line in report.summary:
        sys.stdout.write(f"{line}\n")
    if report.problems:
        errors.print(f"{len(report.problems)} 处错误", style="red")
        raise typer.Exit(2)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address [default: TRIAGE_HOST].")] = None,
    port: Annotated[int | None, typer.Option(help="Port [default: TRIAGE_PORT].")] = None,
    policy: PolicyOption = None,
    model: ModelOption = None,
    knowledge: KnowledgeOption = None,
    rules_only: RulesOnlyOption = False,
) -> None:
    """Serve the HTTP API; without a key of your own one is made and printed."""
    from triage.cli.serve import serve_api

    serve_api(_settings(model, knowledge, policy, None, rules_only, host=host, port=port), errors)


def main() -> None:
    """Run, and turn our own errors into a clear message and exit code 2."""
    try:
        app()
    except InputError as error:
        errors.print(f"无法判定：{error}", style="red")
        sys.exit(2)
    except TriageError as error:
        errors.print(f"{type(error).__name__}", style="red")
        errors.print(str(error))
        sys.exit(2)


def _engine(settings: Settings) -> Engine:
    from triage.bootstrap import build_engine

    engine = build_engine(settings)
    for name in engine.degraded:
        errors.print(f"功能降级：{name}", style="yellow")
    return engine


def _settings(
    model: Path | None,
    knowledge: Path | None,
    policy: str | None,
    store: str | None,
    rules_only: bool,
    **more: object,
) -> Settings:
    return load_settings(
        model=model,
        knowledge=knowledge,
        policy=policy,
        store=store,
        model_errors="rules-only" if rules_only else None,
        **more,
    )


def _now() -> datetime:
    return datetime.now(UTC)
