"""Slack's pace is kept, and the pager is called until it answers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web

from models.queries import outbox
from models.rules.change import Notice, NoticeKind, Place
from models.session import Store
from tests.builders import ENGINEERING, LENA, a_rulebook
from tests.outbox.office import Office, an_office
from tests.queries.looking import notices

CHANNEL = "C0ENGINEERI"


async def test_three_posts_to_a_channel_go_a_second_apart(lite: Office) -> None:
    paced = lite.paced()
    for _ in range(3):
        await lite.stage.opened()
    cards = [notice for notice in await paced.claim() if notice.kind == "card"]
    await asyncio.gather(*(paced.delivery.deliver(card) for card in cards))
    first, second, third = (float(message.ts) for message in lite.posts(CHANNEL))
    # Each is sent at its own second; a busy machine may hold one up on its way.
    assert second - first > 0.5
    assert third - first > 1.5


async def test_what_would_wait_too_long_is_put_back_and_holds_nobody_up(lite: Office) -> None:
    await lite.stage.opened()
    await lite.stage.write(outbox.block_lane, CHANNEL, seconds=40)
    await lite.paced().deliver("card")
    (row,) = await notices(lite.stage, kind="card")
    assert (row["state"], row["attempts"]) == ("pending", 0)
    assert (row["not_before"] - lite.stage.machine.now()).total_seconds() > 30
    assert lite.calls("chat.postMessage") == 0


class Webhook:
    """A pager that is out of order a few times."""

    def __init__(self) -> None:
        self.out_of_order = 0
        self.pages: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        if self.out_of_order:
            self.out_of_order -= 1
            return web.Response(status=500)
        self.pages.append((request.headers["Idempotency-Key"], await request.json()))
        return web.Response(status=202)


@pytest.fixture
async def webhook() -> AsyncIterator[Webhook]:
    hook, application = Webhook(), web.Application()
    application.router.add_post("/page", hook.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/page"
    yield hook
    await runner.cleanup()


@pytest.fixture
async def paging(store: Store, webhook: Webhook) -> AsyncIterator[Office]:
    async with an_office(store, rulebook=replace(a_rulebook(), pager_url=webhook.url)) as office:
        case = await office.stage.opened()
        await office.deliver_due()
        page = Notice(NoticeKind.LEAD_PAGED, Place.DIRECT, LENA, {"clock": "acknowledge", "percent": 120}, urgent=True)
        now = office.stage.machine.now()
        await office.stage.write(outbox.add_loose, [page], created_at=now, escalation_id=case.id)
        yield office


async def test_the_lead_is_paged_once_and_written_to(paging: Office, webhook: Webhook) -> None:
    await paging.deliver_due()
    ((key, body),) = webhook.pages
    assert (body["key"], body["team"]) == ("ESC-1", ENGINEERING)
    (row,) = await notices(paging.stage, kind="lead_paged")
    assert (row["state"], row["key"]) == ("sent", key)
    assert len(paging.direct(LENA)) == 1


async def test_a_pager_that_does_not_answer_is_called_again_with_the_same_key(paging: Office, webhook: Webhook) -> None:
    webhook.out_of_order = 2
    for _ in range(3):
        await paging.deliver_due()
        await paging.hurry()
    assert len(webhook.pages) == 1
    assert len(paging.direct(LENA)) == 1


async def test_a_pager_that_never_answers_does_not_keep_the_message_back(paging: Office, webhook: Webhook) -> None:
    webhook.out_of_order = 99
    for _ in range(7):
        await paging.deliver_due()
        await paging.hurry()
    assert webhook.pages == []
    assert len(paging.direct(LENA)) == 1
