"""Slack took the post, and its answer never came: it is looked up before it is ever said again."""

from typing import Any

from bot.sandbox import Fault
from tests.stories.telling import Story

TROUBLE: dict[str, dict[str, Any]] = {
    "the connection is reset after Slack took it": {"reset": "after"},
    "the connection is reset before Slack took it": {"reset": "before"},
    "Slack answers 503": {"status": 503},
    "Slack answers fatal_error": {"error": "fatal_error"},
    "Slack says that it is too fast": {"retry_after_seconds": 1},
}


async def test_exactly_one_card_stands_whatever_became_of_the_answer(story: Story) -> None:
    story.forgive_refusal("chat.postMessage", "fatal_error")
    story.forgive_refusal("chat.postMessage", "ratelimited")
    stand = []
    for number, (trouble, how) in enumerate(TROUBLE.items(), start=1):
        fault = story.town.faults.plant(Fault(method="chat.postMessage", channel="C0ENGINEER1", **how))
        card = await story.open(text=f"提现未到账 po_{number}NxQ7fLkdIwHu7ix", number=number)
        assert fault.hits == 1, trouble
        stand.append(card.ts)
        await story.shows(card, "[Acknowledge]")
    assert [m.ts for m in story.person("erin").sees("engineering") if not m.is_reply] == stand
