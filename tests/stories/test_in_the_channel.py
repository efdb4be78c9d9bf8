"""What people do in the channel itself: 👀 on the card, words in its thread, shortcuts on a message."""

from bot.demo.story import answered
from tests.stories.telling import Story


async def test_eyes_on_the_card_acknowledge(story: Story) -> None:
    card = await story.open()
    await story.person("arjun").react(card, "eyes")
    await story.expect("engineering", "@Arjun acknowledged ESC-1")
    await story.expect("mei", "@Arjun 已接手 ESC-1")
    await story.shows(card, "Owner @Arjun")


async def test_eyes_of_somebody_who_may_not_and_other_reactions_do_nothing(story: Story) -> None:
    card = await story.open()
    story.town.admin.add_to_channel("engineering", "omar")
    await story.person("omar").react(card, "eyes")
    await story.person("erin").react(card, "thumbsup")
    await story.calm()
    await story.shows(card, "New")


async def test_the_owner_who_writes_in_the_thread_is_asked_alone_whether_it_counts(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    await story.person("erin").say("engineering", "The review rule held it; releasing now", thread=card)
    question = await story.expect("erin", "You wrote in the thread of ESC-1. Count it as an update?")
    await story.calm()
    await story.press("erin", question, "Yes, count it")
    await story.expect("erin", "✅")
    await story.expect("engineering", "@Erin posted an update on ESC-1", "The review rule held it; releasing now")
    await story.expect("mei", "@Erin", "更新", "The review rule held it")
    await story.shows(card, "Investigating", "The review rule held it")


async def test_the_words_of_others_in_the_thread_ask_nothing(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    await story.person("arjun").say("engineering", "I saw that last week", thread=card)
    await story.person("erin").say("engineering", "unrelated, in the channel")
    await story.calm()


async def test_a_message_is_escalated_and_another_becomes_evidence(story: Story) -> None:
    mei = story.person("mei")
    said = await mei.say("support", "商户说退款失败 re_1NxQ7fLkdIwHu7ix")
    answered(await mei.message_shortcut("escalate_message", said))
    view = await story.opened_view("mei")
    await story.stage.has_learnt_channel("support")
    assert "re_1NxQ7fLkdIwHu7ix" in str(view.values["evidence"])
    assert "slack.com/archives/" in str(view.values["evidence"])
    await story.fill("mei", {"severity": "SEV2", "title_local": "Refund failed", "need": "Check it"})
    await story.submit("mei")
    card = await story.expect("engineering", "ESC-1", "Refund failed")
    for place in ("mei", "support", "erin"):
        await story.expect(place, "ESC-1")
    await story.calm()

    more = await mei.say("support", "又一笔 re_2NxQ7fLkdIwHu7ix")
    answered(await mei.message_shortcut("add_evidence", more))
    await story.opened_view("mei")
    await story.fill("mei", {"number": "1"})
    await story.submit("mei")
    await story.expect("engineering", "@Mei added", "ESC-1")
    await story.expect("erin", "@Mei added", "ESC-1")
    await story.shows(card, "re_2NxQ7fLkdIwHu7ix")


async def test_a_near_miss_asks_and_yes_does_it(story: Story) -> None:
    card = await story.open()
    answered(await story.person("erin").command("/escalate", "akc ESC-1", channel="engineering"))
    asked = await story.expect("erin", "Did you mean")
    await story.press("erin", asked, "esc:did_you_mean")
    await story.expect("erin", "✅")
    await story.expect("engineering", "@Erin acknowledged ESC-1")
    await story.expect("mei", "已接手 ESC-1")
    await story.shows(card, "Owner @Erin")
