"""A step of the ladder: the rungs of one clock that are due.

Only the latest is said. What skipped rungs would have done, and not only said, still happens once: the
breach is stamped, and a case that nobody has accepted goes to the next on the rotation. DOMAIN, "The
ladder".
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from models.rules import ladder, rotation, sla
from models.rules.announce import change, direct, event, joined, nothing_yet, requester_told
from models.rules.case import Case, Clock, WaitingOn
from models.rules.change import Change, EventKind, Notice, NoticeKind, Place
from models.rules.facts import Facts
from models.rules.hours import working_time
from models.rules.moves.nudge import holder
from models.rules.moves.pass_on import asked_next, exhausted
from models.rules.rulebook import ClockKind, Rung, RungAct
from models.rules.severity import Severity
from models.rules.timer import Timer

Told = Mapping[str, object]


def take_rungs(facts: Facts, timer: Timer) -> Change:
    """Take every rung of the timer's clock that is due; say the latest."""
    case = facts.the_case
    clock = case.clock(timer.clock) if timer.clock else None
    due = ladder.due_rungs(facts.books, case, clock, facts.now) if clock else []
    if clock is None or not due:
        return nothing_yet(facts)
    moved = _moved_on(facts, clock, due)
    handed = _handed_over(facts.with_case(moved.after), clock, due)
    said = _said(facts, handed, clock, due)
    return joined(moved, replace(handed, notices=handed.notices + said))


def _moved_on(facts: Facts, clock: Clock, due: list[Rung]) -> Change:
    """The clock past its rungs, and breached where it ran out."""
    late = clock.due_at is not None and clock.due_at <= facts.now
    first_breach = late and clock.breached_at is None
    after = replace(
        clock,
        last_rung=due[-1].percent,
        breached_at=clock.due_at if first_breach else clock.breached_at,
    )
    taken = event(
        facts,
        EventKind.RUNG_TAKEN,
        **_told(clock, due[-1]),
        cycle=clock.cycle,
        skipped=[rung.percent for rung in due[:-1]],
        acts=[act.value for act in due[-1].acts],
    )
    breached = event(facts, EventKind.BREACHED, **_told(clock, due[-1]), cycle=clock.cycle)
    clocks = tuple(after if c is clock else c for c in facts.the_case.clocks)
    events = (taken, breached) if first_breach else (taken,)
    return change(facts, replace(facts.the_case, clocks=clocks), *events)


def _told(clock: Clock, rung: Rung) -> dict[str, object]:
    """Why something is said: which clock, how much of it, and when it is or was due."""
    return {
        "why": "rung",
        "clock": clock.kind.value,
        "percent": rung.percent,
        "due_at": clock.due_at.isoformat() if clock.due_at else None,
        "target_seconds": clock.target_seconds,
    }


def _handed_over(facts: Facts, clock: Clock, due: list[Rung]) -> Change:
    """The case with the next on the rotation, where a rung that is due hands it over."""
    handing = [rung for rung in due if RungAct.REASSIGN in rung.acts]
    if clock.kind is ClockKind.ACKNOWLEDGE:
        return asked_next(facts, _told(clock, handing[-1]), keep=True) if handing else nothing_yet(facts)
    if handing and _owner_is_silent(facts, facts.now):
        return _taken_over(facts, _told(clock, handing[-1]))
    if not handing and _fell_silent_since(facts, clock):
        return _taken_over(facts, _told(clock, due[-1]))
    return nothing_yet(facts)


def _fell_silent_since(facts: Facts, clock: Clock) -> bool:
    """Whether an owner who was not silent yet at the rung that reassigns is so at one after it: that rung
    is taken once, and the reassignment waited. Who was silent already has been followed, or nobody could."""
    times = ladder.rung_times(facts.books, facts.the_case, clock)
    passed = [at for rung, at in times if RungAct.REASSIGN in rung.acts and rung.percent <= clock.last_rung]
    return bool(passed) and not _owner_is_silent(facts, passed[-1]) and _owner_is_silent(facts, facts.now)


def _owner_is_silent(facts: Facts, now: datetime) -> bool:
    """Whether the owner owes an update and has done nothing for one whole interval of working time.

    Nobody is silent who was right to wait: not before the awaited date, nor while the update clock is
    paused or a promised update is still to come.
    """
    case = facts.the_case
    clock = case.clock(ClockKind.UPDATE)
    if case.owner is None or clock is None or clock.due_at is None or clock.due_at > now:
        return False
    since = case.owner_active_at or case.owner_since or case.opened_at
    if case.waiting is not None and case.waiting.on is not WaitingOn.TEAM:
        since = max(since, case.waiting.until)
    team, book = facts.rulebook.team(case.team), facts.rulebook
    interval = sla.target_seconds(book, case.severity, ClockKind.UPDATE, team=team.key)
    hours = book.policies[case.severity].targets[ClockKind.UPDATE].hours
    return since < now and working_time(team.calendar, hours).between(since, now) >= interval


def _taken_over(facts: Facts, told: Told) -> Change:
    """A new owner in the place of a silent one; the lead is told where nobody can take it."""
    case = facts.the_case
    found = rotation.next_after(facts, replace(case, suggested_owner=None, passed_over=()))
    passed = [list(pair) for pair in found.passed]
    if found.user_id is None:
        return exhausted(facts, case, {**told, "from": case.owner, "passed": passed})
    after = replace(case, owner=found.user_id, owner_since=facts.now, owner_active_at=facts.now, look_at=None)
    # A reassignment's "why" is a person's own words: here the clock and its percent say it.
    because = {name: value for name, value in told.items() if name != "why"}
    said = event(facts, EventKind.REASSIGNED, **{**because, "from": case.owner, "to": found.user_id, "passed": passed})
    news = [direct(NoticeKind.OWNER_NEWS, found.user_id, said, news="assigned")]
    if case.owner is not None:
        news.append(direct(NoticeKind.OWNER_NEWS, case.owner, said, news="taken_away"))
    return change(facts, after, said, notices=(*news, *requester_told(after, said)))


def _said(facts: Facts, handed: Change, clock: Clock, due: list[Rung]) -> tuple[Notice, ...]:
    """The words of the latest rung that has any: one that only waits for a digest does not silence
    those before it."""
    case = facts.the_case
    spoken = [rung for rung in due if _is_breach(case, rung) or set(rung.acts) & _SPOKEN]
    if not spoken:
        return ()
    rung = spoken[-1]
    told, team = _told(clock, rung), facts.rulebook.team(case.team)
    notices: list[Notice] = []
    if RungAct.REMIND in rung.acts:
        notices.append(Notice(NoticeKind.REMINDER, Place.DIRECT, holder(facts, handed.after), told))
    if _is_breach(case, rung):
        notices.append(Notice(NoticeKind.BREACH, Place.THREAD, team.key, told))
    elif RungAct.THREAD in rung.acts:
        notices.append(Notice(NoticeKind.THREAD_REMINDER, Place.THREAD, team.key, told))
    if RungAct.CHANNEL in rung.acts:
        notices.append(Notice(NoticeKind.CHANNEL_REMINDER, Place.CHANNEL, team.key, told))
    if RungAct.TELL_LEAD in rung.acts and not _lead_is_told(handed):
        why = "breach" if rung.percent >= ladder.BREACH else "rung"
        notices.append(Notice(NoticeKind.LEAD_TOLD, Place.DIRECT, team.lead, {**told, "why": why}))
    if RungAct.PAGE_LEAD in rung.acts:
        notices.append(Notice(NoticeKind.LEAD_PAGED, Place.DIRECT, team.lead, told, urgent=True))
    return tuple(notices)


_SPOKEN = frozenset({RungAct.REMIND, RungAct.THREAD, RungAct.CHANNEL, RungAct.TELL_LEAD, RungAct.PAGE_LEAD})


def _is_breach(case: Case, rung: Rung) -> bool:
    """Whether the thread is told of the breach: always, but for minor questions (SEV4)."""
    return rung.percent == ladder.BREACH and case.severity is not Severity.SEV4


def _lead_is_told(handed: Change) -> bool:
    """The lead who hears that the rotation is exhausted hears of the breach with it."""
    return any(notice.kind is NoticeKind.LEAD_TOLD for notice in handed.notices)
