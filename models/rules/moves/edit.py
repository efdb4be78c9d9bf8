"""Editing what the escalation says of itself. The history keeps what it said before."""

from models.rules.acts import Act
from models.rules.announce import change, event
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.moves.details import FIELDS, cleaned, details_of, refuse_details, with_details
from models.rules.moves.forms import Details
from models.rules.plain import plain
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Code, Refusal
from models.rules.roles import refuse_unless_allowed


def edit(facts: Facts, form: Details) -> Change | Refusal:
    """Say it differently. A form that changes nothing is refused as such."""
    refused = (
        refuse_unless_allowed(facts, Act.EDIT)
        or refuse_unless_possible(facts.the_case, Act.EDIT)
        or refuse_details(facts, form)
    )
    if refused:
        return refused
    changed = _changed_fields(facts, cleaned(form))
    if not changed:
        return Refusal(Code.NOTHING_CHANGED, {"act": Act.EDIT.value})
    return _edited(facts, cleaned(form), changed)


def _changed_fields(facts: Facts, details: Details) -> list[str]:
    now = details_of(facts.the_case)
    return [name for name in FIELDS if getattr(now, name) != getattr(details, name)]


def _edited(facts: Facts, details: Details, changed: list[str]) -> Change:
    before = details_of(facts.the_case)
    said = event(
        facts,
        EventKind.EDITED,
        fields=changed,
        old={name: plain(getattr(before, name)) for name in changed},
        new={name: plain(getattr(details, name)) for name in changed},
    )
    return change(facts, with_details(facts.the_case, details), said)
