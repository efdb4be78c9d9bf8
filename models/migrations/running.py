"""Runs migrations, and says where a database stands.

On PostgreSQL an advisory lock makes two that start at once take turns.
"""

import asyncio
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from models.session.errors import translate

T = TypeVar("T")

_HERE = Path(__file__).parent
_LOCK_KEY = 4_815_162_342  # any number that nothing else of ours locks


class SchemaState(Enum):
    """How a database's schema relates to this program."""

    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    NEWER = "newer"


async def migrate(url: str, revision: str = "head") -> None:
    """Brings the database to `revision`. Raises StorageUnavailable if it cannot be reached."""
    await _run(url, lambda connection: _upgrade(connection, revision))


async def downgrade(url: str, revision: str) -> None:
    """Takes the database back to `revision` ("base": nothing)."""
    await _run(url, lambda connection: command.downgrade(_config(connection), revision))


async def schema_state(url: str, *, scripts: Path = _HERE) -> SchemaState:
    """Where the database stands, measured by the revisions in `scripts`. Raises StorageUnavailable if it
    cannot be reached."""
    return await _run(url, lambda connection: _state(connection, scripts))


def _state(connection: Connection, scripts: Path) -> SchemaState:
    found = MigrationContext.configure(connection).get_current_heads()
    script = ScriptDirectory(str(scripts))
    if not found:
        return SchemaState.EMPTY
    if set(found) == set(script.get_heads()):
        return SchemaState.CURRENT
    known = {revision.revision for revision in script.walk_revisions()}
    return SchemaState.OLD if set(found) <= known else SchemaState.NEWER


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
    command.upgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    return config


async def _run(url: str, work: Callable[[Connection], T]) -> T:
    try:
        if url.startswith("sqlite"):
            return await asyncio.to_thread(_run_on_sqlite, url, work)
        engine = create_async_engine(url, connect_args={"timeout": 5})
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(work)
        finally:
            await engine.dispose()
    except (DBAPIError, OSError, TimeoutError) as error:
        raise translate(error) from error


def _run_on_sqlite(url: str, work: Callable[[Connection], T]) -> T:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).expanduser().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()
