"""Confirming: it is fixed, the customer knows or not, and what became of the documentation. It closes."""

from dataclasses import replace

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, event, owner_told, requester_told
from models.rules.case import Closure, Docs
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.limits import refuse_link, refuse_text
from models.rules.moves.forms import ConfirmForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import actor_of, refuse_unless_allowed
from models.rules.status import Status


def confirm(facts: Facts, form: ConfirmForm) -> Change | Refusal:
    """Close it. Documentation is linked, or the gap or the reason is named."""
    refused = (
        refuse_unless_allowed(facts, Act.CONFIRM)
        or refuse_unless_possible(facts.the_case, Act.CONFIRM)
        or refuse_text("docs_note", form.docs_note, limits.NOTE)
        or (refuse_link("docs_note", form.docs_note) if form.docs is Docs.LINKED else None)
    )
    return refused or _closed(facts, form)


def _closed(facts: Facts, form: ConfirmForm) -> Change:
    closure = Closure(by=actor_of(facts), customer_told=form.customer_told, docs=form.docs, docs_note=form.docs_note)
    after = replace(facts.the_case, status=Status.CLOSED, closure=closure, ended_at=facts.now, close_at=None)
    said = event(
        facts,
        EventKind.CLOSED,
        customer_told=form.customer_told,
        docs=form.docs.value,
        docs_note=form.docs_note,
    )
    news = (*owner_told(after, said, "closed"), *requester_told(after, said))
    return change(facts, after, said, notices=news)
