"""The ids that join what we render to what comes back: actions, blocks, views, shortcuts.

Buttons carry the act in the action id ("esc:acknowledge") and the escalation's number as value
("142"); a menu's option values are "act:142". One listener a surface, by these patterns.
"""

import re

ACTION_PREFIX = "esc:"
ACTION_PATTERN = re.compile(r"^esc:")
MENU_ACTION = "esc:menu"

COMMAND = "/escalate"
SHORTCUT_ESCALATE_MESSAGE = "escalate_message"
SHORTCUT_ADD_EVIDENCE = "add_evidence"
SHORTCUT_NEW = "new_escalation"
SHORTCUT_QUEUE = "my_queue"

VIEW_PREFIX = "esc-view:"
VIEW_PATTERN = re.compile(r"^esc-view:")

METADATA_EVENT = "escalation_notice"  # message metadata's event_type; its payload holds the notice's key


def action_id(name: str) -> str:
    """The action id of an act or of one of the surfaces' own buttons (why, history, open, follow…)."""
    return ACTION_PREFIX + name


def action_name(action: str) -> str:
    """The name inside an action id of ours."""
    return action.removeprefix(ACTION_PREFIX)


def menu_value(name: str, number: int) -> str:
    """The option value of an overflow menu's entry."""
    return f"{name}:{number}"


def view_id(name: str) -> str:
    """The callback id of one of our modals."""
    return VIEW_PREFIX + name


def view_name(callback_id: str) -> str:
    """The name inside a callback id of ours."""
    return callback_id.removeprefix(VIEW_PREFIX)
