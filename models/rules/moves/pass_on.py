"""Passing on: "Not mine", or the ladder's step to the next on the rotation. Nobody is asked twice.

The acknowledge clock goes on: being asked is not yet accepting. DOMAIN, "The ladder".
"""

from collections.abc import Mapping
from dataclasses import replace

from models.rules import rotation
from models.rules.acts import Act
from models.rules.announce import change, direct, event
from models.rules.case import Case
from models.rules.change import Change, EventKind, NoticeKind
from models.rules.facts import Facts
from models.rules.moves.forms import NoForm
from models.rules.possible import already, refuse_unless_possible
from models.rules.refusals import Refusal
from models.rules.roles import Role, refuse_unless_allowed, roles_of
from models.rules.rulebook import ClockKind
from models.rules.severity import Severity
from models.rules.status import Status

NOT_MINE: Mapping[str, object] = {"why": "not_mine"}


def pass_on(facts: Facts, _form: NoForm) -> Change | Refusal:
    """The person who was asked says "Not mine", or a lead says it for them: the next one is asked.

    Somebody of the rotation who was told as well (a SEV1) is left out from now on; whoever is asked
    stays so.
    """
    case = facts.the_case
    refused = (
        refuse_unless_allowed(facts, Act.PASS_ON)
        or refuse_unless_possible(case, Act.PASS_ON)
        or _refuse_unasked(facts, case)
    )
    if refused:
        return refused
    if facts.actor_id != case.suggested_owner and _may_be_next(facts, case):
        return _left_out(facts, case)
    return asked_next(facts, NOT_MINE, keep=False)


def asked_next(facts: Facts, why: Mapping[str, object], *, keep: bool) -> Change:
    """Ask the next on the rotation, or tell the lead at once that nobody is left.

    `why` goes into history and messages. `keep` leaves the last one asked where nobody is left: the
    ladder does, since it may still be theirs; who has said "Not mine" is not kept.
    """
    case, found = facts.the_case, rotation.next_after(facts, facts.the_case)
    asked = (*case.passed_over, case.suggested_owner) if case.suggested_owner else case.passed_over
    told = {**why, "from": case.suggested_owner, "passed": _pairs(found), **_clock(case)}
    if found.user_id is None:
        kept = case if keep else replace(case, suggested_owner=None, passed_over=asked, look_at=None)
        return exhausted(facts, kept, told)
    after = replace(case, suggested_owner=found.user_id, passed_over=asked, look_at=None)
    said = event(facts, EventKind.PASSED_ON, **{**told, "to": found.user_id})
    call = replace(direct(NoticeKind.ON_CALL, found.user_id, said), urgent=case.severity is Severity.SEV1)
    return change(facts, after, said, notices=(call,))


def exhausted(facts: Facts, after: Case, told: Mapping[str, object]) -> Change:
    """Nobody is left to ask: said in the thread, and to the lead at once."""
    said = event(facts, EventKind.ROTATION_EXHAUSTED, **told)
    lead = facts.rulebook.team(after.team).lead
    call = direct(NoticeKind.LEAD_TOLD, lead, said, why="rotation_exhausted")
    return change(facts, after, said, notices=(replace(call, urgent=after.severity is Severity.SEV1),))


def _left_out(facts: Facts, case: Case) -> Change:
    """The actor is not asked any more; nobody needs to be told, since nothing was expected of them."""
    actor = facts.actor_id
    after = replace(case, passed_over=(*case.passed_over, actor)) if actor else case
    told = {**NOT_MINE, "from": actor, "to": case.suggested_owner, "passed": [], **_clock(case)}
    return change(facts, after, event(facts, EventKind.PASSED_ON, **told))


def _refuse_unasked(facts: Facts, case: Case) -> Refusal | None:
    """An old button: it went on to somebody else, who is named."""
    if facts.actor is None or facts.actor_id == case.suggested_owner or _may_be_next(facts, case):
        return None
    if Role.LEAD in roles_of(facts.actor, facts.rulebook, case):
        return None
    return already(Status.NEW, case.suggested_owner, None)


def _may_be_next(facts: Facts, case: Case) -> bool:
    """Whether the actor is of the rotation and has not passed yet."""
    rotation_users = {place.user_id for place in facts.rulebook.team(case.team).rotation}
    return facts.actor_id in rotation_users - set(case.passed_over)


def _pairs(found: rotation.NextOnCall) -> list[list[str]]:
    return [list(pair) for pair in found.passed]


def _clock(case: Case) -> dict[str, object]:
    clock = case.clock(ClockKind.ACKNOWLEDGE)
    due_at = clock.due_at.isoformat() if clock and clock.due_at else None
    return {"clock": ClockKind.ACKNOWLEDGE.value, "due_at": due_at}
