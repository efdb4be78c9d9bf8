"""From the name of a method to its answer: token, permission, required arguments, and Slack's error codes."""

from typing import TYPE_CHECKING

from bot.sandbox.api import auth, bookmarks, chat, conversations, files, history, marks, scheduled, usergroups
from bot.sandbox.api import users as users_api
from bot.sandbox.api import views as views_api
from bot.sandbox.api.call import Call, Table
from bot.sandbox.api.scopes import NEEDED
from bot.sandbox.arguments import Arguments
from bot.sandbox.catalogue import documented, first_documented, require_documented
from bot.sandbox.errors import Json, SlackError

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

METHODS: Table = {
    **auth.METHODS,
    **bookmarks.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **history.METHODS,
    **marks.METHODS,
    **scheduled.METHODS,
    **usergroups.METHODS,
    **users_api.METHODS,
    **views_api.METHODS,
}
# What Slack says of a missing argument where it has a word of its own for it.
MISSING = {
    "channel": ("channel_not_found",),
    "user": ("user_not_found", "user_not_in_channel"),
    "users": ("no_users_provided", "no_user"),
    "ts": ("message_not_found", "thread_not_found"),
    "message_ts": ("message_not_found",),
    "timestamp": ("no_item_specified",),
    "name": ("invalid_name_required", "invalid_name"),
    "post_at": ("invalid_time",),
    "email": ("users_not_found",),
    "file": ("file_not_found",),
    "scheduled_message_id": ("invalid_scheduled_message_id",),
    "filename": ("missing_argument",),
    "length": ("missing_argument",),
    "usergroup": ("missing_argument",),
}


def answer(workspace: "Workspace", method: str, given: Json, *, token: str | None) -> Json:
    """The answer of one call. A code that Slack does not document for the method raises `Mistake`."""
    handler = METHODS.get(method)
    if handler is None:
        return {"ok": False, "error": "unknown_method", "req_method": method}
    try:
        check_token(workspace, method, token)
        arguments = Arguments({n: v for n, v in given.items() if n != "token"}, method)
        call = Call(workspace, method, arguments)
        _check_required(call)
        return {"ok": True, **handler(call)}
    except SlackError as refused:
        require_documented(method, refused.code)
        return refused.answer()


def check_token(workspace: "Workspace", method: str, token: str | None) -> None:
    """Whether this token may call this method. Raises what Slack says if not."""
    if method == "api.test" and token is None:
        return
    if token is None:
        raise SlackError("not_authed")
    if token not in (workspace.bot_token, workspace.app_token):
        raise SlackError("invalid_auth")
    if workspace.token_problem is not None:
        raise SlackError(workspace.token_problem)
    wants_app_token = method == "apps.connections.open"
    if wants_app_token != (token == workspace.app_token) and method not in ("api.test", "auth.test"):
        raise SlackError("not_allowed_token_type")
    _check_scope(workspace, method)


def _check_scope(workspace: "Workspace", method: str) -> None:
    needed = NEEDED.get(method, ())
    if workspace.scopes is not None and needed and not workspace.scopes & set(needed):
        provided = ",".join(sorted(workspace.scopes))
        raise SlackError("missing_scope", needed=",".join(needed), provided=provided)


def _check_required(call: Call) -> None:
    for name in documented()[call.method].required:
        if not call.arguments.has(name):
            codes = MISSING.get(name, ())
            code = first_documented(call.method, *codes, "invalid_arguments")
            plain = code == "invalid_arguments"
            raise SlackError(code, messages=[f"missing required field: {name}"] if plain else None)
