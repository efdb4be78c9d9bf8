"""Waiting: for the requester, who answers; for others, until a date that passes."""

from datetime import timedelta

from tests.stories.telling import Story


async def test_need_info_acknowledges_asks_the_requester_and_the_answer_resumes(story: Story) -> None:
    card = await story.open()
    await story.press_and_fill("erin", card, "Need info", {"why": "Which bank account?"})
    question = await story.expect("mei", "@Erin", "ESC-1", "Which bank account?")
    await story.expect("engineering", "@Erin acknowledged ESC-1")
    await story.expect("engineering", "@Erin needs information for ESC-1: Which bank account?")
    await story.shows(card, "Waiting", "your move: @Mei", "[Resume] [Update]")
    await story.calm()

    await story.press_and_fill("mei", question, "esc:answer", {"text": "The one ending in 4242"})
    await story.expect("engineering", "@Mei answered on ESC-1", "The one ending in 4242")
    await story.expect("erin", "@Mei answered on ESC-1")
    await story.shows(card, "Investigating", "Owner @Erin")


async def test_a_reply_of_the_requester_in_the_thread_is_the_answer(story: Story) -> None:
    card = await story.open()
    await story.press_and_fill("erin", card, "Need info", {"why": "Which bank account?"})
    await story.expect("mei", "Which bank account?")
    await story.expect("engineering", "@Erin acknowledged ESC-1")
    await story.expect("engineering", "Which bank account?")
    await story.calm()
    story.town.admin.add_to_channel("engineering", "mei")
    await story.person("mei").say("engineering", "The one ending in 4242", thread=card)
    await story.expect("engineering", "@Mei answered on ESC-1", "The one ending in 4242")
    await story.expect("erin", "@Mei answered on ESC-1")
    await story.shows(card, "Investigating")


async def test_waiting_on_the_customer_pauses_the_clocks_until_the_date_which_asks_the_owner(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    until = story.stage.clock.now() + timedelta(hours=3)
    values = {"on": "customer", "why": "Their bank statement", "until": until}
    await story.press_and_fill("erin", card, "Wait", values)
    await story.expect("engineering", "@Erin put ESC-1 on hold", "Their bank statement")
    await story.expect("mei", "@Erin", "ESC-1", "Their bank statement")
    await story.shows(card, "Waiting", "waiting for: the customer", "SLA clocks are paused")

    story.stage.jump(minutes=179)
    await story.calm()
    story.stage.jump(minutes=2)
    await story.expect("erin", "The date that ESC-1 was waiting for has passed", "[Update] [Wait] [Resolve]")
    await story.expect("engineering", "The date that ESC-1 was waiting for has passed")
    await story.shows(card, "Investigating", "your move: @Erin", "Next update by")


async def test_a_date_in_the_past_is_refused_beside_its_field_and_nothing_typed_is_lost(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    await story.press("erin", card, "Wait")
    await story.opened_view("erin")
    past = story.stage.clock.now() - timedelta(hours=1)
    await story.fill("erin", {"on": "third_party", "why": "The bank", "until": past})
    refused = await story.person("erin").submit()
    assert refused.kind == "errors"
    assert list(refused.errors) == ["until"]
    view = await story.opened_view("erin")
    assert "The bank" in str(view.values)
    await story.fill("erin", {"until": story.stage.clock.now() + timedelta(hours=4)})
    await story.submit("erin")
    await story.expect("engineering", "@Erin put ESC-1 on hold", "The bank")
    await story.expect("mei", "The bank")


async def test_resume_ends_the_wait_before_its_date(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    until = story.stage.clock.now() + timedelta(hours=3)
    await story.press_and_fill("erin", card, "Wait", {"on": "third_party", "why": "The bank", "until": until})
    await story.expect("engineering", "@Erin put ESC-1 on hold", "The bank")
    await story.expect("mei", "@Erin", "The bank")
    await story.shows(card, "waiting for: a third party")
    await story.calm()
    await story.press("erin", card, "Resume")
    await story.expect("erin", "✅")
    await story.expect("engineering", "@Erin resumed work on ESC-1")
    await story.expect("mei", "@Erin", "ESC-1")
    await story.shows(card, "Investigating", "Next update by")
