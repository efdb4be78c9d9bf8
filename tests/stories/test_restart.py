"""The bot is away while reminders become due: afterwards the latest rung is said, once, and no storm."""

from bot.sandbox import Fault
from tests.stories.telling import Story


async def test_after_a_short_absence_exactly_the_latest_rung_is_said(story: Story) -> None:
    await story.open()
    await story.stage.stop_bot()
    story.stage.jump(minutes=28)
    await story.stage.start_bot()
    await story.expect("engineering", "⏰ On call @Erin (not accepted)", "80%", in_thread=True)
    await story.expect("engineering", "⏰ 🟠 SEV2", "80%")


async def test_after_a_long_absence_each_person_and_channel_hears_it_in_one_message(story: Story) -> None:
    first = await story.open()
    second = await story.open("ting", "退款失敗 re_1NxQ7fLkdIwHu7ix", number=2, title_local="Refund failed")
    await story.stage.stop_bot()
    story.stage.jump(hours=2)
    await story.stage.start_bot()
    await story.expect("arjun", "While the bot was away", "ESC-1", "ESC-2")
    await story.expect("engineering", "ESC-1 goes to the next on call: @Arjun")
    await story.expect("engineering", "ESC-2 goes to the next on call: @Arjun")
    await story.expect("lena", "🚨 ESC-1")
    await story.expect("lena", "🚨 ESC-2")
    for card in (first, second):
        await story.shows(card, "🔥 SLA breached", "On call @Arjun (not accepted)")
    await story.stage.stop_bot()
    await story.stage.start_bot()


async def test_what_was_not_said_when_the_bot_stopped_is_said_when_it_starts(story: Story) -> None:
    refusing = story.town.faults.plant(Fault(method="chat.postMessage", status=503, times=None))
    await story.begin("mei", "提现未到账 po_1NxQ7fLkdIwHu7ix")
    await story.fill("mei", {"severity": "SEV2", "title_local": "Payout not received", "need": "Release it"})
    await story.submit("mei")
    await story.town.until(lambda: refusing.hits)
    story.town.faults.clear()
    await story.stage.stop_bot()
    await story.stage.start_bot()
    await story.expect("engineering", "ESC-1", "[Acknowledge]")
    await story.expect("mei", "ESC-1")
    await story.expect("support", "ESC-1")
    await story.expect("erin", "ESC-1")
