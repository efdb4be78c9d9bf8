"""Acting in modals: submitting and closing, and what the app's answer does to the stack of views."""

from typing import TYPE_CHECKING

from bot.sandbox.api.views import check_view
from bot.sandbox.delivery import Answer
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.modal_scenes import note_view
from bot.sandbox.people.outcome import Outcome
from bot.sandbox.people.payloads import view_closed, view_submission
from bot.sandbox.refusing_client import objections
from bot.sandbox.view_store import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


async def submit(workspace: "Workspace", view: View) -> Outcome:
    """Press Submit. Slack's client refuses what is incomplete; otherwise the app decides."""
    refused = objections(view.blocks, view.inputs)
    if refused:
        return Outcome("refused", Answer(), view, refused)
    answer = await workspace.delivery.interaction(view_submission(workspace, view))
    if not answer.ok:
        return Outcome("failed", answer, view, why=answer.error)
    if not answer.body.strip():
        return _closed(workspace, view, answer)
    return _follow(workspace, view, answer)


def _follow(workspace: "Workspace", view: View, answer: Answer) -> Outcome:
    """Do what the answer says. What Slack would not understand fails, and the modal stays."""
    body = answer.json()
    if not isinstance(body, dict):
        return Outcome("failed", answer, view, why="the answer is not a JSON object")
    asked = body.get("response_action")
    if asked is None and not body:
        return _closed(workspace, view, answer)
    if asked == "clear":
        workspace.views.clear(view.user_id)
        workspace.changed()
        return Outcome("closed", answer)
    if asked == "errors":
        return _show_errors(workspace, view, answer, errors=body.get("errors"))
    if asked in ("update", "push"):
        return _show_view(workspace, view, answer, body=body)
    return Outcome("failed", answer, view, why=f"no such response_action: {asked}")


def _closed(workspace: "Workspace", view: View, answer: Answer) -> Outcome:
    workspace.views.pop(view)
    workspace.changed()
    stack = workspace.views.stack(view.user_id)
    return Outcome("closed", answer, stack[-1] if stack else None)


def _show_errors(workspace: "Workspace", view: View, answer: Answer, *, errors: object) -> Outcome:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        return Outcome("failed", answer, view, why=f"errors must be by block_id of inputs: {errors}")
    view.errors = {name: str(text) for name, text in errors.items()}
    note_view(workspace, view, "sees errors in")
    return Outcome("errors", answer, view, dict(view.errors))


def _show_view(workspace: "Workspace", view: View, answer: Answer, *, body: Json) -> Outcome:
    try:
        shown = check_view(body.get("view"), "modal")
        if body["response_action"] == "push":
            pushed = workspace.views.push(workspace, view.user_id, shown)
            note_view(workspace, pushed, "is shown, on top,")
            return Outcome("pushed", answer, pushed)
        workspace.views.update(workspace, view, shown)
    except SlackError as refused:
        return Outcome("failed", answer, view, why=f"{refused.code}: {'; '.join(refused.messages)}")
    note_view(workspace, view, "sees change")
    return Outcome("updated", answer, view)


async def close(workspace: "Workspace", view: View, *, everything: bool) -> list[Answer]:
    """Close one modal, or all of them with the cross; those that asked are told by view_closed."""
    stack = workspace.views.stack(view.user_id)
    cleared = everything or bool(view.body.get("clear_on_close"))
    leaving = list(reversed(stack)) if cleared else [view]
    for one in leaving:
        workspace.views.pop(one)
    workspace.changed()
    answers = []
    for one in leaving:
        if one.body.get("notify_on_close"):
            payload = view_closed(workspace, one, is_cleared=cleared)
            answers.append(await workspace.delivery.interaction(payload))
    return answers
