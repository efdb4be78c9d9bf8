"""A company on the sandbox: the builders' people and channels, a delivery, and no courier unless a test starts
one. Nothing is paced, so that no test waits for a channel's second; what is about pace makes its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.outbox.delivery import Delivery
from bot.outbox.gate import Gate
from bot.outbox.pager import Pager
from bot.outbox.setbacks import Setbacks
from bot.outbox.slack import SlackCalls, open_slack_calls
from bot.sandbox import Fault, SandboxServer, Workspace
from bot.sandbox.records import Message
from models.queries import outbox
from models.queries.outbox import Claimed
from models.rules.rulebook import Rulebook
from models.session import Store
from tests.builders import a_rulebook, the_people, the_teams
from tests.queries.looking import notices, sql
from tests.queries.stage import Stage, a_stage

FALLBACK = "C0FALLBACK"
ORIGIN = "C0ORIGIN001"


@dataclass
class Office:
    """A stage, the Slack workspace beside it, and what carries notices from one to the other."""

    stage: Stage
    slack: Workspace
    delivery: Delivery

    async def claim(self, limit: int = 64) -> list[Claimed]:
        return await self.stage.store.write(lambda c: outbox.claim(c, lease_seconds=30, limit=limit))

    async def deliver_due(self) -> int:
        """Delivers what may go now, until nothing may; one after the other. Returns how many claims it took."""
        total = 0
        while claimed := await self.claim():
            total += len(claimed)
            for notice in claimed:
                await self.delivery.deliver(notice)
        return total

    async def deliver(self, kind: str) -> Claimed:
        """Claims all that may go, and delivers the one of that kind; the others keep their lease."""
        (notice,) = [each for each in await self.claim() if each.kind == kind]
        await self.delivery.deliver(notice)
        return notice

    async def hurry(self) -> None:
        """What was put off may go now."""
        await self.stage.store.write(sql("UPDATE notice SET not_before = NULL"))

    async def let_leases_run_out(self) -> None:
        await self.stage.store.write(
            sql("UPDATE notice SET leased_until = :then WHERE leased_until IS NOT NULL", then=self.long_ago)
        )

    @property
    def long_ago(self) -> Any:
        then = "2020-01-01 00:00:00.000000"
        return then if self.stage.store.dialect == "sqlite" else _parsed(then)

    def posts(self, channel: str) -> list[Message]:
        """What stands in a channel, the thread's replies included, oldest first."""
        standing = [m for m in self.slack.channels[channel].messages.values() if not m.deleted]
        return sorted(standing, key=lambda message: message.ts)

    def direct(self, user_id: str) -> list[Message]:
        """What stands in the bot's direct messages with somebody."""
        return self.posts(self.slack.app_dm(user_id).id)

    def plant(self, method: str, **how: Any) -> Fault:
        return self.slack.faults.plant(Fault(method=method, **how))

    def plant_undocumented(self, method: str, code: str, **how: Any) -> Fault:
        """An error that Slack's pages do not know, as often as it is met."""
        return self.slack.faults.plant(Fault(method=method, error=code, times=None, **how), undocumented=True)

    def calls(self, method: str) -> int:
        return len(self.slack.log.calls_of(method))

    async def states(self, **wanted: Any) -> list[str]:
        return [row["state"] for row in await notices(self.stage, **wanted)]

    def paced(self) -> "Office":
        """The same with Slack's pace."""
        return replace(self, delivery=replace(self.delivery, paced=True))


def _parsed(text: str) -> Any:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_workspace() -> Workspace:
    """The builders' people and their teams' channels."""
    workspace = Workspace()
    for person in the_people().values():
        workspace.add_person(person.name.lower(), id=person.user_id, real_name=person.name)
    names = [person.name.lower() for person in the_people().values()]
    for team in the_teams():
        workspace.add_channel(team.key, members=names, bot=True, channel_id=team.channel)
    workspace.add_channel("fallback", members=names, bot=True, channel_id=FALLBACK)
    workspace.add_channel("origin", members=names, bot=True, channel_id=ORIGIN)
    return workspace


@asynccontextmanager
async def an_office(store: Store, *, rulebook: Rulebook | None = None) -> AsyncIterator[Office]:
    """The company, its Slack, and a delivery between them."""
    stage = await a_stage(store, rulebook=rulebook or a_rulebook())
    workspace = a_workspace()
    async with (
        SandboxServer(workspace) as server,
        open_slack_calls(token=workspace.bot_token, api_url=server.api_url) as slack,
    ):
        yield Office(stage, workspace, a_delivery(stage, slack))


def a_delivery(stage: Stage, slack: SlackCalls, *, store: Store | None = None) -> Delivery:
    gate = Gate(stage.machine)
    kept = store or stage.store
    return Delivery(
        store=kept,
        books=stage.books,
        clock=stage.clock,
        machine=stage.machine,
        slack=slack,
        pager=Pager(),
        gate=gate,
        setbacks=Setbacks(kept, stage.machine, gate),
        paced=False,
    )
