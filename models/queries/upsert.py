"""INSERT … ON CONFLICT on both databases: one spelling for SQLite's and PostgreSQL's.

A statement is built once and kept: building it costs more than running it (bench.open).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel


@cache
def insert_into(dialect: str, table: type[SQLModel]) -> Any:
    """The dialect's own INSERT, which knows ON CONFLICT and RETURNING."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def insert_once(connection: Connection, table: type[SQLModel], row: dict[str, Any]) -> bool:
    """Inserts the row unless one with the same keys stands: then False."""
    return connection.execute(_insert_once(connection.dialect.name, table), row).rowcount == 1


def upsert(
    connection: Connection,
    table: type[SQLModel],
    rows: Sequence[dict[str, Any]],
    *,
    keys: Sequence[str],
    set_columns: Sequence[str],
) -> None:
    """Inserts rows; where one with the same keys stands, sets `set_columns` on it. Rows of one call
    must differ in their keys."""
    if not rows:
        return
    connection.execute(
        _upsert(connection.dialect.name, table, keys=tuple(keys), set_columns=tuple(set_columns)), list(rows)
    )


@cache
def _insert_once(dialect: str, table: type[SQLModel]) -> Any:
    return insert_into(dialect, table).on_conflict_do_nothing()


@cache
def _upsert(dialect: str, table: type[SQLModel], *, keys: tuple[str, ...], set_columns: tuple[str, ...]) -> Any:
    statement = insert_into(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=list(keys), set_={name: statement.excluded[name] for name in set_columns}
    )
