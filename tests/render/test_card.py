"""The card: its layout, its one primary button, and that it says whose move it is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.i18n import texts
from bot.render.blocks import Message
from bot.render.card import card
from bot.render.ids import MENU_ACTION
from bot.render.reader import Reader
from models.rules.case import Case, Evidence, EvidenceKind, Outcome, Resolution, Waiting, WaitingOn
from models.rules.masking import Masked, mask
from models.rules.rulebook import LinkTemplate
from models.rules.severity import Severity
from models.rules.status import Status
from tests.builders import (
    ARJUN,
    ERIN,
    MEI,
    NOW,
    TING,
    a_case,
    a_rulebook,
    a_running_case,
    an_owned_case,
    the_people,
)

BOOK = a_rulebook(links=(LinkTemplate("po_", "https://dash.test/{id}"),))


def reader(locale: str = "en") -> Reader:
    return Reader(texts(locale), "Asia/Singapore", the_people())


def lines_of(found: Message) -> list[str]:
    """Everything that stands on it, line by line."""
    shown: list[str] = []
    for block in found.blocks:
        parts = [block["text"]["text"]] if "text" in block else []
        parts += [e["text"] for e in block.get("elements", []) if e["type"] == "mrkdwn"]
        shown += [line for part in parts for line in part.split("\n")]
    return shown


def buttons_of(found: Message) -> list[dict[str, Any]]:
    row = next(block for block in found.blocks if block["type"] == "actions")
    return [element for element in row["elements"] if element["type"] == "button"]


def menu_of(found: Message) -> list[str]:
    row = next(block for block in found.blocks if block["type"] == "actions")
    menu = next(e for e in row["elements"] if e["action_id"] == MENU_ACTION)
    return [one["value"] for one in menu["options"]]


def text(words: str) -> Masked:
    return mask(words).text


def the_golden_case() -> Case:
    return a_running_case(
        severity=Severity.SEV2,
        title=text("提现未到账"),
        title_local=text("Payout not received since 09:10"),
        need=text("release it or explain the hold"),
        account=text("acct_1AbCdEf"),
        customer_language="zh-Hans",
        ticket_url=text("https://tickets.test/1"),
        evidence=(
            Evidence(EvidenceKind.OBJECT_ID, text("po_1NxAbCd"), MEI, NOW, live=True),
            Evidence(EvidenceKind.OBJECT_ID, text("req_AbCdEf"), MEI, NOW),
            Evidence(EvidenceKind.SQL, text("select * from payouts"), MEI, NOW, summary=text("3 rows")),
        ),
        followers=frozenset({TING}),
    )


def test_it_says_in_a_few_lines_what_the_domain_page_shows() -> None:
    due = f"<!date^{int((NOW + timedelta(minutes=30)).timestamp())}^{{date_short_pretty}} {{time}}^Tue 3 Mar 10:30>"
    assert lines_of(card(the_golden_case(), BOOK, reader())) == [
        "🟠 SEV2 · *ESC-142* · New · your move: Engineering",
        "Payout not received since 09:10（原文：提现未到账）",
        "Need: release it or explain the hold",
        "Proof: <https://dash.test/po_1NxAbCd|po_1NxAbCd> (live) · req_AbCdEf · SQL 3 rows",
        f"acct_1AbCdEf · 简体 · <https://tickets.test/1|customer's ticket> · from <@{MEI}> · 1 follower",
        f"On call <@{ERIN}> (not accepted) · Acknowledge by {due}",
    ]


def test_the_same_card_in_chinese() -> None:
    shown = lines_of(card(the_golden_case(), BOOK, reader("zh_Hans")))
    assert shown[0] == "🟠 SEV2 · *ESC-142* · 新建 · 轮到：工程团队"
    assert shown[2].startswith("需要对方做什么：")
    assert shown[-1].endswith("接手")


@pytest.mark.parametrize(
    ("locale", "title", "line", "shown"),
    [
        ("en", "提现未到账", "Payout not received", "Payout not received（原文：提现未到账）"),
        ("zh_Hans", "提现未到账", "Payout not received", "提现未到账（Payout not received）"),
        ("zh_Hant", "提现未到账", "Payout not received", "提现未到账（Payout not received）"),
        ("zh_Hans", "Payout not received", "提现未到账", "提现未到账 (original: Payout not received)"),
        ("en", "Payout not received", "提现未到账", "Payout not received (提现未到账)"),
        ("zh_Hans", "提现未到账", "提现失败", "提现失败（原文：提现未到账）"),
    ],
)
def test_the_line_that_the_reader_reads_comes_first(locale: str, title: str, line: str, shown: str) -> None:
    case = replace(the_golden_case(), title=text(title), title_local=text(line))
    found = card(case, BOOK, reader(locale))
    assert lines_of(found)[1] == shown
    assert found.text.endswith(shown)


@pytest.mark.parametrize(
    ("status", "names"),
    [
        (Status.NEW, ["Acknowledge", "Need info", "Not ours"]),
        (Status.ACKNOWLEDGED, ["Update", "Wait", "Resolve"]),
        (Status.INVESTIGATING, ["Update", "Wait", "Resolve"]),
        (Status.MITIGATED, ["Update", "Wait", "Resolve"]),
        (Status.WAITING, ["Resume", "Update"]),
        (Status.RESOLVED, ["Confirm fixed", "Not fixed"]),
    ],
)
def test_one_button_is_primary_in_each_open_state(status: Status, names: list[str]) -> None:
    case = a_case() if status is Status.NEW else an_owned_case(status)
    found = buttons_of(card(case, BOOK, reader()))
    assert [one["text"]["text"] for one in found] == names
    assert [one.get("style") for one in found] == ["primary"] + [None] * (len(names) - 1)
    assert {one["value"] for one in found} == {"142"}


@pytest.mark.parametrize("status", [Status.CLOSED, Status.DUPLICATE, Status.CANCELLED])
def test_what_has_ended_has_no_primary_button(status: Status) -> None:
    found = card(an_owned_case(status), BOOK, reader())
    assert not any(one.get("style") for one in buttons_of(found))
    assert menu_of(found) == ["why:142", "history:142"]
    assert [one["action_id"] for one in buttons_of(found)] == (["esc:reopen"] if status is Status.CLOSED else [])


def test_the_menu_offers_everything_else() -> None:
    wanted = {
        "reassign", "reroute", "severity", "edit", "add_evidence", "follow", "nudge", "duplicate", "cancel",
        "why", "history",
    }  # fmt: skip
    offered = {value.partition(":")[0] for value in menu_of(card(a_case(), BOOK, reader()))}
    assert wanted <= offered


def test_a_button_is_not_offered_a_second_time_in_the_menu() -> None:
    for status in Status:
        case = a_case() if status is Status.NEW else an_owned_case(status)
        found = card(case, BOOK, reader())
        shown = {one["action_id"].removeprefix("esc:") for one in buttons_of(found)}
        assert not shown & {value.partition(":")[0] for value in menu_of(found)}


def test_the_mark_of_a_breach_stays_until_it_has_ended() -> None:
    case = a_running_case(Status.INVESTIGATING)
    late = replace(case, clocks=tuple(replace(clock, breached_at=NOW) for clock in case.clocks))
    assert any("SLA breached" in line for line in lines_of(card(late, BOOK, reader())))
    ended = replace(late, status=Status.CLOSED)
    assert not any("SLA breached" in line for line in lines_of(card(ended, BOOK, reader())))


def test_a_wait_says_for_whom_until_when_and_why() -> None:
    wait = Waiting(WaitingOn.THIRD_PARTY, mask("the bank").text, NOW, NOW + timedelta(hours=2), ERIN)
    shown = lines_of(card(an_owned_case(Status.WAITING, waiting=wait), BOOK, reader()))
    assert shown[0].endswith("waiting for: a third party")
    assert any(line.startswith("⏸ Waiting on a third party until <!date^") for line in shown)


def test_a_resolved_case_says_what_solved_it_and_that_it_closes_by_itself() -> None:
    done = Resolution(Outcome.FIXED, None, mask("retry").text, ERIN)
    case = an_owned_case(Status.RESOLVED, resolution=done, close_at=NOW + timedelta(days=3))
    shown = lines_of(card(case, BOOK, reader()))
    assert "Outcome: Fixed" in shown
    assert "Root cause: not known yet" in shown
    assert any("Closes by itself" in line for line in shown)


def test_a_reopened_case_without_an_owner_can_be_acknowledged() -> None:
    case = replace(a_running_case(), status=Status.INVESTIGATING)
    assert buttons_of(card(case, BOOK, reader()))[0]["action_id"] == "esc:acknowledge"


def test_a_title_in_one_language_stands_alone() -> None:
    assert lines_of(card(a_case(), BOOK, reader()))[1] == "Payout not received"


def test_the_owner_is_named_with_the_next_clock_only() -> None:
    shown = lines_of(card(a_running_case(Status.ACKNOWLEDGED, owner=ARJUN), BOOK, reader()))
    assert shown[-1].startswith(f"Owner <@{ARJUN}> · Next update by ")
    assert "Resolve by" not in "".join(shown)
