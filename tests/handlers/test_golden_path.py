"""The golden path, surface by surface: what each person types, and what they are answered."""

from tests.handlers.office import Office


async def test_a_command_opens_the_modal_and_the_submission_answers_with_the_key(office: Office) -> None:
    mei, arjun = office.person("mei"), office.person("arjun")
    outcome = await mei.command("/escalate", "提现未到账 po_1NxLive00001 acct_1AbCdEf0001", channel="support")
    assert outcome.ok, outcome
    await office.settled()
    assert mei.view is not None
    await mei.fill(mei.view, {"title_local": "Payout not received", "need": "Release it or explain the hold"})
    outcome = await mei.submit()
    assert outcome.kind == "updated", outcome
    assert "ESC-1" in mei.reads(mei.view)
    card = await office.card("ESC-1")
    erin = office.person("erin")
    outcome = await erin.press(card, "acknowledge")
    assert outcome.ok
    await office.settled()
    assert any("ESC-1" in m.text for m in erin.ephemerals), erin.ephemerals
    again = await arjun.press(card, "acknowledge")
    assert again.ok
    await office.settled()
    assert any("ESC-1" in m.text or "erin" in m.text.lower() or "U0ERIN" in m.text for m in arjun.ephemerals)
