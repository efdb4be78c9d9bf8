"""The listeners at work: the real desk on SQLite, the real door, and people of the sandbox over real HTTP.

Timers do not tick here, and the courier runs so that cards stand: what is tested is what a person is
answered. The people and teams are those of the example configuration.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from prometheus_client import CollectorRegistry

from bot.app.assembly import Parts, assemble
from bot.app.bolt import make_bolt
from bot.app.identity import identify
from bot.app.rules import bring_in_force
from bot.clock import BusinessClock, MachineClock
from bot.outbox.slack import open_slack_calls
from bot.sandbox import Outcome, Person, SandboxServer, Workspace
from bot.sandbox.records import Message
from bot.sandbox.view_store import View
from bot.web.health import Readiness
from bot.web.site import SLACK_PATH, build_site, serve_site
from bot.web.slack import SlackDoor
from handlers import register
from handlers.afterwards import Afterwards
from handlers.services import Services
from handlers.tenants import Tenants
from models.session import Connection, StorageUnavailable, Store, open_store

T = TypeVar("T")

EXAMPLE = Path(__file__).parents[2] / "escalation.example.toml"
# A Tuesday, 10:00 in Singapore.
TUESDAY = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
EVENTS = {
    "app_home_opened",
    "reaction_added",
    "message.channels",
    "message.groups",
    "user_change",
    "channel_archive",
    "member_joined_channel",
    "subteam_updated",
    "dnd_updated_user",
}

PEOPLE = {
    "mei": ("U0MEI000001", "zh-CN"),
    "ting": ("U0TING00001", "zh-TW"),
    "erin": ("U0ERIN00001", "en-US"),
    "evan": ("U0EVAN00001", "en-US"),
    "arjun": ("U0ARJUN0001", "en-GB"),
    "priya": ("U0PRIYA0001", "en-US"),
    "omar": ("U0OMAR00001", "en-US"),
    "lena": ("U0LENA00001", "en-US"),
}


class Cable:
    """A store behind a cable that can be pulled: then it is a database that nobody reaches."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.dialect = store.dialect
        self.pulled = False

    async def write(self, work: Callable[[Connection], T]) -> T:
        self._check()
        return await self._store.write(work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        self._check()
        return await self._store.read(work)

    async def close(self) -> None:
        await self._store.close()

    def _check(self) -> None:
        if self.pulled:
            raise StorageUnavailable("the cable is pulled")


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace whose bot is running."""

    workspace: Workspace
    store: Cable
    parts: Parts
    services: Services
    clock: BusinessClock
    expected_errors: set[str] = field(default_factory=set)

    def person(self, name: str) -> Person:
        return self.workspace.person(name)

    async def settled(self) -> None:
        """Waits until nothing that follows an answer runs any more."""
        await self.services.afterwards.drain()

    async def opened(
        self, title: str = "Payout not received po_1NxLive00001", by: str = "mei", *, line: str = ""
    ) -> str:
        """Opens an escalation to Engineering; its key. `line` is the title in English, where it is not."""
        asker = self.person(by)
        await asker.command("/escalate", title, channel="support")
        view = await self.modal(asker)
        await asker.choose_in_view("team", "engineering")
        await self.settled()
        fields = {"need": "Release it or explain the hold", "title_local": line}
        await asker.fill(view, {name: value for name, value in fields.items() if value})
        outcome = await asker.submit()
        assert outcome.kind == "updated", outcome
        view = await self.modal(asker)
        await asker.close(everything=True)
        return view.title

    async def modal(self, person: Person) -> View:
        """The modal that a person has before them, once everything has settled."""
        await self.settled()
        assert person.view is not None, person.ephemerals
        return person.view

    async def told(self, person: Person) -> str:
        """The last thing that the person alone was told."""
        await self.settled()
        assert person.ephemerals, "nothing was said"
        return person.reads(person.ephemerals[-1])

    async def answer(self, person: Person, text: str) -> str:
        """Types a command, and reads what it answers."""
        outcome = await person.command("/escalate", text, channel="support")
        assert outcome.ok, outcome
        return await self.told(person)

    async def act(self, person: Person, key: str, name: str, **fields: object) -> Outcome:
        """Presses a button of the card, fills in the modal that it opens, and submits."""
        await self.press(person, key, name)
        view = await self.modal(person)
        await person.fill(view, fields)
        outcome = await person.submit()
        assert outcome.kind == "updated", (outcome.kind, outcome.errors)
        await person.close(everything=True)
        return outcome

    def submissions(self) -> list[dict[str, Any]]:
        """The submissions that the bot was sent."""
        return [request.payload for request in self.workspace.log.requests_of("view_submission")]

    async def standing_card(self, key: str, by: str = "mei") -> Message:
        """The card, once the bot knows that it stands: its requester has the link then."""
        card = await self.card(key)
        await self.workspace.until(lambda: [m for m in self.person(by).dms() if key in m.text])
        return card

    async def press(self, person: Person, key: str, name: str) -> None:
        """Presses a button of the card, as soon as the card shows it."""
        outcome = await person.press(await self.card(key, shows=f"esc:{name}"), f"esc:{name}")
        assert outcome.ok, outcome
        await self.settled()

    async def card(self, key: str, channel: str = "engineering", *, shows: str = "") -> Message:
        """The card of an escalation, as soon as it stands and shows what is wanted."""

        def standing() -> Message | None:
            found = [m for m in self.person("lena").sees(channel) if f"*{key}*" in str(m.blocks)]
            return found[0] if found and shows in str(found[0].blocks) else None

        return await self.workspace.until(standing)


def a_workspace() -> Workspace:
    """The example's people, in its channels; also a guest, and somebody of another company."""
    made = Workspace(events=EVENTS)
    for name, (user_id, locale) in PEOPLE.items():
        made.add_person(name, id=user_id, locale=locale, tz="Asia/Singapore")
    made.add_person("gus", is_restricted=True, tz="Europe/London")
    made.add_person("sue", is_stranger=True, team_id="T0OTHER0001")
    everybody = [*PEOPLE, "gus", "sue"]
    for name, channel_id in (
        ("engineering", "C0ENGINEER1"),
        ("product", "C0PRODUCT01"),
        ("operations", "C0OPERATN01"),
        ("support", "C0SUPPORT01"),
    ):
        made.add_channel(name, members=everybody, bot=True, channel_id=channel_id)
    made.add_channel("partners", members=everybody, bot=True, shared=True, channel_id="C0PARTNERS1")
    made.add_channel("random", members=everybody, channel_id="C0RANDOM001")
    made.add_group("specialists", ["mei", "ting"], group_id="S0SPECIAL01")
    made.add_group("engineers", ["erin", "evan", "arjun"], group_id="S0ENGINEER1")
    return made


@asynccontextmanager
async def open_office(database: Path) -> AsyncIterator[Office]:
    """Starts everything on a migrated SQLite file, and stops it."""
    workspace, machine = a_workspace(), MachineClock()
    clock = BusinessClock(machine, start_at=TUESDAY)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(SandboxServer(workspace))
        slack = await stack.enter_async_context(open_slack_calls(token=workspace.bot_token, api_url=server.api_url))
        store = Cable(open_store(f"sqlite:///{database}"))
        stack.push_async_callback(store.close)
        identity = await identify(slack, store, machine)
        await bring_in_force(store, identity.workspace_id, EXAMPLE, machine)
        parts = assemble(store=store, slack=slack, identity=identity, clock=clock, machine=machine)
        await parts.directory.refresh()
        await parts.directory.refresh_people()
        services = Services(
            desk=parts.desk,
            personal=parts.personal,
            slack=slack,
            directory=parts.news,
            tenants=Tenants(parts.desk),
            afterwards=Afterwards(),
            now=clock.now,
        )
        bolt = make_bolt(slack, identity, workspace.bot_token)
        register(bolt, services)
        door = SlackDoor(signing_secret=workspace.signing_secret, machine=machine, dispatch=bolt.async_dispatch)
        await _serve(stack, door, workspace)
        await _deliver(stack, parts)
        yield Office(workspace, store, parts, services, clock)
        await services.afterwards.drain()


async def _serve(stack: AsyncExitStack, door: SlackDoor, workspace: Workspace) -> None:
    site = build_site(readiness=Readiness(), registry=CollectorRegistry(), door=door)
    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve_site(site, host="127.0.0.1", port=0, stop=stop, on_listening=port.set_result))

    async def end() -> None:
        stop.set()
        await serving

    stack.push_async_callback(end)
    workspace.connect_http(f"http://127.0.0.1:{await port}{SLACK_PATH}")


async def _deliver(stack: AsyncExitStack, parts: Parts) -> None:
    running = asyncio.create_task(parts.courier.run())

    async def end() -> None:
        await parts.courier.stop()
        await running
        # What the last look had claimed is still on its way.
        await parts.courier.stop()

    stack.push_async_callback(end)
