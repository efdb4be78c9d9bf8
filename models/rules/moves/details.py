"""What an escalation says of itself: its checks and its cleaning, shared by opening and editing."""

from dataclasses import fields, replace

from models.rules import limits
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.limits import none_if_blank, refuse_link, refuse_past, refuse_text
from models.rules.moves.forms import Details
from models.rules.refusals import Refusal

FIELDS = tuple(each.name for each in fields(Details))


def refuse_details(facts: Facts, details: Details) -> Refusal | None:
    """The first thing wrong with what was written, beside its field.

    A promised time that has passed since is left alone: only a new one must be ahead.
    """
    known = facts.case.promised_at if facts.case else None
    promised = details.promised_at if details.promised_at != known else None
    return (
        refuse_text("title", details.title, limits.TITLE)
        or refuse_text("title_local", details.title_local, limits.TITLE, required=False)
        or refuse_text("need", details.need, limits.NEED)
        or refuse_text("account", details.account, limits.SHORT, required=False)
        or refuse_link("ticket_url", details.ticket_url)
        or refuse_text("amount", details.amount, limits.SHORT, required=False)
        or refuse_past("promised_at", promised, facts.now)
    )


def cleaned(details: Details) -> Details:
    """The details with None for what was left blank."""
    return replace(
        details,
        title_local=none_if_blank(details.title_local),
        account=none_if_blank(details.account),
        ticket_url=none_if_blank(details.ticket_url),
        amount=none_if_blank(details.amount),
        category=details.category or None,
        customer_language=details.customer_language or None,
    )


def details_of(case: Case) -> Details:
    """What the case says of itself now."""
    return Details(**{name: getattr(case, name) for name in FIELDS})


def with_details(case: Case, details: Details) -> Case:
    """The case, saying this of itself."""
    return replace(case, **{name: getattr(details, name) for name in FIELDS})
