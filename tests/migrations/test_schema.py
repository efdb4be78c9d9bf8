"""The migrations and the models make the same schema, on both databases, there and back."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import psycopg
import pytest

from bot.settings.database_url import spell_database_url
from models.migrations import SchemaState, migrate, schema_state
from models.migrations import running as migrations
from models.session import StorageUnavailable
from tests.migrations.schema import find_differences, make_by_models, read_schema
from tests.postgres import PostgresServer, free_port

SCRIPTS = Path(migrations.__file__).parent


@pytest.fixture
def other_url(url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another empty database of the same kind."""
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'other.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return spell_database_url(server.url(server.create_database()))


async def test_migrations_and_models_make_the_same_schema(url: str, other_url: str) -> None:
    await migrate(url)
    await asyncio.to_thread(make_by_models, other_url)
    migrated, modelled = read_schema(url), read_schema(other_url)
    assert migrated == modelled
    assert any("ux_notice_merge" in line and "pending" in line for line in migrated), "partial indexes are compared"


async def test_alembic_finds_nothing_to_add(url: str) -> None:
    await migrate(url)
    assert await asyncio.to_thread(find_differences, url) == []


async def test_going_down_leaves_nothing_and_up_again_makes_the_same(url: str) -> None:
    await migrate(url)
    first = read_schema(url)
    await migrations.downgrade(url, "base")
    assert read_schema(url) == []
    await migrate(url)
    assert read_schema(url) == first


async def test_migrating_twice_changes_nothing(url: str) -> None:
    await migrate(url)
    first = read_schema(url)
    await migrate(url)
    assert read_schema(url) == first


async def test_a_database_without_tables_is_empty_and_a_migrated_one_is_current(url: str) -> None:
    assert await schema_state(url) is SchemaState.EMPTY
    await migrate(url)
    assert await schema_state(url) is SchemaState.CURRENT
    await migrations.downgrade(url, "base")
    assert await schema_state(url) is SchemaState.EMPTY


async def test_a_database_that_a_newer_program_migrated_is_newer(url: str) -> None:
    await migrate(url)
    set_revision(url, "9999")
    assert await schema_state(url) is SchemaState.NEWER


async def test_a_database_that_misses_a_revision_is_old(url: str, tmp_path: Path) -> None:
    await migrate(url)
    assert await schema_state(url, scripts=with_one_more_revision(tmp_path)) is SchemaState.OLD


async def test_two_that_start_at_once_take_turns(postgres_server: PostgresServer) -> None:
    url = spell_database_url(postgres_server.url(postgres_server.create_database()))
    await asyncio.gather(*(migrate(url) for _ in range(4)))
    assert await schema_state(url) is SchemaState.CURRENT


async def test_a_server_that_is_away_is_storage_unavailable() -> None:
    with pytest.raises(StorageUnavailable):
        await schema_state(f"postgresql+asyncpg://postgres:none@127.0.0.1:{free_port()}/none")


async def test_a_folder_that_does_not_exist_is_made_for_a_new_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deeper' / 'still' / 'escalations.db'}"
    await migrate(url)
    assert await schema_state(url) is SchemaState.CURRENT


async def test_a_file_that_is_no_database_is_storage_unavailable(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("not a database, and longer than its header would be: " * 40)
    with pytest.raises(StorageUnavailable):
        await schema_state(f"sqlite:///{file}")


def set_revision(url: str, revision: str) -> None:
    statement = f"UPDATE alembic_version SET version_num = '{revision}'"
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as lite:
            lite.execute(statement)
        lite.close()
    else:
        with psycopg.connect(url.replace("postgresql+asyncpg://", "postgresql://")) as postgres:
            postgres.execute(statement)


def with_one_more_revision(folder: Path) -> Path:
    """The program's revisions and one that follows the last."""
    scripts = folder / "scripts"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    lines = ['"""Later."""', 'revision = "0002"', 'down_revision = "0001"', "def upgrade(): ..."]
    (scripts / "versions" / "0002_later.py").write_text("\n".join(lines))
    return scripts
