"""Waiting: on whom, why, and until when. What it does to the clocks is `models.rules.waiting`'s."""

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, direct, event, joined, requester_told
from models.rules.case import Case, Waiting, WaitingOn
from models.rules.change import Change, Event, EventKind, Notice, NoticeKind
from models.rules.deadlines import third_party_until
from models.rules.facts import Facts
from models.rules.limits import refuse_late, refuse_past, refuse_text
from models.rules.moves.acknowledge import accepted
from models.rules.moves.forms import WaitForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import actor_of, refuse_unless_allowed
from models.rules.waiting import begin_waiting


def wait(facts: Facts, form: WaitForm) -> Change | Refusal:
    """Wait on the customer, the requester, a third party or another team."""
    refused = (
        refuse_unless_allowed(facts, Act.WAIT)
        or refuse_unless_possible(facts.the_case, Act.WAIT)
        or refuse_wait(facts, form)
    )
    return refused or waited(facts, form, EventKind.WAITING)


def refuse_wait(facts: Facts, form: WaitForm) -> Refusal | None:
    """The first thing wrong with the reason or the date."""
    latest = facts.now + limits.LONGEST_WAIT
    if form.on is WaitingOn.THIRD_PARTY:
        latest = third_party_until(facts)
    return (
        refuse_text("why", form.why, limits.WHY)
        or refuse_past("until", form.until, facts.now)
        or refuse_late("until", form.until, latest)
    )


def waited(facts: Facts, form: WaitForm, kind: EventKind) -> Change:
    """The waiting itself, told as an event of `kind`."""
    first = accepted(facts)
    facts = facts.with_case(first.after)
    waiting = Waiting(on=form.on, why=form.why, since=facts.now, until=form.until, asked_by=actor_of(facts))
    after = begin_waiting(facts, first.after, waiting)
    said = event(facts, kind, on=form.on.value, why=form.why, until=form.until.isoformat())
    return joined(first, change(facts, after, said, notices=_told(after, said)))


def _told(case: Case, said: Event) -> tuple[Notice, ...]:
    if case.waiting and case.waiting.on is WaitingOn.REQUESTER:
        return (direct(NoticeKind.INFO_REQUEST, case.requester, said),)
    return requester_told(case, said)
