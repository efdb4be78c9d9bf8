"""How Slack shows a message: in the answer to a post, in history, in an event, in a payload."""

from typing import TYPE_CHECKING

from bot.sandbox.errors import Json
from bot.sandbox.records import Channel, File, Message

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def message_json(workspace: "Workspace", message: Message, *, metadata: bool = False) -> Json:
    """A message as it stands; with its metadata only where that was asked for."""
    shown: Json = {"user": message.user, "type": "message", "ts": message.ts}
    if message.subtype is not None:
        shown["subtype"] = message.subtype
    shown |= {"text": message.text, "team": workspace.team_id}
    if message.bot_id is not None:
        shown |= _bot_fields(workspace, message)
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.files:
        shown["files"] = [file_json(workspace, workspace.files[file_id]) for file_id in message.files]
    if message.thread_ts is not None:
        shown["thread_ts"] = message.thread_ts
    if message.edited_ts is not None:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.reactions:
        shown["reactions"] = reactions_json(message)
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown | _thread_fields(workspace, message)


def _bot_fields(workspace: "Workspace", message: Message) -> Json:
    fields: Json = {"bot_id": message.bot_id, "app_id": message.app_id, "bot_profile": bot_json(workspace)}
    if message.username is not None:
        fields["username"] = message.username
    return fields


def bot_json(workspace: "Workspace") -> Json:
    """The app's bot, as in `bots.info` and in a message's bot_profile."""
    return {
        "id": workspace.bot_id,
        "deleted": False,
        "name": workspace.users[workspace.bot_user_id].real_name,
        "updated": workspace.users[workspace.bot_user_id].updated,
        "app_id": workspace.app_id,
        "user_id": workspace.bot_user_id,
        "team_id": workspace.team_id,
        "icons": {"image_48": "https://a.slack-edge.com/80588/img/plugins/app/bot_48.png"},
    }


def reactions_json(message: Message) -> list[Json]:
    """Who reacted with what, in the order of the first reaction."""
    return [{"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()]


def _thread_fields(workspace: "Workspace", message: Message) -> Json:
    channel: Channel = workspace.channels[message.channel]
    if message.is_reply:
        parent = channel.messages.get(message.thread_ts or "")
        return {"parent_user_id": parent.user} if parent else {}
    replies = [reply for reply in channel.replies(message.ts) if not reply.deleted]
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users,
        "is_locked": False,
        "subscribed": False,
    }


def file_json(workspace: "Workspace", file: File) -> Json:
    """A file, with the addresses at which its content is served to who holds a token."""
    extension = file.name.rpartition(".")[2] if "." in file.name else ""
    address = f"{workspace.base_url}/files-pri/{workspace.team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "filetype": extension,
        "pretty_type": extension.upper(),
        "user": file.user,
        "user_team": workspace.team_id,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": bool(file.channels),
        "url_private": f"{address}/{file.name}",
        "url_private_download": f"{address}/download/{file.name}",
        "permalink": f"{workspace.base_url}/files/{file.user}/{file.id}/{file.name}",
        "channels": [c for c in file.channels if workspace.channels[c].kind == "channel"],
        "groups": [c for c in file.channels if workspace.channels[c].kind == "group"],
        "ims": [c for c in file.channels if workspace.channels[c].kind == "im"],
    }
