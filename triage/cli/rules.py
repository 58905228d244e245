"""``triage rules``: what rules there are, how one stands, and how good they are on labelled complaints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import orjson
import typer

from triage.bootstrap import House
from triage.catalog.files import KnowledgeFiles
from triage.catalog.written_rules import read_written_rules
from triage.cli import present_rules
from triage.cli.labelled import read_labelled
from triage.cli.options import HazardOption, KnowledgeOption, errors
from triage.errors import TriageError
from triage.rulebook import Case, Reading, compare, read_cases, score
from triage.rules.recognizer import Recognizer
from triage.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="Read the hazard rules, and measure them.")

FilesArgument = Annotated[list[Path], typer.Argument(help="Labelled JSON Lines: text, topic, urgency.")]


@app.command("list")
def list_rules(hazard: HazardOption = None, knowledge: KnowledgeOption = None) -> None:
    """List the rules: id, meaning, status, source."""
    house = _house(knowledge)
    _refuse_unknown(house, hazard, None)
    rules = [rule for rule in read_written_rules(house.files) if hazard in (None, rule.hazard)]
    _write(present_rules.listing(rules))


@app.command()
def show(
    rule: Annotated[str, typer.Argument(metavar="ID", help="E.g. fire.gas.smell.")],
    knowledge: KnowledgeOption = None,
) -> None:
    """Show a rule as it stands in its file, examples included."""
    house = _house(knowledge)
    _refuse_unknown(house, None, rule)
    written = next(item for item in read_written_rules(house.files) if item.entry.id == rule)
    _write([f"# {written.path}:{written.line}", written.text])


@app.command("test")
def measure(
    files: FilesArgument,
    hazard: HazardOption = None,
    rule: Annotated[str | None, typer.Option(metavar="ID", help="Only this rule.")] = None,
    target: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="All figures as JSON, - for standard output.")
    ] = None,
    misses: Annotated[
        int, typer.Option(min=0, help="List so many missed emergencies and false alarms, masked.")
    ] = 0,
    knowledge: KnowledgeOption = None,
) -> None:
    """Measure the rules on labelled complaints; with knowledge of your own, against the packaged rules.

    --hazard and --rule narrow what is shown, not what is measured.
    """
    house = _house(knowledge)
    _refuse_unknown(house, hazard, rule)
    cases, problems = read_labelled(files, house.taxonomy.topic_by_id)
    for problem in problems:
        errors.print(str(problem), style="red")
    if not cases:
        raise TriageError("没有可用的标注数据")
    report = _report(house, cases, present_rules.Selection(hazard, rule))
    if target != Path("-"):
        _write(report.lines(misses))
    if target is not None:
        _write_json(target, report.as_dict())
    if problems:
        errors.print(f"{len(problems)} 行无法使用", style="red")
        raise typer.Exit(1)


def _report(house: House, cases: Sequence[Case], selection: present_rules.Selection) -> present_rules.Report:
    after = _read(house, cases)
    packaged = House(KnowledgeFiles()) if len(list(house.files)) > 1 else None
    before = _read(packaged, cases) if packaged else None
    return present_rules.Report(
        reading=after,
        scores=score(after),
        comparison=compare(before, after) if before else None,
        version=house.hazard_rules.version,
        packaged_version=packaged.hazard_rules.version if packaged else None,
        taxonomy=house.taxonomy,
        selection=selection,
        mask=lambda text: house.preparer.prepare(text).masked,
    )


def _read(house: House, cases: Sequence[Case]) -> Reading:
    rules = house.hazard_rules.rules
    recognizer = Recognizer(rules, house.hazard_rules.context)
    return read_cases(rules, lambda text: recognizer.recognize(house.preparer.prepare(text)), cases)


def _house(knowledge: Path | None) -> House:
    return House.from_settings(load_settings(knowledge=knowledge))


def _refuse_unknown(house: House, hazard: str | None, rule: str | None) -> None:
    if hazard is not None and hazard not in house.taxonomy.hazard_by_id:
        known = "、".join(house.taxonomy.hazard_by_id)
        raise TriageError(f"没有危险类别 {hazard}，可用的有：{known}")
    if rule is not None and rule not in house.hazard_rules.examples:
        raise TriageError(f"没有规则 {rule}；triage rules list 列出全部规则")


def _write(lines: Sequence[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def _write_json(target: Path, content: object) -> None:
    data = orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"
    if target == Path("-"):
        sys.stdout.write(data.decode())
        return
    try:
        target.write_bytes(data)
    except OSError as error:
        raise TriageError(f"{target}: {error.strerror}") from error
