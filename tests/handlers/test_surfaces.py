"""Shortcuts, App Home, events, and what comes from outside."""

from bot.sandbox.records import Message
from tests.handlers.office import Office


async def test_escalating_a_message_takes_its_text_and_its_link(office: Office) -> None:
    mei = office.person("mei")
    said = await mei.say("support", "Payout not received po_1NxLive00001")
    await mei.message_shortcut("escalate_message", said)
    view = await office.modal(mei)
    values = {name: next(iter(state.values())).get("value") for name, state in view.values.items()}
    assert values["title"] == "Payout not received"
    assert "/archives/C0SUPPORT01/p" in values["evidence"]
    assert "po_1NxLive00001" in values["evidence"]


async def test_a_message_is_added_as_evidence_to_the_escalation_of_its_thread(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    card = await office.standing_card(key)
    said = await mei.say("engineering", "Log says: hold by risk", thread=card)
    await mei.message_shortcut("add_evidence", said)
    view = await office.modal(mei)
    assert next(iter(view.values["number"].values()))["selected_option"]["value"] == "1"
    assert (await mei.submit()).kind == "updated"
    assert "hold by risk" in await office.answer(mei, f"show {key}")


async def test_a_message_of_anywhere_is_added_to_the_escalation_that_is_chosen(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    said = await mei.say("random", "Seen again at 10:20")
    await mei.message_shortcut("add_evidence", said)
    await mei.fill(await office.modal(mei), {"number": "1"})
    assert (await mei.submit()).kind == "updated"
    assert "Seen again" in await office.answer(mei, f"show {key}")


async def test_new_escalation_and_my_queue_open_from_anywhere(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    await mei.shortcut("new_escalation")
    assert "title" in (await office.modal(mei)).values
    await mei.close(everything=True)
    await mei.shortcut("my_queue")
    view = await office.modal(mei)
    assert key in mei.reads(view)
    await mei.press_in_view("esc:show")
    assert "Release it" in mei.reads(await office.modal(mei))


async def test_home_shows_mine_and_the_team_and_a_lead_the_lead_s(office: Office) -> None:
    mei, lena, key = office.person("mei"), office.person("lena"), await office.opened()
    await mei.open_home()
    home = await office.workspace.until(lambda: mei.home)
    assert key in mei.reads(home)
    await lena.open_home()
    await office.workspace.until(lambda: lena.home)
    assert lena.home is not None
    await lena.press(lena.home, "esc:home_tab_lead")
    await office.settled()
    assert key in lena.reads(lena.home)
    await lena.press(lena.home, "esc:new")
    assert "title" in (await office.modal(lena)).values


async def test_a_button_of_home_opens_the_modal_of_what_it_shows(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    await mei.open_home()
    home = await office.workspace.until(lambda: mei.home)
    await mei.press(home, "esc:show")
    assert key in mei.reads(await office.modal(mei))


async def test_eyes_on_the_card_acknowledge(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await erin.react(await office.standing_card(key), "eyes")
    assert "esc:update" in str((await office.card(key, shows="esc:update")).blocks)


async def test_eyes_of_somebody_who_may_not_change_nothing(office: Office) -> None:
    ting, key = office.person("ting"), await office.opened()
    await ting.react(await office.standing_card(key), "eyes")
    await office.workspace.settled()
    assert "esc:acknowledge" in str((await office.card(key)).blocks)


async def test_the_owner_s_words_in_the_thread_are_asked_about_and_counted(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await office.press(erin, key, "acknowledge")
    await office.standing_card(key)
    card = await office.card(key, shows="esc:update")
    await erin.say("engineering", "The bank holds it, looking further", thread=card)

    def asked() -> list[Message]:
        return [message for message in erin.dms() if "esc:count_yes" in str(message.blocks)]

    question = (await office.workspace.until(asked))[0]
    await erin.press(question, "esc:count_yes")
    await office.settled()
    if erin.view is not None:
        await erin.fill(erin.view, {"finding": "The bank holds it, looking further"})
        await erin.submit()
    shown = await office.answer(erin, f"show {key}")
    assert "Investigating" in shown
    assert "The bank holds it" in shown


async def test_a_person_who_leaves_the_company_may_nothing_any_more(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await erin.choose(await office.standing_card(key), "esc:menu", "why:1")
    payload = office.workspace.log.requests_of("block_actions")[-1].payload
    payload["actions"][0]["selected_option"]["value"] = "acknowledge:1"
    office.workspace.admin.deactivate("erin")
    await office.workspace.settled()
    assert (await erin.deliver(payload)).status == 200
    await office.settled()
    assert "esc:acknowledge" in str((await office.card(key)).blocks)


async def test_a_team_that_is_not_ours_gets_nothing(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    await office.answer(mei, f"show {key}")
    payload = dict(office.workspace.log.requests_of("command")[-1].payload)
    payload |= {"team_id": "T0ELSEWHERE", "trigger_id": payload["trigger_id"] + "x"}
    answer = await office.workspace.delivery.command(payload)
    assert answer.status == 200
    assert "Release it" not in answer.body
