"""The example that is handed out: it loads, it says what the domain says, and the demo's people are in it."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.config import load, parse_rulebook
from bot.config.defaults import POLICIES
from models.rules.hours import working_time
from models.rules.rulebook import (
    ClockKind,
    Duration,
    HoursMode,
    RoleMembers,
    Rulebook,
    Rung,
    RungAct,
    Target,
    TeamKind,
)
from models.rules.severity import Severity

EXAMPLE = Path(__file__).parents[2] / "escalation.example.toml"
MINUTE, HOUR = 60, 3600


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load(EXAMPLE)[1]


def test_its_text_comes_back_with_it_and_its_version_is_stamped() -> None:
    text, _ = load(EXAMPLE)
    assert text == EXAMPLE.read_text(encoding="utf-8")
    assert parse_rulebook(text, version=7).version == 7


def always(seconds: int) -> Target:
    return Target(Duration(seconds=seconds), HoursMode.ALWAYS)


def business(*, seconds: int = 0, days: int = 0) -> Target:
    return Target(Duration(seconds=seconds, days=days), HoursMode.BUSINESS)


DOMAIN_TARGETS = {
    Severity.SEV1: (always(15 * MINUTE), always(30 * MINUTE), always(4 * HOUR)),
    Severity.SEV2: (
        always(30 * MINUTE),
        always(2 * HOUR),
        Target(Duration(seconds=8 * HOUR), HoursMode.WEEKDAYS),
    ),
    Severity.SEV3: (business(seconds=4 * HOUR), business(days=1), business(days=3)),
    Severity.SEV4: (business(days=1), business(days=3), business(days=10)),
}


@pytest.mark.parametrize("severity", Severity)
def test_its_targets_are_those_of_the_domain(book: Rulebook, severity: Severity) -> None:
    targets = book.policies[severity].targets
    kinds = (ClockKind.ACKNOWLEDGE, ClockKind.UPDATE, ClockKind.RESOLVE)
    assert tuple(targets[kind] for kind in kinds) == DOMAIN_TARGETS[severity]


DO = RungAct
URGENT = (
    Rung(50, (DO.REMIND,)),
    Rung(80, (DO.THREAD, DO.CHANNEL)),
    Rung(100, (DO.REASSIGN, DO.TELL_LEAD)),
    Rung(120, (DO.PAGE_LEAD,)),
)
DOMAIN_LADDERS = {
    Severity.SEV1: URGENT,
    Severity.SEV2: URGENT,
    Severity.SEV3: (
        Rung(80, (DO.REMIND,)),
        Rung(100, (DO.THREAD, DO.REASSIGN)),
        Rung(120, (DO.LEAD_DIGEST,)),
    ),
    Severity.SEV4: (Rung(100, (DO.REMIND,)), Rung(120, (DO.LEAD_DIGEST,))),
}


@pytest.mark.parametrize("severity", Severity)
def test_its_ladders_are_those_of_the_domain(book: Rulebook, severity: Severity) -> None:
    assert book.policies[severity].rungs == DOMAIN_LADDERS[severity]


def test_a_file_without_policies_has_the_same_ones(book: Rulebook) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    start, end = text.index("[policies.SEV1]"), text.index("[roles.specialists]")
    assert parse_rulebook(text[:start] + text[end:]).policies == book.policies == POLICIES


def test_a_file_that_says_nothing_of_the_rest_has_the_same_defaults(book: Rulebook) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    start, end = text.index("[escalation]"), text.index("[calendars.singapore]")
    bare = parse_rulebook(text[:start] + '[escalation]\nfallback_team = "support"\n' + text[end:])
    assert bare == book
    assert (bare.key_prefix, bare.digest_at, bare.reopen_days, bare.pager_url) == ("ESC", time(9), 14, None)
    assert (bare.auto_close, bare.auto_close_warning) == (Duration(days=3), Duration(days=1))
    assert (bare.requester_reply, bare.look_later) == (Duration(days=1), Duration(seconds=7200))
    assert (bare.longest_third_party_wait, bare.default_severity) == (Duration(days=2), Severity.SEV3)


def test_the_demos_teams_and_people_are_in_it(book: Rulebook) -> None:
    assert {key: (team.kind, team.channel) for key, team in book.teams.items()} == {
        "engineering": (TeamKind.ENGINEERING, "C0ENGINEER1"),
        "product": (TeamKind.PRODUCT, "C0PRODUCT01"),
        "operations": (TeamKind.OPERATIONS, "C0OPERATN01"),
        "support": (TeamKind.SUPPORT, "C0SUPPORT01"),
    }
    engineering = book.teams["engineering"]
    assert [place.user_id for place in engineering.rotation] == ["U0ERIN00001", "U0EVAN00001", "U0ARJUN0001"]
    assert engineering.members == {"U0ERIN00001", "U0EVAN00001", "U0ARJUN0001"}
    assert engineering.member_groups == {"S0ENGINEER1"}
    assert {team.lead for team in book.teams.values()} == {"U0LENA00001"}
    assert book.specialists == RoleMembers(frozenset({"U0MEI000001", "U0TING00001"}), frozenset({"S0SPECIAL01"}))
    assert book.fallback_team == "support"


def test_when_singapore_begins_its_day_engineering_sleeps_and_two_on_its_rotation_do_not(book: Rulebook) -> None:
    tuesday_at_ten = datetime(2026, 8, 4, 2, tzinfo=UTC)
    engineering = book.teams["engineering"]
    assert not working_time(engineering.calendar, HoursMode.BUSINESS).is_open(tuesday_at_ten)
    awake = [
        working_time(place.calendar or engineering.calendar, HoursMode.BUSINESS).is_open(tuesday_at_ten)
        for place in engineering.rotation
    ]
    assert awake == [True, False, True]


@pytest.mark.parametrize("language", ["en", "zh_Hans", "zh_Hant"])
def test_teams_and_categories_have_names_in_every_language(book: Rulebook, language: str) -> None:
    names = [team.names[language] for team in book.teams.values()]
    names += [category.names[language] for category in book.categories]
    assert all(names)
    assert language == "en" or not any(name.isascii() for name in names)
