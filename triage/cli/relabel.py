"""``triage relabel``: files of old complaints in, the same with judgements out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triage.cli.options import KnowledgeOption, ModelOption, PolicyOption, RulesOnlyOption, errors
from triage.cli.relabel_engine import EngineKind, workforce_of

if TYPE_CHECKING:
    from triage.batch.relabel import Summary


def relabel(
    inputs: Annotated[
        list[str], typer.Argument(help="Files, patterns or folders: CSV, TSV, XLSX, JSON Lines, Parquet.")
    ],
    output: Annotated[Path, typer.Option(help="File to write; its suffix says the format.")],
    rejects: Annotated[
        Path | None, typer.Option(help="Rows that could not be judged (default: OUTPUT.rejects.jsonl).")
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(help="Column of the customers' words (default: found).")
    ] = None,
    id_column: Annotated[str | None, typer.Option(help="Column whose value is given with rejects.")] = None,
    old_label_column: Annotated[
        str | None, typer.Option(help="Column of earlier labels, for the report.")
    ] = None,
    old_urgency_column: Annotated[
        str | None, typer.Option(help="Column of earlier urgencies, for the report.")
    ] = None,
    received_column: Annotated[
        str | None, typer.Option(help="Column of times of receipt; adds resolve_by.")
    ] = None,
    closed_column: Annotated[
        str | None, typer.Option(help="Column of closing times, for the report.")
    ] = None,
    store_column: Annotated[
        str | None, typer.Option(help="Column of store ids; decides calendar and zone.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Page to write (HTML): counts, changes, emergencies, repetitions.")
    ] = None,
    suspects: Annotated[
        Path | None, typer.Option(help="CSV to write: rows whose old label is most likely wrong.")
    ] = None,
    report_only: Annotated[
        bool, typer.Option("--report-only", help="The output is there already: only report on it.")
    ] = False,
    engine: Annotated[
        EngineKind, typer.Option(help="What judges: processes of this machine, or a Spark session.")
    ] = EngineKind.POOL,
    encoding: Annotated[str | None, typer.Option(help="Encoding of text files (default: found).")] = None,
    output_encoding: Annotated[
        str | None, typer.Option(help="Encoding of a CSV output (default: that of the input).")
    ] = None,
    no_header: Annotated[
        bool, typer.Option("--no-header", help="The first row is a complaint already.")
    ] = False,
    sheet: Annotated[str | None, typer.Option(help="Only this sheet of workbooks.")] = None,
    mask: Annotated[bool, typer.Option("--mask", help="Mask personal data in the text column.")] = False,
    safe_cells: Annotated[
        bool, typer.Option("--safe-cells", help="CSV: an apostrophe before cells that look like formulas.")
    ] = False,
    prefix: Annotated[str, typer.Option(help="Stands before the names of our columns.")] = "triage_",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes (default: one per processor).")
    ] = None,
    store: Annotated[
        str | None, typer.Option(help="Store id for rows without one (default: TRIAGE_STORE).")
    ] = None,
    policy: PolicyOption = None,
    model: ModelOption = None,
    knowledge: KnowledgeOption = None,
    rules_only: RulesOnlyOption = False,
) -> None:
    """Judge files of old complaints and lose none; begun again after an interruption it goes on.

    Exit codes: 0 every row judged; 1 finished, some rows are in the reject file; 2 nothing could be done;
    3 the output exists, or an interrupted run was a different one; 130 interrupted.
    """
    from triage.batch.errors import BatchError
    from triage.batch.plan import Choices
    from triage.batch.relabel import relabel as run
    from triage.batch.report.make import check_targets
    from triage.cli.relabel_progress import Display
    from triage.cli.relabel_report import write_report
    from triage.settings import load_settings

    choices = Choices(
        inputs=tuple(inputs),
        output=output,
        rejects=rejects,
        text_column=text_column,
        id_column=id_column,
        old_label_column=old_label_column,
        old_urgency_column=old_urgency_column,
        received_column=received_column,
        closed_column=closed_column,
        store_column=store_column,
        encoding=encoding,
        output_encoding=output_encoding,
        header=not no_header,
        sheet=sheet,
        mask=mask,
        safe_cells=safe_cells,
        prefix=prefix,
        workers=workers or _processors(),
    )
    settings = load_settings(
        model=model,
        knowledge=knowledge,
        policy=policy,
        store=store,
        model_errors="rules-only" if rules_only else None,
    )
    try:
        check_targets(report, suspects)
        if report_only:
            write_report(choices, settings, report, suspects)
            raise typer.Exit(0)
        with Display(errors) as display:
            summary = run(choices, settings, display, workforce=workforce_of(engine))
        sys.stderr.write(_closing_words(summary))
        write_report(choices, settings, report, suspects)
    except BatchError as error:
        errors.print(str(error), style="red")
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        errors.print("已中断；同样的命令再运行一次即可继续", style="yellow")
        raise typer.Exit(130) from None
    raise typer.Exit(1 if summary.counts.rejected else 0)


def _processors() -> int:
    """Those that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _closing_words(summary: Summary) -> str:
    counts = summary.counts
    lines = [f"读入 {counts.read} 行 = 写出 {counts.judged} 行 + 拒收 {counts.rejected} 行"]
    lines.append(f"紧急 {counts.emergencies} 行，待人工复核 {counts.review} 行")
    if summary.blank_lines:
        lines.append(f"空行 {summary.blank_lines} 行，不计")
    if counts.unusable_times:
        lines.append(f"{counts.unusable_times} 行的收到时间无法采用，没有期限")
    if summary.resumed:
        lines.append(f"其中 {summary.resumed} 块沿用上次中断前的结果")
    lines.append(f"输出 {summary.choices.output}")
    if counts.rejected:
        lines.append(f"拒收的行及原因 {summary.choices.reject_file}")
    return "\n".join(lines) + "\n"
