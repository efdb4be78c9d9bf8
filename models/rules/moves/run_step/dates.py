"""What was set for a date: the end of waiting, another look, the warning and the closing.

Only the end of waiting moves a clock. Whatever is no longer wanted, or not yet, does nothing.
"""

from dataclasses import replace
from datetime import datetime

from models.rules import due, sla
from models.rules.announce import change, direct, event, nothing_yet, requester_told
from models.rules.case import Case, Closure, Waiting, WaitingOn
from models.rules.change import Change, Event, EventKind, Notice, NoticeKind, Place
from models.rules.deadlines import requester_hours
from models.rules.facts import Facts
from models.rules.hours import seconds_of
from models.rules.moves.nudge import holder
from models.rules.possible import awaits_acceptance
from models.rules.status import Status
from models.rules.timer import Timer
from models.rules.waiting import end_waiting


def ask_after_waiting(facts: Facts, timer: Timer) -> Change:
    """The awaited date has passed: it is investigated again, so that its clocks run and it never goes silent;
    the owner is asked what comes next, and an awaited requester once more. DOMAIN, "Status"."""
    case = facts.the_case
    if case.waiting is None or not _is_wanted(facts, timer):
        return nothing_yet(facts)
    waiting = case.waiting
    # Whoever waited was right to: their silence is counted from here.
    after = replace(end_waiting(facts, case), owner_active_at=facts.now)
    said = event(facts, EventKind.WAIT_OVER, on=waiting.on.value, until=waiting.until.isoformat())
    return change(facts, after, said, notices=_asked(facts, case, waiting, said))


def _asked(facts: Facts, case: Case, waiting: Waiting, said: Event) -> tuple[Notice, ...]:
    about = replace(said, facts={**said.facts, "why": waiting.why, "asked_by": waiting.asked_by})
    owner = direct(NoticeKind.WAIT_OVER, holder(facts, case), about)
    if waiting.on is not WaitingOn.REQUESTER:
        return (owner,)
    return (direct(NoticeKind.INFO_REQUEST, case.requester, about, again=True), owner)


def ask_again(facts: Facts, timer: Timer) -> Change:
    """ "In 2 hours" has passed: the same person is asked again."""
    case = facts.the_case
    if not _is_wanted(facts, timer):
        return nothing_yet(facts)
    clock, told = sla.next_clock(case), {"why": "look_again"}
    if clock and clock.due_at:
        told |= {"clock": clock.kind.value, "due_at": clock.due_at.isoformat()}
    kind = NoticeKind.ON_CALL if awaits_acceptance(case) else NoticeKind.REMINDER
    again = Notice(kind, Place.DIRECT, holder(facts, case), told)
    return change(facts, replace(case, look_at=None), notices=(again,))


def warn_of_closing(facts: Facts, timer: Timer) -> Change:
    """The requester is told that a resolved case is about to close itself."""
    if not _is_wanted(facts, timer):
        return nothing_yet(facts)
    return _warned(facts, facts.the_case)


def close(facts: Facts, timer: Timer) -> Change:
    """Nobody confirmed or objected: it closes itself, though never unannounced."""
    case = facts.the_case
    if not _is_wanted(facts, timer):
        return nothing_yet(facts)
    if due.warning_at(case, facts.rulebook) is not None:
        return _warned(facts, case)
    closure = Closure(by=None, customer_told=False, docs=None, docs_note=None)
    after = replace(case, status=Status.CLOSED, closure=closure, ended_at=facts.now, close_at=None)
    said = event(facts, EventKind.CLOSED_ITSELF)
    return change(facts, after, said, notices=requester_told(after, said))


def _warned(facts: Facts, case: Case) -> Change:
    close_at = _closing_after_warning(facts, case)
    after = replace(case, close_warned=True, close_at=close_at)
    said = event(facts, EventKind.CLOSE_WARNED, close_at=close_at.isoformat())
    return change(facts, after, said, notices=(direct(NoticeKind.CLOSE_WARNING, case.requester, said),))


def _closing_after_warning(facts: Facts, case: Case) -> datetime:
    """As set; where an outage lasted until then, as much later as the warning should have been ahead."""
    if case.close_at is not None and case.close_at > facts.now:
        return case.close_at
    book, time = facts.rulebook, requester_hours(facts.rulebook, case)
    return time.add(facts.now, min(seconds_of(d, time) for d in (book.auto_close_warning, book.auto_close)))


def _is_wanted(facts: Facts, timer: Timer) -> bool:
    """Whether the case still asks for a timer of that purpose, and it is due."""
    wanted = due.timers_of(facts.the_case, facts.books)
    return any(t.purpose is timer.purpose and t.fires_at <= facts.now for t in wanted)
