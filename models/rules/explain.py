"""Why a clock is due when it is: its segments replayed, then the steps of its ladder.

For `why`. Facts only, in the order in which a person reads them; render gives them words. Everything
follows from the stored segments and the versions of the rulebook that they are stamped with.
"""

from dataclasses import dataclass
from datetime import datetime

from models.rules import ladder, sla
from models.rules.case import Case, Clock, Reason, SegmentState
from models.rules.facts import Facts
from models.rules.rulebook import HoursMode, RungAct


@dataclass(frozen=True, slots=True)
class Stretch:
    """One segment. `ended_at` is None while it lasts (its seconds are then those until now).

    `sum_seconds` is the working time that the clock has used up at the end of it; a reopened resolve
    clock begins with what its last cycle had used.
    """

    started_at: datetime
    ended_at: datetime | None
    state: SegmentState
    reason: Reason
    team: str
    hours: HoursMode
    worked_seconds: int
    out_of_hours_seconds: int
    sum_seconds: int


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: taken, or coming. `at` is when it was or will be due by the segments; None where they do
    not tell (a coming one while the clock is paused, a taken one under an earlier target)."""

    percent: int
    acts: tuple[RungAct, ...]
    taken: bool
    at: datetime | None


Explained = Stretch | Step


def explain(facts: Facts, clock: Clock) -> list[Explained]:
    """The lines of `why` for one clock of the case: its stretches in order, then its steps."""
    return [*_stretches(facts, clock), *_steps(facts, facts.the_case, clock)]


def _stretches(facts: Facts, clock: Clock) -> list[Stretch]:
    """Segments that a composed move began and ended in one moment are left out."""
    worked = [sla.worked_seconds(facts.books, segment, facts.now) for segment in clock.segments]
    ended = sum(w for w, segment in zip(worked, clock.segments, strict=True) if segment.ended_at)
    total = clock.elapsed_seconds - ended
    lines = []
    for seconds, segment in zip(worked, clock.segments, strict=True):
        total += seconds
        if segment.ended_at == segment.started_at:
            continue
        runs = segment.state is SegmentState.RUNNING
        length = (segment.ended_at or facts.now) - segment.started_at
        lines.append(
            Stretch(
                started_at=segment.started_at,
                ended_at=segment.ended_at,
                state=segment.state,
                reason=segment.reason,
                team=segment.team,
                hours=segment.hours,
                worked_seconds=seconds,
                out_of_hours_seconds=int(length.total_seconds()) - seconds if runs else 0,
                sum_seconds=total,
            )
        )
    return lines


def _steps(facts: Facts, case: Case, clock: Clock) -> list[Step]:
    """Rungs that do nothing are not steps. A clock that has ended has no coming ones."""
    coming = {rung.percent: at for rung, at in ladder.rung_times(facts.books, case, clock)}
    steps = []
    for rung in ladder.rungs_of(facts.books, case, clock):
        taken = rung.percent <= clock.last_rung
        if rung.acts and (taken or clock.is_open):
            at = _reached_at(facts, clock, rung.percent) if taken else coming.get(rung.percent)
            steps.append(Step(rung.percent, rung.acts, taken, at))
    return steps


def _reached_at(facts: Facts, clock: Clock, percent: int) -> datetime | None:
    """When the segments' working time added up to `percent` of the target; None if it never did."""
    if percent == ladder.BREACH and clock.breached_at is not None:
        return clock.breached_at
    wanted = clock.target_seconds * percent // 100
    ended = sum(sla.worked_seconds(facts.books, s, facts.now) for s in clock.segments if s.ended_at)
    used = clock.elapsed_seconds - ended
    for segment in clock.segments:
        worked = sla.worked_seconds(facts.books, segment, facts.now)
        if worked and used <= wanted <= used + worked:
            return sla.segment_time(facts.books, segment).add(segment.started_at, wanted - used)
        used += worked
    return None
