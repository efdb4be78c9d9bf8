"""views.*: opening, pushing, updating modals, publishing an App Home."""

from typing import Any

from bot.sandbox.api.call import Call, Table
from bot.sandbox.blocks.surfaces import view_is_too_large, wrong_in_view
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.modal_scenes import note_view
from bot.sandbox.triggers import Trigger
from bot.sandbox.view_store import View, view_json


def check_view(value: Any, *kinds: str) -> Json:
    """A view, if Slack would take it. Raises its errors, with every objection."""
    wrong = wrong_in_view(value)
    if not wrong and value["type"] not in kinds:
        wrong = [f"unsupported type: {value['type']} [json-pointer:/view/type]"]
    if wrong:
        raise SlackError("invalid_arguments", messages=wrong)
    if view_is_too_large(value):
        raise SlackError("view_too_large")
    return dict(value)


def _view_argument(call: Call, *kinds: str) -> Json:
    return check_view(call.arguments.structure("view"), *kinds)


def _trigger(call: Call) -> Trigger:
    name = call.arguments.text("trigger_id") or call.required("interactivity_pointer")
    return call.workspace.triggers.redeem(name)


def _shown(call: Call, view: View) -> Json:
    return {"view": view_json(call.workspace, view)}


def open_view(call: Call) -> Json:
    """views.open: the view is judged before the trigger id is used up."""
    body = _view_argument(call, "modal")
    trigger = _trigger(call)
    view = call.workspace.views.open(call.workspace, trigger.user_id, body)
    note_view(call.workspace, view, "is shown")
    return _shown(call, view)


def push_view(call: Call) -> Json:
    """views.push: only from something that was done in a modal that is still open."""
    body = _view_argument(call, "modal")
    trigger = _trigger(call)
    stack = call.workspace.views.stack(trigger.user_id)
    if trigger.view_id not in [view.id for view in stack]:
        raise SlackError("not_found")
    view = call.workspace.views.push(call.workspace, trigger.user_id, body)
    note_view(call.workspace, view, "is shown, on top,")
    return _shown(call, view)


def update_view(call: Call) -> Json:
    """views.update"""
    if not call.arguments.has("view_id") and not call.arguments.has("external_id"):
        raise SlackError("invalid_arguments", messages=["missing required field: view_id"])
    body = _view_argument(call, "modal", "home")
    view = call.workspace.views.find(call.arguments.text("view_id"), call.arguments.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    if body["type"] != view.kind:
        raise SlackError("invalid_arguments", messages=["view type cannot change [json-pointer:/view/type]"])
    _refuse_old_hash(call, view)
    call.workspace.views.update(call.workspace, view, body)
    note_view(call.workspace, view, "sees change")
    return _shown(call, view)


def _refuse_old_hash(call: Call, view: View | None) -> None:
    known = call.arguments.text("hash")
    if known is not None and (view is None or known != view.hash):
        raise SlackError("hash_conflict")


def publish_view(call: Call) -> Json:
    """views.publish"""
    if not call.workspace.home_enabled:
        raise SlackError("not_enabled")
    user = call.workspace.users.get(call.required("user_id"))
    if user is None:
        raise SlackError("invalid_arguments", messages=["user not found [json-pointer:/user_id]"])
    body = _view_argument(call, "home")
    _refuse_old_hash(call, call.workspace.views.homes.get(user.id))
    view = call.workspace.views.publish(call.workspace, user.id, body)
    call.workspace.changed()
    return _shown(call, view)


METHODS: Table = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
