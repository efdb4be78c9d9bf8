"""Which store a URL means."""

from models.session.postgres import PostgresStore
from models.session.sqlite import SqliteStore
from models.session.store import Store


def open_store(url: str) -> Store:
    """The store of a DATABASE_URL with its driver spelled out (settings do that). Opens nothing yet
    on PostgreSQL; on SQLite the file is made."""
    if url.startswith("sqlite"):
        return SqliteStore(url)
    return PostgresStore(url)
