"""Bringing a database up to this version."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from triage.errors import StoreError
from triage.store.migrate import HEAD, SCRIPTS, revision
from triage.store.store import Store, open_store
from triage.store.tables import metadata


def test_the_steps_lead_to_the_tables(store: Store) -> None:
    """What the migrations make is what the code reads and writes: tables, columns, types, indexes."""
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_the_newest_step_is_the_one_that_the_start_asks_for() -> None:
    """Whoever adds a step without raising HEAD would never see it run."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_database_of_this_version_is_left_alone(store: Store, url: str | None, tmp_path: Path) -> None:
    """Opened again, it does not even load Alembic."""
    code = (
        "import sys; from pathlib import Path; from triage.store.store import open_store;"
        f"open_store(Path({str(tmp_path / 'state')!r}), {url!r}).close();"
        "sys.exit('alembic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_services_that_start_together_make_the_tables_once(url: str | None, tmp_path: Path) -> None:
    """Each waits for the first, and then finds them."""
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_store(tmp_path / "state", url), range(4)))

    for store in stores:
        with store.reading() as connection:
            assert revision(connection) == HEAD
        store.close()


def test_a_database_of_a_newer_version_stops_the_start(store: Store, url: str | None, tmp_path: Path) -> None:
    """An old service would not know what it destroys."""
    with store.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match="更新的版本"):
        open_store(tmp_path / "state", url)


def test_a_file_that_is_no_database_stops_the_start(tmp_path: Path) -> None:
    """It is named as a fault, and not overwritten."""
    file = tmp_path / "triage.db"
    file.write_text("some notes of somebody " * 100)

    with pytest.raises(StoreError):
        open_store(tmp_path)

    assert file.read_text().startswith("some notes")
