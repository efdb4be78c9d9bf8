"""Acting on an escalation: every button of the card, through its modal, to what it changes."""

import asyncio
from datetime import timedelta

from tests.handlers.office import Office


def soon(office: Office, hours: float = 3) -> int:
    """A moment as a date picker gives it."""
    return int((office.clock.now() + timedelta(hours=hours)).timestamp())


async def test_an_escalation_is_owned_updated_resolved_and_confirmed(office: Office) -> None:
    mei, erin = office.person("mei"), office.person("erin")
    key = await office.opened()
    await office.press(erin, key, "acknowledge")
    assert key in await office.told(erin)
    await office.act(erin, key, "update", finding="The bank holds it", impact_stopped=["impact_stopped"])
    await office.act(erin, key, "resolve", outcome="fixed", cause="A stuck job", workaround="Retry")
    await office.act(mei, key, "confirm", customer_told="yes", docs="linked", docs_note="https://docs.example.com/1")
    assert "Closed" in await office.answer(erin, f"show {key}")


async def test_a_wait_is_resumed(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await office.press(erin, key, "acknowledge")
    await office.act(erin, key, "wait", on="third_party", why="The bank answers", until=soon(office))
    assert "Waiting" in await office.answer(erin, f"show {key}")
    await office.press(erin, key, "resume")
    assert key in await office.told(erin)


async def test_a_question_to_the_requester_is_answered_in_a_modal(office: Office) -> None:
    mei, erin, key = office.person("mei"), office.person("erin"), await office.opened()
    await office.act(erin, key, "need_info", why="Which bank?")
    await mei.command("/escalate", f"answer {key} DBS, Singapore", channel="support")
    view = await office.modal(mei)
    assert next(iter(view.values["text"].values()))["value"] == "DBS, Singapore"
    assert "Which bank?" in mei.reads(view)
    assert (await mei.submit()).kind == "updated"
    assert "Investigating" in await office.answer(erin, f"show {key}")


async def test_a_question_is_answered_by_writing_in_the_thread(office: Office) -> None:
    mei, erin, key = office.person("mei"), office.person("erin"), await office.opened()
    await office.act(erin, key, "need_info", why="Which bank?")
    card = await office.standing_card(key)
    await mei.say("engineering", "DBS, Singapore", thread=card)
    await office.workspace.settled()
    assert "Investigating" in await office.answer(erin, f"show {key}")


async def test_not_ours_hands_it_to_another_team(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await office.act(erin, key, "hand_back", reason="wrong_team", team="product", note="A question of limits")
    assert key in erin.reads(await office.card(key, "product"))


async def test_it_is_reassigned_rerouted_and_its_severity_changed(office: Office) -> None:
    mei, erin, key = office.person("mei"), office.person("erin"), await office.opened()
    card = await office.card(key)
    await erin.press(card, "acknowledge")
    await erin.choose(await office.card(key, shows="esc:update"), "esc:menu", "reassign:1")
    await erin.fill(await office.modal(erin), {"to": "arjun"})
    assert (await erin.submit()).kind == "updated"
    await erin.close(everything=True)
    await mei.command("/escalate", f"sev {key} 1", channel="support")
    assert (await office.modal(mei)).values["severity"]["esc:severity"]["selected_option"]["value"] == "SEV1"
    assert (await mei.submit()).kind == "updated"
    await mei.close(everything=True)
    await erin.command("/escalate", f"route {key} product it is theirs", channel="support")
    await office.modal(erin)
    assert (await erin.submit()).kind == "updated"
    assert "SEV1" in erin.reads(await office.card(key, "product"))


async def test_lowering_without_a_reason_is_refused_beside_the_reason(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    await mei.command("/escalate", f"sev {key} 4", channel="support")
    await office.modal(mei)
    outcome = await mei.submit()
    assert list(outcome.errors) == ["why"]


async def test_a_duplicate_is_found_by_typing_and_marked(office: Office) -> None:
    erin = office.person("erin")
    await office.opened("Payout held po_1NxLive00001")
    second = await office.opened("Payout late po_1NxLive00002")
    await erin.choose(await office.card(second), "esc:menu", "duplicate:2")
    view = await office.modal(erin)
    found = await erin.suggestions(view, "of", "held")
    assert [option["value"] for option in found] == ["1"]
    await erin.fill(view, {"of": "1", "why": "The same payout"})
    assert (await erin.submit()).kind == "updated"
    assert "Duplicate" in await office.answer(erin, f"show {second}")


async def test_details_are_edited_from_what_stands(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    await mei.command("/escalate", f"edit {key}", channel="support")
    view = await office.modal(mei)
    assert next(iter(view.values["title"].values()))["value"] == "Payout not received"
    await mei.fill(view, {"title": "Payout held", "amount": "900 SGD"})
    assert (await mei.submit()).kind == "updated"
    assert "Payout held" in await office.answer(mei, f"show {key}")


async def test_evidence_is_sorted_into_ids_links_notes_and_sql(office: Office) -> None:
    mei, key = office.person("mei"), await office.opened()
    await mei.command("/escalate", f"evidence {key}", channel="support")
    await mei.fill(
        await office.modal(mei),
        {
            "evidence": "req_AbCdEf123456\nhttps://logs.example.com/1\nIt began at 09:10",
            "sql": "select 1",
            "sql_summary": "3 rows",
        },
    )
    assert (await mei.submit()).kind == "updated"
    shown = await office.answer(mei, f"show {key}")
    assert all(part in shown for part in ("req_AbCdEf123456", "It began at 09:10", "3 rows"))


async def test_a_resolution_without_a_cause_wants_at_least_not_known_yet(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await erin.command("/escalate", f"resolve {key}", channel="engineering")
    await erin.fill(await office.modal(erin), {"outcome": "fixed"})
    outcome = await erin.submit()
    assert list(outcome.errors) == ["cause"]
    await erin.fill(await office.modal(erin), {"cause_unknown": ["cause_unknown"]})
    assert (await erin.submit()).kind == "updated"


async def test_not_fixed_reopens_and_cancelling_ends(office: Office) -> None:
    mei, erin, key = office.person("mei"), office.person("erin"), await office.opened()
    await office.press(erin, key, "acknowledge")
    await office.act(erin, key, "resolve", outcome="fixed", cause="A stuck job")
    await office.act(mei, key, "reopen", why="Still missing")
    assert "Investigating" in await office.answer(erin, f"show {key}")
    await mei.command("/escalate", f"cancel {key} customer left", channel="support")
    await office.modal(mei)
    assert (await mei.submit()).kind == "updated"
    assert "Cancelled" in await office.answer(erin, f"show {key}")


async def test_two_who_press_at_once_are_told_who_won(office: Office) -> None:
    erin, arjun, key = office.person("erin"), office.person("arjun"), await office.opened()
    card = await office.card(key)
    await asyncio.gather(erin.press(card, "acknowledge"), arjun.press(card, "acknowledge"))
    await office.settled()
    texts = [erin.reads(erin.ephemerals[-1]), arjun.reads(arjun.ephemerals[-1])]
    assert sum(text.startswith("✅") for text in texts) == 1


async def test_a_modal_for_what_is_not_possible_any_more_does_not_open(office: Office) -> None:
    mei, erin, key = office.person("mei"), office.person("erin"), await office.opened()
    old = await office.card(key)
    await mei.command("/escalate", f"cancel {key} never mind", channel="support")
    await office.modal(mei)
    await mei.submit()
    await erin.press(old, "esc:need_info")
    await office.settled()
    assert erin.view is None
    assert "Cancelled" in await office.told(erin)


async def test_a_specialist_may_not_act_for_the_team(office: Office) -> None:
    ting, key = office.person("ting"), await office.opened()
    await office.press(ting, key, "acknowledge")
    assert not (await office.told(ting)).startswith("✅")


async def test_a_bad_button_value_is_answered_and_changes_nothing(office: Office) -> None:
    erin, key = office.person("erin"), await office.opened()
    await office.press(erin, key, "acknowledge")
    payload = office.workspace.log.requests_of("block_actions")[-1].payload
    for value in ("", "abc", "99", "-1", "1; drop", "9" * 40):
        payload["actions"][0]["value"] = value
        payload["trigger_id"] += value
        assert (await erin.deliver(payload)).status == 200
