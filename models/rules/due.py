"""Which timers a case asks for: they follow from its state and are never set by hand.

`models.queries.record` keeps the stored timers equal to this after every change, so a stopped clock
leaves none behind and a moved due time moves its timer. Schedules (digests) are not here.
"""

from collections.abc import Mapping
from datetime import datetime

from models.rules import ladder
from models.rules.case import Case
from models.rules.deadlines import requester_hours
from models.rules.hours import seconds_of
from models.rules.rulebook import Rulebook
from models.rules.status import Status
from models.rules.timer import Timer, TimerPurpose


def timers_of(case: Case, books: Mapping[int, Rulebook]) -> frozenset[Timer]:
    """The timers of a case: the next rung of each running clock, and what its status waits for."""
    if not case.status.is_open:
        return frozenset()
    return frozenset({*_of_clocks(case, books), *_of_waiting(case), *_of_look(case), *_of_closing(case, books)})


def _of_clocks(case: Case, books: Mapping[int, Rulebook]) -> list[Timer]:
    timers = []
    for clock in case.clocks:
        coming = ladder.next_rung(books, case, clock)
        if coming is not None:
            timers.append(Timer(TimerPurpose.LADDER, coming[1], clock.kind))
    return timers


def _of_waiting(case: Case) -> list[Timer]:
    """The awaited date; when it has passed, the case waits no longer."""
    if case.status is not Status.WAITING or case.waiting is None:
        return []
    return [Timer(TimerPurpose.WAIT_OVER, case.waiting.until)]


def _of_look(case: Case) -> list[Timer]:
    """The other look that was asked for, while there is still something to accept or to do."""
    if case.look_at is None or not (case.status is Status.NEW or case.status.is_working):
        return []
    return [Timer(TimerPurpose.LOOK_AGAIN, case.look_at)]


def _of_closing(case: Case, books: Mapping[int, Rulebook]) -> list[Timer]:
    """A resolved case closes itself, and says so before."""
    if case.status is not Status.RESOLVED or case.close_at is None:
        return []
    closing = Timer(TimerPurpose.AUTO_CLOSE, case.close_at)
    warn_at = warning_at(case, books[max(books)])
    return [closing] if warn_at is None else [Timer(TimerPurpose.CLOSE_WARNING, warn_at), closing]


def warning_at(case: Case, book: Rulebook) -> datetime | None:
    """When the requester is warned that a resolved case closes itself; None if that is done, or if the
    company wants no warning. Counted back from `close_at` in the working time of whoever confirms."""
    if case.close_at is None or case.close_warned:
        return None
    time = requester_hours(book, case)
    ahead = seconds_of(book.auto_close_warning, time)
    if ahead == 0:
        return None
    since = case.resolved_at or case.opened_at
    return time.add(since, max(0, time.between(since, max(since, case.close_at)) - ahead))
