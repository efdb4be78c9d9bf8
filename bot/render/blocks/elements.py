"""Elements: buttons, menus and fields. Labels are cut to Slack's limits; ids and values are never cut.

Slack: https://docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.render.blocks.words import mrkdwn, plain
from bot.render.ids import action_id

Element = dict[str, Any]
MOST_OPTIONS = 100
MOST_BOXES = 10
LONGEST_INPUT = 3000


def confirmation(title: str, text: str, *, yes: str, no: str) -> Element:
    """The question that Slack asks before a button counts."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def button(
    label: str,
    name: str,
    value: object,
    *,
    primary: bool = False,
    danger: bool = False,
    confirm: Element | None = None,
) -> Element:
    """A button of ours: its act is in the action id, the escalation's number (or the like) in the value."""
    element: Element = {
        "type": "button",
        "text": plain(label, 75),
        "action_id": action_id(name),
        "value": str(value),
    }
    if primary or danger:
        element["style"] = "primary" if primary else "danger"
    if confirm:
        element["confirm"] = confirm
    return element


def link_button(label: str, name: str, url: str) -> Element:
    """A button that opens a page. Slack still tells us that it was pressed: it needs its own name."""
    return {"type": "button", "text": plain(label, 75), "action_id": action_id(name), "url": url}


def option(label: str, value: str, description: str | None = None) -> Element:
    """One choice of a menu."""
    found: Element = {"text": plain(label, 75), "value": value}
    if description:
        found["description"] = plain(description, 75)
    return found


def box(label: str, value: str, description: str | None = None) -> Element:
    """One choice of radio buttons or checkboxes; these may have mrkdwn."""
    found: Element = {"text": mrkdwn(label, 75), "value": value}
    if description:
        found["description"] = mrkdwn(description, 75)
    return found


def _chosen(options: Sequence[Element], value: str | None) -> Mapping[str, Element]:
    found = next((one for one in options if one["value"] == value), None)
    return {"initial_option": found} if found else {}


def select(name: str, options: Sequence[Element], *, placeholder: str, chosen: str | None = None) -> Element:
    """A menu. More options than Slack takes are left out: longer lists want `external_select`."""
    shown = list(options[:MOST_OPTIONS])
    return {
        "type": "static_select",
        "action_id": action_id(name),
        "placeholder": plain(placeholder, 150),
        "options": shown,
        **_chosen(shown, chosen),
    }


def external_select(
    name: str, *, placeholder: str, min_query_length: int = 0, chosen: Element | None = None
) -> Element:
    """A menu whose options Slack asks us for while the person types."""
    element: Element = {
        "type": "external_select",
        "action_id": action_id(name),
        "placeholder": plain(placeholder, 150),
        "min_query_length": min_query_length,
    }
    if chosen:
        element["initial_option"] = chosen
    return element


def overflow(name: str, options: Sequence[Element]) -> Element:
    """The ⋯ of a line; five options at most."""
    return {"type": "overflow", "action_id": action_id(name), "options": list(options[:5])}


def radio_buttons(name: str, options: Sequence[Element], *, chosen: str | None = None) -> Element:
    """One of a few, all of them in sight."""
    shown = list(options[:MOST_BOXES])
    return {
        "type": "radio_buttons",
        "action_id": action_id(name),
        "options": shown,
        **_chosen(shown, chosen),
    }


def checkboxes(name: str, options: Sequence[Element], *, chosen: Sequence[str] = ()) -> Element:
    """Any of a few."""
    shown = list(options[:MOST_BOXES])
    element: Element = {"type": "checkboxes", "action_id": action_id(name), "options": shown}
    initial = [one for one in shown if one["value"] in chosen]
    return {**element, "initial_options": initial} if initial else element


def text_input(
    name: str,
    *,
    initial: object = None,
    placeholder: str | None = None,
    multiline: bool = False,
    longest: int = LONGEST_INPUT,
    focus: bool = False,
) -> Element:
    """A field for text. What is prefilled is cut to what the field takes."""
    longest = min(longest, LONGEST_INPUT)
    element: Element = {
        "type": "plain_text_input",
        "action_id": action_id(name),
        "multiline": multiline,
        "max_length": longest,
    }
    if initial:
        element["initial_value"] = str(initial)[:longest]
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    if focus:
        element["focus_on_load"] = True
    return element


def url_input(name: str, *, initial: object = None, placeholder: str | None = None) -> Element:
    """A field for a link."""
    element: Element = {"type": "url_text_input", "action_id": action_id(name)}
    if initial:
        element["initial_value"] = str(initial)[:LONGEST_INPUT]
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def user_select(name: str, *, placeholder: str, chosen: str | None = None) -> Element:
    """One person of the workspace."""
    element: Element = {
        "type": "users_select",
        "action_id": action_id(name),
        "placeholder": plain(placeholder, 150),
    }
    return {**element, "initial_user": chosen} if chosen else element


def users_select(name: str, *, placeholder: str, chosen: Sequence[str] = (), most: int = 50) -> Element:
    """Several people of the workspace."""
    element: Element = {
        "type": "multi_users_select",
        "action_id": action_id(name),
        "placeholder": plain(placeholder, 150),
        "max_selected_items": most,
    }
    return {**element, "initial_users": list(chosen[:most])} if chosen else element


def datetime_picker(name: str, *, chosen: int | None = None) -> Element:
    """A date and a time in the person's own time zone; `chosen` is a Unix time in seconds."""
    element: Element = {"type": "datetimepicker", "action_id": action_id(name)}
    return {**element, "initial_date_time": chosen} if chosen else element
