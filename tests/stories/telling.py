"""The harness of the stories: a stage with a clock that stands still, and what people do on it, in short.

What a story does not expect fails it at the end (`Story.must_be_over`). The clock moves only where the story
moves it; waits are for conditions.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.clock import BusinessClock
from bot.demo.stage import EXAMPLE, Stage, set_stage
from bot.demo.story import answered
from bot.demo.town import TUESDAY_MORNING
from bot.sandbox import Workspace
from bot.sandbox.people import Outcome, Person
from bot.sandbox.records import Message
from bot.sandbox.view_store import View
from bot.settings import spell_database_url
from models.migrations import migrate

PAYOUT, ACCOUNT = "po_1NxQ7fLkdIwHu7ix", "acct_1AbQ2eZvKYlo2C9p"
ASK: Mapping[str, str] = {
    "severity": "SEV2",
    "team": "engineering",
    "title_local": "Payout not received",
    "need": "Release it, or explain the hold",
}

# What a person waits for; an event that comes late comes again, and nobody notices.
WAITED_FOR = frozenset(
    {"command", "block_actions", "block_suggestion", "view_submission", "shortcut", "message_action"}
)


class Story:
    """One scenario. Its people are those of the demo's town."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.town: Workspace = stage.town
        self.expect = stage.ledger.expect
        self.shows = stage.ledger.shows
        self.calm = stage.calm
        self._refusals: list[tuple[str, str]] = []
        self._errors: list[str] = []

    def person(self, name: str) -> Person:
        return self.town.person(name)

    # What people do

    async def opened_view(self, name: str) -> View:
        """The modal that opens for somebody."""
        person = self.person(name)
        view = await self.town.until(lambda: person.view)
        assert view is not None
        return view

    async def begin(self, name: str, text: str, *, channel: str = "support") -> View:
        """Type `/escalate TEXT` and get the modal."""
        answered(await self.person(name).command("/escalate", text, channel=channel))
        view = await self.opened_view(name)
        await self.stage.has_learnt_channel(channel)
        return view

    async def fill(self, name: str, values: Mapping[str, Any]) -> None:
        """Fill in fields of the open modal; wait where one makes the modal look again."""
        person = self.person(name)
        for field, value in values.items():
            view = await self.opened_view(name)
            before, asked = view.hash, len(self.town.log.requests_of("block_actions"))
            await person.fill(view, {field: value})
            if len(self.town.log.requests_of("block_actions")) > asked:
                await self._redrawn(view, before)

    async def _redrawn(self, view: View, before: str) -> None:
        await self.town.until(lambda: view.hash != before)

    async def submit(self, name: str) -> str:
        """Submit the open modal, which must be taken; press Done. Returns what it said in its place."""
        person = self.person(name)
        outcome = await person.submit()
        assert outcome.kind == "updated", (outcome.kind, outcome.errors, outcome.why)
        assert outcome.view is not None
        said = person.reads(outcome.view)
        await person.close()
        return said

    async def press(self, name: str, message: Message, button: str) -> Outcome:
        """Press a button on a message as it stands now. The bot must answer."""
        outcome = await self.person(name).press(self.now(message), button)
        answered(outcome)
        return outcome

    async def press_and_fill(self, name: str, message: Message, button: str, values: Mapping[str, Any]) -> str:
        """Press a button that opens a modal, fill it in, submit it."""
        await self.press(name, message, button)
        await self.opened_view(name)
        await self.fill(name, values)
        return await self.submit(name)

    def now(self, message: Message) -> Message:
        """The message as it stands now; ephemerals do not change."""
        if message.is_ephemeral:
            return message
        return self.town.channels[message.channel].messages[message.ts].copy()

    # What many stories begin with

    async def open(
        self,
        name: str = "mei",
        text: str = f"提现未到账 {PAYOUT} {ACCOUNT}",
        *,
        number: int = 1,
        on_call: str | None = "erin",
        **values: str,
    ) -> Message:
        """Somebody opens ESC-`number` in #support; all that follows is expected. Returns the card."""
        view = await self.begin(name, text)
        asked = {**ASK, **values}
        there = {block["block_id"] for block in view.blocks}
        await self.fill(name, {field: value for field, value in asked.items() if field != "title_local"})
        if "title_local" in there:
            await self.fill(name, {"title_local": asked["title_local"]})
        key = f"ESC-{number}"
        assert key in await self.submit(name)
        card = await self.expect(asked["team"], key)
        await self.expect(name, key)
        await self.expect("support", key)
        if on_call is not None:
            await self.expect(on_call, key)
        await self.calm()
        return card

    async def acknowledge(self, name: str, card: Message, *, asker: str = "mei") -> None:
        """Somebody presses Acknowledge on the card."""
        await self.press(name, card, "esc:acknowledge")
        await self.expect(name, "✅")
        await self.expect(self.town.channels[card.channel].name, "acknowledged")
        await self.expect(asker, "接手")
        await self.calm()

    # What a story is about

    def forgive_refusal(self, method: str, code: str) -> None:
        """Slack is to refuse this method with this error, as often as it likes."""
        self._refusals.append((method, code))

    def forgive_error(self, event: str) -> None:
        """The log is to tell of this error."""
        self._errors.append(event)

    async def must_be_over(self) -> None:
        """Nothing is left to be said, and nothing was said that nobody expected."""
        await self.calm()
        self.must_have_been_clean()

    def must_have_been_clean(self) -> None:
        log = self.town.log
        unexpected = "\n".join(self.stage.ledger.left())
        assert not unexpected, f"nobody expected:\n{unexpected}"
        grave = [line for line in self.stage.log.grave if not any(f'"{event}"' in line for event in self._errors)]
        assert not grave, "in the log:\n" + "\n".join(grave)
        refused = [(call.method, str(call.error)) for call in log.refused()]
        assert not [one for one in refused if one not in self._refusals], refused
        assert not log.mistakes
        late = [(request.kind, request.latency_seconds) for request in log.slow() if request.kind in WAITED_FOR]
        assert not late


@asynccontextmanager
async def telling(
    database_url: str, folder: Path, *, socket_mode: bool = False, config: Path = EXAMPLE, paced: bool = False
) -> AsyncIterator[Story]:
    """A story on a stage of its own; its end is checked, unless it broke before. `paced`: at Slack's own pace."""
    await migrate(spell_database_url(database_url))
    clock = BusinessClock(start_at=TUESDAY_MORNING)
    clock.pause()
    async with set_stage(
        clock=clock, folder=folder, database_url=database_url, config=config, socket_mode=socket_mode, paced=paced
    ) as stage:
        story = Story(stage)
        yield story
        await story.must_be_over()
