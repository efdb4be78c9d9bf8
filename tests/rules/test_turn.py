"""Whose move it is, for every state."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.case import Waiting, WaitingOn
from models.rules.masking import mask
from models.rules.status import Status
from models.rules.turn import Turn, is_move_of, whose_move
from tests.builders import ERIN, MEI, NOW, a_case, an_owned_case


def waiting_on(on: WaitingOn) -> Waiting:
    return Waiting(on, mask("A reply").text, NOW, NOW + timedelta(hours=4), ERIN)


@pytest.mark.parametrize(
    ("status", "turn"),
    [
        (Status.ACKNOWLEDGED, Turn.OWNER),
        (Status.INVESTIGATING, Turn.OWNER),
        (Status.MITIGATED, Turn.OWNER),
        (Status.RESOLVED, Turn.REQUESTER),
        (Status.CLOSED, Turn.NOBODY),
        (Status.DUPLICATE, Turn.NOBODY),
        (Status.CANCELLED, Turn.NOBODY),
    ],
)
def test_each_status_has_somebody_whose_move_it_is(status: Status, turn: Turn) -> None:
    assert whose_move(an_owned_case(status)) is turn


def test_a_new_case_is_the_teams_move_and_that_of_whoever_is_asked() -> None:
    case = a_case()
    assert whose_move(case) is Turn.TEAM
    assert is_move_of(case, ERIN)
    assert not is_move_of(case, MEI)


@pytest.mark.parametrize(
    ("on", "turn"),
    [
        (WaitingOn.CUSTOMER, Turn.CUSTOMER),
        (WaitingOn.REQUESTER, Turn.REQUESTER),
        (WaitingOn.THIRD_PARTY, Turn.THIRD_PARTY),
        (WaitingOn.TEAM, Turn.OTHER_TEAM),
    ],
)
def test_a_waiting_case_is_the_move_of_whoever_is_awaited(on: WaitingOn, turn: Turn) -> None:
    assert whose_move(an_owned_case(Status.WAITING, waiting=waiting_on(on))) is turn


def test_a_working_case_without_an_owner_is_the_teams_move() -> None:
    case = replace(an_owned_case(), owner=None, suggested_owner=ERIN)
    assert whose_move(case) is Turn.TEAM
    assert is_move_of(case, ERIN)
