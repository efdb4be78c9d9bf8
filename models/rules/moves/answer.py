"""Answering: the requester says what was asked for, or what else is known, and work goes on."""

from dataclasses import replace

from models.rules import limits
from models.rules.acts import Act
from models.rules.announce import change, due_of, event, owner_told
from models.rules.case import Case, WaitingOn
from models.rules.change import Change, EventKind
from models.rules.facts import Facts
from models.rules.limits import refuse_text
from models.rules.moves.forms import AnswerForm
from models.rules.moves.proof import evidence_of, refuse_evidence
from models.rules.possible import refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import refuse_unless_allowed
from models.rules.rulebook import ClockKind
from models.rules.waiting import end_waiting


def answer(facts: Facts, form: AnswerForm) -> Change | Refusal:
    """Answer. It resumes a wait on the requester; otherwise it is kept and the owner is told.

    An answer that comes when nobody waits for it any more is worth as much, so it is not refused.
    """
    case = facts.the_case
    refused = (
        refuse_unless_allowed(facts, Act.ANSWER)
        or refuse_unless_possible(case, Act.ANSWER)
        or refuse_text("text", form.text, limits.NOTE)
        or refuse_evidence(form.evidence, standing=len(case.evidence))
    )
    return refused or _answered(facts, form)


def _answered(facts: Facts, form: AnswerForm) -> Change:
    case = facts.the_case
    added = evidence_of(facts, form.evidence, case.evidence)
    awaited = _waits_on_requester(case)
    after = replace(case, evidence=case.evidence + added)
    if awaited:
        after = end_waiting(facts, after)
    said = event(
        facts,
        EventKind.ANSWERED,
        text=form.text,
        added=len(added),
        resumed=awaited,
        due_at=due_of(after, ClockKind.UPDATE),
    )
    return change(facts, after, said, notices=owner_told(after, said, "answered"))


def _waits_on_requester(case: Case) -> bool:
    return case.waiting is not None and case.waiting.on is WaitingOn.REQUESTER
