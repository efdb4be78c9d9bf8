"""The ladder of a SEV2 that nobody accepts: each rung once, to the right people, with its reason."""

from tests.stories.telling import Story


async def test_an_escalation_that_nobody_accepts_climbs_the_whole_ladder(story: Story) -> None:
    card = await story.open()

    await minutes_pass(story, 15)
    await story.expect("erin", "⏰ ESC-1", "50%", "[Acknowledge] [Not mine] [Why me?] [In 2 hours]")
    await story.calm()

    await minutes_pass(story, 9)
    await story.expect("engineering", "⏰ On call @Erin (not accepted)", "80%", in_thread=True)
    await story.expect("engineering", "⏰ 🟠 SEV2", "80%", "On call @Erin (not accepted)")

    await minutes_pass(story, 6)
    await story.expect("engineering", "ESC-1 goes to the next on call: @Arjun", "@Evan (outside working hours)")
    await story.expect("engineering", "🔥 SLA breached: the time to acknowledge for ESC-1 ran out")
    await story.expect("arjun", "ESC-1", "is yours to accept")
    await story.expect("lena", "ESC-1: SLA breached")
    await story.shows(card, "🔥 SLA breached", "On call @Arjun (not accepted)")

    await minutes_pass(story, 6)
    await story.expect("lena", "🚨 ESC-1 needs you now")
    await minutes_pass(story, 60)

    await story.acknowledge("arjun", card)
    await story.shows(card, "🔥 SLA breached", "Owner @Arjun")
    await minutes_pass(story, 59)


async def test_not_mine_asks_the_next_at_once_and_in_2_hours_asks_again_and_tells_the_requester(story: Story) -> None:
    await story.open(severity="SEV3")
    call = story.person("erin").dms()[-1]
    await story.press("erin", call, "Not mine")
    await story.expect("erin", "✅")
    await story.expect("engineering", "ESC-1 goes to the next on call: @Arjun", "@Erin says that it is not theirs")
    second = await story.expect("arjun", "ESC-1", "is yours to accept")
    await story.calm()

    await story.press("arjun", second, "Why me?")
    await story.expect("arjun", "You are on the rotation of Engineering", "Asked before you: @Erin")
    await story.press("arjun", second, "In 2 hours")
    await story.expect("arjun", "✅")
    await story.expect("engineering", "@Arjun will look at ESC-1", "no clock has moved")
    await story.expect("mei", "@Arjun", "ESC-1")
    await story.calm()
    await minutes_pass(story, 120)
    await story.expect("arjun", "ESC-1")


async def test_a_nudge_reaches_whoever_holds_it_and_only_once_a_clock(story: Story) -> None:
    await story.open()
    mei = story.person("mei")
    assert (await mei.command("/escalate", "nudge 1", channel="support")).ok
    await story.expect("mei", "ESC-1")
    await story.expect("erin", "ESC-1", "@Mei asks for news")
    await story.expect("engineering", "@Mei asks for news of ESC-1")
    assert (await mei.command("/escalate", "催办 ESC-1", channel="support")).ok
    await story.expect("mei", "催办")


async def minutes_pass(story: Story, minutes: float) -> None:
    story.stage.jump(minutes=minutes)
    await story.calm()
