"""Every message that the bot sends by itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.i18n import LOCALES, texts
from bot.render.blocks import Message
from bot.render.notices import RENDERERS, render_notice
from bot.render.notices.sentences import SENTENCES
from models.rules.case import Case, Outcome, Resolution, Waiting, WaitingOn
from models.rules.change import EventKind, NoticeKind
from models.rules.masking import mask
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    ENGINEERING,
    ERIN,
    EVAN,
    MEI,
    NOW,
    PRODUCT,
    a_case,
    a_rulebook,
    a_running_case,
    an_owned_case,
    the_people,
)
from tests.render.held import hold_message

SOON = (NOW + timedelta(minutes=30)).isoformat()
FACTS: dict[str, Any] = {
    "event": "acknowledged", "actor": ARJUN, "at": NOW.isoformat(), "owner": ARJUN, "due_at": SOON,
    "clock": "acknowledge", "percent": 50, "why": "rung", "team": PRODUCT, "old_team": ENGINEERING,
    "from": ERIN, "to": ARJUN, "passed": [[EVAN, "away"], [ERIN, "out_of_hours"]], "number": 142,
}  # fmt: skip
SEVERITIES: dict[str, Any] = {"from": "SEV3", "to": "SEV2"}


def render(kind: NoticeKind, case: Case | None = None, *, locale: str = "en", **facts: Any) -> Message:
    found = render_notice(
        kind,
        case=case or a_running_case(),
        book=a_rulebook(),
        facts={**FACTS, **facts},
        t=texts(locale),
        viewer_tz="Asia/Singapore",
        people=the_people(),
    )
    hold_message(found)
    return found


def actions_of(found: Message) -> list[str]:
    rows = [block["elements"] for block in found.blocks if block["type"] == "actions"]
    return [element["action_id"].removeprefix("esc:") for row in rows for element in row]


def test_every_kind_of_notice_has_its_words() -> None:
    assert set(RENDERERS) == set(NoticeKind)


def test_every_kind_of_event_has_its_sentence() -> None:
    assert set(SENTENCES) == set(EventKind)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("event", list(EventKind))
def test_history_says_every_event_with_all_of_its_facts_and_with_none(event: EventKind, locale: str) -> None:
    more: dict[str, Any] = SEVERITIES if event is EventKind.SEVERITY_CHANGED else {}
    assert render(NoticeKind.HISTORY, locale=locale, **{"event": event.value, **more}).text
    bare = {"event": event.value, "actor": None, "at": NOW.isoformat(), "clock": "update", **SEVERITIES}
    t = texts(locale)
    assert render_notice(NoticeKind.HISTORY, case=a_case(), book=a_rulebook(), facts=bare, t=t).text


def test_the_requester_reads_who_took_it_and_when_there_will_be_news() -> None:
    found = render(NoticeKind.REQUESTER_NEWS, an_owned_case(), locale="zh_Hans")
    due = f"<!date^{int((NOW + timedelta(minutes=30)).timestamp())}"
    assert found.text.startswith(f"<@{ARJUN}> 已接手 ESC-142，最迟 {due}")
    assert found.text.endswith("> 更新进展")


def test_whoever_is_on_call_can_accept_pass_on_ask_why_or_look_later() -> None:
    found = render(NoticeKind.ON_CALL, link="https://slack.test/p1")
    assert actions_of(found) == ["acknowledge", "pass_on", "why_me", "look_later", "open_card"]
    labels = [e["text"]["text"] for e in found.blocks[-1]["elements"]]
    assert labels == ["Acknowledge", "Not mine", "Why me?", "In 2 hours", "Open the card"]


def test_a_reminder_says_why_it_comes_now() -> None:
    text = render(NoticeKind.REMINDER).text
    assert "Why now: 50% of the time to acknowledge has passed" in text
    assert "The time to acknowledge ends <!date^" in text


def test_a_reminder_after_the_due_time_says_that_it_was_due() -> None:
    assert "Acknowledgement was due <!date^" in render(NoticeKind.REMINDER, percent=120).text


def test_a_nudge_says_who_asks() -> None:
    assert f"<@{MEI}> asks for news" in render(NoticeKind.REMINDER, why="nudged", by=MEI).text


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("sev1", "SEV3 for Engineering"),
        ("rotation_exhausted", "nobody on the rotation of Engineering can take it"),
        ("handed_back", "Engineering handed it back"),
        ("breach", "SLA breached: the time to acknowledge has run out"),
        ("rung", "nobody has acted in time"),
    ],
)
def test_a_lead_reads_why_they_are_told(why: str, said: str) -> None:
    assert said in render(NoticeKind.LEAD_TOLD, why=why).text


def test_a_page_to_the_lead_offers_to_give_it_to_somebody() -> None:
    found = render(NoticeKind.LEAD_PAGED, a_running_case(Status.INVESTIGATING), percent=120, link="https://x.test")
    assert found.text.startswith("🚨 ESC-142 needs you now: SLA breached")
    assert actions_of(found) == ["reassign", "reroute", "open_card"]


def test_the_requester_is_asked_with_a_due_time_and_can_answer() -> None:
    wait = Waiting(WaitingOn.REQUESTER, mask("Which bank?").text, NOW, NOW + timedelta(hours=9), ERIN)
    found = render(NoticeKind.INFO_REQUEST, an_owned_case(Status.WAITING, waiting=wait), why="Which bank?")
    assert "Question: Which bank?" in found.text
    assert "Please answer by <!date^" in found.text
    assert actions_of(found) == ["answer", "add_evidence"]


def a_resolved_case(**changes: Any) -> Case:
    done = Resolution(Outcome.FIXED, mask("A stuck job").text, None, ERIN)
    close_at = NOW + timedelta(days=3)
    return an_owned_case(Status.RESOLVED, resolution=done, close_at=close_at, **changes)


def test_a_resolution_asks_whether_it_is_fixed_and_has_words_for_the_customer() -> None:
    found = render(NoticeKind.CONFIRM_FIXED, a_resolved_case(customer_language="zh-TW"), event="resolved")
    assert actions_of(found) == ["confirm", "reopen"]
    assert "Is it fixed? Without an answer it closes by itself" in found.text
    assert any("問題已經解決" in repr(block) for block in found.blocks)


@pytest.mark.parametrize("kind", [NoticeKind.CONFIRM_FIXED, NoticeKind.REQUESTER_NEWS])
def test_what_is_copied_to_customers_never_speaks_of_escalation(kind: NoticeKind) -> None:
    for language in ("en", "zh-Hans", "zh-Hant"):
        found = render(kind, a_resolved_case(customer_language=language), event="resolved")
        ready = [block for block in found.blocks if block["type"] == "section"][-1]["text"]["text"]
        if kind is NoticeKind.CONFIRM_FIXED:
            assert not [word for word in ("升级", "升級", "工单", "案件", "SLA", "escal") if word in ready]


def test_a_line_for_the_customer_stands_alone_so_that_it_can_be_copied() -> None:
    found = render(NoticeKind.REQUESTER_NEWS, an_owned_case(), event="updated", customer_line="正在处理")
    assert any(block["type"] == "section" and block["text"]["text"] == "正在处理" for block in found.blocks)


def test_a_lowered_severity_can_be_put_back() -> None:
    found = render(NoticeKind.REQUESTER_NEWS, an_owned_case(), **{"event": "severity_changed", **SEVERITIES})
    assert "put_back" in actions_of(found)
    assert found.blocks[-1]["elements"][0]["value"] == "142:SEV3"


def test_a_severity_that_the_requester_changed_can_be_put_back_by_the_owner() -> None:
    lowered: dict[str, Any] = {"event": "severity_changed", "actor": MEI, "from": "SEV1", "to": "SEV3"}
    found = render(NoticeKind.OWNER_NEWS, an_owned_case(), news="severity", **lowered)
    assert "put_back" in actions_of(found)


def test_news_for_whoever_has_not_accepted_yet_offers_to_accept() -> None:
    found = render(NoticeKind.OWNER_NEWS, a_running_case(), event="evidence_added", news="evidence", count=1)
    assert actions_of(found) == ["acknowledge", "pass_on"]


def test_what_goes_to_the_next_after_its_due_time_says_that_it_was_due() -> None:
    late: dict[str, Any] = {"event": "passed_on", "clock": "acknowledge", "at": SOON, "due_at": NOW.isoformat()}
    assert "Acknowledgement was due" in render(NoticeKind.HISTORY, **late).text
    assert "Acknowledge by" in render(NoticeKind.HISTORY, event="passed_on").text


def test_news_that_does_not_name_what_is_due_has_it_from_the_card() -> None:
    found = render(NoticeKind.OPENED_LINK, a_running_case(), event="opened")
    assert "Acknowledge by" in repr(found.blocks)


def test_a_date_that_passed_asks_the_owner_what_comes_next_and_the_requester_once_more() -> None:
    passed: dict[str, Any] = {"event": "wait_over", "actor": None, "until": NOW.isoformat(), "why": "Which bank?"}
    owner = render(NoticeKind.WAIT_OVER, an_owned_case(Status.INVESTIGATING), **passed)
    assert actions_of(owner) == ["update", "wait", "resolve"]
    assert "It waited for: Which bank?" in owner.text
    again = render(NoticeKind.INFO_REQUEST, an_owned_case(Status.INVESTIGATING), **passed, asked_by=ERIN, again=True)
    assert f"<@{ERIN}> needs information from you" in again.text
    assert "The answer was due" in again.text


def test_the_question_about_a_thread_message_carries_its_place() -> None:
    place = {"channel": "C0ENGINEER1", "thread_ts": "1.1", "ts": "2.2"}
    found = render(NoticeKind.COUNT_AS_UPDATE, an_owned_case(), **place)
    assert [e["value"] for e in found.blocks[-1]["elements"]] == ["142:C0ENGINEER1:1.1:2.2"] * 2


def test_a_pointer_does_not_tell_the_title() -> None:
    found = render(NoticeKind.POINTER, a_case(title=mask("Secret customer").text))
    assert "Secret" not in repr(found)
    assert "ESC-142" in found.text


def test_what_is_left_of_a_moved_card_has_no_buttons() -> None:
    found = render(NoticeKind.CARD_MOVED, a_running_case(team=PRODUCT), link="https://slack.test/p1")
    assert "has moved to Product" in found.text
    assert actions_of(found) == []


def test_after_an_outage_one_message_sums_up_several_escalations() -> None:
    cases = [a_running_case(number=number) for number in (7, 8, 9)]
    found = render_notice(
        NoticeKind.CATCH_UP, case=cases[0], book=a_rulebook(), facts=FACTS, t=texts("en"), cases=cases
    )
    hold_message(found)
    assert all(f"ESC-{number}" in found.text for number in (7, 8, 9))


def test_a_digest_lists_the_breached_ones_first() -> None:
    late = a_running_case(number=9)
    late = replace(late, clocks=tuple(replace(clock, breached_at=NOW) for clock in late.clocks))
    cases = [a_running_case(number=7), late]
    found = render_notice(
        NoticeKind.DIGEST, case=None, book=a_rulebook(), facts={"for": "lead"}, t=texts("en"), cases=cases
    )
    hold_message(found)
    shown = repr(found.blocks)
    assert shown.index("ESC-9") < shown.index("ESC-7")


def test_a_handoff_names_people_without_pinging_them() -> None:
    found = render_notice(
        NoticeKind.HANDOFF,
        case=None,
        book=a_rulebook(),
        facts={"team": ENGINEERING},
        t=texts("en"),
        people=the_people(),
        cases=[an_owned_case()],
    )
    assert "<@" not in repr(found)
    assert "Erin" in repr(found)


@pytest.mark.parametrize(
    ("code", "repair"),
    [
        ("is_archived", "unarchive it"),
        ("channel_not_found", "name another channel"),
        ("not_in_channel", "/invite"),
        ("user_not_found", "off the rotation"),
        ("token_revoked", "install the app again"),
        ("something_new", "mend its cause"),
    ],
)
def test_what_could_not_be_delivered_comes_with_the_repair(code: str, repair: str) -> None:
    found = render(NoticeKind.UNDELIVERABLE, code=code, place="channel", channel="C0PRODUCT01")
    assert repair in found.text
    assert f"`{code}`" in found.text
