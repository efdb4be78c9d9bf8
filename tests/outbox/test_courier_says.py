"""What a notice becomes in Slack, and where it goes when its place is gone."""

from models.queries import outbox, posts
from models.rules.acts import Act
from models.rules.change import Notice, NoticeKind, Place
from models.rules.moves.forms import RerouteForm, UpdateForm
from models.rules.severity import Severity
from tests.builders import ARJUN, ENGINEERING, ERIN, LENA, MEI, PRODUCT
from tests.outbox.office import FALLBACK, ORIGIN, Office
from tests.queries.looking import notices
from tests.rules.playing import open_form, said

CHANNEL = "C0ENGINEERI"


async def test_an_opening_becomes_a_card_a_summons_a_link_and_a_pointer(office: Office) -> None:
    case = await office.stage.opened(open_form(origin_channel=ORIGIN))
    await office.deliver_due()
    (card,) = office.posts(CHANNEL)
    assert "Payout not received" in str(card.blocks)
    assert f"ESC-{case.number}" in str(card.blocks)
    assert len(office.direct(ERIN)) == len(office.direct(MEI)) == len(office.posts(ORIGIN)) == 1
    assert set(await office.states()) == {"sent"}
    post = await office.stage.read(posts.find, case.id, f"card:{ENGINEERING}")
    assert post == posts.Post(CHANNEL, card.ts, case.version, post.link)
    assert post.link
    assert post.link in str(office.direct(MEI)[0].blocks)


async def test_what_belongs_to_a_card_waits_for_it(lite: Office) -> None:
    await lite.stage.opened(open_form(origin_channel=ORIGIN))
    claimed = {notice.kind: notice for notice in await lite.claim()}
    await lite.delivery.deliver(claimed["opened_link"])
    await lite.delivery.deliver(claimed["pointer"])
    assert lite.direct(MEI) == lite.posts(ORIGIN) == []
    assert [row["attempts"] for row in await notices(lite.stage, error=outbox.WAITS_FOR_CARD)] == [0, 0]
    await lite.delivery.deliver(claimed["card"])
    await lite.deliver_due()
    assert len(lite.direct(MEI)) == len(lite.posts(ORIGIN)) == 1


async def test_ten_changes_are_one_edit_of_the_card(lite: Office) -> None:
    case = await lite.stage.opened()
    await lite.deliver_due()
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    for line in range(9):
        await lite.stage.done(Act.UPDATE, UpdateForm(said(f"Line {line}")), actor=ERIN, number=case.number)
    assert len(await notices(lite.stage, kind="card", state="pending")) == 1
    await lite.deliver_due()
    assert lite.calls("chat.update") == 1
    (card, *thread) = lite.posts(CHANNEL)
    assert "Line 8" in str(card.blocks)
    assert {reply.thread_ts for reply in thread} == {card.ts}
    assert len(thread) == 10


async def test_a_change_while_the_card_is_being_sent_becomes_an_edit_of_its_own(lite: Office) -> None:
    case = await lite.stage.opened()
    (card,) = [notice for notice in await lite.claim() if notice.kind == "card"]
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    await lite.delivery.deliver(card)
    assert await lite.states(kind="card") == ["sent", "pending"]
    await lite.deliver_due()
    # It was drawn with the newest facts, so that there was nothing left to edit.
    assert await lite.states(kind="card") == ["sent", "dropped"]
    assert lite.calls("chat.update") == 0


async def test_an_edit_put_back_while_a_newer_one_is_pending_is_one(lite: Office) -> None:
    case = await lite.stage.opened()
    await lite.deliver_due()
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    (card,) = [notice for notice in await lite.claim() if notice.kind == "card"]
    await lite.stage.done(Act.UPDATE, actor=ERIN, number=case.number)
    lite.plant("chat.update", error="internal_error")
    await lite.delivery.deliver(card)
    assert await lite.states(kind="card") == ["sent", "dropped", "pending"]
    await lite.deliver_due()
    assert await lite.states(kind="card") == ["sent", "dropped", "sent"]


async def test_an_edit_put_back_and_a_later_change_never_collide(office: Office) -> None:
    case = await office.stage.opened()
    await office.deliver_due()
    await office.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    (card,) = [notice for notice in await office.claim() if notice.kind == "card"]
    office.plant("chat.update", error="internal_error")
    await office.delivery.deliver(card)
    for _ in range(3):
        await office.stage.done(Act.UPDATE, actor=ERIN, number=case.number)
    await office.hurry()
    await office.let_leases_run_out()
    await office.deliver_due()
    assert set(await office.states(kind="card")) <= {"sent", "dropped"}
    assert "Found it" in str(office.posts(CHANNEL)[0].blocks)


async def test_what_is_no_longer_true_is_dropped(lite: Office) -> None:
    case = await lite.stage.opened()
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ARJUN, number=case.number)
    await lite.deliver_due()
    assert await lite.states(kind="on_call") == ["dropped"]
    assert lite.direct(ERIN) == []


async def test_an_archived_channel_sends_its_card_to_the_fallback_and_the_lead_hears_once(lite: Office) -> None:
    lite.slack.admin.archive("engineering")
    first, second = await lite.stage.opened(), await lite.stage.opened()
    await lite.deliver_due()
    assert len(lite.posts(FALLBACK)) == 2
    assert len(lite.direct(LENA)) == 1
    assert "archived" in str(lite.direct(LENA)[0].blocks)
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=first.number)
    await lite.deliver_due()
    assert [m.thread_ts for m in lite.posts(FALLBACK) if m.is_reply] == [lite.posts(FALLBACK)[0].ts]
    assert second.number != first.number


async def test_a_channel_archived_later_moves_the_card_and_its_thread(lite: Office) -> None:
    case = await lite.stage.opened()
    await lite.deliver_due()
    lite.slack.admin.archive("engineering")
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    for _ in range(4):
        await lite.deliver_due()
        await lite.hurry()
    card, *replies = lite.posts(FALLBACK)
    assert "Erin" in str(card.blocks) or ERIN in str(card.blocks)
    assert [reply.thread_ts for reply in replies] == [card.ts]
    assert len(lite.direct(LENA)) == 1


async def test_where_no_card_can_stand_nobody_waits_for_one(lite: Office) -> None:
    lite.slack.admin.archive("engineering")
    lite.slack.admin.archive("fallback")
    case = await lite.stage.opened(open_form(origin_channel=ORIGIN))
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=case.number)
    for _ in range(3):
        await lite.deliver_due()
        await lite.hurry()
    assert set(await lite.states()) <= {"sent", "dropped", "failed"}
    assert f"ESC-{case.number}" in str(lite.direct(MEI)[0].blocks)
    assert lite.direct(LENA)


async def test_who_left_the_company_is_not_written_to_and_the_lead_hears(lite: Office) -> None:
    lite.slack.admin.deactivate("erin")
    await lite.stage.opened()
    lite.plant("conversations.open", when=lambda given: given.get("users") == ERIN, error="user_disabled", times=None)
    await lite.deliver_due()
    assert await lite.states(kind="on_call") == ["failed"]
    assert len(lite.direct(LENA)) == 1


async def test_a_lead_who_left_is_replaced_by_the_channel(lite: Office) -> None:
    gone = [LENA, ERIN]
    lite.plant("conversations.open", when=lambda given: given.get("users") in gone, error="user_disabled", times=None)
    await lite.stage.opened()
    for _ in range(3):
        await lite.deliver_due()
        await lite.hurry()
    undeliverable = [m for m in lite.posts(CHANNEL) if "could not be delivered" in m.text]
    assert len(undeliverable) == 1
    assert set(await lite.states()) <= {"sent", "dropped", "failed"}


async def test_blocks_that_slack_refuses_go_as_plain_text(lite: Office) -> None:
    await lite.stage.opened()
    lite.plant("chat.postMessage", channel=CHANNEL, error="invalid_blocks", when=lambda given: "blocks" in given)
    await lite.deliver_due()
    (card,) = lite.posts(CHANNEL)
    assert card.text
    assert not card.blocks


async def test_a_dead_token_keeps_everything_until_it_is_mended(lite: Office) -> None:
    await lite.stage.opened()
    lite.slack.admin.revoke_tokens()
    await lite.deliver_due()
    assert set(await lite.states()) == {"pending"}
    lite.slack.admin.restore_tokens()
    await lite.hurry()
    await lite.deliver_due()
    await lite.deliver_due()
    assert set(await lite.states()) == {"sent"}


async def test_a_429_holds_the_channel_back_and_nothing_is_lost(lite: Office) -> None:
    await lite.stage.opened()
    lite.plant("chat.postMessage", channel=CHANNEL, retry_after_seconds=30)
    await lite.deliver("card")
    (row,) = await notices(lite.stage, kind="card")
    assert row["state"] == "pending"
    wait = row["not_before"] - lite.stage.machine.now()
    assert 25 < wait.total_seconds() < 31
    seconds = await lite.stage.write(outbox.take_lane, CHANNEL, seconds=1.0, at_most=5.0)
    assert 25 < seconds < 31


async def test_slack_may_be_away_for_hours_and_nothing_is_lost(lite: Office) -> None:
    await lite.stage.opened()
    outage = lite.plant("*", status=503, times=None)
    for _ in range(20):
        await lite.deliver_due()
        await lite.hurry()
    assert set(await lite.states()) <= {"pending", "ambiguous"}
    assert outage.hits >= 20
    lite.slack.faults.clear()
    for _ in range(2):
        await lite.hurry()
        await lite.deliver_due()
    assert set(await lite.states()) == {"sent"}
    assert len(lite.posts(CHANNEL)) == 1


async def test_a_reroute_moves_the_card_and_says_so_on_the_old_one(lite: Office) -> None:
    case = await lite.stage.opened()
    await lite.deliver_due()
    await lite.stage.done(Act.REROUTE, RerouteForm(PRODUCT, said("The price")), actor=ERIN, number=case.number)
    for _ in range(2):
        await lite.deliver_due()
        await lite.hurry()
    assert "Product" in str(lite.posts(CHANNEL)[0].blocks)
    assert len([m for m in lite.posts("C0PRODUCT") if not m.is_reply]) == 1


async def test_several_catch_ups_for_one_reader_are_one_message_about_what_is_still_true(lite: Office) -> None:
    cases = [await lite.stage.opened() for _ in range(4)]
    await lite.deliver_due()
    told = [Notice(NoticeKind.CATCH_UP, Place.CHANNEL, ENGINEERING, {"clock": "acknowledge"}) for _ in cases]
    for case, notice in zip(cases, told, strict=True):
        await lite.stage.write(outbox.add_loose, [notice], created_at=lite.stage.machine.now(), escalation_id=case.id)
    # The first of them is accepted meanwhile: the other three are still due.
    await lite.stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=cases[0].number)
    before = len(lite.posts(CHANNEL))
    await lite.deliver_due()
    assert await lite.states(kind="catch_up") == ["dropped", "sent", "sent", "sent"]
    (said_once,) = [m for m in lite.posts(CHANNEL)[before:] if not m.is_reply]
    assert [f"ESC-{case.number}" in said_once.text for case in cases] == [False, True, True, True]


async def test_a_sev1_is_said_before_what_waits_already(lite: Office) -> None:
    await lite.stage.opened()
    await lite.stage.opened(open_form(severity=Severity.SEV1))
    claimed = await lite.claim()
    urgent = [notice.urgency for notice in claimed]
    assert urgent == sorted(urgent)
    assert urgent[0] == 0


async def test_an_unknown_error_however_long_is_kept_and_told(office: Office) -> None:
    await office.stage.opened()
    fault = office.plant_undocumented("chat.postMessage", "an_error_longer_than_its_column_" * 4, channel=CHANNEL)
    await office.deliver_due()
    await office.deliver_due()
    assert await office.states(kind="card") == ["pending"]  # it may pass: it is tried again
    assert fault.hits >= 2
    assert len(office.direct(LENA)) == 1
