"""The only writer of escalations: stores a Change in the caller's transaction.

New state against the version that was read, history, clocks and segments, timers, notices. Timers are
not told but derived: the rows are made equal to what the new state asks for. Whoever writes an
escalation's children holds its own row first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, update
from sqlmodel import col

from models.queries import outbox, receipts
from models.queries.bundle import Bundle, Into, setting
from models.queries.case_rows import clock_values, escalation_values, evidence_values, segment_values
from models.rules.case import Case, Clock
from models.rules.change import Change, Event
from models.rules.due import timers_of
from models.rules.plain import plain
from models.rules.rulebook import Rulebook
from models.rules.timer import Timer
from models.session.errors import WriteConflict
from models.tables import (
    ClockRow,
    EscalationRow,
    EventRow,
    EvidenceRow,
    SegmentRow,
    TimerRow,
    WorkspaceRow,
)
from models.tables.history import SILENT

_CASE = ("workspace_id", "escalation_id")
_CLOCK_KEYS = (*_CASE, "kind", "cycle")
_CLOCK_CHANGES = (
    "state",
    "target_seconds",
    "elapsed_seconds",
    "due_at",
    "stopped_at",
    "breached_at",
    "last_rung",
    "nudged_at",
)

_ESCALATIONS = Into(EscalationRow, numbered=True)
_CLOCKS = Into(ClockRow, setting(*_CLOCK_CHANGES, keys=_CLOCK_KEYS))
_SEGMENTS = Into(SegmentRow, setting("ended_at", keys=(*_CLOCK_KEYS, "ordinal")))
_PROOF = Into(EvidenceRow)
_TIMERS = Into(TimerRow, setting("fires_at", keys=(*_CASE, "purpose", "clock", "schedule")))
_EVENTS = Into(EventRow)

# Built once: building a statement costs more than running it.
_COUNT_ON = (
    update(WorkspaceRow)
    .where(col(WorkspaceRow.id) == bindparam("workspace"))
    .values(last_number=col(WorkspaceRow.last_number) + 1)
)
_NEXT_ID = func.nextval(func.pg_get_serial_sequence(EscalationRow.__tablename__, "id"))
_COUNTED = _COUNT_ON.returning(col(WorkspaceRow.last_number))
_COUNTED_AND_NUMBERED = _COUNT_ON.returning(col(WorkspaceRow.last_number), _NEXT_ID)
_OPEN = insert(EscalationRow).returning(col(EscalationRow.id))


def record(
    connection: Connection,
    change: Change,
    books: Mapping[int, Rulebook],
    *,
    at: datetime,
    receipt: str | None = None,
) -> Case:
    """Stores the change and those that belong to it; returns the case as stored, with its id, number
    and version. `at` is the machine's time, for the age of its notices; `receipt` marks the delivery that
    asked for it.

    Raises WriteConflict if somebody wrote since the case was read: decide again on fresh facts; and Repeated
    where the delivery took effect before. Either must end the transaction.
    """
    rows = Bundle()
    if change.before is None:
        stored = _store_opening(connection, change.after, rows)
        change = change.numbered(stored.number)
    else:
        stored = _store_state(connection, change.before, change.after)
    _add_children(rows, change.before, stored)
    _store_timers(connection, change.before, stored, books, rows)
    rows.add(_EVENTS, _events(change, stored, at))
    outbox.add_to(rows, stored, change.notices, created_at=at)
    if receipt is not None:
        receipts.add_to(rows, stored.workspace_id, receipt, escalation_id=stored.id, now=at)
    if not rows.store(connection):
        raise receipts.Repeated
    for other in change.also:
        record(connection, other, books, at=at)
    return stored


def _store_opening(connection: Connection, case: Case, rows: Bundle) -> Case:
    """Takes the next number. From here on the workspace's other openings wait for this commit."""
    workspace = {"workspace": case.workspace_id}
    if connection.dialect.name == "postgresql":
        number, new_id = connection.execute(_COUNTED_AND_NUMBERED, workspace).one()
        rows.add(_ESCALATIONS, [_opening_values(case, number) | {"id": new_id}])
    else:
        number = connection.execute(_COUNTED, workspace).scalar_one()
        new_id = connection.execute(_OPEN, _opening_values(case, number)).scalar_one()
    return replace(case, id=int(new_id or 0), number=int(number), version=1)


def _opening_values(case: Case, number: int) -> dict[str, Any]:
    return escalation_values(case) | {"workspace_id": case.workspace_id, "number": number, "version": 1}


def _store_state(connection: Connection, before: Case, after: Case) -> Case:
    version = before.version + 1
    done = connection.execute(
        update(EscalationRow)
        .where(
            col(EscalationRow.workspace_id) == before.workspace_id,
            col(EscalationRow.id) == before.id,
            col(EscalationRow.version) == before.version,
        )
        .values(**_changed(before, after), version=version)
    )
    if done.rowcount != 1:
        raise WriteConflict(f"escalation {before.number} is past version {before.version}")
    return replace(after, version=version)


def _add_children(rows: Bundle, before: Case | None, after: Case) -> None:
    keys = {"workspace_id": after.workspace_id, "escalation_id": after.id}
    known = {(c.kind, c.cycle): c for c in before.clocks} if before else {}
    changed = [c for c in after.clocks if known.get((c.kind, c.cycle)) != c]
    rows.add(_CLOCKS, [keys | clock_values(c) for c in changed])
    segments = [keys | values for c in changed for values in _new_segments(known.get((c.kind, c.cycle)), c)]
    rows.add(_SEGMENTS, segments)
    seen = len(before.evidence) if before else 0
    rows.add(_PROOF, [keys | evidence_values(item, n) for n, item in enumerate(after.evidence) if n >= seen])


def _new_segments(before: Clock | None, after: Clock) -> list[dict[str, Any]]:
    old = before.segments if before else ()
    return [segment_values(after, n) for n, segment in enumerate(after.segments) if n >= len(old) or old[n] != segment]


def _store_timers(
    connection: Connection, before: Case | None, after: Case, books: Mapping[int, Rulebook], rows: Bundle
) -> None:
    old = timers_of(before, books) if before else frozenset()
    new = timers_of(after, books)
    kept = {(t.purpose, t.clock) for t in new}
    gone = [t for t in old if (t.purpose, t.clock) not in kept]
    if gone:
        connection.execute(delete(TimerRow).where(or_(*(_same_timer(after, timer) for timer in gone))))
    rows.add(_TIMERS, [_timer_values(after, timer) for timer in new - old])


def set_timers(connection: Connection, case: Case, timers: Iterable[Timer]) -> None:
    """Makes the rows of these timers say when they fire."""
    rows = Bundle()
    rows.add(_TIMERS, [_timer_values(case, timer) for timer in timers])
    rows.store(connection)


def _same_timer(case: Case, timer: Timer) -> Any:
    return and_(
        col(TimerRow.workspace_id) == case.workspace_id,
        col(TimerRow.escalation_id) == case.id,
        col(TimerRow.purpose) == timer.purpose.value,
        col(TimerRow.clock) == (timer.clock.value if timer.clock else ""),
    )


def _timer_values(case: Case, timer: Timer) -> dict[str, Any]:
    return {
        "workspace_id": case.workspace_id,
        "escalation_id": case.id,
        "purpose": timer.purpose.value,
        "clock": timer.clock.value if timer.clock else "",
        "schedule": "",
        "fires_at": timer.fires_at,
    }


def _events(change: Change, stored: Case, at: datetime) -> list[dict[str, Any]]:
    """The history. What changed stands on the change's first line; where it has none, on a silent one, so
    that replaying never misses a step."""
    patch = _patch(change.before, stored)
    rows = [_event_values(event, stored) for event in change.events]
    if not rows and (len(patch) > 1 or patch["clocks"]):
        rows = [_silent_values(stored, at)]
    if rows:
        rows[0]["patch"] = patch
    return rows


def _event_values(event: Event, stored: Case) -> dict[str, Any]:
    told = {"kind": event.kind.value, "at": event.at, "actor": event.actor, "facts": plain(event.facts)}
    return _line(stored) | told


def _silent_values(stored: Case, at: datetime) -> dict[str, Any]:
    return _line(stored) | {"kind": SILENT, "at": at, "actor": None, "facts": {}}


def _line(stored: Case) -> dict[str, Any]:
    ids = {"workspace_id": stored.workspace_id, "escalation_id": stored.id}
    return ids | {"version": stored.version, "patch": None}


def _patch(before: Case | None, after: Case) -> dict[str, Any]:
    """What replaying needs: the escalation's changed columns and its changed clocks, as JSON."""
    known = {(c.kind, c.cycle): c for c in before.clocks} if before else {}
    clocks = [clock_values(c) for c in after.clocks if known.get((c.kind, c.cycle)) != c]
    return plain(_changed(before, after) | {"clocks": clocks})  # type: ignore[no-any-return]


def _changed(before: Case | None, after: Case) -> dict[str, Any]:
    new = escalation_values(after)
    if before is None:
        return new
    old = escalation_values(before)
    return {name: value for name, value in new.items() if old[name] != value}
