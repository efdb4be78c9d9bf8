"""Two `serve` processes on one PostgreSQL: 200 reminders are due, and 200 are posted."""

import asyncio
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app.assembly import assemble
from bot.app.identity import identify
from bot.app.rules import bring_in_force
from bot.clock import BusinessClock, MachineClock
from bot.desk import Asker, Desk, Done
from bot.outbox.slack import open_slack_calls
from models.rules.acts import Act
from models.rules.masking import mask
from models.rules.moves.forms import Details, NoForm, OpenForm
from models.rules.severity import Severity
from models.session import Connection
from tests.postgres import PostgresServer
from tests.stories.child import Host, hosting

REMINDERS, AT_ONCE = 200, 8
# The reminder of the update clock comes after one of its two hours.
AGO = timedelta(minutes=61)


@pytest.mark.timeout(240)
async def test_200_due_reminders_are_said_200_times(postgres_server: PostgresServer, tmp_path: Path) -> None:
    name = postgres_server.create_database()
    async with hosting(postgres_server.url(name), tmp_path) as host:
        owners = [host.town.add_person(f"engineer{number}").id for number in range(REMINDERS)]
        host.town.group("engineers").users.extend(owners)
        await everybody_owns_one(host, owners)
        first, second = await host.start(), await host.start()
        host.connect(first, second)
        await host.town.until(lambda: len(reminders(host)) >= REMINDERS, timeout=180.0)
        for child in (first, second):
            assert await child.stop() == 0
            assert child.grave() == []
            assert [line for line in child.lines() if json.loads(line).get("kind") == "reminder"]
        said = Counter(reminders(host))
        assert len(said) == REMINDERS
        assert set(said.values()) == {1}
    postgres_server.drop_database(name)


async def everybody_owns_one(host: Host, owners: list[str]) -> None:
    """An escalation for each, opened and acknowledged an hour ago; what was said of it then is long said."""
    machine = MachineClock()
    clock = BusinessClock(start_at=machine.now() - AGO)
    async with open_slack_calls(token=host.town.bot_token, api_url=host.server.api_url) as slack:
        identity = await identify(slack, host.store, machine)
        config = Path(host.environment["ESCALATION_CONFIG"])
        await bring_in_force(host.store, identity.workspace_id, config, machine)
        parts = assemble(store=host.store, slack=slack, identity=identity, clock=clock, machine=machine)
        await parts.directory.refresh()
        mei = Asker(identity.workspace_id, host.town.user("mei").id)
        for start in range(0, len(owners), AT_ONCE):
            askers = [Asker(identity.workspace_id, owner) for owner in owners[start : start + AT_ONCE]]
            await asyncio.gather(*(owned_by(parts.desk, mei, owner) for owner in askers))
    await host.store.write(all_was_said)


async def owned_by(desk: Desk, asker: Asker, owner: Asker) -> None:
    details = Details(title=mask("Payout not received").text, need=mask("Release it").text)
    opened = await desk.perform(Act.OPEN, OpenForm(details, Severity.SEV2, "engineering"), who=asker)
    assert isinstance(opened, Done)
    taken = await desk.perform(Act.ACKNOWLEDGE, NoForm(), who=owner, number=opened.case.number)
    assert isinstance(taken, Done)


def all_was_said(connection: Connection) -> None:
    """What an hour ago had to say was said, and every card stands and shows more than will ever be known: only the
    reminders are left to be told."""
    connection.execute(text("DELETE FROM notice"))
    connection.execute(
        text(
            "INSERT INTO post (workspace_id, escalation_id, place, channel, ts, version, posted_at)"
            " SELECT workspace_id, id, 'card:engineering', 'C0ENGINEER1', id || '.000001', 1000000, now()"
            " FROM escalation"
        )
    )


def reminders(host: Host) -> list[str]:
    """To whom a reminder was said, once for each time."""
    direct = {channel.id: channel.user_id for channel in host.town.channels.values() if channel.is_im}
    return [str(direct[m.channel]) for m in host.town.messages() if m.channel in direct and "⏰" in m.text]
