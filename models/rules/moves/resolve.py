"""Resolving: how it ended. The requester confirms it, or it closes itself later."""

from dataclasses import replace

from models.rules import limits, sla
from models.rules.acts import Act
from models.rules.announce import change, direct, event, joined, owner_told
from models.rules.case import Case, Resolution
from models.rules.change import Change, EventKind, NoticeKind
from models.rules.deadlines import closes_at
from models.rules.facts import Facts
from models.rules.limits import none_if_blank, refuse_text
from models.rules.moves.acknowledge import accepted
from models.rules.moves.forms import ResolveForm
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import actor_of, refuse_unless_allowed
from models.rules.rulebook import ClockKind
from models.rules.status import Status


def resolve(facts: Facts, form: ResolveForm) -> Change | Refusal:
    """Say how it ended: the clocks stop, and the requester is asked whether it is fixed."""
    refused = (
        refuse_unless_allowed(facts, Act.RESOLVE)
        or refuse_unless_possible(facts.the_case, Act.RESOLVE)
        or refuse_text("cause", form.cause, limits.FINDING, required=False)
        or refuse_text("workaround", form.workaround, limits.FINDING, required=False)
    )
    if refused:
        return refused
    first = accepted(facts)
    return joined(first, _resolved(facts.with_case(first.after), form))


def _resolved(facts: Facts, form: ResolveForm) -> Change:
    resolution = Resolution(
        outcome=form.outcome,
        cause=none_if_blank(form.cause),
        workaround=none_if_blank(form.workaround),
        by=actor_of(facts),
    )
    after = _at_rest(facts, resolution)
    said = event(
        facts,
        EventKind.RESOLVED,
        outcome=resolution.outcome.value,
        cause=resolution.cause,
        workaround=resolution.workaround,
        close_at=after.close_at.isoformat() if after.close_at else None,
    )
    asked = direct(NoticeKind.CONFIRM_FIXED, after.requester, said)
    return change(facts, after, said, notices=(asked, *owner_told(after, said, "resolved")))


def _at_rest(facts: Facts, resolution: Resolution) -> Case:
    case = facts.the_case
    update = case.clock(ClockKind.UPDATE)
    if update is not None and update.started_at == facts.now:
        # Accepted and resolved in one act: an update that nobody had time for is not one that was met.
        case = sla.void(facts, case, (ClockKind.UPDATE,))
    for kind in ClockKind:
        case = sla.stop(facts, case, kind)
    return replace(
        case,
        status=Status.RESOLVED,
        waiting=None,
        look_at=None,
        resolution=resolution,
        resolved_at=facts.now,
        first_resolved_at=case.first_resolved_at or facts.now,
        close_at=closes_at(facts),
        close_warned=False,
    )
