"""Following no longer."""

from dataclasses import replace

from models.rules.acts import Act
from models.rules.announce import change, event
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.moves.forms import NoForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Code, Refusal
from models.rules.roles import actor_of, refuse_unless_allowed


def unfollow(facts: Facts, _form: NoForm) -> Change | Refusal:
    """Stop following. Whoever does not follow hears that nothing changed."""
    case = facts.the_case
    refused = refuse_unless_allowed(facts, Act.UNFOLLOW) or refuse_unless_possible(case, Act.UNFOLLOW)
    if refused:
        return refused
    person = actor_of(facts)
    if person not in case.followers:
        return Refusal(Code.NOTHING_CHANGED, {"act": Act.UNFOLLOW.value})
    after = replace(case, followers=case.followers - {person})
    return change(facts, after, event(facts, EventKind.UNFOLLOWED))
