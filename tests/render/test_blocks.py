"""Escaping, cutting and the check of whole payloads."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.blocks import (
    BlockError,
    actions,
    button,
    check_message,
    check_view,
    context,
    cut,
    escape,
    header,
    input_block,
    link,
    mention,
    message,
    modal,
    option,
    overflow,
    paragraphs,
    radio_buttons,
    section,
    select,
    shorten,
    text_input,
)
from bot.render.blocks.words import ELLIPSIS


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a & b", "a &amp; b"),
        ("<!here>", "&lt;!here&gt;"),
        ("<@U0ERIN00001> hi", "&lt;@U0ERIN00001&gt; hi"),
        ("<https://evil.test|your bank>", "&lt;https://evil.test|your bank&gt;"),
        ("> quoted", "\u200b&gt; quoted"),
        ("```code", "`\u200b`\u200b`code"),
        ("a\u202eb", "ab"),
        ("שלום", "\u2068שלום\u2069"),
        ("tab\x00bell\x07", "tabbell"),
    ],
)
def test_what_people_type_does_nothing(typed: str, shown: str) -> None:
    assert escape(typed) == shown


@given(st.text(max_size=300), st.integers(2, 200))
def test_cutting_leaves_no_half_token(typed: str, limit: int) -> None:
    text = cut(f"<@U0MEI000001> {escape(typed)} <!date^1^{{time}}^x>", limit)
    assert len(text) <= limit
    assert text.count("<") == text.count(">")
    assert not any(text.endswith(half + ELLIPSIS) for half in ("&", "&a", "&am", "&amp", "&l", "&lt", "&g", "&gt"))


def test_short_text_stays_as_it_is_and_long_text_ends_with_an_ellipsis() -> None:
    assert shorten("abc", 3) == "abc"
    assert shorten("abcd", 3) == "ab…"


def test_only_user_ids_become_mentions() -> None:
    assert mention("U0MEI000001") == "<@U0MEI000001>"
    assert mention("<!here>") == "&lt;!here&gt;"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b", "https://a|b", "<!here>", "ftp://x"])
def test_only_whole_http_addresses_become_links(address: str) -> None:
    assert link(address, "label") == "label"


def test_links_keep_their_query() -> None:
    assert link("https://x.test/?a=1&b=2", "t") == "<https://x.test/?a=1&amp;b=2|t>"


def test_lines_are_packed_into_full_blocks() -> None:
    blocks = paragraphs(["x" * 1000] * 7)
    assert [len(block["text"]["text"]) for block in blocks] == [2001, 2001, 2001, 1000]


def test_a_message_that_would_be_too_long_keeps_its_head_and_its_buttons() -> None:
    row = actions(button("Do it", "acknowledge", 1))
    found = message("text", header("Head"), *(section("x" * 2900) for _ in range(9)), row)
    check_message(found.blocks, found.text)
    assert found.blocks[0] == header("Head")
    assert found.blocks[-1] == row


def test_an_empty_text_becomes_a_dash_because_slack_refuses_it() -> None:
    check_message([section(""), context(), header(" ")])


def test_a_prefilled_field_is_cut_to_what_it_takes() -> None:
    element = text_input("finding", initial="x" * 5000, longest=2000)
    assert len(element["initial_value"]) == element["max_length"] == 2000


def wrong_messages() -> list[tuple[str, list[dict[str, Any]]]]:
    same = button("A", "acknowledge", 1)
    options = [option(f"o{number}", f"v{number}") for number in range(120)]
    unlike = {**overflow("more", options), "options": options[:6]}
    menu = {**select("menu", options, placeholder="p"), "options": options[:101]}
    radios = {**radio_buttons("pick", options), "options": options[:11]}
    return [
        ("blocks: 51 of them", [section("x")] * 51),
        ("blocks: 0 of them", []),
        ("twice", [section("x", block_id="a"), section("y", block_id="a")]),
        ("twice", [actions(same, same)]),
        ("unknown type", [{"type": "carousel"}]),
        ("3000 are taken", [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]),
        ("150 are taken", [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]),
        ("75 are taken", [actions({**same, "text": {"type": "plain_text", "text": "x" * 76}})]),
        ("2000 are taken", [actions(button("A", "a", "x" * 2001))]),
        ("1 to 25 are taken", [actions(*(button("A", f"a{number}", 1) for number in range(26)))]),
        ("1 to 5 are taken", [actions(unlike)]),
        ("1 to 100 are taken", [actions(menu)]),
        ("1 to 10 are taken", [actions(radios)]),
        ("a value stands twice", [actions(select("m", [option("a", "1"), option("b", "1")], placeholder="p"))]),
        ("13000 are taken", [section("x" * 2999)] * 5),
        ("an input stands in a message", [input_block("L", text_input("a"), block_id="a")]),
    ]


@pytest.mark.parametrize(("finding", "blocks"), wrong_messages())
def test_a_message_that_slack_would_refuse_is_found(finding: str, blocks: list[dict[str, Any]]) -> None:
    with pytest.raises(BlockError, match=finding):
        check_message(blocks)


def a_modal(**changes: Any) -> dict[str, Any]:
    field = input_block("Why", text_input("why"), block_id="why")
    return {**modal("wait", title="Wait", blocks=[field], close="Cancel", submit="Wait"), **changes}


@pytest.mark.parametrize(
    ("finding", "view"),
    [
        ("24 are taken", a_modal(title={"type": "plain_text", "text": "x" * 25})),
        ("3000 are taken", a_modal(private_metadata="x" * 3001)),
        ("255 are taken", a_modal(callback_id="x" * 256)),
        ("1 to 100 are taken", a_modal(blocks=[section("x")] * 101)),
        ("submit: missing", {name: part for name, part in a_modal().items() if name != "submit"}),
        (
            "more than one element has it",
            a_modal(blocks=[input_block(name, text_input(name, focus=True), block_id=name) for name in ("one", "two")]),
        ),
    ],
)
def test_a_view_that_slack_would_refuse_is_found(finding: str, view: dict[str, Any]) -> None:
    check_view(a_modal())
    with pytest.raises(BlockError, match=finding):
        check_view(view)
