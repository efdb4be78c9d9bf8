"""A post whose answer never came is looked up before it is sent again, however often that happens."""

import asyncio

from structlog.testing import capture_logs

from bot.outbox.courier import Courier
from bot.outbox.slack import open_slack_calls
from bot.settings.database_url import spell_database_url
from models.queries import outbox, posts
from models.rules.acts import Act
from models.rules.change import Notice, NoticeKind, Place
from models.session import Store, open_store
from tests.builders import ARJUN, ENGINEERING, ERIN, MEI
from tests.outbox.office import FALLBACK, ORIGIN, Office, a_delivery, an_office
from tests.postgres import PostgresServer
from tests.queries.looking import notices
from tests.queries.stage import a_store
from tests.rules.playing import open_form

CHANNEL = "C0ENGINEERI"
SOON = 20.0


async def test_a_post_that_slack_took_before_the_connection_broke_stands_once(office: Office) -> None:
    case = await office.stage.opened()
    office.plant("chat.postMessage", channel=CHANNEL, reset="after")
    await office.deliver_due()
    assert await office.states(kind="card") == ["ambiguous"]
    await office.hurry()
    await office.deliver_due()
    assert len(office.posts(CHANNEL)) == 1
    assert set(await office.states()) == {"sent"}
    post = await office.stage.read(posts.find, case.id, f"card:{ENGINEERING}")
    assert post.ts == office.posts(CHANNEL)[0].ts


async def test_a_post_that_slack_never_took_is_sent_again(lite: Office) -> None:
    await lite.stage.opened()
    lite.plant("chat.postMessage", channel=CHANNEL, reset="before")
    await lite.deliver_due()
    await lite.hurry()
    await lite.deliver_due()
    assert len(lite.posts(CHANNEL)) == 1
    assert set(await lite.states()) == {"sent"}


async def test_direct_messages_and_threads_are_looked_up_too(lite: Office) -> None:
    case = await lite.stage.opened()
    lite.plant("chat.postMessage", when=lambda given: given["channel"].startswith("D"), reset="after", times=2)
    await lite.deliver_due()
    await lite.hurry()
    await lite.deliver_due()
    assert len(lite.direct(ERIN)) == len(lite.direct(MEI)) == 1
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    lite.plant("chat.postMessage", when=lambda given: "thread_ts" in given, reset="after")
    await lite.deliver_due()
    await lite.hurry()
    await lite.deliver_due()
    assert len([m for m in lite.posts(CHANNEL) if m.is_reply]) == 1


async def test_a_process_that_died_between_the_post_and_the_mark_posts_once(office: Office) -> None:
    case = await office.stage.opened()
    (card,) = [notice for notice in await office.claim() if notice.kind == "card"]
    # It posted, and was killed: the lease runs out, nothing was marked.
    await office.stage.store.write(lambda c: outbox.remember_channel(c, card, CHANNEL))
    await office.delivery.slack.call(
        "chat.postMessage",
        channel=CHANNEL,
        text="The card of a process that died",
        metadata={"event_type": "escalation_notice", "event_payload": {"key": card.key}},
    )
    await office.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    await office.let_leases_run_out()
    await office.deliver_due()
    cards = [m for m in office.posts(CHANNEL) if not m.is_reply]
    assert len(cards) == 1
    # What it showed nobody knows: it was drawn again.
    assert "Erin" in str(cards[0].blocks) or ERIN in str(cards[0].blocks)
    assert cards[0].text != "The card of a process that died"


async def test_what_may_stand_already_is_looked_up_even_after_it_was_put_back_for_the_pace(lite: Office) -> None:
    await lite.stage.opened()
    lite.plant("chat.postMessage", channel=CHANNEL, reset="after")
    await lite.deliver_due()
    await lite.hurry()
    await lite.stage.write(outbox.block_lane, CHANNEL, seconds=60)
    lite.plant("conversations.history", error="internal_error")
    await lite.deliver_due()  # the look-up fails: still not known
    assert await lite.states(kind="card") == ["ambiguous"]
    await lite.hurry()
    await lite.deliver_due()
    assert len(lite.posts(CHANNEL)) == 1
    assert await lite.states(kind="card") == ["sent"]


async def test_an_ambiguous_post_in_the_fallback_channel_is_found_there(lite: Office) -> None:
    case = await lite.stage.opened()
    lite.slack.admin.archive("engineering")
    lite.plant("chat.postMessage", channel=FALLBACK, reset="after")
    await lite.deliver_due()
    await lite.hurry()
    await lite.deliver_due()
    assert len(lite.posts(FALLBACK)) == 1
    post = await lite.stage.read(posts.find, case.id, f"card:{ENGINEERING}")
    assert (post.channel, post.ts) == (FALLBACK, lite.posts(FALLBACK)[0].ts)


async def test_a_summed_up_message_that_may_stand_is_said_once_for_all_it_summed_up(lite: Office) -> None:
    cases = [await lite.stage.opened() for _ in range(3)]
    await lite.deliver_due()

    async def catch_up(case_id: int) -> None:
        told = Notice(NoticeKind.CATCH_UP, Place.CHANNEL, ENGINEERING, {"clock": "acknowledge"})
        await lite.stage.write(outbox.add_loose, [told], created_at=lite.stage.machine.now(), escalation_id=case_id)

    await catch_up(cases[0].id)
    await catch_up(cases[1].id)
    lite.plant("chat.postMessage", channel=CHANNEL, reset="after")
    await lite.deliver_due()
    await catch_up(cases[2].id)  # became due since: it was not in what may have been said
    for _ in range(3):
        await lite.hurry()
        await lite.deliver_due()
    summed_up = [m.text for m in lite.posts(CHANNEL) if "became due" in m.text]
    assert [sum(f"ESC-{case.number}" in text for text in summed_up) for case in cases] == [1, 1, 1]
    assert await lite.states(kind="catch_up") == ["sent"] * 3


async def test_a_mark_needs_the_lease(office: Office) -> None:
    await office.stage.opened()
    (card,) = [notice for notice in await office.claim() if notice.kind == "card"]
    await office.let_leases_run_out()
    (again,) = [notice for notice in await office.claim() if notice.kind == "card"]
    assert again.was_sending
    write = office.stage.store.write
    assert not await write(lambda c: outbox.mark_sent(c, card))
    assert not await write(lambda c: outbox.put_back(c, card, seconds=1, why="late"))
    assert not await write(lambda c: outbox.remember_channel(c, card, CHANNEL))
    assert await write(lambda c: outbox.mark_sent(c, again))


async def test_whoever_slept_through_the_lease_posts_nothing(lite: Office) -> None:
    await lite.stage.opened()
    (card,) = [notice for notice in await lite.claim() if notice.kind == "card"]
    await lite.let_leases_run_out()
    await lite.claim()
    await lite.delivery.deliver(card)
    assert lite.posts(CHANNEL) == []


async def test_a_courier_says_everything_and_survives_a_mistake_of_ours(lite: Office) -> None:
    courier = Courier(store=lite.stage.store, delivery=lite.delivery)
    await lite.stage.opened()
    unknown = Notice(NoticeKind.DIGEST, Place.DIRECT, ARJUN, {"for": "lead"})  # names no team: it cannot be drawn
    await lite.stage.write(outbox.add_loose, [unknown], created_at=lite.stage.machine.now())
    running = asyncio.create_task(courier.run())
    with capture_logs() as logs:
        async with asyncio.timeout(SOON):
            await lite.slack.until(lambda: lite.posts(CHANNEL) and lite.direct(ERIN) and lite.direct(MEI))
            while "delivery_failed" not in [line["event"] for line in logs]:
                await asyncio.sleep(0.01)
        await courier.stop()
    await running
    (failed,) = await notices(lite.stage, kind="digest")
    assert failed["state"] == "ambiguous"
    assert failed["not_before"] is not None


async def test_a_notice_that_we_cannot_draw_is_given_up_in_the_end_and_said_to_the_lead(lite: Office) -> None:
    await lite.stage.opened()
    (card,) = [notice for notice in await lite.claim() if notice.kind == "card"]
    for _ in range(4):
        await lite.delivery.stumble(card)
        await lite.hurry()
        (card,) = [notice for notice in await lite.claim() if notice.kind == "card"]
    assert card.attempts == 5
    await lite.delivery.stumble(card)
    assert await lite.states(kind="card") == ["failed"]
    assert len(await notices(lite.stage, kind="undeliverable")) == 1


async def test_a_stopped_courier_leaves_what_it_had_in_hand_to_the_next(lite: Office) -> None:
    await lite.stage.opened()
    held = lite.plant("chat.postMessage", channel=CHANNEL, hold=True)
    first = Courier(store=lite.stage.store, delivery=lite.delivery)
    running = asyncio.create_task(first.run())
    async with asyncio.timeout(SOON):
        await lite.slack.until(lambda: held.hits)
        await first.stop(grace_seconds=0.05)
        await running
    held.release()
    second = Courier(store=lite.stage.store, delivery=lite.delivery)  # on SQLite it frees what a dead one held
    running = asyncio.create_task(second.run())
    async with asyncio.timeout(SOON):
        await lite.slack.until(lambda: lite.posts(CHANNEL))
        await lite.slack.until(lambda: lite.direct(MEI))
    await second.stop()
    await running
    assert len(lite.posts(CHANNEL)) == 1


# Two replicas on one PostgreSQL.


async def test_two_couriers_say_everything_once(postgres_server: PostgresServer) -> None:
    url = postgres_server.url(postgres_server.create_database())
    async with a_store(url) as store, an_office(store) as office:
        other = open_store(spell_database_url(url))
        async with open_slack_calls(
            token=office.slack.bot_token, api_url=f"{office.slack.base_url}/api/"
        ) as second_slack:
            couriers = [
                Courier(store=store, delivery=office.delivery),
                Courier(store=other, delivery=a_delivery(office.stage, second_slack, store=other)),
            ]
            running = [asyncio.create_task(courier.run()) for courier in couriers]
            for _ in range(20):
                await office.stage.opened(open_form(origin_channel=ORIGIN))
                for courier in couriers:
                    courier.wake()
            async with asyncio.timeout(60):
                while set(await office.states()) != {"sent"}:
                    await asyncio.sleep(0.05)
            await asyncio.gather(*(courier.stop() for courier in couriers))
            await asyncio.gather(*running)
        assert len(office.posts(CHANNEL)) == len(office.posts(ORIGIN)) == 20
        assert len(office.direct(MEI)) == len(office.direct(ERIN)) == 20
        await other.close()


async def test_no_two_claim_the_same(postgres_server: PostgresServer) -> None:
    url = postgres_server.url(postgres_server.create_database())
    async with a_store(url) as store, an_office(store) as office:
        for _ in range(25):
            await office.stage.opened()
        stores: list[Store] = [open_store(spell_database_url(url)) for _ in range(4)]

        async def claim_all(mine: Store) -> list[int]:
            found: list[int] = []
            while claimed := await mine.write(lambda c: outbox.claim(c, lease_seconds=30, limit=7)):
                found += [notice.id for notice in claimed]
            return found

        hands = await asyncio.gather(*(claim_all(each) for each in stores))
        taken = [notice_id for hand in hands for notice_id in hand]
        assert len(taken) == len(set(taken)) == 75
        for each in stores:
            await each.close()
