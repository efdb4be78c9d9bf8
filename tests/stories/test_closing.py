"""The end: it closes itself with a warning, is not fixed after all, is a duplicate, or is taken back."""

from bot.sandbox.records import Message
from tests.stories.telling import Story


async def test_an_unanswered_resolution_warns_a_day_before_and_closes_itself(story: Story) -> None:
    card = await resolved(story)
    story.stage.jump(days=2, minutes=1)
    await story.expect("mei", "ESC-1", "自动关闭", "[确认已解决] [未解决]")
    await digests_arrive(story)
    story.stage.jump(days=1)
    await story.expect("engineering", "ESC-1 has closed by itself")
    await story.expect("mei", "ESC-1", "自动关闭")
    await story.shows(card, "Closed", "[Reopen]")


async def test_not_fixed_reopens_it_and_tells_the_owner(story: Story) -> None:
    card = await resolved(story)
    question = story.person("mei").dms()[-1]
    await story.press_and_fill("mei", question, "esc:reopen", {"why": "仍未到账"})
    await story.expect("engineering", "@Mei reopened ESC-1", "仍未到账")
    await story.expect("erin", "@Mei reopened ESC-1")
    await story.shows(card, "Investigating", "Owner @Erin")


async def test_a_closed_escalation_reopened_too_late_goes_on_in_a_new_one(story: Story) -> None:
    card = await resolved(story)
    closing = {"customer_told": "yes", "docs": "not_needed", "docs_note": "一次性问题"}
    await story.press_and_fill("mei", story.person("mei").dms()[-1], "esc:confirm", closing)
    await story.expect("engineering", "@Mei confirmed the fix and closed ESC-1")
    await story.expect("erin", "@Mei confirmed the fix and closed ESC-1")
    await story.calm()
    story.stage.jump(days=20)
    await story.calm()
    await story.press_and_fill("mei", card, "Reopen", {"why": "又出现了"})
    await story.expect("engineering", "ESC-2", "New", "Carries on ESC-1")
    await story.expect("engineering", "@Mei carried ESC-1 on")
    await story.expect("mei", "ESC-2")
    await story.expect("erin", "ESC-2")


async def test_a_duplicate_hands_its_followers_to_the_other(story: Story) -> None:
    first = await story.open()
    second = await story.open("ting", "提款未到帳 po_9NxQ7fLkdIwHu7ix", number=2)
    await story.person("erin").choose(second, "esc:menu", "duplicate:2")
    await story.opened_view("erin")
    await story.fill("erin", {"of": "1", "why": "The same payout run"})
    await story.submit("erin")
    await story.expect("engineering", "@Erin marked ESC-2 as a duplicate of ESC-1", "The same payout run")
    await story.expect("engineering", "ESC-2 is a duplicate of ESC-1")
    await story.expect("ting", "ESC-2", "ESC-1")
    await story.shows(second, "Duplicate of ESC-1")
    await story.shows(first, "1 follower")


async def test_a_cancelled_escalation_stops_its_clocks_and_tells_who_was_asked(story: Story) -> None:
    card = await story.open()
    await story.person("mei").command("/escalate", "cancel 1", channel="support")
    await story.opened_view("mei")
    await story.fill("mei", {"why": "客户已收到款项"})
    await story.submit("mei")
    await story.expect("engineering", "@Mei cancelled ESC-1", "客户已收到款项")
    await story.expect("erin", "@Mei cancelled ESC-1")
    await story.shows(card, "Cancelled")
    story.stage.jump(hours=3)
    await story.calm()


async def test_a_repeated_ask_about_the_same_payout_shows_what_is_open_and_can_be_followed(story: Story) -> None:
    await story.open()
    view = await story.begin("ting", "提款未到帳 po_1NxQ7fLkdIwHu7ix")
    assert "ESC-1" in story.person("ting").reads(view)
    before = view.hash
    await story.person("ting").press(view, "esc:follow_instead")
    await story.town.until(lambda: view.hash != before)
    assert "ESC-1" in story.person("ting").reads(view)


async def digests_arrive(story: Story) -> None:
    """What stands open is told every working day, to the owner and to the lead."""
    await story.expect("erin", "Your open escalations", "ESC-1")
    await story.expect("lena", "Your team's open escalations", "ESC-1")
    await story.calm()


async def resolved(story: Story) -> Message:
    """ESC-1, solved by Erin; the messages up to there are expected."""
    card = await story.open()
    await story.acknowledge("erin", card)
    await story.press_and_fill("erin", card, "Resolve", {"outcome": "fixed", "cause_unknown": "cause_unknown"})
    await story.expect("engineering", "@Erin resolved ESC-1", "not known yet")
    await story.expect("mei", "@Erin 已解决 ESC-1", "[确认已解决] [未解决]")
    await story.calm()
    return card
