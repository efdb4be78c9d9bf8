"""Answers that only the person who asked can see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.i18n import LOCALES, texts
from bot.render.promise import answer_due_at, promise_line
from bot.render.reader import Reader
from bot.render.replies import (
    away_reply,
    did_you_mean,
    help_reply,
    history_reply,
    incident_reply,
    lang_reply,
    list_reply,
    on_call_now,
    oncall_reply,
    search_reply,
    show_reply,
    why_reply,
)
from models.rules.explain import explain
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    ENGINEERING,
    ERIN,
    MEI,
    NEW_YORK_CALENDAR,
    NOW,
    a_rulebook,
    a_running_case,
    a_team,
    facts,
    sg,
    the_people,
)
from tests.render.held import hold_message

BOOK = a_rulebook()


def reader(locale: str = "en") -> Reader:
    return Reader(texts(locale), "Asia/Singapore", the_people(), MEI)


def test_a_page_of_a_list_leads_to_the_next_and_the_one_before() -> None:
    cases = [a_running_case(number=number) for number in range(1, 11)]
    found = list_reply(cases, what="breached", page=2, has_next=True, book=BOOK, reader=reader())
    hold_message(found)
    assert [e["value"] for e in found.blocks[-1]["elements"]] == ["breached:1", "breached:3"]
    assert sum("accessory" in block for block in found.blocks) == 10


@pytest.mark.parametrize("what", ["mine", "team", "at-risk", "breached", "all"])
@pytest.mark.parametrize("locale", LOCALES)
def test_an_empty_list_says_so(what: str, locale: str) -> None:
    hold_message(list_reply([], what=what, page=1, has_next=False, book=BOOK, reader=reader(locale)))


def test_search_shows_what_was_searched_for_as_text() -> None:
    found = search_reply([], words="<!here> *x*", page=1, has_next=False, book=BOOK, reader=reader())
    hold_message(found)
    assert "&lt;!here&gt;" in found.text


def test_show_lists_proof_followers_and_what_can_be_done() -> None:
    case = a_running_case(Status.INVESTIGATING, followers=frozenset({ARJUN}), reopened_count=1)
    found = show_reply(case, book=BOOK, reader=reader(), link="https://slack.test/p1")
    hold_message(found)
    said = repr(found.blocks)
    assert f"Followers: <@{ARJUN}>" in said
    assert "Reopened once" in said
    assert "https://slack.test/p1" in said


@pytest.mark.parametrize("locale", LOCALES)
def test_why_replays_every_clock(locale: str) -> None:
    case = a_running_case(severity=Severity.SEV2)
    known = facts(case, now=NOW + timedelta(minutes=20))
    lines = [(clock, explain(known, clock)) for clock in case.clocks]
    found = why_reply(case, lines, book=BOOK, reader=reader(locale))
    hold_message(found)
    if locale == "en":
        said = repr(found.blocks)
        assert "*time to acknowledge* · 30 min of working time" in said
        assert "counted 20 min (opened; Engineering, round the clock), 20 min in all" in said
        assert "50%: reminder to whoever holds it" in said


def test_why_counts_working_days_in_hours_and_leaves_out_what_rounding_leaves() -> None:
    case = a_running_case(severity=Severity.SEV3)
    known = facts(case, now=NOW + timedelta(hours=1, microseconds=1_900_000))
    lines = [(clock, explain(known, clock)) for clock in case.clocks]
    said = repr(why_reply(case, lines, book=BOOK, reader=reader("en")).blocks)
    assert "*time to resolve* · 27 hr of working time" in said
    assert "outside working hours" not in said


def test_why_without_a_clock_says_so() -> None:
    found = why_reply(a_running_case(), [], book=BOOK, reader=reader())
    assert "No SLA clock has run yet." in found.text


def test_history_shows_each_event_with_its_time() -> None:
    case = a_running_case(Status.ACKNOWLEDGED)
    found = history_reply(case, [("opened", NOW, MEI, {}), ("acknowledged", NOW, ERIN, {})], book=BOOK, reader=reader())
    hold_message(found)
    assert f"<@{ERIN}> acknowledged ESC-142" in repr(found.blocks)


@pytest.mark.parametrize("locale", LOCALES)
def test_oncall_says_who_is_asked_and_whether_they_are_at_work(locale: str) -> None:
    known = facts(now=sg("2026-03-03 20:00"))
    found = oncall_reply([on_call_now(known, team) for team in BOOK.teams.values()], reader=reader(locale))
    hold_message(found)
    if locale == "en":
        assert f"*Engineering:* <@{ERIN}> · outside working hours until <!date^" in found.text


def test_a_near_miss_is_asked_about_and_opens_nothing() -> None:
    found = did_you_mean("resolve", 142, "resovle 142", book=BOOK, reader=reader())
    hold_message(found)
    assert found.text == "Did you mean `resolve ESC-142`? Nothing has been done yet."
    assert [e["action_id"] for e in found.blocks[-1]["elements"]] == ["esc:did_you_mean", "esc:open_instead"]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_short_answers_stand_in_every_language(locale: str) -> None:
    for found in (
        help_reply(texts(locale)),
        incident_reply("inc-1", texts(locale)),
        lang_reply("zh_Hant", reader=reader(locale)),
        lang_reply(None, reader=reader(locale)),
        away_reply(NOW, reader=reader(locale)),
        away_reply(None, reader=reader(locale)),
    ):
        hold_message(found)


def test_help_names_every_verb_of_the_domain_page() -> None:
    said = repr(help_reply(texts("en")).blocks)
    verbs = (
        "list search show oncall why lang away ack info notours update wait resume resolve route assign "
        "reopen close cancel dup sev follow nudge handoff"
    )
    assert not [verb for verb in verbs.split() if verb not in said]


def test_the_promise_is_in_the_viewers_own_time() -> None:
    new_york = a_team(ENGINEERING, calendar=NEW_YORK_CALENDAR)
    book = replace(BOOK, teams={**BOOK.teams, ENGINEERING: new_york})
    known = facts(rulebook=book, now=sg("2026-03-03 10:00"))  # 21:00 on Monday in New York
    said = promise_line(known, new_york, Severity.SEV3, reader())
    assert said == (
        "Engineering is outside working hours until Tue 3 Mar 22:00; an answer is due by Wed 4 Mar 02:00 your time."
    )


def test_the_promise_is_what_the_clock_will_say() -> None:
    for severity in Severity:
        case = a_running_case(severity=severity)
        promised = answer_due_at(facts(), BOOK.team(ENGINEERING), severity)
        assert promised == case.clocks[0].due_at


@pytest.mark.parametrize("locale", LOCALES)
def test_a_round_the_clock_severity_is_answered_at_night_too(locale: str) -> None:
    known = facts(now=sg("2026-03-03 22:00"))
    said = promise_line(known, BOOK.team(ENGINEERING), Severity.SEV1, reader(locale))
    assert "<" not in said
    if locale == "zh_Hans":
        assert said == "工程团队现在是非工作时间，但此严重级别全天候受理；最迟在你的时间 3 月 3 日（周二）22:15 答复。"
