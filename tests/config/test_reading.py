"""The file as a whole: what it may say, all mistakes at once, broken syntax, files that are none."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.config import ConfigErrors, Mistake, load, parse_rulebook
from models.rules.rulebook import Category, Duration, LinkTemplate, RoutingRule, Rung, RungAct, Span
from models.rules.severity import Severity
from tests.config.files import EVERYTHING, GOOD, POLICIES, mistakes_in, mistakes_of


def test_a_good_file_has_no_mistakes() -> None:
    team = parse_rulebook(GOOD).teams["payments"]
    assert team.calendar.week == ((Span(540, 1080),),) * 5 + ((),) * 2
    assert team.names == {"en": "Payments", "zh_Hans": "Payments", "zh_Hant": "Payments"}
    assert team.language == "en"


def test_all_mistakes_are_told_at_once_and_each_one_once() -> None:
    text = GOOD.replace("Asia/Singapore", "Mars/Olympus").replace("C0PAYMENTS1", "payments")
    text = text.replace('"U0SECOND001"', "2") + "\n[teams.empty]\n"
    assert [line.split(":")[0] for line in mistakes_of(text)] == [
        "calendars.office.time_zone",
        "teams.payments.rotation[1]",
        "teams.payments.channel",
        "teams.empty.kind",
        "teams.empty.rotation",
        "teams.empty.channel",
        "teams.empty.lead",
        "teams.empty.calendar",
        "teams.empty.fallback_channel",
    ]


def test_an_empty_file_says_what_it_needs() -> None:
    assert mistakes_of("") == ["calendars: is missing", "teams: is missing", "escalation: is missing"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[escalation]\nkey_prefix = \n", 2, "Invalid value"),
        ("[escalation]\n\nkey_prefix ESC", 3, "Expected '=' after a key in a key/value pair"),
        ('[a]\nb = 1\nb = 2\n', 3, "Cannot overwrite a value"),
        ('[a]\nb = "c', 2, "Unterminated string"),
        ("[a]\nb = 2026-02-30\n", 2, "Invalid date or datetime"),
    ],
)  # fmt: skip
def test_broken_syntax_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(ConfigErrors) as caught:
        parse_rulebook(text)
    assert caught.value.mistakes == (Mistake("", reason, line),)
    assert str(caught.value) == f"line {line}: {reason}"


ODD_VALUES = (
    "1",
    "-1",
    "1.5",
    "nan",
    "true",
    '""',
    '"x"',
    "[]",
    "[[1]]",
    "{}",
    "{ a = 1 }",
    "2026-01-01",
    "08:30:00",
    "[{}]",
)


@pytest.mark.parametrize("odd", ODD_VALUES)
def test_a_value_of_any_type_anywhere_is_a_mistake_or_is_understood_and_never_a_crash(odd: str) -> None:
    lines = EVERYTHING.splitlines()
    for index, line in enumerate(lines):
        if " = " in line:
            key = line.partition(" = ")[0]
            text = "\n".join([*lines[:index], f"{key} = {odd}", *lines[index + 1 :]])
            assert all(mistake.path and mistake.reason for mistake in mistakes_in(text))


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "1" * 5000])
def test_a_hostile_file_is_a_mistake_and_no_crash(text: str) -> None:
    assert len(mistakes_of(text)) == 1


def test_a_file_that_is_not_there_or_no_text_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors, match="cannot be read"):
        load(tmp_path / "escalation.toml")
    picture = tmp_path / "picture.toml"
    picture.write_bytes(b"\x89PNG\xff")
    with pytest.raises(ConfigErrors, match="no UTF-8 text"):
        load(picture)


def test_a_file_saved_with_a_byte_order_mark_and_windows_line_ends_loads(tmp_path: Path) -> None:
    path = tmp_path / "escalation.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    text, book = load(path)
    assert parse_rulebook(text) == book == parse_rulebook(GOOD)


def test_everything_that_may_be_said_is_understood() -> None:
    book = parse_rulebook(EVERYTHING)
    calendar = book.teams["payments"].calendar
    evenings = (Span(540, 780), Span(1200, 1560))
    assert calendar.week == (*(evenings,) * 4, (Span(120, 1440),), (), evenings)
    assert (calendar.country, calendar.region) == ("US", "NY")
    assert calendar.days_off == {date(2026, 12, 24)}
    assert calendar.days_on == {date(2026, 12, 26)}
    assert (book.key_prefix, book.digest_at, book.look_later) == ("OPS", time(8, 30), Duration(seconds=90))
    assert book.categories == (Category("payouts", {"en": "Payouts", "zh_Hans": "提现", "zh_Hant": "Payouts"}),)
    assert book.routing == (RoutingRule("payments", ("po_", "cs_live_"), ("payouts",), ("提现",)),)
    assert book.links == (LinkTemplate("po_", "https://dashboard.example.com/payouts/{id}"),)


def test_a_policy_takes_the_default_for_what_it_leaves_out() -> None:
    text = GOOD + POLICIES.replace("[policies.SEV4]", '[policies.SEV4]\nladder = [{ at = 90, do = "remind" }]')
    policies = parse_rulebook(text).policies
    defaults = parse_rulebook(GOOD).policies
    assert [key for key in defaults if policies[key] != defaults[key]] == [Severity.SEV4]
    assert policies[Severity.SEV4].rungs == (Rung(90, (RungAct.REMIND,)),)
    assert policies[Severity.SEV4].targets == defaults[Severity.SEV4].targets
