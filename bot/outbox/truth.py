"""Whether a notice is still true when it is about to be sent. What is not, is dropped, not said.

The notice was saved with a change; since then somebody may have acted. A stale reminder costs trust.
"""

from collections.abc import Callable, Mapping
from typing import Any

from models.rules.case import Case, WaitingOn
from models.rules.change import NoticeKind
from models.rules.possible import awaits_acceptance
from models.rules.rulebook import ClockKind
from models.rules.status import Status

Facts = Mapping[str, Any]
Test = Callable[[Case, Facts, str], bool]


def still_true(kind: NoticeKind, case: Case, facts: Facts, recipient: str) -> bool:
    """Whether a notice about `case`, as it is now, is still worth saying to `recipient`."""
    test = _TESTS.get(kind)
    return test is None or test(case, facts, recipient)


def _card_is_here(case: Case, _facts: Facts, team: str) -> bool:
    return case.team == team


def _card_is_elsewhere(case: Case, _facts: Facts, team: str) -> bool:
    return case.team != team


def _unaccepted(case: Case, _facts: Facts, _to: str) -> bool:
    return awaits_acceptance(case)


def _clock_runs(case: Case, facts: Facts, _to: str) -> bool:
    if "clock" not in facts:
        return case.status.is_open
    clock = case.clock(ClockKind(facts["clock"]))
    return clock is not None and clock.due_at is not None


def _reminder_stands(case: Case, facts: Facts, to: str) -> bool:
    holder = case.owner or case.suggested_owner
    return _clock_runs(case, facts, to) and (holder is None or to in (holder, case.owner))


def _open(case: Case, _facts: Facts, _to: str) -> bool:
    return case.status.is_open


def _resolved(case: Case, _facts: Facts, _to: str) -> bool:
    return case.status is Status.RESOLVED


def _waits_no_longer(case: Case, _facts: Facts, _to: str) -> bool:
    return case.status.is_working and case.status is not Status.WAITING


def _asks_requester(case: Case, facts: Facts, _to: str) -> bool:
    """Asked again, when the date has passed, the case itself does not wait any more."""
    if case.waiting is None:
        return bool(facts.get("again")) and case.status.is_working
    return case.waiting.on is WaitingOn.REQUESTER


def _is_working_owner(case: Case, _facts: Facts, to: str) -> bool:
    return case.owner == to and case.status.is_working


_TESTS: Mapping[NoticeKind, Test] = {
    NoticeKind.CARD: _card_is_here,
    NoticeKind.CARD_MOVED: _card_is_elsewhere,
    NoticeKind.ON_CALL: _unaccepted,
    NoticeKind.REMINDER: _reminder_stands,
    NoticeKind.THREAD_REMINDER: _clock_runs,
    NoticeKind.CHANNEL_REMINDER: _clock_runs,
    NoticeKind.CATCH_UP: _clock_runs,
    NoticeKind.LEAD_TOLD: _open,
    NoticeKind.LEAD_PAGED: _clock_runs,
    NoticeKind.CONFIRM_FIXED: _resolved,
    NoticeKind.CLOSE_WARNING: _resolved,
    NoticeKind.INFO_REQUEST: _asks_requester,
    NoticeKind.WAIT_OVER: _waits_no_longer,
    NoticeKind.COUNT_AS_UPDATE: _is_working_owner,
}
