"""bookmarks.*: the links on top of a channel."""

from bot.sandbox.api.call import Call, Table
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.records import Channel

MOST = 100


def _channel(call: Call) -> Channel:
    channel = call.channel("channel_id")
    if not call.is_member(channel):
        raise call.refuse("permission_denied", "channel_not_found")
    return channel


def _link(call: Call) -> str | None:
    link = call.arguments.text("link")
    if link is not None and not link.startswith(("http://", "https://", "mailto:", "tel:")):
        raise SlackError("invalid_link")
    return link


def add(call: Call) -> Json:
    """bookmarks.add: links only, as for every app."""
    if call.required("type") != "link":
        raise SlackError("invalid_bookmark_type")
    channel, link = _channel(call), _link(call)
    if link is None:
        raise SlackError("invalid_link")
    if len(channel.bookmarks) >= MOST:
        raise SlackError("too_many_bookmarks")
    now = call.workspace.ids.epoch()
    bookmark: Json = {
        "id": call.workspace.ids.new("Bk"),
        "channel_id": channel.id,
        "title": call.required("title"),
        "link": link,
        "emoji": call.arguments.text("emoji") or "",
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": f"U{len(channel.bookmarks)}",
        "last_updated_by_user_id": call.workspace.bot_user_id,
        "last_updated_by_team_id": call.workspace.team_id,
        "shortcut_id": None,
        "app_id": call.workspace.app_id,
    }
    channel.bookmarks.append(bookmark)
    call.workspace.changed()
    return {"bookmark": bookmark}


def edit(call: Call) -> Json:
    """bookmarks.edit"""
    channel, link = _channel(call), _link(call)
    wanted = call.required("bookmark_id")
    for bookmark in channel.bookmarks:
        if bookmark["id"] == wanted:
            given = {"title": call.arguments.text("title"), "emoji": call.arguments.text("emoji"), "link": link}
            bookmark |= {name: value for name, value in given.items() if value is not None}
            bookmark["date_updated"] = call.workspace.ids.epoch()
            call.workspace.changed()
            return {"bookmark": bookmark}
    raise SlackError("not_found")


def list_bookmarks(call: Call) -> Json:
    """bookmarks.list"""
    return {"bookmarks": list(_channel(call).bookmarks)}


METHODS: Table = {"bookmarks.add": add, "bookmarks.edit": edit, "bookmarks.list": list_bookmarks}
