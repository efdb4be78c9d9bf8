"""How Slack shows users, channels and user groups: the JSON of `users.info`, `conversations.info` and so on."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.sandbox.errors import Json
from bot.sandbox.records import Channel, Group, User

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def profile_json(user: User) -> Json:
    """A user's profile. Given fields win over those made from the record."""
    first, _, last = user.real_name.partition(" ")
    return {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "fields": {},
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "g" + user.id[-6:].lower(),
        "first_name": first,
        "last_name": last,
        **({} if user.is_bot else {"email": user.email}),
        "image_48": f"https://secure.gravatar.com/avatar/{user.id.lower()}.jpg?s=48",
        "team": user.team_id,
        **user.profile,
    }


def user_json(workspace: "Workspace", user: User, *, locale: bool) -> Json:
    """A user, with the locale only where it was asked for."""
    shown: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile_json(user),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.deleted:
        return shown
    offset = datetime.now(ZoneInfo(user.tz)).utcoffset() if user.tz else None
    shown |= {
        "color": "9f69e7",
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    if user.is_stranger or user.team_id != workspace.team_id:
        shown["is_stranger"] = user.is_stranger
    if locale:
        shown["locale"] = user.locale
    return shown


def channel_json(workspace: "Workspace", channel: Channel, *, members: bool = False) -> Json:
    """A conversation as the app sees it."""
    if channel.is_im:
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.is_archived,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": workspace.team_id,
            "updated": channel.created * 1000,
            "user": channel.user_id,
            "is_user_deleted": bool(channel.user_id and workspace.users[channel.user_id].deleted),
            "is_open": True,
            "priority": 0,
        }
    shown: Json = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "unlinked": 0,
        "is_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": workspace.team_id,
        "updated": channel.created * 1000,
        "parent_conversation": None,
        "creator": channel.creator,
        "is_ext_shared": channel.is_ext_shared,
        "shared_team_ids": [workspace.team_id, *channel.connected_team_ids],
        "pending_connected_team_ids": [],
        "is_member": workspace.bot_user_id in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": [],
    }
    if channel.connected_team_ids:
        shown["connected_team_ids"] = channel.connected_team_ids
    if members:
        shown["num_members"] = len(channel.members)
    return shown


def group_json(workspace: "Workspace", group: Group, *, users: bool, count: bool) -> Json:
    """A user group, with its members where they were asked for."""
    shown: Json = {
        "id": group.id,
        "team_id": workspace.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": group.updated,
        "date_delete": group.updated if group.disabled else 0,
        "auto_type": None,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": "USLACKBOT",
        "updated_by": "USLACKBOT",
        "deleted_by": None,
        "prefs": {"channels": [], "groups": []},
        "user_count": len(group.users),
    }
    if users:
        shown["users"] = list(group.users)
    if not count and not users:
        del shown["user_count"]
    return shown
