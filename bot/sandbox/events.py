"""What happened, as the Events API tells it: the envelope, and which subscription an event belongs to.

The events themselves are made where they happen (`posting.py`, `administration.py`, `people/`).
Slack: https://docs.slack.dev/apis/events-api
"""

from typing import TYPE_CHECKING

from bot.sandbox.errors import Json

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

OF_CHANNEL_TYPE = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
EVERY_EVENT = frozenset(
    {
        *(f"message.{kind}" for kind in OF_CHANNEL_TYPE.values()),
        *("app_home_opened", "app_mention", "app_uninstalled", "tokens_revoked"),
        *("channel_archive", "channel_unarchive", "channel_created", "channel_deleted", "channel_rename"),
        *("channel_left", "channel_shared", "channel_unshared", "group_archive", "group_unarchive"),
        *("group_deleted", "group_left", "group_rename", "im_created"),
        *("member_joined_channel", "member_left_channel", "dnd_updated_user", "file_shared", "file_deleted"),
        *("pin_added", "pin_removed", "reaction_added", "reaction_removed"),
        *("subteam_created", "subteam_updated", "subteam_members_changed", "team_join", "user_change"),
    }
)


def subscription_of(event: Json) -> str:
    """The name under which an app subscribes to this event."""
    if event["type"] == "message":
        return f"message.{OF_CHANNEL_TYPE[event['channel_type']]}"
    return str(event["type"])


def envelope(workspace: "Workspace", event: Json) -> Json:
    """The body around an event, with an event_id that its retries share."""
    return {
        "token": "sandbox-verification",
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.ids.new("Ev"),
        "event_time": workspace.ids.epoch(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": _is_shared(workspace, event),
        "event_context": f"4-{workspace.ids.secret(16)}",
    }


def _is_shared(workspace: "Workspace", event: Json) -> bool:
    where = event.get("channel") or event.get("channel_id") or event.get("item", {}).get("channel")
    channel = workspace.channels.get(where) if isinstance(where, str) else None
    return channel is not None and channel.is_ext_shared
