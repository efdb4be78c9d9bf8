"""files.*: an upload in three steps (an address, the bytes, the completion), and what became of it.

Slack: https://docs.slack.dev/messaging/working-with-files
"""

from bot.sandbox.api.call import Call, Table
from bot.sandbox.api.chat import TS, blocks_of
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.message_json import file_json
from bot.sandbox.posting import app_message, publish
from bot.sandbox.records import Channel, File, Message

LARGEST = 1024**3


def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal"""
    length = call.arguments.number("length")
    name = call.required("filename")
    if length is None or length <= 0:
        raise SlackError("invalid_arguments", messages=["must be greater than 0 [json-pointer:/length]"])
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    workspace = call.workspace
    file = File(workspace.ids.new("F"), name, length, workspace.bot_user_id, workspace.ids.epoch())
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.base_url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: shares the files, all of them uploaded before, in one message."""
    given = call.arguments.structure("files")
    if not isinstance(given, list) or not all(isinstance(item, dict) and "id" in item for item in given):
        raise SlackError("invalid_arguments", messages=["must provide an array [json-pointer:/files]"])
    files = [_uploaded(call, str(item["id"])) for item in given]
    channels = [_target(call, channel_id) for channel_id in _targets(call)]
    messages = [_sharing(call, channel) for channel in channels]
    for file, item in zip(files, given, strict=True):
        file.title, file.completed = str(item.get("title") or file.name), True
        file.channels = [channel.id for channel in channels]
    for channel, message in zip(channels, messages, strict=True):
        message.files = [file.id for file in files]
        publish(call.workspace, message)
        for file in files:
            call.workspace.admin.tell_file_shared(file, channel)
    return {"files": [file_json(call.workspace, file) for file in files]}


def _uploaded(call: Call, file_id: str) -> File:
    file = call.workspace.files.get(file_id)
    if file is None or file.deleted or file.completed or file.content is None:
        raise SlackError("file_not_found")
    return file


def _targets(call: Call) -> list[str]:
    return call.arguments.names("channel_id") or call.arguments.names("channels")


def _target(call: Call, channel_id: str) -> Channel:
    if channel_id in call.workspace.users:
        raise SlackError("invalid_channel")
    channel = call.workspace.channels.get(channel_id)
    if channel is None or channel.deleted or (channel.is_private and not call.is_member(channel)):
        raise SlackError("channel_not_found")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("posting_to_channel_denied")
    return channel


def _sharing(call: Call, channel: Channel) -> Message:
    thread_ts = call.arguments.text("thread_ts")
    if thread_ts is not None and (not TS.fullmatch(thread_ts) or thread_ts not in channel.messages):
        raise SlackError("invalid_arguments", messages=["thread not found [json-pointer:/thread_ts]"])
    blocks = blocks_of(call)
    text = call.arguments.text("initial_comment") or ""
    return app_message(call.workspace, channel, text=text, blocks=blocks, thread_ts=thread_ts)


def _file(call: Call) -> File:
    file = call.workspace.files.get(call.required("file"))
    if file is None or not file.completed:
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    return file


def info(call: Call) -> Json:
    """files.info"""
    return {"file": file_json(call.workspace, _file(call)), "comments": [], "response_metadata": {}}


def delete(call: Call) -> Json:
    """files.delete: only the app's own."""
    file = _file(call)
    if file.user != call.workspace.bot_user_id:
        raise SlackError("cant_delete_file")
    file.deleted, file.content = True, None
    stamp = call.workspace.ids.next_ts()
    call.workspace.emit({"type": "file_deleted", "file_id": file.id, "event_ts": stamp})
    return {}


METHODS: Table = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.delete": delete,
}
