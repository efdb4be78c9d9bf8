"""What people are told who may not, or could not now: only what is open to them, in their words."""

import pytest

from handlers.leftover import parts_of
from tests.handlers.office import Office


@pytest.mark.parametrize("text", ["help", "show 1", "list all", "提现未到账", "oncall", "lang en"])
async def test_a_guest_is_told_to_ask_a_member_whatever_they_type(office: Office, text: str) -> None:
    assert "Guests cannot use escalations" in await office.answer(office.person("gus"), text)


async def test_a_refusal_names_what_this_person_may_do_and_nothing_else(office: Office) -> None:
    key = await office.opened()
    told = await office.answer(office.person("mei"), f"close {key}")
    assert "答复" in told
    assert "接手" not in told
    assert "Acknowledge" in await office.answer(office.person("erin"), f"resume {key}")


def test_a_long_text_is_cut_into_parts_that_a_section_takes_and_never_within_an_entity() -> None:
    escaped = "字&amp;" * 10_000
    parts = list(parts_of(escaped))
    assert "".join(parts) == escaped
    assert max(map(len, parts)) <= 3000
    assert all(part.startswith(("字", "&amp;")) for part in parts)


async def test_fifty_thousand_characters_come_back_whole(office: Office) -> None:
    mei = office.person("mei")
    outcome = await mei.command("/escalate", "字" * 50_000, channel="support")
    assert outcome.ok
    await office.settled()
    assert sum(mei.reads(message).count("字") for message in mei.ephemerals) == 50_000
