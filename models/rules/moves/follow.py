"""Following: anybody of the workspace may be told of the milestones."""

from dataclasses import replace

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, event
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.limits import refuse_many
from models.rules.moves.forms import NoForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Code, Refusal
from models.rules.roles import actor_of, refuse_unless_allowed


def follow(facts: Facts, _form: NoForm) -> Change | Refusal:
    """Follow it. Whoever does already, or is its requester, hears that nothing changed."""
    case = facts.the_case
    refused = refuse_unless_allowed(facts, Act.FOLLOW) or refuse_unless_possible(case, Act.FOLLOW)
    if refused:
        return refused
    person = actor_of(facts)
    if person in case.followers or person == case.requester:
        return Refusal(Code.NOTHING_CHANGED, {"act": Act.FOLLOW.value})
    followers = case.followers | {person}
    too_many = refuse_many("followers", len(followers), limits.FOLLOWERS)
    return too_many or change(facts, replace(case, followers=followers), event(facts, EventKind.FOLLOWED))
