"""Handing back, *Not ours*: with a reason, to the team it should go to, or to triage."""

from dataclasses import replace

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, direct, due_of, event
from models.rules.case import Case
from models.rules.change import Change, Event, EventKind, Notice, NoticeKind
from models.rules.deadlines import support_team
from models.rules.facts import Facts
from models.rules.handing import handed_to, handing_notices, refuse_team
from models.rules.limits import none_if_blank, refuse_text
from models.rules.moves.forms import HandBackForm, HandBackReason
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import refuse_unless_allowed
from models.rules.rulebook import ClockKind


def hand_back(facts: Facts, form: HandBackForm) -> Change | Refusal:
    """Hand it back. Where there is nowhere to hand it to, the lead has it on the table."""
    needs_note = form.reason is HandBackReason.OTHER
    refused = (
        refuse_unless_allowed(facts, Act.HAND_BACK)
        or refuse_unless_possible(facts.the_case, Act.HAND_BACK)
        or (refuse_team(facts, form.team) if form.team else None)
        or refuse_text("note", form.note, limits.NOTE, required=needs_note)
    )
    return refused or _handed_back(facts, form)


def _handed_back(facts: Facts, form: HandBackForm) -> Change:
    team = form.team or _triage(facts)
    after = handed_to(facts, team) if team else _left_with_lead(facts)
    said = event(
        facts,
        EventKind.HANDED_BACK,
        reason=form.reason.value,
        note=none_if_blank(form.note),
        **{"from": facts.the_case.team, "to": after.team},  # words of the language
        suggested_owner=after.suggested_owner,
        due_at=due_of(after, ClockKind.ACKNOWLEDGE),
    )
    return change(facts, after, said, notices=_notices(facts, after, said))


def _triage(facts: Facts) -> str | None:
    """The fallback team; for the fallback team itself, support."""
    own = facts.the_case.team
    support = support_team(facts.rulebook)
    candidates = (facts.rulebook.fallback_team, support.key if support else own)
    return next((team for team in candidates if team != own), None)


def _left_with_lead(facts: Facts) -> Case:
    """Nowhere to go: it stays with the team, new again, and its lead is asked to take it."""
    case = handed_to(facts, facts.the_case.team)
    return replace(case, suggested_owner=facts.rulebook.team(case.team).lead)


def _notices(facts: Facts, after: Case, said: Event) -> tuple[Notice, ...]:
    notices = handing_notices(facts, after, said)
    if after.team != facts.the_case.team:
        return notices
    lead = facts.rulebook.team(after.team).lead
    return (*notices, direct(NoticeKind.LEAD_TOLD, lead, said, why="no_team"))
