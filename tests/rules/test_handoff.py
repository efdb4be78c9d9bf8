"""A handoff gives the turn to the next who can take it, and only the team's people may hand it on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.handoff import Handoff, hand_off
from models.rules.people import PersonKind
from models.rules.refusals import Code, Refusal
from tests.builders import ARJUN, ERIN, EVAN, GUEST, LENA, MEI, NOW, OMAR, PRIYA, facts, the_people


def test_the_turn_goes_to_the_next_place() -> None:
    assert hand_off(facts(actor=ERIN), "engineering") == Handoff("engineering", 1, ERIN, ARJUN)


def test_the_turn_wraps_at_the_end_of_the_rotation() -> None:
    asked = facts(actor=EVAN, on_call={"engineering": 2})
    assert hand_off(asked, "engineering") == Handoff("engineering", 0, EVAN, ERIN)


def test_who_is_away_or_deactivated_is_passed_over() -> None:
    people = the_people()
    people[ARJUN] = replace(people[ARJUN], away_until=NOW + timedelta(hours=4))
    assert hand_off(facts(actor=ERIN, people=people), "engineering") == Handoff("engineering", 2, ERIN, EVAN)
    people[EVAN] = replace(people[EVAN], kind=PersonKind.DEACTIVATED)
    assert hand_off(facts(actor=ERIN, people=people), "engineering") == Refusal(
        Code.ROTATION_EMPTY, {"team": "engineering"}
    )


def test_a_rotation_of_one_has_nobody_to_hand_to() -> None:
    assert hand_off(facts(actor=OMAR), "operations") == Refusal(Code.ROTATION_EMPTY, {"team": "operations"})


def test_a_lead_may_hand_off_any_team() -> None:
    assert isinstance(hand_off(facts(actor=LENA), "product"), Handoff)


@pytest.mark.parametrize(
    ("actor", "code"), [(PRIYA, Code.NOT_ALLOWED), (MEI, Code.NOT_ALLOWED), (GUEST, Code.OUTSIDER)]
)
def test_nobody_from_outside_the_team_may(actor: str, code: Code) -> None:
    refused = hand_off(facts(actor=actor), "engineering")
    assert isinstance(refused, Refusal)
    assert refused.code is code


def test_an_unknown_team_is_refused() -> None:
    assert hand_off(facts(actor=ERIN), "astronomy") == Refusal(Code.UNKNOWN_TEAM, {"team": "astronomy"})
