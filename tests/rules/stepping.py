"""Taking a step of a case's timers in a test, and reading what it said and did."""

from datetime import datetime, timedelta
from typing import Any

from models.rules import due
from models.rules.case import Case, Waiting, WaitingOn
from models.rules.change import Change, EventKind, Notice, NoticeKind
from models.rules.masking import mask
from models.rules.moves.forms import StepForm
from models.rules.moves.run_step import run_step
from models.rules.rulebook import ClockKind, Rulebook
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    ERIN,
    EVAN,
    NOW,
    a_person,
    a_running_case,
    facts,
    sg,
    the_people,
)

ACKNOWLEDGE, UPDATE, RESOLVE = ClockKind.ACKNOWLEDGE, ClockKind.UPDATE, ClockKind.RESOLVE
OUTAGE_OVER = sg("2026-03-06 10:00")  # three days after NOW
ALL_AWAY = {
    **the_people(),
    **{user: a_person(user, away_until=NOW + timedelta(days=30)) for user in (ERIN, ARJUN, EVAN)},
}


def tick(case: Case, now: datetime, *, late: bool = False, rulebook: Rulebook | None = None, **more: Any) -> Change:
    """The step of all timers of a case that are due."""
    known = facts(case, actor=None, now=now, rulebook=rulebook, **more)
    timers = tuple(timer for timer in due.timers_of(case, known.books) if timer.fires_at <= now)
    change = run_step(known, StepForm(timers, late=late))
    assert isinstance(change, Change)
    assert change.before == case
    return change


def said(change: Change) -> list[tuple[NoticeKind, str]]:
    """The messages of a change, without the card and the thread's history."""
    silent = (NoticeKind.CARD, NoticeKind.HISTORY)
    return [(notice.kind, notice.to) for notice in change.notices if notice.kind not in silent]


def happened(change: Change) -> list[EventKind]:
    return [event.kind for event in change.events]


def notice(change: Change, kind: NoticeKind) -> Notice:
    (found,) = (one for one in change.notices if one.kind is kind)
    return found


def owned(severity: Severity = Severity.SEV2, **changes: Any) -> Case:
    """Held by Erin since Tuesday 10:00. SEV2: update due 12:00, resolve 18:00."""
    return a_running_case(Status.INVESTIGATING, severity=severity, **changes)


def a_wait(on: WaitingOn, until: datetime, **changes: Any) -> Case:
    waiting = Waiting(on, mask("The bank's answer").text, NOW, until, asked_by=ERIN)
    return a_running_case(Status.WAITING, waiting=waiting, **changes)
