"""What a person has typed and chosen: the `state.values` of a view or a message.

State belongs to (block_id, action_id). Slack keeps it when a view is updated, even against a new initial
value; a new pair starts from its initial value.
"""

import copy
from typing import Any

from bot.sandbox.blocks.walk import Found, find_option, interactive
from bot.sandbox.errors import Json

# kind of element: (the key in state.values, the field with the initial content, the value of an empty one)
STATEFUL: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "users_select": ("selected_user", "initial_user", None),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "multi_users_select": ("selected_users", "initial_users", []),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "radio_buttons": ("selected_option", "initial_option", None),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "file_input": ("files", "initial_files", []),
}
TYPED = {name for name, (key, _, _) in STATEFUL.items() if key == "value"}


class Inputs:
    """The state of the elements in some blocks."""

    def __init__(self, blocks: list[Json]) -> None:
        self._values: dict[tuple[str, str], Json] = {}
        self.take_up(blocks)

    def take_up(self, blocks: list[Json]) -> None:
        """Take over new blocks: pairs that stay keep their state, new ones start, others are forgotten."""
        kept = self._values
        self._values = {}
        for found in interactive(blocks):
            if found.kind not in STATEFUL:
                continue
            pair = (found.block_id, found.action_id)
            old = kept.get(pair)
            self._values[pair] = old if old and _still_fits(old, found) else _initial(found)

    def set(self, found: Found, content: Any) -> None:
        """Note what the person typed or chose there."""
        key = STATEFUL[found.kind][0]
        self._values[(found.block_id, found.action_id)] = {"type": found.kind, key: content}

    def get(self, found: Found) -> Any:
        """What stands there now."""
        return self._values[(found.block_id, found.action_id)][STATEFUL[found.kind][0]]

    def values(self) -> Json:
        """`state.values`: by block_id, then by action_id; what was not touched is in it too."""
        shown: Json = {}
        for (block_id, action_id), state in self._values.items():
            shown.setdefault(block_id, {})[action_id] = copy.deepcopy(state)
        return shown


def _initial(found: Found) -> Json:
    key, initial, empty = STATEFUL[found.kind]
    return {"type": found.kind, key: copy.deepcopy(found.element.get(initial, empty))}


def _still_fits(state: Json, found: Found) -> bool:
    if state["type"] != found.kind:
        return False
    if "options" not in found.element and "option_groups" not in found.element:
        return True
    chosen = state.get("selected_options", state.get("selected_option"))
    options = chosen if isinstance(chosen, list) else [chosen] if chosen else []
    return all(find_option(found.element, option["value"]) for option in options)
