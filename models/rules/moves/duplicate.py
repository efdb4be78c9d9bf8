"""Marking a duplicate: it ends, and its requester and followers move along to the original."""

from dataclasses import replace

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, event, requester_told
from models.rules.case import Case
from models.rules.change import Change, EventKind
from models.rules.ending import set_aside
from models.rules.facts import Facts
from models.rules.limits import refuse_text
from models.rules.moves.forms import DuplicateForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Code, Refusal
from models.rules.roles import refuse_unless_allowed
from models.rules.status import Status


def duplicate(facts: Facts, form: DuplicateForm) -> Change | Refusal:
    """Mark it a duplicate of another open one. Both changes are one."""
    refused = (
        refuse_unless_allowed(facts, Act.DUPLICATE)
        or refuse_unless_possible(facts.the_case, Act.DUPLICATE)
        or refuse_text("why", form.why, limits.WHY)
    )
    if refused:
        return refused
    original = _original(facts, form.of)
    return original if isinstance(original, Refusal) else _merged(facts, original, form)


def _original(facts: Facts, number: int) -> Case | Refusal:
    key = f"{facts.rulebook.key_prefix}-{number}"
    if number == facts.the_case.number:
        return Refusal(Code.DUPLICATE_OF_ITSELF, {"key": key}, form_field="of")
    original = facts.others.get(number)
    if original is None:
        return Refusal(Code.NOT_FOUND, {"key": key}, form_field="of")
    if not original.status.is_open:
        ended = {"key": key, "status": original.status.value}
        return Refusal(Code.DUPLICATE_ENDED, ended, form_field="of")
    return original


def _merged(facts: Facts, original: Case, form: DuplicateForm) -> Change:
    case = facts.the_case
    after = replace(set_aside(facts, Status.DUPLICATE), duplicate_of=original.number)
    said = event(facts, EventKind.DUPLICATE, of=original.number, why=form.why)
    moved = (case.followers | {case.requester}) - {original.requester}
    joined_by = replace(original, followers=original.followers | moved)
    merged = event(facts, EventKind.MERGED, number=case.number)
    also = change(facts.with_case(original), joined_by, merged)
    return replace(change(facts, after, said, notices=requester_told(after, said)), also=(also,))
