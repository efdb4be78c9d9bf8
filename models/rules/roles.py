"""Who may do what: the table of DOMAIN, "People", as data.

Every move asks `refuse_unless_allowed` first. Roles are worked out from the rulebook and the case; none
are stored. Guests, people of another company, bots and deactivated accounts hold no role at all.
"""

from collections.abc import Mapping
from enum import StrEnum

from models.rules.acts import Act
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.people import Person
from models.rules.refusals import Code, Refusal
from models.rules.rulebook import RoleMembers, Rulebook, Team


class Role(StrEnum):
    """What a person is to one escalation, or to the workspace."""

    REQUESTER = "requester"
    SPECIALIST = "specialist"  # covers for any requester
    OWNER = "owner"
    RESPONDER = "responder"  # a member of the owning team; of any team, where there is no case
    LEAD = "lead"
    ADMIN = "admin"
    MEMBER = "member"


_ANYBODY = frozenset({Role.MEMBER})
_ASKING = frozenset({Role.REQUESTER, Role.SPECIALIST, Role.LEAD})
_OWNING = frozenset({Role.OWNER, Role.RESPONDER, Role.LEAD})
_BOTH = _ASKING | _OWNING

REQUESTER_SIDE = frozenset({Role.REQUESTER, Role.SPECIALIST})
TEAM_SIDE = frozenset({Role.OWNER, Role.RESPONDER})

MATRIX: Mapping[Act, frozenset[Role]] = {
    Act.OPEN: _ANYBODY,
    Act.SHOW: _ANYBODY,
    Act.LIST: _ANYBODY,
    Act.FOLLOW: _ANYBODY,
    Act.UNFOLLOW: _ANYBODY,
    Act.ACKNOWLEDGE: _OWNING,
    Act.NEED_INFO: _OWNING,
    Act.HAND_BACK: _OWNING,
    Act.UPDATE: _OWNING,
    Act.WAIT: _OWNING,
    Act.RESUME: _BOTH,  # the requester's side where the customer is awaited: `moves.resume` sees to it
    Act.RESOLVE: _OWNING,
    Act.REASSIGN: _OWNING,
    Act.REROUTE: _OWNING,
    Act.DUPLICATE: _OWNING,
    Act.LOOK_LATER: _OWNING,
    Act.PASS_ON: _OWNING,
    Act.ANSWER: _ASKING,
    Act.CONFIRM: _ASKING,
    Act.REOPEN: _ASKING,
    Act.CANCEL: _ASKING,
    Act.NUDGE: _ASKING,
    Act.EDIT: _ASKING,
    Act.ADD_EVIDENCE: _BOTH,
    Act.RAISE_SEVERITY: _BOTH,
    Act.LOWER_SEVERITY: _ASKING | {Role.OWNER},
    Act.HANDOFF: frozenset({Role.RESPONDER, Role.LEAD}),
    Act.REPORT: frozenset({Role.LEAD}),
    Act.IMPORT: frozenset({Role.LEAD}),
    Act.CONFIGURE: frozenset({Role.ADMIN}),
}


def belongs_to(person: Person, team: Team) -> bool:
    """Whether an active person is of the team: on its rotation, a member, in its groups, or its lead."""
    if not person.is_active:
        return False
    on_rotation = any(place.user_id == person.user_id for place in team.rotation)
    named = person.user_id in team.members or person.user_id == team.lead
    return on_rotation or named or bool(person.groups & team.member_groups)


def roles_of(person: Person, book: Rulebook, case: Case | None) -> frozenset[Role]:
    """All roles a person holds towards a case; without one, those held in the workspace."""
    if not person.is_active:
        return frozenset()
    held = {
        Role.MEMBER: True,
        Role.SPECIALIST: _holds(person, book.specialists),
        Role.LEAD: _holds(person, book.leads) or any(t.lead == person.user_id for t in book.teams.values()),
        Role.ADMIN: _holds(person, book.admins),
        Role.REQUESTER: case is not None and case.requester == person.user_id,
        Role.OWNER: case is not None and case.owner == person.user_id,
        Role.RESPONDER: any(belongs_to(person, team) for team in _teams_asked(book, case)),
    }
    return frozenset(role for role, is_held in held.items() if is_held)


def actor_of(facts: Facts) -> str:
    """The user id of the person who acts. Raises LookupError for the bot: some moves need a person."""
    if facts.actor_id is None:
        raise LookupError("this move needs a person")
    return facts.actor_id


def refuse_unless_allowed(facts: Facts, act: Act) -> Refusal | None:
    """The refusal of an actor who may not do `act`; None where they may. The bot itself always may."""
    if facts.actor is None:
        return None
    if not facts.actor.is_active:
        return Refusal(Code.OUTSIDER, {"act": act.value, "kind": facts.actor.kind.value})
    if roles_of(facts.actor, facts.rulebook, facts.case) & MATRIX[act]:
        return None
    return not_allowed(act, MATRIX[act])


def not_allowed(act: Act, roles: frozenset[Role]) -> Refusal:
    """The refusal that names the roles which may."""
    return Refusal(Code.NOT_ALLOWED, {"act": act.value, "roles": [r.value for r in Role if r in roles]})


def _holds(person: Person, members: RoleMembers) -> bool:
    return person.user_id in members.users or bool(person.groups & members.groups)


def _teams_asked(book: Rulebook, case: Case | None) -> tuple[Team, ...]:
    return (book.team(case.team),) if case else tuple(book.teams.values())
