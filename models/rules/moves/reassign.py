"""Reassigning: somebody else of the owning team holds it from now on."""

from dataclasses import replace

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, direct, due_of, event, joined, owner_told, requester_told
from models.rules.case import Case
from models.rules.change import Change, EventKind, NoticeKind
from models.rules.facts import Facts
from models.rules.limits import none_if_blank, refuse_text
from models.rules.moves.acknowledge import accepted
from models.rules.moves.forms import ReassignForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Code, Refusal
from models.rules.roles import belongs_to, refuse_unless_allowed
from models.rules.rulebook import ClockKind


def reassign(facts: Facts, form: ReassignForm) -> Change | Refusal:
    """Give it to somebody of the owning team. What nobody holds yet is thereby acknowledged."""
    refused = (
        refuse_unless_allowed(facts, Act.REASSIGN)
        or refuse_unless_possible(facts.the_case, Act.REASSIGN)
        or refuse_text("why", form.why, limits.WHY, required=False)
        or _refuse_person(facts, form.to)
    )
    if refused:
        return refused
    first = accepted(facts, owner=form.to)
    if form.to == facts.actor_id and first.events:
        return first  # Who takes it for themselves has acknowledged it, and no more.
    return joined(first, _given(facts.with_case(first.after), form, holder=facts.the_case.owner))


def _given(facts: Facts, form: ReassignForm, *, holder: str | None) -> Change:
    after: Case = replace(facts.the_case, owner=form.to, owner_since=facts.now, owner_active_at=facts.now)
    # "from" is a word of the language, hence the mapping.
    said = event(
        facts,
        EventKind.REASSIGNED,
        **{"from": holder, "to": form.to},
        why=none_if_blank(form.why),
        due_at=due_of(after, ClockKind.UPDATE),
    )
    taken = (direct(NoticeKind.OWNER_NEWS, holder, said, news="taken_away"),) if holder else ()
    news = (*taken, *owner_told(after, said, "assigned"), *requester_told(after, said))
    return change(facts, after, said, notices=news)


def _refuse_person(facts: Facts, to: str) -> Refusal | None:
    case = facts.the_case
    if to == case.owner:
        return Refusal(Code.SAME_PERSON, {"user": to}, form_field="to")
    person = facts.people.get(to)
    if person is None:
        return Refusal(Code.UNKNOWN_PERSON, {"user": to}, form_field="to")
    if not belongs_to(person, facts.rulebook.team(case.team)):
        return Refusal(Code.NOT_A_RESPONDER, {"user": to, "team": case.team}, form_field="to")
    return None
