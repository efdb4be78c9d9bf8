"""The ladder: which rung of a clock is due when.

Rungs come from the policy of the case's severity, in the version of the rulebook that the clock is
stamped with; their times are working time on the clock's own calendar. What a rung does is decided in
`moves.run_step`. DOMAIN, "The ladder".
"""

from collections.abc import Mapping
from datetime import datetime

from models.rules import sla
from models.rules.case import Case, Clock, ClockState
from models.rules.rulebook import Rulebook, Rung

BREACH = 100


def rungs_of(books: Mapping[int, Rulebook], case: Case, clock: Clock) -> tuple[Rung, ...]:
    """The ladder of a clock. The due time is always a step: a ladder without a rung at 100 gets one
    that does nothing, so that the breach is stamped on time."""
    rungs = books[clock.segments[-1].config_version].policies[case.severity].rungs
    if any(rung.percent == BREACH for rung in rungs):
        return rungs
    return tuple(sorted((*rungs, Rung(BREACH, ())), key=lambda rung: rung.percent))


def rung_times(books: Mapping[int, Rulebook], case: Case, clock: Clock) -> list[tuple[Rung, datetime]]:
    """Every rung of a clock with the moment at which it is due; none while it does not run.

    Rungs taken already are among them: `next_rung` and `due_rungs` leave them out.
    """
    if clock.state is not ClockState.RUNNING or clock.due_at is None:
        return []
    return [(rung, _time_of(books, case, clock, rung.percent)) for rung in rungs_of(books, case, clock)]


def next_rung(books: Mapping[int, Rulebook], case: Case, clock: Clock) -> tuple[Rung, datetime] | None:
    """The first rung that has not been taken in this cycle, and when; None after the last."""
    return next((one for one in rung_times(books, case, clock) if one[0].percent > clock.last_rung), None)


def due_rungs(books: Mapping[int, Rulebook], case: Case, clock: Clock, now: datetime) -> list[Rung]:
    """The rungs that are due at `now` and not taken, in rising order: one, or more after an outage."""
    times = rung_times(books, case, clock)
    return [rung for rung, at in times if at <= now and rung.percent > clock.last_rung]


def due_rung(books: Mapping[int, Rulebook], case: Case, clock: Clock, now: datetime) -> Rung | None:
    """The latest rung that is due at `now` and not taken: the only one that is said."""
    due = due_rungs(books, case, clock, now)
    return due[-1] if due else None


def percent_at(books: Mapping[int, Rulebook], clock: Clock, now: datetime) -> int:
    """How much of its target a clock has used up at `now`, in whole percent."""
    last = clock.segments[-1]
    running = 0 if last.ended_at else sla.worked_seconds(books, last, now)
    return (clock.elapsed_seconds + running) * 100 // max(1, clock.target_seconds)


def _time_of(books: Mapping[int, Rulebook], case: Case, clock: Clock, percent: int) -> datetime:
    """When a running clock stands at `percent`.

    Below 100 it is counted from where the last segment began, above 100 from the due time. After a
    promise the scale is the stretch from then to the due time; a stretch without working time (due on a
    Sunday) has no rungs before its end, and is measured by the policy after it.
    """
    last, due = clock.segments[-1], clock.due_at
    if due is None or percent == BREACH:
        return due or last.started_at
    time = sla.segment_time(books, last)
    scale, behind = clock.target_seconds, clock.elapsed_seconds
    if sla.is_promise(case, books, clock) and due >= last.started_at:
        scale, behind = time.between(last.started_at, due), 0
    if percent < BREACH:
        return min(due, time.add(last.started_at, max(0, scale * percent // 100 - behind)) if scale else due)
    book = books[last.config_version]
    scale = scale or sla.target_seconds(book, case.severity, clock.kind, team=last.team)
    beyond = scale * (percent - BREACH) // 100
    if due >= last.started_at:
        return time.add(due, beyond)
    # The breach lies before this segment: what it had run over by then counts.
    return time.add(last.started_at, max(0, beyond - (clock.elapsed_seconds - clock.target_seconds)))
