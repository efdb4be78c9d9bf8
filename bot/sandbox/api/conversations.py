"""conversations.*: finding, opening, joining, making and closing conversations. Reading them: `history.py`."""

import re

from bot.sandbox.api.call import Call, Table
from bot.sandbox.api.pages import page
from bot.sandbox.directory import channel_json
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.records import Channel, User

TYPES = {"public_channel", "private_channel", "mpim", "im"}
LONGEST_NAME, LONGEST_TOPIC, MOST_INVITED = 80, 250, 100


def type_of(channel: Channel) -> str:
    """Slack's word for the kind of a conversation in `types`."""
    kinds = {"im": "im", "mpim": "mpim", "group": "private_channel", "channel": "public_channel"}
    return kinds[channel.kind]


def visible(call: Call) -> list[Channel]:
    """The conversations that the app can see, of the wanted types."""
    types = set(call.arguments.names("types")) or {"public_channel"}
    if types - TYPES:
        raise SlackError("invalid_types")
    without_archived = call.arguments.flag("exclude_archived")
    return [
        channel
        for channel in call.workspace.channels.values()
        if type_of(channel) in types
        and not channel.deleted
        and not (without_archived and channel.is_archived)
        and (type_of(channel) == "public_channel" or call.is_member(channel))
    ]


def list_conversations(call: Call) -> Json:
    """conversations.list"""
    some, metadata = page(call, visible(call))
    shown = [channel_json(call.workspace, c, members=not c.is_im) for c in some]
    return {"channels": shown, "response_metadata": metadata}


def info(call: Call) -> Json:
    """conversations.info"""
    channel = call.channel()
    count = call.arguments.flag("include_num_members")
    shown = channel_json(call.workspace, channel, members=count)
    if call.arguments.flag("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


def members(call: Call) -> Json:
    """conversations.members"""
    some, metadata = page(call, call.channel().members)
    return {"members": some, "response_metadata": metadata}


def open_conversation(call: Call) -> Json:
    """conversations.open: a direct message with one user, or one that is known by its id."""
    if call.arguments.has("channel"):
        channel = call.channel()
        return {"no_op": True, "already_open": True, "channel": _opened(call, channel)}
    wanted = call.arguments.names("users")
    if not wanted:
        raise SlackError("users_list_not_supplied")
    if len(wanted) > 8:
        raise SlackError("too_many_users")
    users = [_dm_partner(call, user_id) for user_id in wanted]
    known = set(call.workspace.channels)
    channel = call.workspace.app_dm(users[0].id) if len(users) == 1 else _group_dm(call, users)
    old = channel.id in known
    return {"no_op": old, "already_open": old, "channel": _opened(call, channel)}


def _dm_partner(call: Call, user_id: str) -> User:
    user = call.workspace.users.get(user_id)
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")
    if user.is_bot:
        raise SlackError("invalid_user_combination")
    return user


def _group_dm(call: Call, users: list[User]) -> Channel:
    everybody = [*(user.id for user in users), call.workspace.bot_user_id]
    for channel in call.workspace.channels.values():
        if channel.is_mpim and set(channel.members) == set(everybody):
            return channel
    name = "mpdm-" + "--".join(user.name for user in users) + "-1"
    creator, created = call.workspace.bot_user_id, call.workspace.ids.epoch()
    channel = Channel(call.workspace.ids.new("C"), name, creator, created, is_private=True, is_mpim=True)
    channel.members = everybody
    call.workspace.channels[channel.id] = channel
    return channel


def _opened(call: Call, channel: Channel) -> Json:
    if call.arguments.flag("return_im"):
        return channel_json(call.workspace, channel)
    return {"id": channel.id}


def _shared_channel(call: Call) -> Channel:
    """A channel, not a direct message: what can be joined, left, archived."""
    channel = call.channel()
    if channel.is_im or channel.is_mpim:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def join(call: Call) -> Json:
    """conversations.join: public channels only."""
    channel = _shared_channel(call)
    if channel.is_private:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    answer: Json = {}
    if call.is_member(channel):
        answer = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    else:
        call.workspace.admin.add_to_channel(channel.id, call.workspace.bot_user_id)
    return {"channel": channel_json(call.workspace, channel), **answer}


def invite(call: Call) -> Json:
    """conversations.invite"""
    channel = _shared_channel(call)
    wanted = call.arguments.names("users")
    if not wanted:
        raise SlackError("no_user")
    if len(wanted) > MOST_INVITED:
        raise SlackError("too_many_users")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    for user_id in wanted:
        _refuse_guest(call, channel, user_id)
    for user_id in wanted:
        call.workspace.admin.add_to_channel(channel.id, user_id)
    return {"channel": channel_json(call.workspace, channel)}


def _refuse_guest(call: Call, channel: Channel, user_id: str) -> None:
    user = call.workspace.users.get(user_id)
    if user is None or user.deleted:
        raise SlackError("user_not_found")
    if user_id == call.workspace.bot_user_id:
        raise SlackError("cant_invite_self")
    if user_id in channel.members:
        raise SlackError("already_in_channel")
    if user.is_ultra_restricted:
        raise SlackError("ura_max_channels")


def create(call: Call) -> Json:
    """conversations.create: the app is its first member."""
    name = call.required("name").removeprefix("#")
    if len(name) > LONGEST_NAME:
        raise SlackError("invalid_name_maxlength")
    if not any(letter.isalnum() for letter in name):
        raise SlackError("invalid_name_punctuation")
    if name != name.lower() or not re.fullmatch(r"[\w-]+", name):
        raise SlackError("invalid_name_specials")
    if any(channel.name == name and not channel.deleted for channel in call.workspace.channels.values()):
        raise SlackError("name_taken")
    private = call.arguments.flag("is_private")
    channel = call.workspace.add_channel(name, private=private, bot=True)
    shown = channel_json(call.workspace, channel)
    call.workspace.emit({"type": "channel_created", "channel": shown, "event_ts": call.workspace.ids.next_ts()})
    return {"channel": shown}


def set_topic(call: Call) -> Json:
    """conversations.setTopic"""
    channel = call.channel()
    topic = call.required("topic")
    if len(topic) > LONGEST_TOPIC:
        raise SlackError("too_long")
    if channel.is_archived:
        raise SlackError("is_archived")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    channel.topic = topic
    call.workspace.changed()
    return {"channel": channel_json(call.workspace, channel)}


def archive(call: Call) -> Json:
    """conversations.archive"""
    channel = _shared_channel(call)
    if channel.is_archived:
        raise SlackError("already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    call.workspace.admin.archive(channel.id)
    return {}


METHODS: Table = {
    "conversations.list": list_conversations,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.open": open_conversation,
    "conversations.join": join,
    "conversations.invite": invite,
    "conversations.create": create,
    "conversations.setTopic": set_topic,
    "conversations.archive": archive,
}
