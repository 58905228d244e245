"""``triage store``: deleting by hand what is kept."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from triage.cli.keys import opened_store
from triage.store.values import Purged

app = typer.Typer(no_args_is_help=True, help="Delete what is kept of complaints.")


@app.command()
def purge(
    older_than: Annotated[
        int | None, typer.Option(min=1, metavar="DAYS", help="Judgements and corrections older than this.")
    ] = None,
    customer: Annotated[
        bool, typer.Option("--customer", help="All of one customer; asks for the reference.")
    ] = False,
) -> None:
    """Delete by age, or all of one customer. A running service deletes by age itself, see TRIAGE_RETENTION_DAYS."""
    if (older_than is None) is not customer:
        raise typer.BadParameter("give either --older-than DAYS or --customer")
    # Asked for, not an argument: those stand in the history of the shell and in the list of processes.
    gone = _of_customer(typer.prompt("顾客编号", err=True)) if older_than is None else _of_age(older_than)
    sys.stdout.write(f"删除判断 {gone.assessments} 条，更正 {gone.corrections} 条\n")


def _of_age(days: int) -> Purged:
    from triage.store import retention

    before = datetime.now(UTC) - timedelta(days=days)
    with opened_store() as store:
        return store.writer.run(lambda connection: retention.older_than(connection, before, before)).result()


def _of_customer(reference: str) -> Purged:
    from triage.store import retention

    with opened_store() as store:
        digest = store.digester.customer(reference)
        return store.writer.run(lambda connection: retention.of_customer(connection, digest)).result()
