"""Cancelling: the requester's side takes it back, with a reason. Its clocks do not count."""

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, event, owner_told, requester_told
from models.rules.change import Change, EventKind
from models.rules.ending import set_aside
from models.rules.facts import Facts
from models.rules.limits import refuse_text
from models.rules.moves.forms import ReasonForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import refuse_unless_allowed
from models.rules.status import Status


def cancel(facts: Facts, form: ReasonForm) -> Change | Refusal:
    """Take it back. Whoever holds it, or was asked to, is told."""
    refused = (
        refuse_unless_allowed(facts, Act.CANCEL)
        or refuse_unless_possible(facts.the_case, Act.CANCEL)
        or refuse_text("why", form.why, limits.WHY)
    )
    return refused or _cancelled(facts, form)


def _cancelled(facts: Facts, form: ReasonForm) -> Change:
    after = set_aside(facts, Status.CANCELLED)
    said = event(facts, EventKind.CANCELLED, why=form.why)
    news = (*owner_told(facts.the_case, said, "cancelled"), *requester_told(after, said))
    return change(facts, after, said, notices=news)
