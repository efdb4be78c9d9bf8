"""Modals and App Homes: the stack of views each person has open, and the home each of them was given.

Slack: https://docs.slack.dev/surfaces/modals (a stack holds three views) and …/app-home
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.blocks.completion import completed
from bot.sandbox.blocks.walk import words
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.inputs import Inputs

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

MOST_VIEWS = 3


@dataclass
class View:
    """A modal or a home as it stands, with what the person has typed into it."""

    id: str
    user_id: str
    body: Json
    hash: str
    inputs: Inputs
    root_view_id: str = ""
    previous_view_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.body["type"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.body["blocks"])

    @property
    def title(self) -> str:
        return words(self.body.get("title"))

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata") or "")

    @property
    def external_id(self) -> str:
        return str(self.body.get("external_id") or "")

    @property
    def values(self) -> Json:
        """`state.values` as the app would get it now."""
        return self.inputs.values()


class ViewStore:
    """Every view that is open."""

    def __init__(self) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, user_id: str) -> list[View]:
        """The modals this person has open, the visible one last."""
        return self.stacks.setdefault(user_id, [])

    def find(self, view_id: str | None, external_id: str | None) -> View | None:
        """An open view by either id."""
        for view in [*self.homes.values(), *(v for stack in self.stacks.values() for v in stack)]:
            if view_id == view.id or (external_id and external_id == view.external_id):
                return view
        return None

    def open(self, workspace: "Workspace", user_id: str, body: Json) -> View:
        """Show a modal; whatever was open before is gone."""
        self._refuse_taken_external_id(body, None)
        view = self._new(workspace, user_id, body)
        view.root_view_id = view.id
        self.stacks[user_id] = [view]
        return view

    def push(self, workspace: "Workspace", user_id: str, body: Json) -> View:
        """Show a modal on top of the one that is open. Raises `push_limit_reached` above three."""
        stack = self.stack(user_id)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MOST_VIEWS:
            raise SlackError("push_limit_reached")
        self._refuse_taken_external_id(body, None)
        view = self._new(workspace, user_id, body)
        view.root_view_id, view.previous_view_id = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def update(self, workspace: "Workspace", view: View, body: Json) -> View:
        """Change a view; what was typed stays where block_id and action_id stay."""
        self._refuse_taken_external_id(body, view)
        view.body = {**body, "blocks": completed(body["blocks"])}
        view.inputs.take_up(view.body["blocks"])
        view.hash, view.errors = _hash(workspace), {}
        return view

    def publish(self, workspace: "Workspace", user_id: str, body: Json) -> View:
        """Give a person their App Home, or change it."""
        current = self.homes.get(user_id)
        if current is not None:
            return self.update(workspace, current, body)
        self._refuse_taken_external_id(body, None)
        view = self._new(workspace, user_id, body)
        view.root_view_id = view.id
        self.homes[user_id] = view
        return view

    def pop(self, view: View) -> None:
        """Close one modal; the one below it is visible again."""
        stack = self.stack(view.user_id)
        if view in stack:
            stack.remove(view)

    def clear(self, user_id: str) -> None:
        """Close every modal of this person."""
        self.stacks[user_id] = []

    def _new(self, workspace: "Workspace", user_id: str, body: Json) -> View:
        stored = {**body, "blocks": completed(body["blocks"])}
        return View(workspace.ids.new("V"), user_id, stored, _hash(workspace), Inputs(stored["blocks"]))

    def _refuse_taken_external_id(self, body: Json, own: View | None) -> None:
        external_id = body.get("external_id")
        if external_id and self.find(None, external_id) not in (None, own):
            raise SlackError("duplicate_external_id")


def _hash(workspace: "Workspace") -> str:
    return f"{workspace.ids.epoch()}.{workspace.ids.secret(8)}"


def view_json(workspace: "Workspace", view: View) -> Json:
    """A view as the app sees it, in the answer of a method and in payloads."""
    body = view.body
    modal = {
        "title": body.get("title"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_view_id,
    }
    home = {"title": None, "clear_on_close": False, "notify_on_close": False, "close": None, "submit": None}
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": view.kind,
        "blocks": body["blocks"],
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.values},
        "hash": view.hash,
        **(modal if view.kind == "modal" else home | {"previous_view_id": None}),
        "root_view_id": view.root_view_id,
        "app_id": workspace.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
