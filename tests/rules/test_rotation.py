"""Who is on call, who comes next, and why somebody is passed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from models.rules import rotation
from models.rules.facts import Facts
from models.rules.people import PersonKind
from models.rules.rotation import NextOnCall
from models.rules.rulebook import OnCall
from models.rules.severity import Severity
from tests.builders import (
    ARJUN,
    ENGINEERING,
    ERIN,
    EVAN,
    NEW_YORK_CALENDAR,
    NOW,
    a_case,
    a_person,
    a_rulebook,
    a_team,
    an_owned_case,
    facts,
    sg,
    the_people,
    the_teams,
)

AWAY = {"away_until": NOW + timedelta(days=9)}
GONE = {"kind": PersonKind.DEACTIVATED}
EVAN_IN_NEW_YORK = OnCall(EVAN, NEW_YORK_CALENDAR)
NIGHT = sg("2026-03-03 23:00")  # Tuesday 10:00 in New York
SMALL_HOURS = sg("2026-03-04 08:00")  # Tuesday 19:00 in New York: nobody works


def world(
    *places: str | OnCall,
    now: datetime = NOW,
    turn: int = 0,
    changed: Mapping[str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> Facts:
    """Facts in which Engineering has that rotation, and these people are away or gone."""
    book = a_rulebook(teams=(a_team(rotation=places or (ERIN, ARJUN, EVAN)), *the_teams()[1:]))
    people = {**the_people(), **{user: a_person(user, **how) for user, how in (changed or {}).items()}}
    return facts(actor=None, now=now, rulebook=book, people=people, on_call={ENGINEERING: turn}, **more)


def whose_turn(known: Facts, severity: Severity = Severity.SEV3) -> str | None:
    return rotation.on_call(known, known.rulebook.teams[ENGINEERING], severity=severity)


@pytest.mark.parametrize(
    ("known", "severity", "expected"),
    [
        pytest.param(world(), Severity.SEV3, ERIN, id="the first has the turn"),
        pytest.param(world(turn=1), Severity.SEV3, ARJUN, id="the turn is data"),
        pytest.param(world(turn=7), Severity.SEV3, ARJUN, id="a turn beyond the end wraps"),
        pytest.param(world(turn=2, changed={EVAN: AWAY}), Severity.SEV3, ERIN, id="after the last comes the first"),
        pytest.param(world(changed={ERIN: AWAY}), Severity.SEV3, ARJUN, id="who is away is passed"),
        pytest.param(world(changed={ERIN: GONE}), Severity.SEV1, ARJUN, id="who was deactivated is passed"),
        pytest.param(world(ERIN, EVAN_IN_NEW_YORK, now=NIGHT), Severity.SEV1, EVAN, id="who is in hours is preferred"),
        pytest.param(
            world(ARJUN, EVAN_IN_NEW_YORK, now=SMALL_HOURS), Severity.SEV1, ARJUN, id="SEV1 asks also when all sleep"
        ),
        pytest.param(
            world(EVAN_IN_NEW_YORK, ARJUN, now=SMALL_HOURS),
            Severity.SEV3,
            ARJUN,
            id="SEV3 asks who will be in hours first",
        ),
        pytest.param(
            world(changed={ERIN: AWAY, ARJUN: GONE, EVAN: AWAY}), Severity.SEV1, None, id="nobody can be asked"
        ),
    ],
)
def test_whose_turn_it_is(known: Facts, severity: Severity, expected: str | None) -> None:
    assert whose_turn(known, severity) == expected


def test_a_team_without_a_rotation_has_nobody_on_call() -> None:
    known = world()
    assert rotation.on_call(known, a_team(rotation=()), severity=Severity.SEV1) is None


def test_somebody_who_is_back_by_now_is_asked_again() -> None:
    assert whose_turn(world(changed={ERIN: {"away_until": NOW}})) == ERIN


def test_somebody_whom_the_directory_does_not_know_yet_is_asked() -> None:
    book_people = {user: person for user, person in the_people().items() if user != ERIN}
    assert rotation.on_call(facts(people=book_people), a_team(), severity=Severity.SEV3) == ERIN


def test_the_next_is_the_one_after_whoever_was_asked() -> None:
    assert rotation.next_after(world(), a_case(suggested_owner=ERIN)) == NextOnCall(ARJUN, ())
    assert rotation.next_after(world(), a_case(suggested_owner=EVAN)) == NextOnCall(ERIN, ())


def test_who_is_passed_is_named_with_the_reason() -> None:
    known = world(ERIN, ARJUN, EVAN_IN_NEW_YORK, "U0NEXT00001", changed={ARJUN: AWAY})
    found = rotation.next_after(known, a_case(suggested_owner=ERIN))
    assert found == NextOnCall("U0NEXT00001", ((ARJUN, "away"), (EVAN, "out_of_hours")))


def test_nobody_is_asked_twice_and_then_the_rotation_is_exhausted() -> None:
    case = a_case(suggested_owner=EVAN, passed_over=(ERIN, ARJUN))
    assert rotation.next_after(world(), case) == NextOnCall(None, ((ERIN, "asked"), (ARJUN, "asked")))


def test_an_urgent_one_wakes_a_sleeper_where_nobody_is_in_hours() -> None:
    known = world(ERIN, ARJUN, now=SMALL_HOURS)
    case = a_case(suggested_owner=ERIN, severity=Severity.SEV1)
    assert rotation.next_after(known, case) == NextOnCall(ARJUN, ())


def test_an_ordinary_one_wakes_nobody() -> None:
    known = world(ERIN, ARJUN, now=SMALL_HOURS)
    case = a_case(suggested_owner=ERIN)
    assert rotation.next_after(known, case) == NextOnCall(None, ((ARJUN, "out_of_hours"),))


def test_a_silent_owner_is_followed_by_the_one_after_them() -> None:
    assert rotation.next_after(world(), an_owned_case(owner=ARJUN)).user_id == EVAN


def test_where_nobody_was_asked_whoever_has_the_turn_is_next() -> None:
    assert rotation.next_after(world(turn=1), a_case(suggested_owner=None)).user_id == ARJUN


@pytest.mark.parametrize(
    ("changed", "now", "reason"),
    [
        ({}, NOW, None),
        ({ERIN: AWAY}, NOW, "away"),
        ({ERIN: {**AWAY, **GONE}}, NOW, "deactivated"),
        ({}, NIGHT, "out_of_hours"),
        ({}, sg("2026-08-10 10:00"), "out_of_hours"),  # National Day's substitute
    ],
)
def test_the_reason_is_a_code(changed: Mapping[str, Mapping[str, Any]], now: datetime, reason: str | None) -> None:
    assert rotation.why_not(world(changed=changed, now=now), OnCall(ERIN), a_team()) == reason
