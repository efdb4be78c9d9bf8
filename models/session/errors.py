"""What can go wrong with a transaction, in our own words, and which database errors mean what."""

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

# PostgreSQL: serialization failure, deadlock, lock not available.
_CONFLICTS = frozenset({"40001", "40P01", "55P03"})
# PostgreSQL: connection lost, access denied, no such database, out of resources, operator intervention.
_UNAVAILABLE = ("08", "28", "3D", "53", "57")
# What SQLite answers where the fault is the file's or the disk's. Its OperationalError alone says nothing:
# a statement that we misspelled is one too.
_FILE_TROUBLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
    }
)
_PRIMARY = 0xFF  # an extended code holds its primary one in the low byte


class StorageUnavailable(Exception):
    """The database did not take the work: nothing was changed that we know of. Try again later."""


class WriteConflict(Exception):
    """Somebody else wrote first. The work was rolled back; decide again on fresh facts."""


def translate(error: BaseException) -> BaseException:
    """The error in our words; unchanged where it is a mistake of ours (a broken constraint, bad SQL)."""
    if isinstance(error, DBAPIError):
        return _of_database(error)
    if isinstance(error, (PoolTimeout, OSError, TimeoutError)):
        return StorageUnavailable(type(error).__name__)
    return error


def _of_database(error: DBAPIError) -> BaseException:
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return StorageUnavailable(type(error.orig).__name__) if code & _PRIMARY in _FILE_TROUBLE else error
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state in _CONFLICTS:
        return WriteConflict(state)
    if state.startswith(_UNAVAILABLE):
        return StorageUnavailable(state)
    return StorageUnavailable(type(error.orig).__name__) if error.connection_invalidated else error
