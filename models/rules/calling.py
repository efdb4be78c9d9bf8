"""Calling the owning team: who is on call for a case that nobody holds, and who is told at once.

Used at opening and wherever a case comes to a team anew. What happens when nobody answers is the
ladder's (`moves.run_step`).
"""

from dataclasses import replace

from models.rules import rotation
from models.rules.announce import direct
from models.rules.case import Case
from models.rules.change import Event, Notice, NoticeKind
from models.rules.facts import Facts
from models.rules.possible import awaits_acceptance
from models.rules.severity import Severity


def with_on_call(facts: Facts, case: Case) -> Case:
    """The case without an owner, offered to whoever is on call in its team."""
    team = facts.rulebook.team(case.team)
    return replace(
        case,
        owner=None,
        owner_since=None,
        owner_active_at=None,
        suggested_owner=rotation.on_call(facts, team, severity=case.severity),
        passed_over=(),
        look_at=None,
    )


def summons(facts: Facts, case: Case, about: Event) -> tuple[Notice, ...]:
    """The messages that call the team to a case which awaits acceptance.

    The lead hears of a SEV1 at once, and of a rotation with nobody on it. A SEV1 goes to the next on
    call as well, since no app pierces do-not-disturb.
    """
    urgent = case.severity is Severity.SEV1
    called = [direct(NoticeKind.ON_CALL, user, about) for user in _called(facts, case)]
    why = "sev1" if case.suggested_owner else "rotation_exhausted"
    if urgent or not called:
        called.append(direct(NoticeKind.LEAD_TOLD, facts.rulebook.team(case.team).lead, about, why=why))
    return tuple(replace(notice, urgent=urgent) for notice in called)


def sev1_alarm(facts: Facts, case: Case, about: Event) -> tuple[Notice, ...]:
    """The messages when a case that the team knows already becomes a SEV1."""
    if awaits_acceptance(case):
        return summons(facts, case, about)
    lead = facts.rulebook.team(case.team).lead
    return (replace(direct(NoticeKind.LEAD_TOLD, lead, about, why="sev1"), urgent=True),)


def _called(facts: Facts, case: Case) -> list[str]:
    if case.suggested_owner is None:
        return []
    if case.severity is not Severity.SEV1:
        return [case.suggested_owner]
    also = rotation.next_after(facts, case).user_id
    return [case.suggested_owner, *([also] if also else [])]
