"""Block Kit limits: a table of what Slack takes and what it does not, with the spot it points at."""

from typing import Any

import pytest

from bot.sandbox.blocks.surfaces import wrong_in_message, wrong_in_view
from tests.sandbox.apps import Json
from tests.sandbox.kit import (
    actions,
    button,
    entry,
    field,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
)

MANY = [str(number) for number in range(101)]
CONFIRM = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}


def menu(**more: object) -> Json:
    return {"type": "static_select", "action_id": "m", **more}


TAKEN = [
    [],
    [section("x" * 3000)],
    [section(), {"type": "divider"}, {"type": "header", "text": plain("x" * 150)}],
    [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 10}],
    [actions(*(button(action_id=str(n)) for n in range(25)))],
    [{"type": "context", "elements": [mrkdwn("x")] * 10}],
    [section(accessory=menu(options=options(*MANY[:100]), initial_option=option("7")))],
    [section(accessory=button("x" * 75, value="x" * 2000, confirm=CONFIRM, style="danger"))],
    [actions({"type": "overflow", "action_id": "o", "options": options(*"abcde")})],
    [{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}],
    [entry("Name", field())],
    [{"type": "markdown", "text": "**x**"}],
    [{"type": "divider"}] * 50,
    [actions(button(action_id="same"), block_id="a"), actions(button(action_id="same"), block_id="b")],
]
REFUSED = [
    ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([section("")], "/blocks/0/text/text"),
    ([{"type": "section"}], "must provide text or fields [json-pointer:/blocks/0]"),
    ([{"type": "section", "text": "x"}], "must provide an object [json-pointer:/blocks/0/text]"),
    ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "no more than 10 items allowed"),
    ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "/blocks/0/fields/0/text"),
    ([section(extra=1)], "invalid additional property: extra [json-pointer:/blocks/0]"),
    ([section(accessory=menu(options=options("a"), initial_option=option("b")))], "initial_option"),
    ([section(accessory=menu(options=options(*MANY)))], "no more than 100 items allowed"),
    ([section(accessory=menu())], "exactly one of options and option_groups"),
    ([section(accessory=menu(options=[option("x" * 76)]))], "must be less than 76 characters"),
    ([section(accessory=menu(options=[option("a", "v" * 151)]))], "must be less than 151 characters"),
    ([section(accessory=field())], "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory]"),
    ([{"type": "header", "text": plain("x" * 151)}], "must be less than 151 characters"),
    ([{"type": "header", "text": mrkdwn("x")}], "unsupported type: mrkdwn"),
    ([{"type": "nonsense"}], "unsupported type: nonsense [json-pointer:/blocks/0]"),
    ([{}], "missing required field: type"),
    (["x"], "must provide an object"),
    ([actions(*(button(action_id=str(n)) for n in range(26)))], "no more than 25 items allowed"),
    ([actions()], "no fewer than 1 items allowed"),
    ([actions(button("x" * 76))], "must be less than 76 characters"),
    ([actions(button(value="x" * 2001))], "must be less than 2001 characters"),
    ([actions(button(style="blue"))], "must be a valid enum value"),
    ([actions(button(url="nowhere"))], "must be a valid URL"),
    ([actions(button(action_id="x" * 256))], "must be less than 256 characters"),
    ([actions(button(), button())], "action_id 'go' already exists"),
    ([section(block_id="b"), section(block_id="b")], "block_id 'b' already exists"),
    ([actions({"type": "overflow", "action_id": "o", "options": options(*"abcdef")})], "no more than 5 items"),
    ([actions(field("r", "radio_buttons", options=options(*MANY[:11])))], "no more than 10 items"),
    ([actions(field("c", "checkboxes", options=options(*MANY[:11])))], "no more than 10 items"),
    ([actions(field("d", "datepicker", initial_date="4 August"))], "must be a valid date"),
    ([{"type": "context", "elements": [mrkdwn("x")] * 11}], "no more than 10 items"),
    ([{"type": "context", "elements": [button()]}], "unsupported type: button"),
    ([{"type": "image", "image_url": "https://example.com/a.png"}], "missing required field: alt_text"),
    ([entry("Name", field(initial_value="x" * 3001))], "must be less than 3001 characters"),
    ([entry("Name", field(max_length=2, initial_value="abc"))], "must be less than 3 characters"),
    ([entry("Name", field(min_length=5, max_length=2))], "min_length must not exceed max_length"),
    ([entry("Name", field(max_length=3001))], "must be less than or equal to 3000"),
    ([entry("x" * 2001, field(), "b")], "must be less than 2001 characters"),
    ([{"type": "input", "label": plain("x")}], "missing required field: element"),
    ([entry("Number", field(kind="number_input"))], "missing required field: is_decimal_allowed"),
    ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
]
REFUSED_VIEWS = [
    (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
    (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
    (modal(close=plain("x" * 25)), "/view/close/text"),
    (modal(private_metadata="x" * 3001), "/view/private_metadata"),
    (modal(callback_id="x" * 256), "/view/callback_id"),
    (modal(*[{"type": "divider"}] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    ({"type": "modal", "title": plain("x")}, "missing required field: blocks"),
    ({"type": "modal", "title": plain("x"), "blocks": [entry("N", field())]}, "missing required field: submit"),
    ({"type": "workflow", "blocks": []}, "unsupported type: workflow"),
    ("x", "must provide an object [json-pointer:/view]"),
    (modal(entry("A", field(focus_on_load=True)), entry("B", field(focus_on_load=True))), "focus_on_load"),
]


@pytest.mark.parametrize("blocks", TAKEN)
def test_slack_takes_these_blocks(blocks: list[Any]) -> None:
    assert wrong_in_message(blocks) == []


@pytest.mark.parametrize(("blocks", "objection"), REFUSED)
def test_slack_refuses_these_blocks_and_says_where(blocks: list[Any], objection: str) -> None:
    assert any(objection in said for said in wrong_in_message(blocks)), wrong_in_message(blocks)


@pytest.mark.parametrize(("view", "objection"), REFUSED_VIEWS)
def test_slack_refuses_these_views_and_says_where(view: Any, objection: str) -> None:
    assert any(objection in said for said in wrong_in_view(view)), wrong_in_view(view)


def test_a_sound_modal_is_taken() -> None:
    assert wrong_in_view(modal(entry("Name", field()), section(), private_metadata="x" * 3000)) == []
