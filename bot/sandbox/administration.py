"""What an administrator, or life, does to a workspace while the app runs; each tells the app by its event."""

from typing import TYPE_CHECKING

from bot.sandbox.directory import group_json, user_json
from bot.sandbox.errors import Json
from bot.sandbox.message_json import file_json
from bot.sandbox.records import Channel, File, User

if TYPE_CHECKING:
    from bot.sandbox.people import Person
    from bot.sandbox.workspace import Workspace


class Administration:
    """Changes that nobody makes with the app's help."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def _emit(self, kind: str, **fields: object) -> None:
        self._workspace.emit({"type": kind, **fields, "event_ts": self._workspace.ids.next_ts()})

    # People

    def change_person(self, who: str, **fields: object) -> None:
        """Change a user (`deleted=True` deactivates, `locale=`, `tz=`, `is_restricted=` …): user_change."""
        user = self._workspace.user(who)
        for name, value in fields.items():
            if not hasattr(user, name):
                raise TypeError(f"a user has no {name!r}")
            setattr(user, name, value)
        user.updated = max(self._workspace.ids.epoch(), user.updated + 1)
        self._emit("user_change", user=self._shown(user), cache_ts=user.updated)

    def deactivate(self, who: str) -> None:
        """Deactivate somebody."""
        self.change_person(who, deleted=True)

    def join_team(self, name: str, **fields: object) -> "Person":
        """Somebody new joins the workspace: team_join."""
        person = self._workspace.add_person(name, **fields)
        self._emit("team_join", user=self._shown(person.user), cache_ts=person.user.updated)
        return person

    def set_dnd(self, who: str, *, start_ts: int, end_ts: int) -> None:
        """Somebody is not to be disturbed between two moments: dnd_updated_user."""
        user = self._workspace.user(who)
        user.dnd = {"dnd_enabled": True, "next_dnd_start_ts": start_ts, "next_dnd_end_ts": end_ts}
        self._emit("dnd_updated_user", user=user.id, dnd_status=dict(user.dnd))

    def _shown(self, user: User) -> Json:
        return user_json(self._workspace, user, locale=True)

    # Channels

    def add_to_channel(self, which: str, who: str) -> None:
        """Add a member: member_joined_channel, to an app that is in the channel."""
        channel, user = self._workspace.channel(which), self._workspace.user(who)
        if user.id in channel.members:
            return
        channel.members.append(user.id)
        self._tell_member("member_joined_channel", channel, user)

    def remove_from_channel(self, which: str, who: str) -> None:
        """Remove a member: member_left_channel; the app itself learns of its own removal by channel_left."""
        channel, user = self._workspace.channel(which), self._workspace.user(who)
        if user.id not in channel.members:
            return
        if user.id == self._workspace.bot_user_id:
            channel.members.remove(user.id)
            self._emit("group_left" if channel.is_private else "channel_left", channel=channel.id)
            return
        self._tell_member("member_left_channel", channel, user)
        channel.members.remove(user.id)

    def _tell_member(self, kind: str, channel: Channel, user: User) -> None:
        self._workspace.changed()
        if self._workspace.bot_user_id in channel.members:
            letter = "G" if channel.is_private else "C"
            team = self._workspace.team_id
            self._emit(kind, user=user.id, channel=channel.id, channel_type=letter, team=team)

    def archive(self, which: str, *, by: str = "USLACKBOT") -> None:
        """Archive a channel: channel_archive. Everybody who was in it stays in it."""
        self._set_archived(which, by, archived=True)

    def unarchive(self, which: str, *, by: str = "USLACKBOT") -> None:
        """Take a channel out of the archive: channel_unarchive. At Slack an app must be invited again."""
        self._set_archived(which, by, archived=False)

    def _set_archived(self, which: str, by: str, *, archived: bool) -> None:
        channel = self._workspace.channel(which)
        channel.is_archived = archived
        self._tell_channel(channel, "archive" if archived else "unarchive", user=by, is_moved=0)

    def delete_channel(self, which: str) -> None:
        """Delete a channel for good: channel_deleted."""
        channel = self._workspace.channel(which)
        channel.deleted = True
        self._tell_channel(channel, "deleted")

    def rename_channel(self, which: str, name: str) -> None:
        """Rename a channel: channel_rename."""
        channel = self._workspace.channel(which)
        channel.name = name
        kind = "group_rename" if channel.is_private else "channel_rename"
        self._emit(kind, channel={"id": channel.id, "name": name, "created": channel.created})

    def share_channel(self, which: str) -> None:
        """Share a channel with another company: channel_shared."""
        channel = self._workspace.channel(which)
        channel.is_ext_shared = True
        channel.connected_team_ids = [self._workspace.ids.new("T")]
        self._emit("channel_shared", channel=channel.id, connected_team_id=channel.connected_team_ids[0])

    def _tell_channel(self, channel: Channel, what: str, **fields: object) -> None:
        self._workspace.changed()
        if not channel.is_private or self._workspace.bot_user_id in channel.members:
            kind = "group" if channel.is_private else "channel"
            self._emit(f"{kind}_{what}", channel=channel.id, **fields)

    # User groups

    def change_group(self, which: str, members: list[str]) -> None:
        """Give a user group other members: subteam_updated and subteam_members_changed."""
        group = self._workspace.group(which)
        before, after = group.users, [self._workspace.user(member).id for member in members]
        group.users, group.updated = after, max(self._workspace.ids.epoch(), group.updated + 1)
        shown = group_json(self._workspace, group, users=True, count=True)
        self._emit("subteam_updated", subteam=shown)
        added = [user for user in after if user not in before]
        removed = [user for user in before if user not in after]
        self._emit(
            "subteam_members_changed",
            subteam_id=group.id,
            team_id=self._workspace.team_id,
            date_update=group.updated,
            added_users=added,
            added_users_count=len(added),
            removed_users=removed,
            removed_users_count=len(removed),
        )

    # The app

    def revoke_tokens(self, problem: str = "token_revoked") -> None:
        """Take the app's token away: tokens_revoked; every call answers `token_revoked` from then on."""
        workspace = self._workspace
        self._emit("tokens_revoked", tokens={"oauth": [], "bot": [workspace.bot_user_id]})
        workspace.token_problem = problem

    def restore_tokens(self) -> None:
        """The app is installed again, with the token that it has."""
        self._workspace.token_problem = None
        self._workspace.changed()

    def disable_home(self) -> None:
        """Switch the app's Home tab off."""
        self._workspace.home_enabled = False

    def tell_file_shared(self, file: File, channel: Channel) -> None:
        """file_shared, to an app that can see the channel."""
        self._workspace.changed()
        if self._workspace.bot_user_id in channel.members:
            shown = file_json(self._workspace, file)
            names = {"file_id": file.id, "user_id": file.user, "channel_id": channel.id}
            self._emit("file_shared", **names, file={"id": shown["id"]})
