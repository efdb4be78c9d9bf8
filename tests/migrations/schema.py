"""Reads a database's schema out of its own catalogue, as lines that can be compared."""

import sqlite3
from pathlib import Path

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine
from sqlmodel import SQLModel

import models.tables  # noqa: F401 - makes the whole schema known

_VERSIONS = "alembic_version"
_POSTGRES = {
    "column": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               pg_get_expr(d.adbin, d.adrelid), a.attidentity
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""",
    "index": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraint": """
        SELECT conrelid::regclass, contype, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
}


def make_by_models(url: str) -> None:
    """The schema as SQLModel makes it of the classes."""
    engine = _engine(url)
    SQLModel.metadata.create_all(engine)
    engine.dispose()


def find_differences(url: str) -> list[object]:
    """What Alembic would write into the next revision."""
    engine = _engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = list(compare_metadata(context, SQLModel.metadata))
    engine.dispose()
    return found


def _engine(url: str) -> Engine:
    return create_engine(url.replace("postgresql+asyncpg://", "postgresql+psycopg://"))


def read_schema(url: str) -> list[str]:
    """Every table, column, index and constraint but Alembic's own, one a line, sorted."""
    lines = _of_sqlite(url) if url.startswith("sqlite") else _of_postgres(url)
    return sorted(line for line in lines if _VERSIONS not in line)


def _of_postgres(url: str) -> list[str]:
    with psycopg.connect(url.replace("postgresql+asyncpg://", "postgresql://")) as connection:
        return [
            f"{what} {tuple(str(value) for value in row)}"
            for what, question in _POSTGRES.items()
            for row in connection.execute(question).fetchall()
        ]


def _of_sqlite(url: str) -> list[str]:
    connection = sqlite3.connect(Path(url.removeprefix("sqlite:///")))
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    lines = []
    for table in tables:
        lines += [f"column {table} {row[1:]}" for row in connection.execute(f"PRAGMA table_info({table})")]
        lines += [f"key {table} {row[2:]}" for row in connection.execute(f"PRAGMA foreign_key_list({table})")]
        for _, index, unique, origin, partial in connection.execute(f"PRAGMA index_list({table})"):
            # Of an index that a constraint made, SQLite numbers the name and keeps no text.
            name = index if origin == "c" else origin
            columns = [row[2] for row in connection.execute(f"PRAGMA index_info({index})")]
            text = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()[0] or ""
            where = " ".join(text.partition("WHERE")[2].split())
            lines.append(f"index {table} {name} {unique} {partial} {columns} {where}")
    connection.close()
    return lines
