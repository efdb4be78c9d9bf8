"""The bot as people run it: `python -m bot serve`, in both modes, ended by SIGTERM or by SIGKILL."""

from pathlib import Path

import pytest

from bot.demo.story import answered
from bot.sandbox import Fault
from bot.sandbox.people import Person
from bot.sandbox.records import Message
from bot.sandbox.view_store import View
from models.queries import outbox
from tests.stories.child import Host, hosting


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])
async def test_serve_walks_the_golden_path_and_drains_on_sigterm(
    database_url: str, tmp_path: Path, socket_mode: bool
) -> None:
    async with hosting(database_url, tmp_path) as host:
        child = await host.start(socket_mode=socket_mode)
        card = await mei_escalates(host)
        await opening_is_told(host)
        answered(await host.town.person("erin").press(card_now(host, card), "Acknowledge"))
        await host.ledger.expect("erin", "✅")
        await host.ledger.expect("engineering", "@Erin acknowledged ESC-1")
        await host.ledger.expect("mei", "@Erin 已接手 ESC-1")
        await host.ledger.shows(card, "[Update]")
        await by_modal(host, "erin", card, "Update", {"finding": "A review rule held it"})
        await host.ledger.expect("engineering", "@Erin posted an update")
        await host.ledger.expect("mei", "更新", "A review rule held it")
        await host.ledger.shows(card, "Investigating")
        await by_modal(host, "erin", card, "Resolve", {"outcome": "fixed", "cause": "Mended"})
        await host.ledger.expect("engineering", "@Erin resolved ESC-1")
        question = await host.ledger.expect("mei", "已解决")
        closing = {"customer_told": "yes", "docs": "gap", "docs_note": "待补"}
        await by_modal(host, "mei", question, "esc:confirm", closing)
        await host.ledger.expect("engineering", "@Mei confirmed the fix and closed ESC-1")
        await host.ledger.expect("erin", "@Mei confirmed the fix and closed ESC-1")
        await host.calm()
        assert await child.stop() == 0
        assert host.ledger.left() == []
        assert child.grave() == []
        assert [call.error for call in host.town.log.refused()] == []


@pytest.mark.parametrize("reset", [None, "before"], ids=["Slack has taken the post", "the post never arrived"])
async def test_killed_between_commit_and_post_exactly_one_card_stands(
    database_url: str, tmp_path: Path, reset: str | None
) -> None:
    async with hosting(database_url, tmp_path) as host:
        child = await host.start()
        fault = Fault(method="chat.postMessage", channel="C0ENGINEER1", hold=True)
        fault.reset = "before" if reset else None
        host.town.faults.plant(fault)
        view = await mei_fills_in(host)
        await host.town.until(lambda: fault.hits)
        await child.kill()
        assert "ESC-1" in host.town.person("mei").reads(view)
        fault.release()
        await host.town.until(lambda: [c for c in host.town.log.calls_of("chat.postMessage") if in_engineering(c)])

        # The lease of a process that died runs out by itself; nobody has to wait for it here.
        await host.store.write(outbox.release_leases)
        child = await host.start()
        await host.ledger.expect("engineering", "ESC-1", "[Acknowledge]")
        await opening_is_told(host)
        await host.calm()
        cards = [m for m in host.town.person("erin").sees("engineering") if not m.is_reply]
        assert len(cards) == 1
        assert host.ledger.left() == []
        assert child.grave() == []


async def mei_escalates(host: Host) -> Message:
    await mei_fills_in(host)
    await host.town.person("mei").close()
    return await host.ledger.expect("engineering", "ESC-1", "Payout not received", "[Acknowledge]")


async def mei_fills_in(host: Host) -> View:
    """The modal, filled in and submitted, as it is afterwards."""
    mei = host.town.person("mei")
    answered(await mei.command("/escalate", "提现未到账 po_1NxQ7fLkdIwHu7ix", channel="support"))
    view = await opened(host, mei)
    await host.has_learnt_channel("support")
    before = view.hash
    await mei.fill(view, {"title_local": "Payout not received", "need": "Release it", "severity": "SEV2"})
    await host.town.until(lambda: view.hash != before)
    assert (await mei.submit()).kind == "updated"
    return view


async def opening_is_told(host: Host) -> None:
    for place in ("mei", "erin"):
        await host.ledger.expect(place, "ESC-1")
    await host.ledger.expect("support", "ESC-1")


async def by_modal(host: Host, name: str, message: Message, button: str, values: dict[str, str]) -> None:
    person = host.town.person(name)
    answered(await person.press(card_now(host, message), button))
    await person.fill(await opened(host, person), values)
    outcome = await person.submit()
    assert outcome.kind == "updated", outcome.errors
    await person.close()


async def opened(host: Host, person: Person) -> View:
    view = await host.town.until(lambda: person.view)
    assert view is not None
    return view


def card_now(host: Host, message: Message) -> Message:
    return host.town.channels[message.channel].messages[message.ts].copy()


def in_engineering(call: object) -> bool:
    return getattr(call, "arguments", {}).get("channel") == "C0ENGINEER1"
