"""Lists of escalations: what somebody asks to see, what is like this one, what stands open.

Every list is bound to one workspace and paged; none reads more rows than it shows, plus one that tells
whether there is a next page. Cases come whole, since a line shows clocks and holders.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, or_, select
from sqlalchemy import case as case_when
from sqlmodel import col

from models.queries.facts import cases_by
from models.queries.literals import literally
from models.rules.case import Case, EvidenceKind
from models.tables import EscalationRow, EventRow, EvidenceRow
from models.tables.history import SILENT

PAGE = 10
_LAST_PAGE = 1_000_000  # a page's number comes from outside, and an offset must fit its column
_AT_RISK = timedelta(hours=1)


class ListKind(StrEnum):
    """The lists of `/escalate list`."""

    MINE = "mine"
    TEAM = "team"
    AT_RISK = "at-risk"
    BREACHED = "breached"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of cases, in the list's order. `number` counts from 1."""

    cases: tuple[Case, ...]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many escalations of a team are open, and how many of these are breached or have no owner."""

    open: int = 0
    breached: int = 0
    without_owner: int = 0


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One stored event."""

    kind: str
    at: datetime
    actor: str | None
    facts: dict[str, Any]


def page_of(
    connection: Connection,
    workspace_id: int,
    kind: ListKind,
    *,
    user_id: str,
    teams: Sequence[str],
    now: datetime,
    page: int = 1,
) -> Page:
    """A page of open escalations, the next due first. `teams` are those of the person who asks."""
    chosen = {
        ListKind.MINE: _mine(user_id),
        ListKind.TEAM: col(EscalationRow.team).in_(list(teams)),
        ListKind.AT_RISK: _at_risk(now),
        ListKind.BREACHED: col(EscalationRow.breached).is_(True),
        ListKind.ALL: col(EscalationRow.id).is_not(None),
    }[kind]
    due = col(EscalationRow.next_due_at)
    statement = _open_of(workspace_id).where(chosen).order_by(due.is_(None), due, col(EscalationRow.number))
    return _page(connection, workspace_id, statement, page)


def search(connection: Connection, workspace_id: int, groups: Sequence[frozenset[str]], *, page: int = 1) -> Page:
    """Escalations, open or not, that hold a word of every group in their title, need, account or proof;
    newest first. A group holds the words that mean the same. Latin letters match in either case."""
    statement = select(col(EscalationRow.number)).where(col(EscalationRow.workspace_id) == workspace_id)
    for group in groups:
        statement = statement.where(or_(*(_holds(workspace_id, word) for word in sorted(group))))
    statement = statement.order_by(col(EscalationRow.number).desc())
    return _page(connection, workspace_id, statement, page)


def similar_open(
    connection: Connection, workspace_id: int, *, account: str | None, object_ids: Sequence[str], limit: int = 3
) -> tuple[Case, ...]:
    """Open escalations for the same account, or with one of the same object IDs as proof; newest first."""
    same = []
    if account:
        same.append(col(EscalationRow.account) == account)
    if object_ids:
        is_object = col(EvidenceRow.kind).in_(literally(EvidenceKind.OBJECT_ID.value))
        same.append(_has_proof(workspace_id, and_(is_object, col(EvidenceRow.text).in_(list(object_ids)))))
    if not same:
        return ()
    statement = _open_of(workspace_id).where(or_(*same)).order_by(col(EscalationRow.number).desc()).limit(limit)
    return _whole(connection, workspace_id, list(connection.execute(statement).scalars()))


def open_of_team(connection: Connection, workspace_id: int, team: str, *, limit: int = 50) -> tuple[Case, ...]:
    """A team's open escalations, the next due first: handoffs and leads' digests."""
    due = col(EscalationRow.next_due_at)
    statement = (
        _open_of(workspace_id)
        .where(col(EscalationRow.team) == team)
        .order_by(col(EscalationRow.breached).desc(), due.is_(None), due, col(EscalationRow.number))
        .limit(limit)
    )
    return _whole(connection, workspace_id, list(connection.execute(statement).scalars()))


def open_counts(connection: Connection, workspace_id: int) -> dict[str, OpenCount]:
    """How many escalations are open, by team; a team without any is not in it."""
    row = EscalationRow
    breached = func.sum(case_when((col(row.breached).is_(True), 1), else_=0))
    statement = (
        select(col(row.team), func.count(), breached, func.count() - func.count(col(row.owner)))
        .where(col(row.workspace_id) == workspace_id, col(row.ended_at).is_(None))
        .group_by(col(row.team))
    )
    return {str(team): OpenCount(*map(int, counts)) for team, *counts in connection.execute(statement)}


def open_of_owner(connection: Connection, workspace_id: int, owner: str, *, limit: int = 50) -> tuple[Case, ...]:
    """The open escalations that a person owns, breached ones first."""
    due = col(EscalationRow.next_due_at)
    statement = (
        _open_of(workspace_id)
        .where(col(EscalationRow.owner) == owner)
        .order_by(col(EscalationRow.breached).desc(), due.is_(None), due, col(EscalationRow.number))
        .limit(limit)
    )
    return _whole(connection, workspace_id, list(connection.execute(statement).scalars()))


def owners_of_open(connection: Connection, workspace_id: int, team: str) -> list[str]:
    """Who owns something open in a team."""
    statement = (
        select(col(EscalationRow.owner))
        .where(
            col(EscalationRow.workspace_id) == workspace_id,
            col(EscalationRow.ended_at).is_(None),
            col(EscalationRow.team) == team,
            col(EscalationRow.owner).is_not(None),
        )
        .distinct()
    )
    return sorted(str(owner) for owner in connection.execute(statement).scalars())


def history(connection: Connection, workspace_id: int, escalation_id: int, *, limit: int = 50) -> list[HistoryLine]:
    """The latest events of a case, oldest of them first."""
    statement = (
        select(col(EventRow.kind), col(EventRow.at), col(EventRow.actor), col(EventRow.facts))
        .where(col(EventRow.workspace_id) == workspace_id, col(EventRow.escalation_id) == escalation_id)
        .where(col(EventRow.kind) != SILENT)
        .order_by(col(EventRow.id).desc())
        .limit(limit)
    )
    rows = connection.execute(statement).all()
    return [HistoryLine(row[0], row[1], row[2], row[3]) for row in reversed(rows)]


def _open_of(workspace_id: int) -> Select[int]:
    return select(col(EscalationRow.number)).where(
        col(EscalationRow.workspace_id) == workspace_id, col(EscalationRow.ended_at).is_(None)
    )


def _mine(user_id: str) -> Any:
    row = EscalationRow
    suggested = and_(col(row.owner).is_(None), col(row.suggested_owner) == user_id)
    return or_(col(row.owner) == user_id, col(row.requester) == user_id, suggested)


def _at_risk(now: datetime) -> Any:
    due = col(EscalationRow.next_due_at)
    return and_(due.is_not(None), due <= now + _AT_RISK, col(EscalationRow.breached).is_(False))


def _holds(workspace_id: int, word: str) -> Any:
    pattern = f"%{_escaped(word)}%"
    row = EscalationRow
    texts = (row.title, row.title_local, row.need, row.account)
    found = [col(text).ilike(pattern, escape="\\") for text in texts]
    return or_(*found, _has_proof(workspace_id, col(EvidenceRow.text).ilike(pattern, escape="\\")))


def _has_proof(workspace_id: int, chosen: Any) -> Any:
    return exists().where(
        col(EvidenceRow.workspace_id) == workspace_id,
        col(EvidenceRow.escalation_id) == col(EscalationRow.id),
        chosen,
    )


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _page(connection: Connection, workspace_id: int, statement: Select[int], page: int) -> Page:
    number = min(max(page, 1), _LAST_PAGE)
    found = list(connection.execute(statement.offset((number - 1) * PAGE).limit(PAGE + 1)).scalars())
    return Page(_whole(connection, workspace_id, found[:PAGE]), number, has_next=len(found) > PAGE)


def _whole(connection: Connection, workspace_id: int, numbers: Sequence[int]) -> tuple[Case, ...]:
    if not numbers:
        return ()
    cases = cases_by(connection, workspace_id, numbers=numbers)
    return tuple(cases[number] for number in numbers if number in cases)
