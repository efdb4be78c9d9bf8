"""The databases that `conftest.py` and `postgres.py` hand out: fresh, ours alone, and gone afterwards."""

import os
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.postgres import FOLDER_PREFIX, PostgresServer, remove_folders_of_the_dead, running_postgres
from tests.processes import is_alive


def count_tables(url: str) -> int:
    """How many tables stand in the database, after one more was made."""
    if url.startswith("sqlite:///"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as lite:
            lite.execute("CREATE TABLE proof (id INTEGER)")
            found = lite.execute("SELECT count(*) FROM sqlite_master").fetchone()
        lite.close()
    else:
        with psycopg.connect(url) as postgres:
            postgres.execute("CREATE TABLE proof (id INTEGER)")
            found = postgres.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return int(found[0]) if found else 0


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_an_empty_database_of_its_own(database_url: str, turn: int) -> None:
    assert count_tables(database_url) == 1


def test_the_server_is_a_current_postgresql_on_loopback_behind_a_password(
    postgres_server: PostgresServer,
) -> None:
    assert int(postgres_server.version.split(".")[0]) >= 18
    assert "@127.0.0.1:" in postgres_server.url()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://postgres:guess@127.0.0.1:{postgres_server.port}/postgres")


def test_a_database_can_be_made_from_a_filled_template(postgres_server: PostgresServer) -> None:
    template = postgres_server.create_database()
    with psycopg.connect(postgres_server.url(template)) as connection:
        connection.execute("CREATE TABLE filled (id INTEGER)")
    copy = postgres_server.create_database(template=template)
    with psycopg.connect(postgres_server.url(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM filled").fetchone() == (0,)


def test_postgresql_never_runs_as_root(postgres_server: PostgresServer) -> None:
    with psycopg.connect(postgres_server.url()) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row
    assert Path(row[0]).stat().st_uid != 0


def test_a_stopped_server_leaves_no_process_and_no_folder() -> None:
    with running_postgres() as server, psycopg.connect(server.url()) as connection:
        folder = connection.execute("SHOW data_directory").fetchone()
        assert folder
        process_id = int((Path(folder[0]) / "postmaster.pid").read_text().splitlines()[0])
        assert is_alive(process_id)
    assert not is_alive(process_id)
    assert not Path(folder[0]).exists()


def test_a_durable_server_waits_for_the_disk() -> None:
    with running_postgres(durable=True) as server, psycopg.connect(server.url()) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_what_a_killed_run_left_behind_is_removed_by_the_next() -> None:
    killed = subprocess.Popen(["sleep", "0"])
    killed.wait()
    left_behind = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{killed.pid}-"))
    in_use = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
    remove_folders_of_the_dead()
    assert not left_behind.exists()
    assert in_use.exists()
    in_use.rmdir()
