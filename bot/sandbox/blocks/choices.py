"""Elements that offer options: menus of every source, checkboxes, radio buttons, overflow.

An initial choice must be one of the options, word for word: Slack compares the whole option.
"""

from typing import Any

from bot.sandbox.blocks.fields import Check, also, boolean, integer, items, shape, string
from bot.sandbox.blocks.findings import Place
from bot.sandbox.blocks.texts import BOX_OPTION, CONFIRM, MENU_OPTION, OVERFLOW_OPTION, plain_text

Json = dict[str, Any]
ACTION_ID = string(255, 1)
COMMON = {"action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": boolean}
MENU = {**COMMON, "placeholder": plain_text(150)}
MULTI = {**MENU, "max_selected_items": integer(1)}
OPTION_GROUP = shape({"label": plain_text(75), "options": items(MENU_OPTION, most=100, least=1)}, {})
CONVERSATION = string(255, 1)
FILTER = shape(
    {},
    {
        "include": items(string(20), most=4, least=1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def options_of(element: Json) -> list[Json]:
    """Every option that an element offers, the grouped ones too."""
    groups = _objects(element.get("option_groups"))
    return [*_objects(element.get("options")), *(o for g in groups for o in _objects(g.get("options")))]


def _objects(value: Any) -> list[Json]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _same(left: Json, right: Json) -> bool:
    return left.get("value") == right.get("value") and _words(left) == _words(right)


def _words(option: Json) -> Any:
    text = option.get("text")
    return text.get("text") if isinstance(text, dict) else text


def initial_is_offered(element: Any, place: Place) -> None:
    """The initial option(s) are among the options."""
    offered = options_of(element)
    initial = element.get("initial_option")
    if isinstance(initial, dict) and not any(_same(initial, option) for option in offered):
        place.at("initial_option").say("initial_option must match one of the options")
    for index, chosen in enumerate(_objects(element.get("initial_options"))):
        if not any(_same(chosen, option) for option in offered):
            place.at("initial_options").at(index).say("initial_options must match one of the options")


def options_or_groups(element: Any, place: Place) -> None:
    """Exactly one of `options` and `option_groups`."""
    if ("options" in element) == ("option_groups" in element):
        place.say("must provide exactly one of options and option_groups")


def _static(more: dict[str, Check]) -> Check:
    fields = shape(
        {},
        {
            **more,
            "options": items(MENU_OPTION, most=100, least=1),
            "option_groups": items(OPTION_GROUP, most=100, least=1),
        },
    )
    return also(fields, options_or_groups, initial_is_offered)


def _one(name: str, check: Check, **more: Check) -> Check:
    return shape({}, {**MENU, name: check, **more})


def _many(name: str, check: Check, **more: Check) -> Check:
    return shape({}, {**MULTI, name: items(check, most=100), **more})


def _boxes(**initial: Check) -> Check:
    return also(shape({"options": items(BOX_OPTION, most=10, least=1)}, {**COMMON, **initial}), initial_is_offered)


CHOICES: dict[str, Check] = {
    "static_select": _static({**MENU, "initial_option": MENU_OPTION}),
    "external_select": _one("initial_option", MENU_OPTION, min_query_length=integer(0)),
    "users_select": _one("initial_user", CONVERSATION),
    "conversations_select": _one(
        "initial_conversation",
        CONVERSATION,
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=FILTER,
    ),
    "channels_select": _one("initial_channel", CONVERSATION, response_url_enabled=boolean),
    "multi_static_select": _static({**MULTI, "initial_options": items(MENU_OPTION, most=100)}),
    "multi_external_select": _many("initial_options", MENU_OPTION, min_query_length=integer(0)),
    "multi_users_select": _many("initial_users", CONVERSATION),
    "multi_conversations_select": _many(
        "initial_conversations", CONVERSATION, default_to_current_conversation=boolean, filter=FILTER
    ),
    "multi_channels_select": _many("initial_channels", CONVERSATION),
    "checkboxes": _boxes(initial_options=items(BOX_OPTION, most=10)),
    "radio_buttons": _boxes(initial_option=BOX_OPTION),
    "overflow": shape(
        {"options": items(OVERFLOW_OPTION, most=5, least=1)}, {"action_id": ACTION_ID, "confirm": CONFIRM}
    ),
}
