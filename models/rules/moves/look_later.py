"""Looking later: "In 2 hours" on a reminder. The requester is told when; no clock moves."""

from dataclasses import replace

from models.rules.acts import Act
from models.rules.announce import change, event, requester_told
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.hours import seconds_of, working_time
from models.rules.moves.forms import NoForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import refuse_unless_allowed
from models.rules.rulebook import HoursMode


def look_later(facts: Facts, _form: NoForm) -> Change | Refusal:
    """Ask again later. It accepts nothing: the ladder goes on as if nothing had been said."""
    case, later = facts.the_case, facts.rulebook.look_later
    refused = refuse_unless_allowed(facts, Act.LOOK_LATER) or refuse_unless_possible(case, Act.LOOK_LATER)
    if refused:
        return refused
    # Hours are hours of the wall clock, as the button says; days are the team's working days.
    mode = HoursMode.BUSINESS if later.days else HoursMode.ALWAYS
    time = working_time(facts.rulebook.team(case.team).calendar, mode)
    look_at = time.add(facts.now, seconds_of(later, time))
    said = event(facts, EventKind.LOOK_LATER, until=look_at.isoformat())
    return change(facts, replace(case, look_at=look_at), said, notices=requester_told(case, said))
