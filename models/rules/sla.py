"""The three SLA clocks of an escalation: begin, pause, resume, stop, and what moves their due times.

A clock is a row of segments; each segment counts the working time of one team under one version of
the rulebook, so that `why` can replay it. What happens when a clock runs down is `ladder`'s. Every
function takes a Case and answers with a new one. DOMAIN, "Clocks".
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from models.rules.case import Case, Clock, ClockState, Reason, Segment, SegmentState
from models.rules.facts import Facts
from models.rules.hours import WorkingTime, seconds_of, working_time
from models.rules.rulebook import ClockKind, HoursMode, Rulebook
from models.rules.severity import Severity

Books = Mapping[int, Rulebook]


def begin(facts: Facts, case: Case, kind: ClockKind, reason: Reason) -> Case:
    """Start the next cycle of `kind` with the target of the case's team and severity.

    A resolve clock begun because of REOPENED carries on where its last cycle stood: its elapsed time,
    the rungs it has taken, and its breach. Raises ValueError where one of that kind is still open.
    """
    if case.clock(kind) is not None:
        raise ValueError(f"the {kind} clock is open already")
    version, hours = facts.rulebook.version, facts.rulebook.policies[case.severity].targets[kind].hours
    segment = Segment(SegmentState.RUNNING, reason, facts.now, None, case.team, hours, version)
    clock = Clock(
        kind=kind,
        cycle=case.cycles[kind] + 1,
        state=ClockState.RUNNING,
        target_seconds=target_seconds(facts.rulebook, case.severity, kind, team=case.team),
        elapsed_seconds=0,
        started_at=facts.now,
        due_at=None,
        segments=(segment,),
    )
    if kind is ClockKind.RESOLVE and reason is Reason.REOPENED:
        clock = _carry_on(case, clock)
    return replace(case, clocks=(*case.clocks, _due_from_now(facts, clock)))


def stop(facts: Facts, case: Case, kind: ClockKind) -> Case:
    """End the open clock of `kind`, if there is one: what it measured has happened."""
    return _change(case, kind, lambda clock: _end(facts, clock, ClockState.STOPPED))


def void(facts: Facts, case: Case, kinds: Collection[ClockKind]) -> Case:
    """End the open clocks of `kinds` without their having been met: they do not count."""
    for kind in kinds:
        case = _change(case, kind, lambda clock: _end(facts, clock, ClockState.VOID))
    return case


def pause(facts: Facts, case: Case, kind: ClockKind, reason: Reason) -> Case:
    """Hold the open clock of `kind`, if there is one. Its due time is not known until it resumes."""

    def held(clock: Clock) -> Clock:
        clock = _turn(facts, clock, reason, state=SegmentState.PAUSED)
        return replace(clock, state=ClockState.PAUSED, due_at=None)

    return _change(case, kind, held)


def resume(facts: Facts, case: Case, kind: ClockKind, reason: Reason) -> Case:
    """Let the open clock of `kind` run from now, if there is one; one that runs says why from now on.

    What was promised by hand (`set_due`) stays promised, but a whole target from now is enough.
    """

    def running(clock: Clock) -> Clock:
        before, promised = clock, is_promise(case, facts.books, clock)
        clock = replace(_turn(facts, clock, reason), state=ClockState.RUNNING)
        if before.due_at is None:
            clock = _due_from_now(facts, clock)
        return _no_later_than_target(facts, case, clock) if promised else clock

    return _change(case, kind, running)


def change_severity(facts: Facts, case: Case, severity: Severity) -> Case:
    """Set the severity: open clocks keep what has elapsed, and their due times move.

    A clock that has run longer than its new target is due now and not earlier: nobody could have met
    a target that did not exist. A promise stays, unless a whole new target from now is sooner.
    """
    after = replace(case, severity=severity)

    def retargeted(clock: Clock) -> Clock:
        promised = is_promise(case, facts.books, clock)
        target = facts.rulebook.policies[severity].targets[clock.kind]
        state = clock.segments[-1].state
        clock = _turn(facts, clock, Reason.SEVERITY, state=state, team=case.team, hours=target.hours)
        if promised:
            return _no_later_than_target(facts, after, clock)
        target_now = target_seconds(facts.rulebook, severity, clock.kind, team=case.team)
        return _due_from_now(facts, replace(clock, target_seconds=target_now))

    for kind in ClockKind:
        after = _change(after, kind, retargeted)
    return after


def change_team(facts: Facts, case: Case, team: str) -> Case:
    """Hand the clocks to another team: a new acknowledge cycle; update ends; resolve goes on, and what
    remains of it is counted on the new team's calendar. A resolved one takes its resolve clock up."""

    def handed_over(clock: Clock) -> Clock:
        clock = _turn(facts, clock, Reason.REROUTED, team=team)
        return _due_from_now(facts, replace(clock, state=ClockState.RUNNING))

    case = void(facts, case, (ClockKind.ACKNOWLEDGE, ClockKind.UPDATE))
    case = _change(replace(case, team=team), ClockKind.RESOLVE, handed_over)
    if case.clock(ClockKind.RESOLVE) is None:
        case = begin(facts, case, ClockKind.RESOLVE, Reason.REOPENED)
    return begin(facts, case, ClockKind.ACKNOWLEDGE, Reason.REROUTED)


def set_due(facts: Facts, case: Case, kind: ClockKind, at: datetime, *, reason: Reason | None = None) -> Case:
    """Promise `at` for the open clock of `kind`: it runs until then, and its ladder scales from now to
    then. The reason defaults to what the case waits on, or else to the one that holds."""

    def promised(clock: Clock) -> Clock:
        waits = Reason(f"waiting_{case.waiting.on}") if case.waiting else clock.segments[-1].reason
        clock = _turn(facts, clock, reason or waits)
        return _promise(facts, replace(clock, state=ClockState.RUNNING), at)

    return _change(case, kind, promised)


def mark_breaches(case: Case, now: datetime) -> Case:
    """Stamp every open clock that is past its due time, with the moment at which it was due."""
    return replace(case, clocks=tuple(_stamped(c, now) if c.is_open else c for c in case.clocks))


def next_clock(case: Case) -> Clock | None:
    """The open, running clock that is due first: the one the card shows."""
    running = [clock for clock in case.clocks if clock.state is ClockState.RUNNING and clock.due_at]
    return min(running, key=lambda clock: (clock.due_at, clock.kind), default=None)


def target_seconds(book: Rulebook, severity: Severity, kind: ClockKind, *, team: str) -> int:
    """The policy's target in working seconds; its "day" is one working day of the team's calendar."""
    target = book.policies[severity].targets[kind]
    return seconds_of(target.duration, working_time(book.team(team).calendar, target.hours))


def segment_time(books: Books, segment: Segment) -> WorkingTime:
    """The working time that a segment counts: its team's, under the version it is stamped with."""
    return working_time(books[segment.config_version].team(segment.team).calendar, segment.hours)


def worked_seconds(books: Books, segment: Segment, until: datetime) -> int:
    """The working time that a segment has counted: up to its end, or up to `until` while it lasts."""
    if segment.state is SegmentState.PAUSED:
        return 0
    end = segment.ended_at or until
    return segment_time(books, segment).between(segment.started_at, max(end, segment.started_at))


def is_promise(case: Case, books: Books, clock: Clock) -> bool:
    """Whether an update clock's due time was set by hand. A promise shows in its target: it is no
    longer the policy's. Only update clocks are promised, and a re-route ends them."""
    segment = clock.segments[-1]
    book = books[segment.config_version]
    policy = target_seconds(book, case.severity, clock.kind, team=segment.team)
    return clock.kind is ClockKind.UPDATE and clock.target_seconds != policy


def _change(case: Case, kind: ClockKind, change: Callable[[Clock], Clock]) -> Case:
    """The case with its open clock of `kind` changed; the same case where none is open."""
    return replace(case, clocks=tuple(change(c) if c.kind is kind and c.is_open else c for c in case.clocks))


def _stamped(clock: Clock, now: datetime) -> Clock:
    if clock.breached_at is None and clock.due_at is not None and clock.due_at <= now:
        return replace(clock, breached_at=clock.due_at)
    return clock


def _closed_segment(facts: Facts, clock: Clock) -> Clock:
    """The clock with its last segment ended and counted, and its breach stamped before anything moves
    the due time: a breach is never taken back. What is done at the due moment itself is in time."""
    if clock.due_at is not None and clock.due_at < facts.now:
        clock = _stamped(clock, facts.now)
    last = clock.segments[-1]
    elapsed = clock.elapsed_seconds + worked_seconds(facts.books, last, facts.now)
    ended = replace(last, ended_at=max(facts.now, last.started_at))
    return replace(clock, elapsed_seconds=elapsed, segments=(*clock.segments[:-1], ended))


def _end(facts: Facts, clock: Clock, state: ClockState) -> Clock:
    return replace(_closed_segment(facts, clock), state=state, stopped_at=facts.now)


def _turn(
    facts: Facts,
    clock: Clock,
    reason: Reason,
    *,
    state: SegmentState = SegmentState.RUNNING,
    team: str | None = None,
    hours: HoursMode | None = None,
) -> Clock:
    """End the last segment and begin one that says why. It counts as the last one did, under the same
    version of the rulebook; naming a team takes the version in force."""
    last = clock.segments[-1]
    begun = Segment(
        state=state,
        reason=reason,
        started_at=facts.now,
        ended_at=None,
        team=team or last.team,
        hours=hours or last.hours,
        config_version=facts.rulebook.version if team else last.config_version,
    )
    clock = _closed_segment(facts, clock)
    return replace(clock, segments=(*clock.segments, begun))


def _due_from_now(facts: Facts, clock: Clock) -> Clock:
    """The due time after what remains of the target. Nothing remains: the breach, or else now."""
    if clock.state is ClockState.PAUSED:
        return clock
    remaining = clock.target_seconds - clock.elapsed_seconds
    if remaining <= 0:
        return replace(clock, due_at=clock.breached_at or facts.now)
    time = segment_time(facts.books, clock.segments[-1])
    return replace(clock, due_at=time.add(facts.now, remaining))


def _promise(facts: Facts, clock: Clock, at: datetime) -> Clock:
    """The clock due at `at`: its target becomes what has elapsed and the working time until then."""
    time = segment_time(facts.books, clock.segments[-1])
    remaining = time.between(facts.now, max(at, facts.now))
    return replace(clock, due_at=at, target_seconds=clock.elapsed_seconds + remaining)


def _no_later_than_target(facts: Facts, case: Case, clock: Clock) -> Clock:
    """A promise, or one whole target of the policy from now where that is sooner. A paused clock keeps
    what was promised and is asked again when it resumes."""
    if clock.due_at is None:
        return clock
    last = clock.segments[-1]
    book = facts.books[last.config_version]
    target = target_seconds(book, case.severity, clock.kind, team=last.team)
    soonest = segment_time(facts.books, last).add(facts.now, target)
    return _promise(facts, clock, soonest) if soonest < clock.due_at else clock


def _carry_on(case: Case, clock: Clock) -> Clock:
    """A reopened resolve clock, standing where its last cycle stood."""
    cycles = [one for one in case.clocks if one.kind is clock.kind]
    if not cycles:
        return clock
    last = max(cycles, key=lambda one: one.cycle)
    return replace(
        clock,
        elapsed_seconds=last.elapsed_seconds,
        last_rung=last.last_rung,
        breached_at=last.breached_at,
    )
