"""What a move may know, fetched in the transaction that will record it.

An id from outside is looked up within the workspace only. Rows become values here; nothing is decided.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlmodel import col

from models.queries import directory
from models.queries.case_rows import case_of
from models.queries.rulebooks import Rulebooks
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.rulebook import Rulebook
from models.tables import ClockRow, EscalationRow, EvidenceRow, RotationRow, SegmentRow, WorkspaceRow

_HIGHEST_NUMBER = 2**31 - 1  # PostgreSQL's INTEGER refuses to be compared with more

# Built once: building a statement costs more than running it.
_IN_FORCE = (
    select(col(WorkspaceRow.config_version), col(RotationRow.team), col(RotationRow.position))
    .outerjoin(RotationRow, col(RotationRow.workspace_id) == col(WorkspaceRow.id))
    .where(col(WorkspaceRow.id) == bindparam("workspace"))
)


def fetch(
    connection: Connection,
    books: Rulebooks,
    *,
    workspace_id: int,
    now: datetime,
    actor_id: str | None = None,
    number: int | None = None,
    others: Iterable[int] = (),
    named: Iterable[str] = (),
    lock: bool = False,
) -> Facts:
    """The facts for one move. `case` stays None if no escalation has that number; `actor` stays None
    if the directory does not know the person. `named` are people whom the form names.

    `lock` keeps the escalations for this transaction, so that what is decided on them holds."""
    wanted = [n for n in {number, *others} if n is not None]
    cases = cases_by(connection, workspace_id, numbers=wanted, lock=lock) if wanted else {}
    return _assemble(
        connection,
        books,
        workspace_id=workspace_id,
        now=now,
        actor_id=actor_id,
        case=cases.get(number) if number is not None else None,
        others=cases,
        named=named,
    )


def fetch_about(
    connection: Connection, books: Rulebooks, case: Case | None, *, workspace_id: int, now: datetime, reader: str | None
) -> Facts:
    """The facts that a message about `case` needs. Nobody's roles are among them: nothing is decided here."""
    return _assemble(
        connection,
        books,
        workspace_id=workspace_id,
        now=now,
        actor_id=reader,
        case=case,
        others={case.number: case} if case else {},
        with_roles=False,
    )


def fetch_many(
    connection: Connection,
    books: Rulebooks,
    *,
    workspace_id: int,
    now: datetime,
    escalation_ids: Sequence[int],
) -> list[Facts]:
    """The facts for a batch of timers of one workspace: the people and rules are fetched once."""
    cases = cases_by(connection, workspace_id, ids=escalation_ids)
    if not cases:
        return []
    shared = _assemble(connection, books, workspace_id=workspace_id, now=now, actor_id=None, case=None, others=cases)
    return [shared.with_case(case) for case in cases.values()]


def cases_by(
    connection: Connection,
    workspace_id: int,
    *,
    numbers: Sequence[int] = (),
    ids: Sequence[int] = (),
    lock: bool = False,
) -> dict[int, Case]:
    """Cases by number, whole: with clocks, segments and proof. A number that no column holds is nobody's."""
    possible = [number for number in numbers if 0 < number <= _HIGHEST_NUMBER]
    chosen = col(EscalationRow.number).in_(possible) if numbers else col(EscalationRow.id).in_(ids)
    statement = select(_table(EscalationRow)).where(col(EscalationRow.workspace_id) == workspace_id, chosen)
    if lock:
        # Always in the same order, so that two who lock several never wait for each other.
        statement = statement.order_by(col(EscalationRow.id)).with_for_update(key_share=True)
    rows = connection.execute(statement).mappings().all()
    if not rows:
        return {}
    found_ids = [row["id"] for row in rows]
    clocks = _children(connection, ClockRow, workspace_id, found_ids, "cycle", "kind")
    segments = _children(connection, SegmentRow, workspace_id, found_ids, "ordinal")
    evidence = _children(connection, EvidenceRow, workspace_id, found_ids, "ordinal")
    return {
        row["number"]: case_of(
            dict(row),
            clocks=clocks.get(row["id"], []),
            segments=segments.get(row["id"], []),
            evidence=evidence.get(row["id"], []),
        )
        for row in rows
    }


def _assemble(
    connection: Connection,
    books: Rulebooks,
    *,
    workspace_id: int,
    now: datetime,
    actor_id: str | None,
    case: Case | None,
    others: dict[int, Case],
    named: Iterable[str] = (),
    with_roles: bool = True,
) -> Facts:
    version, positions = _in_force(connection, workspace_id)
    rulebook = books.get(connection, workspace_id, version)
    versions = {version} | {s.config_version for c in others.values() for k in c.clocks for s in k.segments}
    user_ids = _involved(rulebook, others.values()) | ({actor_id} if actor_id else set()) | set(named)
    known = directory.people(connection, workspace_id, user_ids, _groups_of(rulebook) if with_roles else ())
    return Facts(
        now=now,
        rulebook=rulebook,
        books={v: books.get(connection, workspace_id, v) for v in versions},
        people=known,
        actor=known.get(actor_id) if actor_id else None,
        case=case,
        on_call=positions,
        others=others,
        workspace_id=workspace_id,
    )


def _involved(book: Rulebook, cases: Iterable[Case]) -> set[str]:
    found = {team.lead for team in book.teams.values()}
    found |= {place.user_id for team in book.teams.values() for place in team.rotation}
    found |= book.leads.users
    for case in cases:
        found |= {case.requester, *case.followers, *case.passed_over}
        found |= {user for user in (case.owner, case.suggested_owner) if user}
    return found


def _groups_of(book: Rulebook) -> set[str]:
    roles = book.specialists.groups | book.leads.groups | book.admins.groups
    return set(roles).union(*(team.member_groups for team in book.teams.values()))


def _in_force(connection: Connection, workspace_id: int) -> tuple[int, dict[str, int]]:
    """The config version in force, and whose turn it is in each team."""
    rows = connection.execute(_IN_FORCE, {"workspace": workspace_id}).all()
    turns: dict[str | None, int] = {row[1]: row[2] for row in rows}
    return int(rows[0][0]), {team: position for team, position in turns.items() if team is not None}


def _children(
    connection: Connection, table: Any, workspace_id: int, ids: Sequence[int], *order: str
) -> dict[int, list[Any]]:
    columns = _table(table).c
    statement = (
        select(_table(table))
        .where(columns.workspace_id == workspace_id, columns.escalation_id.in_(ids))
        .order_by(*(columns[name] for name in order))
    )
    found: dict[int, list[Any]] = {}
    for row in connection.execute(statement).mappings():
        found.setdefault(row["escalation_id"], []).append(row)
    return found


def _table(row_class: Any) -> Any:
    return row_class.__table__
