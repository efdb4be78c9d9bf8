"""Receipts: the mark of a delivery that took effect, so that a retry meets it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, select
from sqlmodel import col

from models.queries.bundle import Bundle, Into
from models.queries.upsert import insert_once
from models.tables import EscalationRow, ReceiptRow

_RECEIPTS = Into(ReceiptRow, lambda insert: insert.on_conflict_do_nothing(), once=True)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier delivery of the same request did: to which escalation."""

    number: int | None


class Repeated(Exception):
    """The delivery took effect before: nothing that was done since may."""


def take(connection: Connection, workspace_id: int, delivery: str, *, escalation_id: int | None, now: datetime) -> None:
    """Marks the delivery, in the transaction that holds its effects. Raises Repeated, which must end that
    transaction.

    A second delivery that runs at the same time waits here until the first has committed.
    """
    row = {"workspace_id": workspace_id, "delivery": delivery, "escalation_id": escalation_id, "created_at": now}
    if not insert_once(connection, ReceiptRow, row):
        raise Repeated


def add_to(rows: Bundle, workspace_id: int, delivery: str, *, escalation_id: int, now: datetime) -> None:
    """Marks the delivery together with its effects: a bundle that cannot be stored whole was stored before."""
    row = {"workspace_id": workspace_id, "delivery": delivery, "escalation_id": escalation_id, "created_at": now}
    rows.add(_RECEIPTS, [row])


def find(connection: Connection, workspace_id: int, delivery: str) -> Earlier | None:
    """What the delivery did, if it took effect."""
    same = and_(
        col(EscalationRow.id) == col(ReceiptRow.escalation_id),
        col(EscalationRow.workspace_id) == col(ReceiptRow.workspace_id),
    )
    statement = (
        select(col(ReceiptRow.delivery), col(EscalationRow.number))
        .select_from(ReceiptRow)
        .outerjoin(EscalationRow, same)
        .where(col(ReceiptRow.workspace_id) == workspace_id, col(ReceiptRow.delivery) == delivery)
    )
    row = connection.execute(statement).first()
    return Earlier(row[1]) if row else None


def remove_older(connection: Connection, workspace_id: int, before: datetime, *, limit: int) -> int:
    """Removes up to `limit` receipts that no retry can ask for any more; returns how many there were."""
    old = (
        select(col(ReceiptRow.delivery))
        .where(col(ReceiptRow.workspace_id) == workspace_id, col(ReceiptRow.created_at) < before)
        .limit(limit)
    )
    statement = delete(ReceiptRow).where(
        col(ReceiptRow.workspace_id) == workspace_id, col(ReceiptRow.delivery).in_(old)
    )
    return connection.execute(statement).rowcount
