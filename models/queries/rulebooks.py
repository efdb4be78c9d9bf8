"""Config versions, parsed once: which rulebook is in force and which one a clock is stamped with."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from models.rules.rulebook import Rulebook
from models.tables import ConfigVersionRow, WorkspaceRow

Parse = Callable[[str, int], Rulebook]


class Rulebooks:
    """Reads config versions through a parser (bot.config's). A version never changes, so each is kept
    in memory once parsed."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._known: dict[tuple[int, int], Rulebook] = {}

    def get(self, connection: Connection, workspace_id: int, version: int) -> Rulebook:
        """The rulebook of that version. Raises LookupError if there is none."""
        key = (workspace_id, version)
        if key not in self._known:
            self._known[key] = self._parse(_text_of(connection, workspace_id, version), version)
        return self._known[key]


def put_in_force(connection: Connection, workspace_id: int, toml: str, *, now: datetime, by: str | None) -> int:
    """Adds `toml` as the newest version and puts it in force, unless it is the one in force already.
    Returns the version in force. Two that start at once take turns."""
    current = current_version(connection, workspace_id, lock=True)
    if current and _text_of(connection, workspace_id, current) == toml:
        return current
    version = current + 1
    connection.execute(
        insert(ConfigVersionRow).values(
            workspace_id=workspace_id, version=version, toml=toml, created_at=now, created_by=by
        )
    )
    connection.execute(update(WorkspaceRow).where(col(WorkspaceRow.id) == workspace_id).values(config_version=version))
    return version


def current_version(connection: Connection, workspace_id: int, *, lock: bool = False) -> int:
    """The version in force, 0 where none was ever stored. `lock` keeps it so for this transaction."""
    statement = select(col(WorkspaceRow.config_version)).where(col(WorkspaceRow.id) == workspace_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return int(connection.execute(statement).scalar_one())


def _text_of(connection: Connection, workspace_id: int, version: int) -> str:
    statement = select(col(ConfigVersionRow.toml)).where(
        col(ConfigVersionRow.workspace_id) == workspace_id, col(ConfigVersionRow.version) == version
    )
    found = connection.execute(statement).scalar_one_or_none()
    if found is None:
        raise LookupError(f"workspace {workspace_id} has no config version {version}")
    return str(found)
