"""Updating: what was found, what comes next, by when; and the next cycle of the update clock."""

from dataclasses import replace
from datetime import datetime

from models.rules import limits, sla
from models.rules.acts import Act
from models.rules.announce import change, due_of, event, joined, requester_told
from models.rules.case import Case, ClockState, Progress, Reason
from models.rules.change import Change, Event, EventKind
from models.rules.facts import Facts
from models.rules.limits import none_if_blank, refuse_late, refuse_past, refuse_text
from models.rules.moves.acknowledge import accepted
from models.rules.moves.forms import UpdateForm
from models.rules.possible import refuse_unless_possible, wrong_status
from models.rules.refusals import Refusal
from models.rules.roles import actor_of, refuse_unless_allowed
from models.rules.rulebook import ClockKind
from models.rules.status import Status, allows
from models.rules.waiting import held


def update(facts: Facts, form: UpdateForm) -> Change | Refusal:
    """Say how it goes. A first update investigates, one with the impact stopped mitigates. What waits goes
    on waiting, and what is mitigated stays so: that the impact is back is said by resuming."""
    refused = (
        refuse_unless_allowed(facts, Act.UPDATE)
        or refuse_unless_possible(facts.the_case, Act.UPDATE)
        or _refuse_texts(form)
        or refuse_past("next_update_at", form.next_update_at, facts.now)
    )
    if refused:
        return refused
    first = accepted(facts)
    facts = facts.with_case(first.after)
    cycle = _next_cycle(facts, first.after)
    refused = _refuse_mitigating(first.after, form) or refuse_late(
        "next_update_at", form.next_update_at, _latest(facts, cycle)
    )
    return refused or joined(first, _updated(facts, cycle, form))


def _updated(facts: Facts, cycle: Case, form: UpdateForm) -> Change:
    case = replace(cycle, status=_status(cycle, form), progress=_progress(facts, form))
    after = _due(facts, held(facts, case, ClockKind.UPDATE), form.next_update_at)
    said = _said(facts, after, form)
    stopped = after.status is Status.MITIGATED and facts.the_case.status is not Status.MITIGATED
    also = (event(facts, EventKind.MITIGATED, finding=form.finding),) if stopped else ()
    news = requester_told(after, said, text=none_if_blank(form.customer_line))
    return change(facts, after, said, *also, notices=news)


def _next_cycle(facts: Facts, case: Case) -> Case:
    """The case with a new cycle of the update clock, unless it was accepted in this very act."""
    running = case.clock(ClockKind.UPDATE)
    if running is not None and running.started_at == facts.now:
        return case
    return sla.begin(facts, sla.stop(facts, case, ClockKind.UPDATE), ClockKind.UPDATE, Reason.UPDATED)


def _latest(facts: Facts, cycle: Case) -> datetime:
    """The latest next update: the policy's, or the awaited date where that is later."""
    clock = cycle.clock(ClockKind.UPDATE)
    due_at = clock.due_at if clock and clock.due_at else facts.now
    return max(due_at, cycle.waiting.until) if cycle.waiting else due_at


def _due(facts: Facts, case: Case, promised_at: datetime | None) -> Case:
    clock = case.clock(ClockKind.UPDATE)
    if promised_at is None or clock is None or clock.state is not ClockState.RUNNING:
        return case
    return sla.set_due(facts, case, ClockKind.UPDATE, promised_at)


def _status(case: Case, form: UpdateForm) -> Status:
    if form.impact_stopped and case.status is not Status.WAITING:
        return Status.MITIGATED
    return Status.INVESTIGATING if case.status is Status.ACKNOWLEDGED else case.status


def _refuse_mitigating(case: Case, form: UpdateForm) -> Refusal | None:
    """What waits cannot be mitigated before it is resumed: the status table."""
    asked = form.impact_stopped and case.status is not Status.MITIGATED
    if not asked or allows(case.status, Status.MITIGATED):
        return None
    return replace(wrong_status(case, Act.UPDATE), form_field="impact_stopped")


def _refuse_texts(form: UpdateForm) -> Refusal | None:
    return (
        refuse_text("finding", form.finding, limits.FINDING)
        or refuse_text("next_step", form.next_step, limits.FINDING, required=False)
        or refuse_text("customer_line", form.customer_line, limits.FINDING, required=False)
    )


def _progress(facts: Facts, form: UpdateForm) -> Progress:
    return Progress(
        finding=form.finding,
        next_step=none_if_blank(form.next_step),
        by=actor_of(facts),
        at=facts.now,
        customer_line=none_if_blank(form.customer_line),
    )


def _said(facts: Facts, after: Case, form: UpdateForm) -> Event:
    return event(
        facts,
        EventKind.UPDATED,
        finding=form.finding,
        next_step=none_if_blank(form.next_step),
        customer_line=none_if_blank(form.customer_line),
        impact_stopped=form.impact_stopped,
        due_at=due_of(after, ClockKind.UPDATE),
    )
