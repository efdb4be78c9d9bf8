"""The face of a store: what rooms above may ask of the database."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from models.session.errors import StorageUnavailable

T = TypeVar("T")


class Store(Protocol):
    """A database. `dialect` is "sqlite" or "postgresql"; the work is done in a thread or a greenlet
    and must not block on anything but the database."""

    dialect: str

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Does the work in one transaction: all of it is committed, or nothing.

        Raises StorageUnavailable, WriteConflict, or whatever the work raised.
        """
        ...

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Does work that changes nothing. Raises StorageUnavailable."""
        ...

    async def close(self) -> None:
        """Waits for running work and closes the connections."""
        ...


def in_savepoint(connection: Connection, part: Callable[[], T]) -> T:
    """Does a part of a transaction's work that may fail alone: the rest stays as it was.

    Raises what the part raised; StorageUnavailable if there is no transaction left to go on with.
    """
    try:
        with connection.begin_nested():
            return part()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StorageUnavailable(type(error.orig).__name__) from error
        raise


_NOW = {
    "postgresql": text("SELECT clock_timestamp()"),
    "sqlite": text("SELECT strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')"),
}


def database_now(connection: Connection) -> datetime:
    """The database's own time, aware UTC: leases and pace use it, so that replicas need not agree."""
    value = connection.execute(_NOW[connection.dialect.name]).scalar_one()
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def ping(connection: Connection) -> bool:
    """Whether the database answers."""
    return bool(connection.execute(text("SELECT 1")).scalar_one())
