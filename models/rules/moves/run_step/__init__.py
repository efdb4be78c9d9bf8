"""The bot's own move: what happens to a case when its timers are due.

`rungs` takes a step of the ladder, `dates` what was set for a date. Each timer is judged again on the
facts of now: one that is no longer wanted does nothing. After an outage (`StepForm.late`) what there is
to say is folded, so that each person and channel gets one message. DESIGN, promises 6 and 7.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from models.rules.announce import nothing_yet
from models.rules.change import Change, NoticeKind
from models.rules.facts import Facts
from models.rules.moves.forms import StepForm
from models.rules.moves.run_step import dates, rungs
from models.rules.moves.run_step.folding import folded
from models.rules.refusals import Refusal
from models.rules.rulebook import ClockKind
from models.rules.timer import Timer, TimerPurpose

_ONCE = frozenset({NoticeKind.CARD, NoticeKind.LEAD_PAGED})

Step = Callable[[Facts, Timer], Change]

STEPS: Mapping[TimerPurpose, Step] = {
    TimerPurpose.LADDER: rungs.take_rungs,
    TimerPurpose.WAIT_OVER: dates.ask_after_waiting,
    TimerPurpose.LOOK_AGAIN: dates.ask_again,
    TimerPurpose.CLOSE_WARNING: dates.warn_of_closing,
    TimerPurpose.AUTO_CLOSE: dates.close,
}


def run_step(facts: Facts, form: StepForm) -> Change | Refusal:
    """Do what is due for a case, as one change; it is empty where nothing is (any more)."""
    change = nothing_yet(facts)
    for timer in sorted(form.timers, key=_order):
        change = _and(change, STEPS[timer.purpose](facts.with_case(change.after), timer))
    return replace(change, notices=folded(change.notices)) if form.late else change


def _and(first: Change, later: Change) -> Change:
    """Both, but the card is drawn once, and the lead paged once for a case.

    Not `announce.joined`, which spares people news: who takes over hears so, whatever else is due.
    """
    again = {notice.kind for notice in first.notices} & _ONCE
    fresh = tuple(notice for notice in later.notices if notice.kind not in again)
    return first.then(replace(later, notices=fresh))


def _order(timer: Timer) -> tuple[int, int]:
    """Clocks before dates, and always in the same order: which timer was due first says nothing after
    an outage."""
    clock = list(ClockKind).index(timer.clock) if timer.clock else 0
    return list(TimerPurpose).index(timer.purpose), clock
