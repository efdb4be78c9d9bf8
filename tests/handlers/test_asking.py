"""Commands that are answered to the one who asks: reading, what they set for themselves, near misses."""

import pytest

from tests.handlers.office import Office


async def test_each_list_answers_to_the_one_who_asked(office: Office) -> None:
    key = await office.opened()
    for what, shows in (("mine", True), ("team", False), ("at-risk", False), ("breached", False), ("all", True)):
        assert (key in await office.answer(office.person("mei"), f"list {what}")) == shows, what
    assert key in await office.answer(office.person("erin"), "list team")


async def test_a_long_list_is_turned_page_by_page(office: Office) -> None:
    mei = office.person("mei")
    for number in range(11):
        await office.opened(f"Payout {number} is late po_1NxLive{number:05}")
    assert "ESC-11" not in await office.answer(mei, "list all")
    await mei.press(mei.ephemerals[-1], "esc:next_page")
    assert "ESC-11" in await office.told(mei)


async def test_show_why_and_history_tell_of_one_escalation(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    assert "Release it" in await office.answer(mei, f"show {key}")
    assert key in await office.answer(mei, f"why {key}")
    assert key in await office.answer(mei, f"history {key}")
    assert key in await office.answer(mei, "search payout")
    assert key not in await office.answer(mei, "search refund")


@pytest.mark.parametrize(
    ("title", "line", "words"),
    [
        ("提现未到账", "Seen by a customer", ("提現", "提款", "payout", "Payouts", "提款未到帳")),
        ("发卡行拒付", "Seen by a customer", ("發卡行 decline", "issuing bank", "chargeback")),
        ("Card declined by the issuing bank", "", ("拒付", "拒绝", "拒絕 發卡銀行")),
        ("退款失敗", "Seen by a customer", ("refund", "退款失败", "refunds 失败")),
    ],
)
async def test_a_search_finds_what_means_the_same_in_the_other_languages(
    office: Office, title: str, line: str, words: tuple[str, ...]
) -> None:
    key = await office.opened(f"{title} po_1NxLive00001", line=line)
    for typed in words:
        assert key in await office.answer(office.person("mei"), f"search {typed}"), typed
    assert key not in await office.answer(office.person("mei"), "search settlement")


async def test_a_report_counts_all_that_is_open_and_names_only_what_is_wrong(office: Office) -> None:
    lena, key = office.person("lena"), await office.opened()
    await office.opened("Payout 2 is late po_1NxLive00002")
    before = await office.answer(lena, "report")
    assert "2 open escalations · 2 without an owner" in before
    assert "breached" not in before
    await office.answer(office.person("erin"), f"ack {key}")
    after = await office.answer(lena, "report")
    assert "2 open escalations · 1 without an owner" in after
    assert "0 of them" not in after
    assert "0 without" not in after


async def test_who_may_not_import_is_told_of_importing(office: Office) -> None:
    assert "导入" in await office.answer(office.person("mei"), "import")
    assert "报告" in await office.answer(office.person("mei"), "report")


async def test_help_names_every_command_of_the_domain_page(office: Office) -> None:
    said = await office.answer(office.person("lena"), "help")
    assert not [verb for verb in ("edit", "report", "config", "handoff", "search") if f"`{verb}" not in said]


async def test_an_unknown_id_is_said_to_be_unknown(office: Office) -> None:
    for verb in ("show", "ack", "update", "why", "follow"):
        assert "ESC-99" in await office.answer(office.person("erin"), f"{verb} 99")


async def test_help_and_on_call_and_the_configuration_are_answered(office: Office) -> None:
    lena, mei = office.person("lena"), office.person("mei")
    assert "/escalate" in await office.answer(lena, "help")
    assert "Engineering" in await office.answer(lena, "oncall")
    assert "Product" not in await office.answer(lena, "oncall engineering")
    assert "nowhere" in await office.answer(lena, "oncall nowhere")
    assert "Engineering" in await office.answer(lena, "config")
    assert "C0ENGINEER1" not in await office.answer(mei, "config")
    assert "Engineering" in await office.answer(lena, "report")
    assert await office.answer(mei, "report") != await office.answer(lena, "report")
    assert await office.answer(lena, "import")


async def test_a_language_of_one_s_own_is_spoken_from_then_on(office: Office) -> None:
    mei = office.person("mei")
    assert "繁體" in await office.answer(mei, "lang zh-TW")
    assert "升級" in await office.answer(mei, "help")
    assert "English" in await office.answer(mei, "lang en")
    assert "Escalate" in await office.answer(mei, "help")
    await office.answer(mei, "lang auto")
    assert "升级" in await office.answer(mei, "help")
    assert "zh-Hans" in await office.answer(mei, "lang klingon")


async def test_who_is_away_is_passed_over(office: Office) -> None:
    erin = office.person("erin")
    assert "away" in await office.answer(erin, "away 2h")
    assert "@Erin" not in await office.answer(erin, "oncall engineering")
    await office.answer(erin, "away off")
    assert "@Erin" in await office.answer(erin, "oncall engineering")
    assert "away 2h" in await office.answer(erin, "away 2020-01-01")


async def test_a_near_miss_is_asked_about_and_done_on_yes(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    assert "ack" in await office.answer(erin, f"akc {key}")
    await erin.press(erin.ephemerals[-1], "esc:did_you_mean")
    assert (await office.told(erin)).startswith("✅")


async def test_a_near_miss_may_be_a_title_after_all(office: Office) -> None:
    mei = office.person("mei")
    await office.answer(mei, "clsoe 142")
    await mei.press(mei.ephemerals[-1], "esc:open_instead")
    view = await office.modal(mei)
    assert next(iter(view.values["title"].values()))["value"] == "clsoe 142"


async def test_following_and_nudging_need_no_modal(office: Office) -> None:
    mei, ting, key = office.person("mei"), office.person("ting"), await office.opened()
    assert (await office.answer(ting, f"follow {key}")).startswith("✅")
    assert not (await office.answer(ting, f"follow {key}")).startswith("✅")
    assert (await office.answer(ting, f"unfollow {key}")).startswith("✅")
    assert (await office.answer(mei, f"催办 {key}")).startswith("✅")
    assert not (await office.answer(mei, f"nudge {key}")).startswith("✅")


async def test_a_handoff_is_posted_for_the_next_shift(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await office.card(key)
    before = len(erin.sees("engineering"))
    await office.answer(erin, "handoff")
    posts = await office.workspace.until(lambda: erin.sees("engineering")[before:])
    assert key in erin.reads(posts[0])


async def test_the_same_command_delivered_twice_takes_effect_once(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await office.answer(erin, f"ack {key}")
    payload = office.workspace.log.requests_of("command")[-1].payload
    again = await office.workspace.delivery.command(payload)
    assert again.status == 200
    assert "Already done" in again.body
