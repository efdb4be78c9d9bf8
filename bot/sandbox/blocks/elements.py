"""Buttons, pickers, text fields and images, and which block may hold which element.

Slack: https://docs.slack.dev/reference/block-kit/block-elements
"""

from typing import Any

from bot.sandbox.blocks.choices import ACTION_ID, CHOICES, COMMON
from bot.sandbox.blocks.fields import (
    DATE,
    TIME,
    URL,
    Check,
    also,
    anything,
    boolean,
    by_type,
    integer,
    items,
    one_of,
    shape,
    string,
)
from bot.sandbox.blocks.findings import Place
from bot.sandbox.blocks.texts import CONFIRM, any_text, plain_text

DISPATCH = shape(
    {},
    {
        "trigger_actions_on": items(
            one_of("on_enter_pressed", "on_character_entered"),
            most=2,
            least=1,
        )
    },
)
FIELD = {
    "action_id": ACTION_ID,
    "placeholder": plain_text(150),
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH,
}
PICKER = {**COMMON, "placeholder": plain_text(150)}
NUMBER = string(40)
SLACK_FILE = shape({}, {"id": string(40, 1), "url": URL})


def _fitting_lengths(element: Any, place: Place) -> None:
    shortest, longest = element.get("min_length"), element.get("max_length")
    if isinstance(shortest, int) and isinstance(longest, int) and shortest > longest:
        place.say("min_length must not exceed max_length")
    value = element.get("initial_value")
    if isinstance(value, str) and isinstance(longest, int) and len(value) > longest:
        place.at("initial_value").say(f"must be less than {longest + 1} characters")


def one_picture(value: Any, place: Place) -> None:
    """An image comes from a URL or from a file in Slack, not from both and not from neither."""
    if ("image_url" in value) == ("slack_file" in value):
        place.say("must provide exactly one of image_url and slack_file")


IMAGE = also(
    shape({"alt_text": string(2000, 1)}, {"image_url": URL, "slack_file": SLACK_FILE}),
    one_picture,
)
BUTTON = shape(
    {"text": plain_text(75)},
    {
        "action_id": ACTION_ID,
        "url": URL,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
PLAIN_TEXT_INPUT = also(
    shape(
        {},
        {
            **FIELD,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
    ),
    _fitting_lengths,
)
ELEMENTS: dict[str, Check] = {
    **CHOICES,
    "button": BUTTON,
    "workflow_button": shape({"text": plain_text(75), "workflow": anything}, {"action_id": ACTION_ID}),
    "image": IMAGE,
    "datepicker": shape({}, {**PICKER, "initial_date": DATE}),
    "timepicker": shape({}, {**PICKER, "initial_time": TIME, "timezone": string(64, 1)}),
    "datetimepicker": shape({}, {**COMMON, "initial_date_time": integer(10**9, 10**10 - 1)}),
    "plain_text_input": PLAIN_TEXT_INPUT,
    "email_text_input": shape({}, {**FIELD, "initial_value": string(255)}),
    "url_text_input": shape({}, {**FIELD, "initial_value": string(3000)}),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        {**FIELD, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
    ),
    "rich_text_input": shape({}, {**FIELD, "initial_value": anything}),
    "file_input": shape(
        {},
        {"action_id": ACTION_ID, "filetypes": items(string(20), most=100), "max_files": integer(1, 10)},
    ),
}
PICKERS = {"datepicker", "timepicker"}
MENUS = {name for name in CHOICES if name.endswith("_select") and not name.startswith("multi_")}
MULTI_MENUS = {name for name in CHOICES if name.startswith("multi_")}
BOXES = {"checkboxes", "radio_buttons"}
FIELDS = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}


def some(names: set[str]) -> Check:
    """One of these elements."""
    return by_type({name: ELEMENTS[name] for name in names})


IN_ACTIONS = some(
    {"button", "workflow_button", "overflow", "datetimepicker", *PICKERS, *MENUS, *BOXES},
)
IN_SECTION = some({"button", "workflow_button", "overflow", "image", *PICKERS, *MENUS, *MULTI_MENUS, *BOXES})
IN_INPUT = some({"datetimepicker", "file_input", *PICKERS, *MENUS, *MULTI_MENUS, *BOXES, *FIELDS})
IN_CONTEXT = by_type(
    {
        "image": IMAGE,
        "plain_text": any_text(2000),
        "mrkdwn": any_text(2000),
    }
)
