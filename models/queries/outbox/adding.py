"""Adds notices, in the transaction of what causes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import case as sql_case
from sqlmodel import col

from models.queries.bundle import Bundle, Into
from models.queries.outbox.notices import notice_values
from models.queries.upsert import insert_once
from models.rules.case import Case
from models.rules.change import Notice
from models.tables import NoticeRow
from models.tables.notice import MERGES


def _merging(insert: Any) -> Any:
    """Rows without a merge key meet no other: one statement serves both kinds."""
    asked = insert.excluded.urgency
    return insert.on_conflict_do_update(
        index_elements=["workspace_id", "merge_key"],
        index_where=MERGES,
        set_={
            "generation": col(NoticeRow.generation) + 1,
            "urgency": sql_case((col(NoticeRow.urgency) < asked, col(NoticeRow.urgency)), else_=asked),
        },
    )


_NOTICES = Into(NoticeRow, _merging)


def add(connection: Connection, stored: Case, notices: Iterable[Notice], *, created_at: datetime) -> None:
    """Adds a change's notices. One that merges with a pending one (a card's edit) becomes that one."""
    rows = Bundle()
    add_to(rows, stored, notices, created_at=created_at)
    rows.store(connection)


def add_to(rows: Bundle, stored: Case, notices: Iterable[Notice], *, created_at: datetime) -> None:
    """The same, with all else that the change stores."""
    asked = [notice_values(stored.workspace_id, stored.id, notice, created_at, merges=True) for notice in notices]
    rows.add(_NOTICES, _merged(asked))


def _merged(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of one change that merge with each other are one, as urgent as the most urgent of them."""
    kept: dict[str, dict[str, Any]] = {}
    for row in asked:
        first = kept.setdefault(row["merge_key"] or row["key"], row)
        if first is not row:
            first["generation"] += 1
            first["urgency"] = min(first["urgency"], row["urgency"])
    return list(kept.values())


def add_loose(
    connection: Connection,
    workspace_id: int,
    notices: Iterable[Notice],
    *,
    created_at: datetime,
    escalation_id: int | None = None,
) -> None:
    """Adds notices that no case's change causes: digests, handoffs, what could not be delivered."""
    rows = Bundle()
    asked = [notice_values(workspace_id, escalation_id, notice, created_at, merges=False) for notice in notices]
    rows.add(_NOTICES, asked)
    rows.store(connection)


def add_once(
    connection: Connection,
    workspace_id: int,
    notice: Notice,
    *,
    key: str,
    created_at: datetime,
    escalation_id: int | None = None,
) -> bool:
    """Adds a notice unless one with that key was added before. False if it was."""
    row = notice_values(workspace_id, escalation_id, notice, created_at, merges=False) | {"key": key}
    return insert_once(connection, NoticeRow, row)
