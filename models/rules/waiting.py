"""What waiting does to the clocks: the table of DOMAIN, "Clocks", as data.

The awaited customer holds the time of both clocks, the requester only that of the next update; who
waits on a third party must say something by the awaited date. An acknowledge clock always runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.rules import sla
from models.rules.case import Case, Reason, Waiting, WaitingOn
from models.rules.facts import Facts
from models.rules.rulebook import ClockKind
from models.rules.status import Status

_HELD = (ClockKind.UPDATE, ClockKind.RESOLVE)


@dataclass(frozen=True, slots=True)
class Hold:
    """What one way of waiting pauses, and the reason its segments carry."""

    reason: Reason
    pauses: frozenset[ClockKind] = frozenset()
    update_due_at_until: bool = False


HOLDS: Mapping[WaitingOn, Hold] = {
    WaitingOn.CUSTOMER: Hold(Reason.WAITING_CUSTOMER, pauses=frozenset(_HELD)),
    WaitingOn.REQUESTER: Hold(Reason.WAITING_REQUESTER, pauses=frozenset({ClockKind.UPDATE})),
    WaitingOn.THIRD_PARTY: Hold(Reason.WAITING_THIRD_PARTY, update_due_at_until=True),
    WaitingOn.TEAM: Hold(Reason.WAITING_TEAM),
}


def begin_waiting(facts: Facts, case: Case, waiting: Waiting) -> Case:
    """Wait, and let the clocks run or rest as the table says."""
    case = replace(case, status=Status.WAITING, waiting=waiting)
    for kind in _HELD:
        case = held(facts, case, kind)
    return case


def held(facts: Facts, case: Case, kind: ClockKind) -> Case:
    """One clock of a waiting case, as the table says; unchanged where the case does not wait."""
    if case.waiting is None:
        return case
    hold, until = HOLDS[case.waiting.on], case.waiting.until
    if kind in hold.pauses:
        return sla.pause(facts, case, kind, hold.reason)
    if kind is ClockKind.UPDATE and hold.update_due_at_until and until > facts.now:
        return sla.set_due(facts, case, kind, until)
    # It runs on; its segment says from now on who holds the time.
    return sla.resume(facts, case, kind, hold.reason)


def end_waiting(facts: Facts, case: Case) -> Case:
    """Wait no longer: both clocks run again."""
    for kind in _HELD:
        case = sla.resume(facts, case, kind, Reason.RESUMED)
    return replace(case, status=Status.INVESTIGATING, waiting=None)
