"""Need info: acknowledges, and waits on the requester, in one step."""

from models.rules.acts import Act
from models.rules.case import WaitingOn
from models.rules.change import Change, EventKind
from models.rules.deadlines import reply_due_at
from models.rules.facts import Facts
from models.rules.moves.forms import NeedInfoForm, WaitForm
from models.rules.moves.wait import refuse_wait, waited
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import refuse_unless_allowed


def need_info(facts: Facts, form: NeedInfoForm) -> Change | Refusal:
    """Ask the requester, who gets a due time: the rulebook's unless one is given."""
    wait = WaitForm(WaitingOn.REQUESTER, form.why, form.until or reply_due_at(facts))
    refused = (
        refuse_unless_allowed(facts, Act.NEED_INFO)
        or refuse_unless_possible(facts.the_case, Act.NEED_INFO)
        or refuse_wait(facts, wait)
    )
    return refused or waited(facts, wait, EventKind.INFO_NEEDED)
