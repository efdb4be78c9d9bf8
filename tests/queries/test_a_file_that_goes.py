"""A SQLite file that is taken away under the running bot: nothing is answered that nobody could find again."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from models.session import StorageUnavailable, open_store


def _make(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS said (word TEXT)")


def _say(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO said VALUES ('x')")


def _count(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM said").scalar_one())


async def test_nothing_is_taken_while_the_file_is_away_and_all_goes_on_when_it_is_back(tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "a.db", tmp_path / "b.db"
    store = open_store(f"sqlite:///{file}")
    try:
        await store.write(_make)
        await store.write(_say)
        file.rename(elsewhere)
        with pytest.raises(StorageUnavailable):
            await store.write(_say)
        assert not file.exists()
        elsewhere.rename(file)
        await store.write(_say)
        assert await store.write(_count) == 2
    finally:
        await store.close()


async def test_a_backup_put_in_its_place_is_the_database_from_then_on(tmp_path: Path) -> None:
    file, backup = tmp_path / "a.db", tmp_path / "backup.db"
    other = open_store(f"sqlite:///{backup}")
    await other.write(_make)
    await other.close()
    store = open_store(f"sqlite:///{file}")
    try:
        await store.write(_make)
        await store.write(_say)
        for name in ("a.db", "a.db-wal", "a.db-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        backup.rename(file)
        assert await store.write(_count) == 0
    finally:
        await store.close()
