"""Notes in the transcript what somebody reads in a modal."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks.walk import words
from bot.sandbox.errors import Json
from bot.sandbox.reading import read_blocks
from bot.sandbox.view_store import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def read_view(workspace: "Workspace", view: View) -> str:
    """A view as its person reads it."""
    viewer = workspace.users[view.user_id]
    buttons = [words(view.body.get(name)) for name in ("submit", "close")]
    foot = " ".join(f"[{text}]" for text in buttons if text)
    errors = [f"! {text}" for text in view.errors.values()]
    parts = [view.title, read_blocks(workspace, view.blocks, viewer), *errors, foot]
    return "\n".join(part for part in parts if part)


def read_typed(workspace: "Workspace", view: View) -> str:
    """What a person has typed and chosen in a view, a line a field."""
    filled = [
        (words(block["label"]), view.values[block["block_id"]][block["element"]["action_id"]])
        for block in view.blocks
        if block["type"] == "input"
    ]
    lines = [f"{label}: {said}" for label, state in filled if (said := _said(workspace, state))]
    return "\n".join([view.title, *lines])


def _said(workspace: "Workspace", state: Json) -> str:
    content = next(value for name, value in state.items() if name != "type")
    items = content if isinstance(content, list) else [content]
    return ", ".join(_item(workspace, item) for item in items if item not in (None, ""))


def _item(workspace: "Workspace", item: Any) -> str:
    if isinstance(item, dict):
        return words(item.get("text"))
    if item in workspace.users:
        return "@" + workspace.users[item].real_name
    return "#" + workspace.channels[item].name if item in workspace.channels else str(item)


def note_view(workspace: "Workspace", view: View, verb: str) -> None:
    """Note that a person is shown a modal, or sees it change."""
    workspace.scenes.add(
        at=workspace.ids.now(),
        where="modal" if view.kind == "modal" else "App Home",
        who=workspace.users[view.user_id].real_name,
        verb=verb,
        text=read_view(workspace, view),
        audience=frozenset([view.user_id]),
    )
    workspace.changed()
