"""Places and people that are gone: what cannot be said there is said elsewhere, and the lead hears why, once."""

import pytest
from sqlalchemy import text

from bot.sandbox import Workspace
from tests.stories.telling import Story


@pytest.mark.parametrize("how", ["archive", "delete_channel"])
async def test_a_card_whose_channel_is_gone_stands_in_the_fallback_channel_and_the_lead_is_told_once(
    story: Story, how: str
) -> None:
    lose(story.town, how)
    await story.town.settled()
    for code in ("is_archived", "channel_not_found"):
        story.forgive_refusal("chat.postMessage", code)
    for number in (1, 2):
        await story.begin("mei", f"提现未到账 po_1NxQ7fLkdIwHu7i{number}")
        await story.fill("mei", {"severity": "SEV2", "title_local": "Payout not received", "need": "Release it"})
        await story.submit("mei")
        await story.expect("support-escalations", f"ESC-{number}", "Payout not received")
        await story.expect("mei", f"ESC-{number}")
        await story.expect("support", f"ESC-{number}")
        await story.expect("erin", f"ESC-{number}")
        if number == 1:
            await story.expect("lena", "ESC-1", "#engineering", repair_of(how))
        await story.calm()


async def test_a_channel_that_is_archived_later_moves_the_card_and_keeps_the_thread(story: Story) -> None:
    card = await story.open()
    story.town.admin.archive("engineering")
    await story.town.settled()
    for method in ("chat.postMessage", "chat.update"):
        story.forgive_refusal(method, "is_archived")
    story.forgive_error("notice_undeliverable")
    await story.press("erin", story.person("erin").dms()[-1], "Acknowledge")
    await story.expect("erin", "✅")
    await story.expect("mei", "@Erin 已接手 ESC-1")
    await story.expect("support-escalations", "ESC-1", "Acknowledged")
    await story.expect("support-escalations", "@Erin acknowledged ESC-1")
    await story.expect("lena", "ESC-1", "#engineering", "archived")
    assert card.channel == "C0ENGINEER1"


async def test_somebody_deactivated_is_passed_over_and_an_owner_who_left_is_told_to_the_lead(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    story.town.admin.deactivate("erin")
    await story.town.settled()
    for code in ("user_disabled", "channel_not_found", "user_not_found", "cannot_dm_bot", "account_inactive"):
        story.forgive_refusal("chat.postMessage", code)
        story.forgive_refusal("conversations.open", code)
    story.forgive_error("notice_undeliverable")
    story.stage.jump(minutes=60)
    await story.expect("lena", "ESC-1", "@Erin", "That account cannot be reached")
    await story.calm()

    other = await story.open(number=2, on_call="arjun", text="提现未到账 po_1NxQ7fLkdIwHu7iy")
    await story.shows(other, "On call @Arjun")


async def test_a_revoked_token_loses_nothing_and_the_bot_goes_on_when_it_is_back(story: Story) -> None:
    card = await story.open()
    story.forgive_error("token_died")
    story.town.admin.revoke_tokens()
    await story.town.settled()
    for method in ("chat.postMessage", "chat.update", "conversations.open", "users.list", "users.info"):
        story.forgive_refusal(method, "token_revoked")
    story.stage.jump(minutes=15)
    await story.town.until(lambda: [c for c in story.town.log.refused() if c.error == "token_revoked"])
    await story.stage.stop_bot()
    story.town.admin.restore_tokens()
    await story.stage.start_bot()
    await story.stage.bot.store.write(
        lambda connection: connection.execute(text("UPDATE notice SET not_before = NULL"))
    )
    await story.expect("erin", "⏰ ESC-1", "50%")
    await story.shows(card, "New")


def lose(town: Workspace, how: str) -> None:
    if how == "archive":
        town.admin.archive("engineering")
    else:
        town.admin.delete_channel("engineering")


def repair_of(how: str) -> str:
    return "archived" if how == "archive" else "no longer exists"
