"""``triage keys``: who may call the service, and as what."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from triage.bootstrap import build_store
from triage.cli.options import errors
from triage.settings import load_settings
from triage.store.values import KeyRecord, Role

if TYPE_CHECKING:  # imported where it is used: other commands need no database
    from triage.store.store import Store

app = typer.Typer(no_args_is_help=True, help="Create, list and revoke the keys of the API.")

_WHAT = {
    Role.INTAKE: "提交投诉、查看分类和规范",
    Role.SUPERVISOR: "另可查看记录、更正、复核",
    Role.ADMIN: "另可删除顾客记录",
}


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Who it is for, e.g. 收银台 or 王主管.")],
    role: Annotated[Role, typer.Option(help="What its holder may do.")] = Role.INTAKE,
) -> None:
    """Make a key and print it; it is not kept and cannot be shown again."""
    from triage.store import keys

    with opened_store() as store:
        record, token = store.writer.run(
            lambda connection: keys.create(connection, name, role, _now())
        ).result()
    errors.print(f"{record.id}  {record.name}  {record.role.value}：{_WHAT[record.role]}")
    errors.print("请妥善保存，密钥不会再次显示：")
    sys.stdout.write(f"{token}\n")


@app.command("list")
def list_keys() -> None:
    """List all keys: id, role, made, revoked, name."""
    from triage.store import keys

    with opened_store() as store, store.reading() as connection:
        for record in keys.everything(connection):
            sys.stdout.write(_line(record) + "\n")


@app.command()
def revoke(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="As triage keys list shows it.")],
) -> None:
    """End a key; running services refuse it within seconds."""
    from triage.store import keys

    with opened_store() as store:
        record = store.writer.run(lambda connection: keys.revoke(connection, identifier, _now())).result()
    sys.stdout.write(_line(record) + "\n")


@contextmanager
def opened_store() -> Iterator[Store]:
    """The store that the environment names, closed afterwards."""
    store = build_store(load_settings())
    try:
        yield store
    finally:
        store.close()


def _line(record: KeyRecord) -> str:
    ended = f"{record.revoked_at:%Y-%m-%d %H:%M} 已停用" if record.revoked_at else "有效"
    return f"{record.id}  {record.role.value:<10}  {record.created_at:%Y-%m-%d %H:%M}  {ended}  {record.name}"


def _now() -> datetime:
    return datetime.now(UTC)
