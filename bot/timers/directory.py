"""Keeps the directory's rows: all of it at the start and by a timer, single facts as Slack tells them.

A person whom nobody told us of is asked for once, outside any transaction (`learn`). A Slack that does
not answer leaves the rows as they are.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.clock import MachineClock
from bot.desk import Asker
from bot.outbox.errors import FaultKind
from bot.outbox.slack import SlackCalls, SlackFault
from models.queries import directory
from models.queries.directory import KnownChannel, KnownPerson
from models.queries.rulebooks import Rulebooks, current_version
from models.rules.people import PersonKind
from models.rules.rulebook import Rulebook
from models.session import Connection, Store

log = structlog.get_logger(__name__)

_PAGE = 200
_RATE_SECONDS = 30.0
_LAST_MOMENT = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True)
class Directory:
    """The directory of one workspace. `team_id` is Slack's; people of another one are strangers."""

    store: Store
    slack: SlackCalls
    machine: MachineClock
    books: Rulebooks
    workspace_id: int
    team_id: str

    async def refresh(self) -> None:
        """Asks Slack about the user groups and the rulebook's channels: few calls, often."""
        book = await self.store.read(self._rulebook)
        await self._refresh_groups()
        await self._refresh_channels(book)

    async def refresh_people(self) -> None:
        """Asks Slack about everyone: many calls in a large workspace. Events tell of changes meanwhile, and
        whoever is not known yet is asked for when they first act."""
        async for users in self._pages("users.list", "members", include_locale=True):
            found = [known_person(user, self.team_id) for user in users if user.get("id")]
            await self._save(
                lambda connection, now, found=found: directory.save_people(
                    connection, self.workspace_id, found, now=now
                )
            )
        log.info("people_refreshed")

    async def learn(self, who: Asker) -> bool:
        """Asks Slack about one person. False if Slack does not answer or does not know them."""
        try:
            answer = await self.slack.call("users.info", user=who.user_id, include_locale=True)
        except SlackFault as fault:
            log.warning("person_not_learned", code=fault.fault.code)
            return False
        user = answer.get("user") or {}
        if user.get("id") != who.user_id:
            return False
        await self.person_changed(user)
        return True

    async def person_changed(self, user: Mapping[str, Any]) -> None:
        """Slack's user object, from an event or a call."""
        found = known_person(user, self.team_id)
        await self._save(lambda connection, now: directory.save_people(connection, self.workspace_id, [found], now=now))

    async def group_changed(self, group: Mapping[str, Any]) -> None:
        """Slack's user group object, with its users."""
        if "users" not in group or not group.get("id"):
            return
        members = [str(user) for user in group["users"] or ()]
        handle = str(group.get("handle", ""))

        def work(connection: Connection, now: datetime) -> None:
            directory.save_group(
                connection, self.workspace_id, str(group["id"]), handle=handle, members=members, now=now
            )

        await self._save(work)

    async def group_members_changed(self, group_id: str, *, added: Iterable[str], removed: Iterable[str]) -> None:
        """What `subteam_members_changed` tells."""

        def work(connection: Connection, now: datetime) -> None:
            directory.change_group(
                connection, self.workspace_id, group_id, added=set(added), removed=set(removed), now=now
            )

        await self._save(work)

    async def channel_changed(self, channel_id: str, **changes: Any) -> None:
        """A single fact of a channel: is_archived, is_member, name."""
        await self.store.write(
            lambda connection: directory.mark_channel(connection, self.workspace_id, channel_id, **changes)
        )

    async def learn_channel(self, channel_id: str) -> KnownChannel | None:
        """Asks Slack about a channel; None if it cannot be seen."""
        try:
            answer = await self.slack.call("conversations.info", channel=channel_id)
        except SlackFault as fault:
            log.warning("channel_not_learned", channel=channel_id, code=fault.fault.code)
            return None
        found = known_channel({"id": channel_id} | dict(answer.get("channel") or {}))
        await self._save(
            lambda connection, now: directory.save_channels(connection, self.workspace_id, [found], now=now)
        )
        return found

    async def do_not_disturb_changed(self, user_id: str, status: Mapping[str, Any]) -> None:
        """What `dnd_updated_user` tells."""
        until = _snoozed_until(status, self.machine.now())
        await self.store.write(
            lambda connection: directory.set_person(connection, self.workspace_id, user_id, do_not_disturb_until=until)
        )

    async def _refresh_groups(self) -> None:
        try:
            answer = await self.slack.call("usergroups.list", include_users=True)
        except SlackFault as fault:
            log.warning("groups_not_refreshed", code=fault.fault.code)
            return
        for group in answer.get("usergroups", ()):
            await self.group_changed(group)

    async def _refresh_channels(self, book: Rulebook) -> None:
        wanted = {team.channel for team in book.teams.values()} | {t.fallback_channel for t in book.teams.values()}
        for channel_id in sorted(wanted):
            await self.learn_channel(channel_id)

    async def _pages(self, method: str, key: str, **arguments: Any) -> AsyncIterator[list[Mapping[str, Any]]]:
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            try:
                answer = await self.slack.call(method, limit=_PAGE, **arguments, **more)
            except SlackFault as fault:
                log.warning("directory_page_failed", method=method, code=fault.fault.code)
                if fault.fault.kind is not FaultKind.RATE:
                    return
                await asyncio.sleep(fault.fault.retry_after_seconds or _RATE_SECONDS)
                continue
            yield list(answer.get(key, ()))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _rulebook(self, connection: Connection) -> Rulebook:
        return self.books.get(connection, self.workspace_id, current_version(connection, self.workspace_id))

    async def _save(self, work: Any) -> None:
        await self.store.write(lambda connection: work(connection, self.machine.now()))


def known_person(user: Mapping[str, Any], team_id: str) -> KnownPerson:
    """What we keep of Slack's user object."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user.get("name") or ""
    return KnownPerson(
        user_id=str(user["id"]),
        name=str(name),
        kind=_kind(user, team_id),
        locale=user.get("locale") or None,
        time_zone=str(user.get("tz") or "UTC"),
    )


def known_channel(channel: Mapping[str, Any]) -> KnownChannel:
    """What we keep of Slack's channel object."""
    return KnownChannel(
        channel_id=str(channel["id"]),
        name=str(channel.get("name") or ""),
        is_member=bool(channel.get("is_member")),
        is_archived=bool(channel.get("is_archived")),
        is_shared=bool(channel.get("is_ext_shared") or channel.get("is_pending_ext_shared")),
    )


def _kind(user: Mapping[str, Any], team_id: str) -> PersonKind:
    if user.get("deleted"):
        return PersonKind.DEACTIVATED
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return PersonKind.BOT
    if user.get("is_stranger") or (user.get("team_id") and user["team_id"] != team_id):
        return PersonKind.STRANGER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return PersonKind.GUEST
    return PersonKind.MEMBER


def _snoozed_until(status: Mapping[str, Any], now: datetime) -> datetime | None:
    """The end of what holds Slack's notifications back right now: a snooze or the nightly schedule."""
    ends = [float(status.get("snooze_endtime") or 0)] if status.get("snooze_enabled") else []
    if status.get("dnd_enabled") and float(status.get("next_dnd_start_ts") or 0) <= now.timestamp():
        ends.append(float(status.get("next_dnd_end_ts") or 0))
    latest = min(max(ends, default=0.0), _LAST_MOMENT)
    return datetime.fromtimestamp(latest, UTC) if latest > now.timestamp() else None
