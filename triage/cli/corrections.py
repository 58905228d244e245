"""``triage corrections``: what people said instead, into the store and out of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from triage.cli import files
from triage.cli.keys import opened_store
from triage.cli.options import KnowledgeOption, ModelOption, RulesOnlyOption, errors
from triage.errors import TriageError
from triage.settings import load_settings
from triage.store.values import Role, State

app = typer.Typer(no_args_is_help=True, help="Bring corrections into the store, and take them out.")


@app.command("import")
def import_file(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, - for standard input.")],
    by: Annotated[str, typer.Option(help="Who corrected, where a line does not say.")] = "import",
    role: Annotated[Role, typer.Option(help="With what authority, for all lines.")] = Role.SUPERVISOR,
    model: ModelOption = None,
    knowledge: KnowledgeOption = None,
    rules_only: RulesOnlyOption = False,
) -> None:
    """Import corrections: text (or assessment_id), topic, urgency; optionally secondary_topics, reason, by, made_at."""
    from triage.bootstrap import build_engine
    from triage.cli.correction_lines import import_lines
    from triage.service import Service
    from triage.service.requests import Author

    settings = load_settings(
        model=model, knowledge=knowledge, model_errors="rules-only" if rules_only else None
    )
    with _faults_named(source), files.open_source(source) as lines, opened_store() as store:
        service = Service(build_engine(settings), store)
        outcome = import_lines(service, source, lines, Author(by, role), _now)
    for number, record in outcome.held:
        errors.print(f"{source}: 第 {number} 行: 待复核：{'；'.join(record.hold_reasons)}", style="yellow")
    for problem in outcome.problems:
        errors.print(str(problem), style="red")
    errors.print(
        f"采纳 {outcome.accepted} 条，待复核 {len(outcome.held)} 条，{len(outcome.problems)} 处无法使用"
    )
    if outcome.problems:
        raise typer.Exit(1)


@app.command("export")
def export_file(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, - for standard output.")] = Path(
        "-"
    ),
    state: Annotated[State | None, typer.Option(help="Only those in this state.")] = None,
) -> None:
    """Export corrections, oldest first, masked; what models learn from are those accepted and confirmed."""
    from triage.cli.correction_lines import line_of
    from triage.store import corrections

    count = 0
    with (
        opened_store() as store,
        store.reading() as connection,
        _faults_named(target),
        files.open_target(target) as output,
    ):
        for record in corrections.everything(connection):
            if state in (None, record.state):
                output.write(orjson.dumps(line_of(record)) + b"\n")
                count += 1
    errors.print(f"导出 {count} 条")


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TriageError(f"{error.filename or path}: {error.strerror}") from error


def _now() -> datetime:
    return datetime.now(UTC)
