"""Resuming: what was awaited is there, or the impact that had stopped is back, and work goes on."""

from models.rules.acts import Act
from models.rules.announce import change, due_of, event, owner_told, requester_told
from models.rules.case import Case, WaitingOn
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.moves.forms import NoForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import (
    MATRIX,
    REQUESTER_SIDE,
    not_allowed,
    refuse_unless_allowed,
    roles_of,
)
from models.rules.rulebook import ClockKind
from models.rules.waiting import end_waiting


def resume(facts: Facts, _form: NoForm) -> Change | Refusal:
    """Wait no longer. The requester's side resumes only what waits on the customer."""
    case = facts.the_case
    refused = (
        refuse_unless_allowed(facts, Act.RESUME)
        or refuse_unless_possible(case, Act.RESUME)
        or _refuse_requester_side(facts, case)
    )
    return refused or _resumed(facts, case)


def _resumed(facts: Facts, case: Case) -> Change:
    after = end_waiting(facts, case)
    on = case.waiting.on.value if case.waiting else None
    said = event(facts, EventKind.RESUMED, on=on, due_at=due_of(after, ClockKind.UPDATE))
    news = (*owner_told(after, said, "resumed"), *requester_told(after, said))
    return change(facts, after, said, notices=news)


def _refuse_requester_side(facts: Facts, case: Case) -> Refusal | None:
    """An awaited requester answers instead; third parties and teams are the owning team's to judge."""
    on_customer = case.waiting is not None and case.waiting.on is WaitingOn.CUSTOMER
    if facts.actor is None or on_customer:
        return None
    roles = roles_of(facts.actor, facts.rulebook, case)
    allowed = MATRIX[Act.RESUME] - REQUESTER_SIDE
    return None if roles & allowed else not_allowed(Act.RESUME, allowed)
