"""Which acts a status leaves open: the status table (`status.allows`) seen from the acts.

A move that is not possible is refused with what is true now, and with what is possible instead.
"""

from collections.abc import Mapping
from datetime import datetime

from models.rules.acts import Act
from models.rules.case import Case
from models.rules.refusals import Code, Refusal
from models.rules.rulebook import ClockKind
from models.rules.status import Status, allows


def _reaching(wanted: Status) -> frozenset[Status]:
    return frozenset(status for status in Status if allows(status, wanted))


_NEW = frozenset({Status.NEW})
_WORKING = frozenset(status for status in Status if status.is_working)
_OPEN = frozenset(status for status in Status if status.is_open)
_UNRESOLVED = _NEW | _WORKING

# The acts of the owning team stand open to a new case too, because they acknowledge it first.
POSSIBLE: Mapping[Act, frozenset[Status]] = {
    Act.ACKNOWLEDGE: _reaching(Status.ACKNOWLEDGED),
    Act.NEED_INFO: _reaching(Status.WAITING) | _NEW,
    Act.HAND_BACK: _reaching(Status.NEW),
    Act.UPDATE: _UNRESOLVED,
    Act.WAIT: _reaching(Status.WAITING) | _NEW,
    Act.RESUME: frozenset({Status.WAITING, Status.MITIGATED}),  # mitigated: the impact is back
    Act.ANSWER: _UNRESOLVED,
    Act.RESOLVE: _reaching(Status.RESOLVED) | _NEW,
    Act.CONFIRM: _reaching(Status.CLOSED),
    Act.REOPEN: frozenset({Status.RESOLVED, Status.CLOSED}),
    Act.CANCEL: _reaching(Status.CANCELLED),
    Act.DUPLICATE: _reaching(Status.DUPLICATE),
    Act.REASSIGN: _UNRESOLVED,
    Act.REROUTE: _reaching(Status.NEW),
    Act.RAISE_SEVERITY: _UNRESOLVED,
    Act.LOWER_SEVERITY: _UNRESOLVED,
    Act.EDIT: _OPEN,
    Act.ADD_EVIDENCE: _OPEN,
    Act.FOLLOW: frozenset(Status),
    Act.UNFOLLOW: frozenset(Status),
    Act.NUDGE: _UNRESOLVED,
    Act.LOOK_LATER: _UNRESOLVED,
    Act.PASS_ON: _NEW,
    Act.SHOW: frozenset(Status),
}


def awaits_acceptance(case: Case) -> bool:
    """Whether somebody of the owning team has yet to accept it: it is new, or it was reopened after its
    owner had gone (it is investigated again, but an acknowledge clock runs)."""
    reopened_without_owner = case.status.is_working and case.clock(ClockKind.ACKNOWLEDGE) is not None
    return case.status is Status.NEW or reopened_without_owner


def is_possible(case: Case, act: Act) -> bool:
    """Whether the status of the case leaves `act` open, whoever asks."""
    if act in (Act.ACKNOWLEDGE, Act.PASS_ON):
        return awaits_acceptance(case)
    return case.status in POSSIBLE.get(act, frozenset())


def possible_acts(case: Case) -> tuple[Act, ...]:
    """All acts on a case that its status leaves open."""
    return tuple(act for act in POSSIBLE if is_possible(case, act))


def refuse_unless_possible(case: Case, act: Act) -> Refusal | None:
    """The refusal that says what is true now; None where the status leaves `act` open."""
    if is_possible(case, act):
        return None
    return _already(case, act) or wrong_status(case, act)


def wrong_status(case: Case, act: Act) -> Refusal:
    """The refusal that names the status and the acts that are possible instead."""
    possible = [each.value for each in possible_acts(case)]
    return Refusal(Code.WRONG_STATUS, {"status": case.status.value, "act": act.value, "possible": possible})


def already(status: Status, by: str | None, at: datetime | None) -> Refusal:
    """The refusal that says that it is so already, since when, and by whom where that is known."""
    return Refusal(Code.ALREADY, {"status": status.value, "by": by, "at": at.isoformat() if at else None})


def _already(case: Case, act: Act) -> Refusal | None:
    status = case.status
    if act in (Act.ACKNOWLEDGE, Act.PASS_ON) and status.is_working:
        return already(Status.ACKNOWLEDGED, case.owner, case.acknowledged_at)
    if act in (Act.WAIT, Act.NEED_INFO) and case.waiting:
        return already(status, case.waiting.asked_by, case.waiting.since)
    if act is Act.RESOLVE and status is Status.RESOLVED and case.resolution:
        return already(status, case.resolution.by, case.resolved_at)
    if act is Act.CONFIRM and status is Status.CLOSED and case.closure:
        return already(status, case.closure.by, case.ended_at)
    if (act, status) in _ENDED_ALREADY:
        return already(status, None, case.ended_at)
    return None


_ENDED_ALREADY = frozenset({(Act.CANCEL, Status.CANCELLED), (Act.DUPLICATE, Status.DUPLICATE)})
