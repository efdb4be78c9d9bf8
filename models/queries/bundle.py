"""The rows of one change, on their way into their tables together.

On PostgreSQL they travel as JSON in one statement: an opening holds its workspace's counter until it has
committed, and a round trip a table under that lock was what all the others waited for (bench.open). SQLite has
no round trips, and gets a statement a table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CTE, Connection, bindparam, func, literal, literal_column, select
from sqlmodel import SQLModel

from models.queries.upsert import insert_into
from models.tables.columns import StoredJson

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Into:
    """A table, and what `on_conflict` adds to an INSERT for where a row with the same keys stands. `once`: it
    leaves the one that stands, and the bundle tells. `numbered`: the rows bring their ids."""

    table: type[SQLModel]
    on_conflict: Callable[[Any], Any] | None = None
    once: bool = False
    numbered: bool = False

    def insert(self, dialect: str) -> Any:
        return insert_into(dialect, self.table)

    def settled(self, insert: Any) -> Any:
        return self.on_conflict(insert) if self.on_conflict else insert


def setting(*columns: str, keys: Iterable[str]) -> Callable[[Any], Any]:
    """Where a row with the same keys stands, these columns are set on it."""

    def on_conflict(insert: Any) -> Any:
        values = {name: insert.excluded[name] for name in columns}
        return insert.on_conflict_do_update(index_elements=list(keys), set_=values)

    return on_conflict


class Bundle:
    """Rows by table, in the order in which SQLite takes them. Those of one table have the same columns, and
    differ in their keys."""

    def __init__(self) -> None:
        self._rows: dict[Into, list[Row]] = {}

    def add(self, into: Into, rows: Iterable[Row]) -> None:
        """Adds rows for a table; none is fine."""
        if found := list(rows):
            self._rows.setdefault(into, []).extend(found)

    def store(self, connection: Connection) -> bool:
        """Stores the rows. False where one that may be there once only stood already."""
        if not self._rows:
            return True
        if connection.dialect.name == "postgresql":
            return self._at_once(connection)
        return self._one_by_one(connection)

    def _at_once(self, connection: Connection) -> bool:
        values = {_name(into): [_sent(row) for row in rows] for into, rows in self._rows.items()}
        added = connection.execute(_together(tuple(self._rows)), values).scalar_one()
        return bool(added == self._once)

    def _one_by_one(self, connection: Connection) -> bool:
        dialect, added = connection.dialect.name, 0
        for into, rows in self._rows.items():
            done = connection.execute(_alone(dialect, into), rows)
            added += done.rowcount if into.once else 0
        return added == self._once

    @property
    def _once(self) -> int:
        return sum(len(rows) for into, rows in self._rows.items() if into.once)


@cache
def _alone(dialect: str, into: Into) -> Any:
    return into.settled(into.insert(dialect))


@cache
def _together(tables: tuple[Into, ...]) -> Any:
    """One statement that fills the tables; it answers how many rows it added to those that say `once`."""
    parts = {into: _part(into) for into in tables}
    counts = [select(func.count()).select_from(part).scalar_subquery() for into, part in parts.items() if into.once]
    added = sum(counts[1:], start=counts[0]) if counts else literal(0)
    return select(added).add_cte(*(part for into, part in parts.items() if not into.once))


def _part(into: Into) -> CTE:
    table = into.table.__table__  # type: ignore[attr-defined]
    name = _name(into)
    given = func.jsonb_populate_recordset(literal_column(f"NULL::{name}"), bindparam(name, type_=StoredJson))
    columns = [column for column in table.columns if into.numbered or column.name != "id"]
    rows = given.table_valued(*columns, name=f"given_{name}")
    names = [column.name for column in columns]
    insert = into.insert("postgresql").from_select(names, select(*(rows.c[n] for n in names)), include_defaults=False)
    settled = into.settled(insert)
    part: CTE = (settled.returning(literal(1).label("added")) if into.once else settled).cte(f"into_{name}")
    return part


def _name(into: Into) -> str:
    return str(into.table.__tablename__)


def _sent(row: Row) -> Row:
    return {name: _moment(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a naive datetime has no place in the database")
    return value.isoformat()
