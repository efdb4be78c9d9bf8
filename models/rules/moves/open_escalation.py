"""Opening: a new escalation for a team, its clocks begun and the person on call told."""

from dataclasses import replace

from models.rules import limits, sla
from models.rules.acts import Act
from models.rules.announce import change, direct, due_of, event
from models.rules.calling import summons, with_on_call
from models.rules.case import Case, Reason
from models.rules.change import Change, Event, EventKind, Notice, NoticeKind, Place
from models.rules.facts import Facts
from models.rules.handing import refuse_unknown_team
from models.rules.limits import refuse_many
from models.rules.moves.details import cleaned, refuse_details, with_details
from models.rules.moves.forms import OpenForm
from models.rules.moves.proof import evidence_of, refuse_evidence
from models.rules.refusals import Refusal
from models.rules.roles import actor_of, refuse_unless_allowed
from models.rules.rulebook import ClockKind
from models.rules.status import Status


def open_escalation(facts: Facts, form: OpenForm) -> Change | Refusal:
    """Open an escalation. Its number is 0 until the record gives it one."""
    facts = replace(facts, case=None)
    refused = (
        refuse_unless_allowed(facts, Act.OPEN)
        or refuse_details(facts, form.details)
        or refuse_unknown_team(facts.rulebook, form.team)
        or refuse_evidence(form.evidence)
        or refuse_many("followers", len(form.followers), limits.FOLLOWERS)
    )
    if refused:
        return refused
    return opened(facts, replace(_new_case(facts, form), evidence=evidence_of(facts, form.evidence)))


def opened(facts: Facts, case: Case) -> Change:
    """The opening of a case that is whole but for its clocks and the person on call."""
    case = with_on_call(facts, case)
    for kind in (ClockKind.ACKNOWLEDGE, ClockKind.RESOLVE):
        case = sla.begin(facts, case, kind, Reason.OPENED)
    said = _said(facts, case)
    notices = (direct(NoticeKind.OPENED_LINK, case.requester, said), *_pointer(case), *summons(facts, case, said))
    return change(replace(facts, case=None), case, said, notices=notices)


def _new_case(facts: Facts, form: OpenForm) -> Case:
    details, requester = cleaned(form.details), actor_of(facts)
    case = Case(
        id=0,
        workspace_id=facts.workspace_id,
        number=0,
        version=0,
        config_version=facts.rulebook.version,
        title=details.title,
        need=details.need,
        severity=form.severity,
        status=Status.NEW,
        team=form.team,
        requester=requester,
        opened_at=facts.now,
        origin_channel=form.origin_channel,
        followers=form.followers - {requester},
    )
    return with_details(case, details)


def _said(facts: Facts, case: Case) -> Event:
    return event(
        facts,
        EventKind.OPENED,
        number=case.number,
        severity=case.severity.value,
        team=case.team,
        suggested_owner=case.suggested_owner,
        due_at=due_of(case, ClockKind.ACKNOWLEDGE),
        continues=case.continues,
    )


def _pointer(case: Case) -> tuple[Notice, ...]:
    if case.origin_channel is None:
        return ()
    return (Notice(NoticeKind.POINTER, Place.CHANNEL, case.origin_channel),)
