"""Re-routing: another team's, with a reason. It is new again there, and that is counted."""

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, due_of, event
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.handing import handed_to, handing_notices, refuse_team
from models.rules.limits import refuse_text
from models.rules.moves.forms import RerouteForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import refuse_unless_allowed
from models.rules.rulebook import ClockKind


def reroute(facts: Facts, form: RerouteForm) -> Change | Refusal:
    """Give it to another team."""
    refused = (
        refuse_unless_allowed(facts, Act.REROUTE)
        or refuse_unless_possible(facts.the_case, Act.REROUTE)
        or refuse_team(facts, form.team)
        or refuse_text("why", form.why, limits.WHY)
    )
    return refused or _rerouted(facts, form)


def _rerouted(facts: Facts, form: RerouteForm) -> Change:
    after = handed_to(facts, form.team)
    said = event(
        facts,
        EventKind.REROUTED,
        **{"from": facts.the_case.team, "to": after.team},  # words of the language
        why=form.why,
        suggested_owner=after.suggested_owner,
        due_at=due_of(after, ClockKind.ACKNOWLEDGE),
    )
    return change(facts, after, said, notices=handing_notices(facts, after, said))
