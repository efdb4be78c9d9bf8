"""What arrives twice takes effect once: submissions, retried events, presses, two people at once."""

import asyncio
import json

from bot.demo.story import answered
from tests.stories.telling import Story


async def test_a_modal_that_is_submitted_twice_opens_one_escalation(story: Story) -> None:
    await story.begin("mei", "提现未到账 po_1NxQ7fLkdIwHu7ix")
    await story.fill("mei", {"severity": "SEV2", "title_local": "Payout not received", "need": "Release it"})
    await story.person("mei").submit()
    packet = story.town.delivery.last_packet
    assert packet is not None
    again = await story.town.delivery.resend(packet)
    assert again.ok
    assert "ESC-1" in again.body
    await story.expect("engineering", "ESC-1")
    await story.expect("mei", "ESC-1")
    await story.expect("support", "ESC-1")
    await story.expect("erin", "ESC-1")


async def test_a_button_whose_press_is_delivered_twice_acts_once(story: Story) -> None:
    card = await story.open()
    await story.press("erin", card, "Acknowledge")
    packet = story.town.delivery.last_packet
    assert packet is not None
    assert (await story.town.delivery.resend(packet)).ok
    await story.expect("erin", "✅", "acknowledged")
    await story.expect("erin", "Already done")
    await story.expect("engineering", "@Erin acknowledged ESC-1")
    await story.expect("mei", "@Erin 已接手 ESC-1")


async def test_an_event_that_slack_sends_again_takes_effect_once(story: Story) -> None:
    card = await story.open()
    await story.person("erin").react(card, "eyes")
    await story.expect("engineering", "@Erin acknowledged ESC-1")
    await story.expect("mei", "@Erin 已接手 ESC-1")
    sent = story.town.log.requests_of("reaction_added")[-1]
    answer = await story.town.delivery.raw(
        json.dumps(sent.payload).encode(),
        content_type="application/json",
        headers={"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"},
    )
    assert answer.ok


async def test_of_two_people_who_press_at_once_one_wins_and_the_other_is_told_who(story: Story) -> None:
    card = await story.open()
    people = [story.person("erin"), story.person("arjun")]
    for outcome in await asyncio.gather(*(person.press(card, "Acknowledge") for person in people)):
        answered(outcome)
    await story.expect("engineering", "acknowledged ESC-1")
    await story.expect("mei", "已接手 ESC-1")
    erin_won = "Owner @Erin" in story.person("lena").reads(await story.shows(card, "Owner @"))
    winner, loser = ("erin", "arjun") if erin_won else ("arjun", "erin")
    await story.expect(winner, "✅")
    await story.expect(loser, f"Already acknowledged by @{winner.title()}")


async def test_a_stale_button_is_refused_with_what_is_true_now_and_the_card_is_drawn_again(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    stale = card
    edits = len(story.town.log.calls_of("chat.update"))
    answered(await story.person("arjun").press(stale, "Acknowledge"))
    await story.expect("arjun", "Already acknowledged by @Erin")
    await story.town.until(lambda: len(story.town.log.calls_of("chat.update")) > edits)


async def test_what_two_people_do_that_does_not_conflict_both_takes_effect(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    await story.press("erin", card, "Update")
    await story.opened_view("erin")
    await story.fill("erin", {"finding": "A review rule held it"})
    assert (await story.person("mei").command("/escalate", "nudge 1", channel="support")).ok
    await story.expect("mei", "ESC-1")
    await story.expect("erin", "@Mei asks for news")
    await story.expect("engineering", "@Mei asks for news")
    await story.submit("erin")
    await story.expect("engineering", "@Erin posted an update")
    await story.expect("mei", "更新", "A review rule held it")
