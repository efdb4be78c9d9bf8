"""Whose move it is: who has to do the next thing, so that nobody waits for nobody.

Cards, lists and App Home say it first. It follows from the state alone.
"""

from enum import StrEnum

from models.rules.case import Case, WaitingOn
from models.rules.status import Status


class Turn(StrEnum):
    """Who has to act next."""

    TEAM = "team"  # the owning team: nobody of it has accepted yet
    OWNER = "owner"
    REQUESTER = "requester"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    OTHER_TEAM = "other_team"
    NOBODY = "nobody"  # it has ended


_AWAITED = {
    WaitingOn.CUSTOMER: Turn.CUSTOMER,
    WaitingOn.REQUESTER: Turn.REQUESTER,
    WaitingOn.THIRD_PARTY: Turn.THIRD_PARTY,
    WaitingOn.TEAM: Turn.OTHER_TEAM,
}


def whose_move(case: Case) -> Turn:
    """Who has to act next."""
    if not case.status.is_open:
        return Turn.NOBODY
    if case.status is Status.RESOLVED:
        return Turn.REQUESTER
    if case.status is Status.WAITING and case.waiting is not None:
        return _AWAITED[case.waiting.on]
    return Turn.OWNER if case.owner else Turn.TEAM


def is_move_of(case: Case, user_id: str) -> bool:
    """Whether this person has to act next: as requester, as owner, or as the one who was asked to be."""
    turn = whose_move(case)
    if turn is Turn.REQUESTER:
        return user_id == case.requester
    if turn is Turn.OWNER:
        return user_id == case.owner
    return turn is Turn.TEAM and user_id == case.suggested_owner
