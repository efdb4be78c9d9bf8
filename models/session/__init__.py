"""One transaction, on SQLite or PostgreSQL, behind one face.

Work is a plain function of a SQLAlchemy Connection. `write` commits what it did or nothing; `read` sees
committed rows. Nobody else opens a connection. What the database could not do is `StorageUnavailable`.
"""

from sqlalchemy import Connection

from models.session.background import Background
from models.session.errors import StorageUnavailable, WriteConflict
from models.session.opening import open_store
from models.session.store import Store, in_savepoint, ping

__all__ = [
    "Background",
    "Connection",
    "StorageUnavailable",
    "Store",
    "WriteConflict",
    "in_savepoint",
    "open_store",
    "ping",
]
