"""The seven steps of the golden path, in Chinese and English, over HTTP and over Socket Mode."""

from pathlib import Path

import pytest

from tests.stories.telling import Story, telling


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])
async def test_an_escalation_goes_from_a_chinese_command_to_a_confirmed_fix(
    database_url: str, tmp_path: Path, socket_mode: bool
) -> None:
    async with telling(database_url, tmp_path, socket_mode=socket_mode) as story:
        await the_golden_path(story)


async def the_golden_path(story: Story) -> None:
    mei = story.person("mei")
    view = await story.begin("mei", "提现未到账 po_1NxQ7fLkdIwHu7ix acct_1AbQ2eZvKYlo2C9p")
    read = mei.reads(view)
    assert "工程团队" in read
    assert "po_" in read
    assert view.values["evidence"]["esc:evidence"]["value"].startswith("po_1NxQ7fLkdIwHu7ix")
    assert view.values["account"]["esc:account"]["value"] == "acct_1AbQ2eZvKYlo2C9p"
    assert view.values["severity"]["esc:redraw_severity"]["selected_option"]["value"] == "SEV3"
    await story.fill("mei", {"severity": "SEV2", "title_local": "Payout not received", "need": "请放行"})
    assert "10:30" in mei.reads(await story.opened_view("mei"))
    told = await story.submit("mei")
    assert "ESC-1 已提交" in told
    assert "升级" not in told.partition("复制")[2]

    card = await story.expect("engineering", "SEV2", "ESC-1", "New", "Payout not received（原文：提现未到账）")
    await story.shows(card, "On call @Erin (not accepted)", "[Acknowledge] [Need info] [Not ours]")
    await story.expect("mei", "ESC-1", "打开卡片")
    await story.expect("support", "@Mei opened ESC-1 for Engineering")
    call = await story.expect("erin", "ESC-1", "on call", "[Not mine] [Why me?] [In 2 hours]")

    story.stage.jump(minutes=15)
    await story.expect("erin", "⏰", "ESC-1", "50%")
    await story.press("erin", call, "Acknowledge")
    await story.expect("erin", "✅", "12:15")
    await story.expect("engineering", "@Erin acknowledged ESC-1")
    await story.expect("mei", "@Erin 已接手 ESC-1", "12:15")
    await story.shows(card, "Acknowledged", "Owner @Erin", "[Update] [Wait] [Resolve]")

    finding, line = "A review rule held the payout", "我们正在核实，今天会有结果。"
    await story.press_and_fill("erin", card, "Update", {"finding": finding, "customer_line": line})
    await story.expect("engineering", "@Erin posted an update", finding)
    await story.expect("mei", "@Erin", "更新", finding, line)
    await story.shows(card, "Investigating", finding)

    await story.press_and_fill("erin", card, "Resolve", {"outcome": "fixed", "cause": "The rule is mended"})
    await story.expect("engineering", "@Erin resolved ESC-1")
    question = await story.expect("mei", "@Erin 已解决 ESC-1", "已修复", "[确认已解决] [未解决]")
    await story.shows(card, "Resolved", "[Confirm fixed] [Not fixed]")

    closing = {"customer_told": "yes", "docs": "gap", "docs_note": "帮助中心需补充"}
    await story.press_and_fill("mei", question, "确认已解决", closing)
    await story.expect("engineering", "@Mei confirmed the fix and closed ESC-1")
    await story.expect("erin", "@Mei confirmed the fix and closed ESC-1")
    await story.shows(card, "Closed", "[Reopen]")
