"""Opening an escalation: the modal, what it promises, and that nothing typed is ever lost."""

from tests.handlers.office import Office

CARD_NUMBER = "4111 1111 1111 " + "1111"


def labels(view: object) -> list[str]:
    return [block["block_id"] for block in view.blocks if block["type"] == "input"]  # type: ignore[attr-defined]


async def test_the_modal_asks_in_the_order_of_the_golden_path(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "提现未到账 po_1NxLive00001 acct_1AbCdEf0001", channel="support")
    view = await office.modal(mei)
    assert labels(view) == [
        "title",
        "title_local",
        "severity",
        "team",
        "need",
        "evidence",
        "account",
        "ticket_url",
    ]
    values = {name: next(iter(state.values())) for name, state in view.values.items()}
    assert values["title"]["value"] == "提现未到账"
    assert values["evidence"]["value"] == "po_1NxLive00001\nacct_1AbCdEf0001"
    assert values["account"]["value"] == "acct_1AbCdEf0001"
    assert values["severity"]["selected_option"]["value"] == "SEV3"


async def test_an_english_title_for_an_english_team_needs_no_second_line(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="support")
    assert "title_local" not in labels(await office.modal(mei))


async def test_the_promise_follows_the_severity_and_keeps_what_was_typed(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="support")
    view = await office.modal(mei)
    before = mei.reads(view)
    await mei.fill(view, {"need": "Half a sent"})
    await mei.choose_in_view("severity", "SEV1")
    view = await office.modal(mei)
    assert mei.reads(view).splitlines()[-2] != before.splitlines()[-2]
    assert next(iter(view.values["need"].values()))["value"] == "Half a sent"


async def test_more_shows_the_seldom_fields_and_keeps_what_was_typed(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="support")
    await mei.fill(await office.modal(mei), {"need": "Half a sent"})
    await mei.press_in_view("more")
    view = await office.modal(mei)
    assert {"customer_language", "amount", "promised_at", "followers", "sql"} <= set(labels(view))
    assert next(iter(view.values["need"].values()))["value"] == "Half a sent"
    await mei.fill(
        view,
        {
            "customer_language": "zh_Hant",
            "amount": "1,200 SGD",
            "followers": ["ting"],
            "sql": "select * from payouts",
            "sql_summary": "3 rows",
        },
    )
    assert (await mei.submit()).kind == "updated"
    assert "SQL" in mei.reads(await office.card("ESC-1"))


async def test_a_chinese_title_typed_into_the_modal_is_asked_for_a_line_the_team_reads(office: Office) -> None:
    mei = office.person("mei")
    await mei.shortcut("new_escalation")
    view = await office.modal(mei)
    await mei.choose_in_view("team", "engineering")
    view = await office.modal(mei)
    await mei.fill(view, {"title": "提现未到账", "need": "请放行"})
    outcome = await mei.submit()
    assert outcome.kind == "updated"
    view = await office.modal(mei)
    assert "title_local" in labels(view)
    assert next(iter(view.values["need"].values()))["value"] == "请放行"
    await mei.fill(view, {"title_local": "Payout not received"})
    await mei.submit()
    assert "Payout not received" in mei.reads(await office.card("ESC-1"))


async def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="support")
    await mei.fill(await office.modal(mei), {"need": "Release it", "ticket_url": "not a link"})
    outcome = await mei.submit()
    assert outcome.kind == "errors"
    assert list(outcome.errors) == ["ticket_url"]
    assert next(iter((await office.modal(mei)).values["need"].values()))["value"] == "Release it"
    await mei.fill(await office.modal(mei), {"ticket_url": "https://tickets.example.com/7"})
    assert (await mei.submit()).kind == "updated"


async def test_a_card_number_is_masked_and_the_person_is_told(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="support")
    await mei.fill(await office.modal(mei), {"need": f"Refund {CARD_NUMBER}"})
    await mei.submit()
    assert "⚠️" in mei.reads(await office.modal(mei))
    card = mei.reads(await office.card("ESC-1"))
    assert "•••• 1111" in card
    assert "4111" not in card


async def test_a_submission_that_arrives_twice_opens_one(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="support")
    await mei.fill(await office.modal(mei), {"need": "Release it"})
    await mei.submit()
    payload = office.submissions()[-1]
    again = await mei.deliver(payload)
    assert again.status == 200
    assert "ESC-1" in again.body
    assert "ESC-2" not in await office.answer(mei, "list all")


async def test_what_is_open_for_the_same_account_is_shown_and_can_be_followed_instead(office: Office) -> None:
    await office.opened("Payout not received po_1NxLive00001")
    ting = office.person("ting")
    await ting.command("/escalate", "同一笔提现 po_1NxLive00001", channel="support")
    assert "ESC-1" in ting.reads(await office.modal(ting))
    await ting.press_in_view("esc:follow_instead")
    assert "ESC-1" in ting.reads(await office.modal(ting))
    assert "ESC-2" not in await office.answer(ting, "list all")


async def test_a_text_of_fifty_thousand_characters_opens_the_modal_and_comes_back_whole(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "提现" * 25_000, channel="support")
    assert len(next(iter((await office.modal(mei)).values["title"].values()))["value"]) <= 200
    assert any("提现" * 1000 in mei.reads(m) for m in mei.ephemerals)


async def test_a_modal_whose_trigger_has_expired_gives_the_typing_back(office: Office) -> None:
    office.workspace.triggers.life_seconds = 0.0
    mei = office.person("mei")
    await mei.command("/escalate", "提现未到账 po_1NxLive00001", channel="support")
    told = await office.told(mei)
    assert "提现未到账 po_1NxLive00001" in told


async def test_guests_and_people_of_another_company_are_refused(office: Office) -> None:
    for name in ("gus", "sue"):
        person = office.person(name)
        await person.command("/escalate", "Payout not received", channel="support")
        await office.settled()
        assert person.view is None
        assert person.ephemerals


async def test_a_database_that_nobody_reaches_loses_no_draft(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="support")
    await mei.fill(await office.modal(mei), {"need": "Release it"})
    office.store.pulled = True
    office.expected_errors.update({"storage_unavailable", "outbox_not_read"})
    outcome = await mei.submit()
    assert outcome.kind == "errors"
    assert "Not saved" in next(iter(outcome.errors.values()))
    assert "未保存" in next(iter(outcome.errors.values()))
    office.store.pulled = False
    assert (await mei.submit()).kind == "updated"


async def test_a_command_while_the_database_is_away_is_given_back(office: Office) -> None:
    mei = office.person("mei")
    office.store.pulled = True
    office.expected_errors.update({"storage_unavailable", "outbox_not_read"})
    told = await office.answer(mei, "提现未到账 po_1NxLive00001")
    assert "Not saved" in told
    assert "提现未到账 po_1NxLive00001" in told
    office.store.pulled = False


async def test_a_shared_channel_is_not_told(office: Office) -> None:
    mei = office.person("mei")
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="partners")
    await mei.fill(await office.modal(mei), {"need": "Release it"})
    await mei.submit()
    await office.card("ESC-1")
    await office.workspace.until(lambda: mei.dms())
    assert not mei.sees("partners")


async def test_a_channel_of_our_own_is_told_in_one_line(office: Office) -> None:
    mei = office.person("mei")
    office.workspace.add_channel("desk", members=["mei"], bot=True)
    await mei.command("/escalate", "Payout not received po_1NxLive00001", channel="desk")
    await mei.fill(await office.modal(mei), {"need": "Release it"})
    await mei.submit()
    told = await office.workspace.until(lambda: mei.sees("desk"))
    assert "ESC-1" in told[0].text
