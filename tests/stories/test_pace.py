"""A Slack that takes one post a second in a channel: nothing is lost, and nothing is said twice."""

from pathlib import Path

from tests.stories.telling import telling


async def test_a_busy_channel_takes_its_time_and_every_message_arrives_once(database_url: str, tmp_path: Path) -> None:
    async with telling(database_url, tmp_path, paced=True) as story:
        story.town.faults.one_message_a_second = True
        story.forgive_refusal("chat.postMessage", "ratelimited")
        people = ("mei", "ting", "mei")
        for number, name in enumerate(people, start=1):
            await story.begin(name, f"提现未到账 po_{number}NxQ7fLkdIwHu7ix")
            await story.fill(name, {"severity": "SEV2", "title_local": "Payout not received", "need": "Release it"})
            await story.submit(name)
        for number, name in enumerate(people, start=1):
            for place in ("engineering", name, "support", "erin"):
                await story.expect(place, f"ESC-{number}", timeout=30.0)
        posts = story.town.log.calls_of("chat.postMessage")
        # A second between two posts is measured at the other end: one that was a moment early may be refused.
        assert len([call for call in posts if call.status == 429]) <= len(posts) // 4
