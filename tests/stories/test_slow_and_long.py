"""Triggers that ran out, and texts that are too long: a clear answer, and nothing that was typed is lost."""

from bot.demo.story import answered
from bot.sandbox import Fault
from tests.stories.telling import Story


async def test_an_expired_trigger_is_explained_and_gives_the_typed_text_back(story: Story) -> None:
    story.town.faults.plant(Fault(method="views.open", error="expired_trigger_id"))
    story.forgive_refusal("views.open", "expired_trigger_id")
    mei = story.person("mei")
    answered(await mei.command("/escalate", "提现未到账 po_1NxQ7fLkdIwHu7ix", channel="support"))
    await story.expect("mei", "提现未到账 po_1NxQ7fLkdIwHu7ix", "请再试一次")
    assert mei.view is None


async def test_a_text_of_50_000_characters_is_answered_and_nothing_is_lost_in_silence(story: Story) -> None:
    mei = story.person("mei")
    answered(await mei.command("/escalate", "提现未到账" * 10_000, channel="support"))
    view = await story.opened_view("mei")
    assert len(str(view.values["title"])) < 1_000
    given_back = 0
    while given_back < 10_000:
        given_back += str((await story.expect("mei", "账")).blocks).count("账")
    assert given_back == 10_000


async def test_a_title_beyond_the_limit_is_refused_before_it_is_sent(story: Story) -> None:
    await story.begin("mei", "提现未到账")
    view = await story.opened_view("mei")
    await story.person("mei").fill(view, {"need": "x" * 10_000})
    assert (await story.person("mei").submit()).kind == "refused"


async def test_an_empty_command_opens_an_empty_form(story: Story) -> None:
    answered(await story.person("mei").command("/escalate", "", channel="support"))
    view = await story.opened_view("mei")
    assert not view.values["title"]["esc:redraw_title"]["value"]


async def test_slack_that_answers_slowly_does_not_make_the_bot_answer_late(story: Story) -> None:
    story.town.faults.plant(Fault(method="views.open", delay_seconds=2.0))
    outcome = await story.person("mei").command("/escalate", "提现未到账 po_1NxQ7fLkdIwHu7ix", channel="support")
    assert outcome.answer.latency_seconds < 1.0
    await story.opened_view("mei")
