"""Reopening, also *Not fixed*. After the days in which that is possible a new one carries on, linked."""

from dataclasses import replace
from datetime import timedelta

from models.rules import limits, sla
from models.rules.acts import Act
from models.rules.announce import change, due_of, event, owner_told, requester_told
from models.rules.calling import summons, with_on_call
from models.rules.case import Case, Evidence, EvidenceKind, Reason
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.limits import refuse_text
from models.rules.moves.details import details_of, with_details
from models.rules.moves.forms import ReasonForm
from models.rules.moves.open_escalation import opened
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import actor_of, refuse_unless_allowed
from models.rules.rulebook import ClockKind
from models.rules.status import Status


def reopen(facts: Facts, form: ReasonForm) -> Change | Refusal:
    """Say that it is not fixed: it is investigated again, or a new one carries on."""
    refused = (
        refuse_unless_allowed(facts, Act.REOPEN)
        or refuse_unless_possible(facts.the_case, Act.REOPEN)
        or refuse_text("why", form.why, limits.WHY)
    )
    if refused:
        return refused
    return _continued(facts, form) if _is_too_late(facts) else _reopened(facts, form)


def _is_too_late(facts: Facts) -> bool:
    ended_at = facts.the_case.ended_at
    return ended_at is not None and facts.now > ended_at + timedelta(days=facts.rulebook.reopen_days)


def _reopened(facts: Facts, form: ReasonForm) -> Change:
    case = facts.the_case
    after = replace(
        case,
        status=Status.INVESTIGATING,
        resolution=None,
        closure=None,
        resolved_at=None,
        ended_at=None,
        close_at=None,
        close_warned=False,
        reopened_count=case.reopened_count + 1,
    )
    after = sla.begin(facts, after, ClockKind.RESOLVE, Reason.REOPENED)
    if _owner_is_active(facts):
        after = sla.begin(facts, after, ClockKind.UPDATE, Reason.REOPENED)
    else:
        after = sla.begin(facts, with_on_call(facts, after), ClockKind.ACKNOWLEDGE, Reason.REOPENED)
    said = event(facts, EventKind.REOPENED, why=form.why, count=after.reopened_count, due_at=_next_due(after))
    call = () if after.owner else summons(facts, after, said)
    news = owner_told(after, said, "reopened") if after.owner else ()
    return change(facts, after, said, notices=(*news, *requester_told(after, said), *call))


def _next_due(case: Case) -> str | None:
    return due_of(case, ClockKind.UPDATE if case.owner else ClockKind.ACKNOWLEDGE)


def _owner_is_active(facts: Facts) -> bool:
    owner = facts.people.get(facts.the_case.owner or "")
    return owner is not None and owner.is_active


def _continued(facts: Facts, form: ReasonForm) -> Change:
    """A new escalation with the same words, and a line in the history of the old one."""
    old = facts.the_case
    opening = opened(facts, _successor(facts, form))
    said = event(facts, EventKind.CONTINUED, why=form.why, number=opening.after.number)
    return replace(opening, also=(change(facts, old, said),))


def _successor(facts: Facts, form: ReasonForm) -> Case:
    old, requester = facts.the_case, actor_of(facts)
    reason = Evidence(EvidenceKind.NOTE, form.why, added_by=requester, added_at=facts.now)
    case = Case(
        id=0,
        workspace_id=old.workspace_id,
        number=0,
        version=0,
        config_version=facts.rulebook.version,
        title=old.title,
        need=old.need,
        severity=old.severity,
        status=Status.NEW,
        team=facts.rulebook.team(old.team).key,
        requester=requester,
        opened_at=facts.now,
        origin_channel=None,
        followers=(old.followers | {old.requester}) - {requester},
        evidence=(reason, *old.evidence)[: limits.EVIDENCE_ITEMS],
        continues=old.number,
    )
    # The time that was promised to the customer has passed with the old one.
    return with_details(case, replace(details_of(old), promised_at=None))
