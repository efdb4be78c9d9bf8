"""Nudging: the requester asks for news, once a clock. DOMAIN, "The ladder"."""

from dataclasses import replace

from models.rules import ladder, sla
from models.rules.acts import Act
from models.rules.announce import change, event
from models.rules.case import Case, Clock
from models.rules.change import Change, EventKind, Notice, NoticeKind, Place
from models.rules.facts import Facts
from models.rules.moves.forms import NoForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Code, Refusal
from models.rules.roles import refuse_unless_allowed


def nudge(facts: Facts, _form: NoForm) -> Change | Refusal:
    """Remind whoever has it of the clock that is due next, the one on the card."""
    case = facts.the_case
    refused = refuse_unless_allowed(facts, Act.NUDGE) or refuse_unless_possible(case, Act.NUDGE)
    if refused:
        return refused
    clock = sla.next_clock(case)
    if clock is None:
        return Refusal(Code.NO_CLOCK)
    if clock.nudged_at is not None:
        return Refusal(Code.NUDGED_ALREADY, {"at": clock.nudged_at.isoformat()})
    return _nudged(facts, clock)


def _nudged(facts: Facts, clock: Clock) -> Change:
    case = facts.the_case
    clocks = tuple(replace(c, nudged_at=facts.now) if c is clock else c for c in case.clocks)
    asked = holder(facts, case)
    told = {
        "clock": clock.kind.value,
        "percent": ladder.percent_at(facts.books, clock, facts.now),
        "due_at": clock.due_at.isoformat() if clock.due_at else None,
        "why": "nudged",
        "by": facts.actor_id,
    }
    reminder = Notice(NoticeKind.REMINDER, Place.DIRECT, asked, told)
    said = event(facts, EventKind.NUDGED, to=asked, clock=clock.kind.value)
    return change(facts, replace(case, clocks=clocks), said, notices=(reminder,))


def holder(facts: Facts, case: Case) -> str:
    """Whoever is to be reminded: the owner, the person on call, or where there is neither the lead."""
    return case.owner or case.suggested_owner or facts.rulebook.team(case.team).lead
