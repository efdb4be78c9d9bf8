"""A handoff: the turn in a team's rotation goes to the next who can take it.

Their hours are not asked: a shift is handed over a little before it begins. Away and deactivated people
are passed over.
"""

from dataclasses import dataclass

from models.rules.acts import Act
from models.rules.facts import Facts
from models.rules.refusals import Code, Refusal
from models.rules.roles import MATRIX, Role, belongs_to, not_allowed, refuse_unless_allowed, roles_of
from models.rules.rotation import AWAY, DEACTIVATED, why_not
from models.rules.rulebook import Team


@dataclass(frozen=True, slots=True)
class Handoff:
    """The turn's new place in the rotation, and who hands it to whom."""

    team: str
    position: int
    handed_by: str | None
    handed_to: str


def hand_off(facts: Facts, team_key: str) -> Handoff | Refusal:
    """Gives the turn to the next on the rotation of that team."""
    team = facts.rulebook.teams.get(team_key)
    if refused := refuse_unless_allowed(facts, Act.HANDOFF):
        return refused
    if team is None:
        return Refusal(Code.UNKNOWN_TEAM, {"team": team_key})
    if not _may(facts, team):
        return not_allowed(Act.HANDOFF, MATRIX[Act.HANDOFF])
    places = len(team.rotation)
    turn = facts.on_call.get(team.key, 0) % places
    for step in range(1, places):
        position = (turn + step) % places
        place = team.rotation[position]
        if why_not(facts, place, team) not in (AWAY, DEACTIVATED):
            return Handoff(team.key, position, team.rotation[turn].user_id, place.user_id)
    return Refusal(Code.ROTATION_EMPTY, {"team": team.key})


def _may(facts: Facts, team: Team) -> bool:
    if facts.actor is None:
        return True
    return belongs_to(facts.actor, team) or Role.LEAD in roles_of(facts.actor, facts.rulebook, None)
