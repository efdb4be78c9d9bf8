"""Acknowledging: somebody of the owning team accepts the escalation and becomes its owner.

Every act of the owning team acknowledges: the other moves begin with `accepted`.
"""

from dataclasses import replace

from models.rules import sla
from models.rules.acts import Act
from models.rules.announce import change, due_of, event, nothing_yet, owner_told, requester_told
from models.rules.case import Case, Reason
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.moves.forms import NoForm
from models.rules.possible import awaits_acceptance, refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import actor_of, belongs_to, refuse_unless_allowed
from models.rules.rulebook import ClockKind
from models.rules.status import Status


def acknowledge(facts: Facts, _form: NoForm) -> Change | Refusal:
    """Accept it: the acknowledge ladder ends, the update clock starts, the requester hears who has it."""
    refused = refuse_unless_allowed(facts, Act.ACKNOWLEDGE) or refuse_unless_possible(facts.the_case, Act.ACKNOWLEDGE)
    return refused or accepted(facts)


def accepted(facts: Facts, *, owner: str | None = None) -> Change:
    """The acceptance that comes before any other act of the team; nothing where it has happened.

    `owner` is who is to hold it, where that is not for the actor to be.
    """
    case = facts.the_case
    if not awaits_acceptance(case):
        return nothing_yet(facts)
    after = _held_by(facts, owner or _owner(facts))
    due_at = due_of(after, ClockKind.UPDATE)
    said = event(facts, EventKind.ACKNOWLEDGED, owner=after.owner, due_at=due_at)
    return change(
        facts,
        after,
        said,
        notices=(*requester_told(after, said), *owner_told(after, said, "assigned")),
    )


def _held_by(facts: Facts, owner: str) -> Case:
    case = sla.stop(facts, facts.the_case, ClockKind.ACKNOWLEDGE)
    case = replace(
        case,
        status=Status.ACKNOWLEDGED if case.status is Status.NEW else case.status,
        owner=owner,
        owner_since=facts.now,
        owner_active_at=facts.now,
        acknowledged_at=facts.now,
        suggested_owner=None,
        passed_over=(),
        look_at=None,
    )
    if case.clock(ClockKind.UPDATE) is None:
        case = sla.begin(facts, case, ClockKind.UPDATE, Reason.ACKNOWLEDGED)
    return case


def _owner(facts: Facts) -> str:
    """The actor, if of the team; else a lead accepts for the person on call, or takes it where there is
    none: it never stays without an owner."""
    case, actor = facts.the_case, facts.actor
    if actor and belongs_to(actor, facts.rulebook.team(case.team)):
        return actor.user_id
    return case.suggested_owner or actor_of(facts)
