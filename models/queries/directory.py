"""People, user groups and channels as Slack last told of them: read for facts, written by events and
by the directory timer. Also what a person chose for themselves: language, away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlmodel import col

from models.queries.upsert import upsert
from models.rules.people import Person, PersonKind
from models.tables import ChannelRow, PersonRow, UserGroupRow


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What Slack tells of a person."""

    user_id: str
    name: str
    kind: PersonKind
    locale: str | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class KnownChannel:
    """What Slack tells of a channel. `is_shared`: with another company."""

    channel_id: str
    name: str
    is_member: bool
    is_archived: bool
    is_shared: bool


# Built once: building a statement costs more than running it, and every move reads these.
_PEOPLE = select(PersonRow.__table__).where(  # type: ignore[attr-defined]
    col(PersonRow.workspace_id) == bindparam("workspace"),
    col(PersonRow.user_id).in_(bindparam("wanted", expanding=True)),
)
_MEMBERS = select(col(UserGroupRow.group_id), col(UserGroupRow.members)).where(
    col(UserGroupRow.workspace_id) == bindparam("workspace"),
    col(UserGroupRow.group_id).in_(bindparam("wanted", expanding=True)),
)
_CHANNEL = select(ChannelRow.__table__).where(  # type: ignore[attr-defined]
    col(ChannelRow.workspace_id) == bindparam("workspace"), col(ChannelRow.channel_id) == bindparam("channel")
)


def people(
    connection: Connection, workspace_id: int, user_ids: Iterable[str], groups: Iterable[str]
) -> dict[str, Person]:
    """The known ones of these people, with which of `groups` each is in."""
    wanted = sorted(set(user_ids))
    belongs = _memberships(connection, workspace_id, sorted(set(groups)))
    rows = connection.execute(_PEOPLE, {"workspace": workspace_id, "wanted": wanted}).mappings()
    return {row["user_id"]: _person(row, belongs) for row in rows}


def save_people(connection: Connection, workspace_id: int, found: Iterable[KnownPerson], *, now: datetime) -> None:
    """Adds or refreshes people. Their own choices (language, away) stay."""
    rows = [
        {
            "workspace_id": workspace_id,
            "user_id": p.user_id,
            "name": p.name,
            "kind": p.kind.value,
            "locale": p.locale,
            "time_zone": p.time_zone,
            "refreshed_at": now,
        }
        for p in found
    ]
    # A user object without a locale (Slack leaves it out of most events) must not erase a known one.
    with_locale = [row for row in rows if row["locale"]]
    without = [row for row in rows if not row["locale"]]
    shown = ["name", "kind", "time_zone", "refreshed_at"]
    upsert(connection, PersonRow, with_locale, keys=["workspace_id", "user_id"], set_columns=[*shown, "locale"])
    upsert(connection, PersonRow, without, keys=["workspace_id", "user_id"], set_columns=shown)


def save_group(
    connection: Connection,
    workspace_id: int,
    group_id: str,
    *,
    handle: str,
    members: list[str],
    now: datetime,
) -> None:
    """Adds or refreshes a user group and its members."""
    row = {
        "workspace_id": workspace_id,
        "group_id": group_id,
        "handle": handle,
        "members": members,
        "refreshed_at": now,
    }
    upsert(
        connection,
        UserGroupRow,
        [row],
        keys=["workspace_id", "group_id"],
        set_columns=["handle", "members", "refreshed_at"],
    )


def change_group(
    connection: Connection,
    workspace_id: int,
    group_id: str,
    *,
    added: set[str],
    removed: set[str],
    now: datetime,
) -> None:
    """Applies what Slack's event tells of a group's members; an unknown group waits for the timer."""
    statement = select(col(UserGroupRow.members), col(UserGroupRow.handle)).where(
        col(UserGroupRow.workspace_id) == workspace_id, col(UserGroupRow.group_id) == group_id
    )
    row = connection.execute(statement).first()
    if row is not None:
        members = sorted((set(row[0]) | added) - removed)
        save_group(connection, workspace_id, group_id, handle=row[1], members=members, now=now)


def save_channels(connection: Connection, workspace_id: int, found: Iterable[KnownChannel], *, now: datetime) -> None:
    """Adds or refreshes channels."""
    rows = [
        {
            "workspace_id": workspace_id,
            "channel_id": c.channel_id,
            "name": c.name,
            "is_member": c.is_member,
            "is_archived": c.is_archived,
            "is_shared": c.is_shared,
            "refreshed_at": now,
        }
        for c in found
    ]
    upsert(
        connection,
        ChannelRow,
        rows,
        keys=["workspace_id", "channel_id"],
        set_columns=["name", "is_member", "is_archived", "is_shared", "refreshed_at"],
    )


def channel(connection: Connection, workspace_id: int, channel_id: str) -> KnownChannel | None:
    """What is known of a channel."""
    row = connection.execute(_CHANNEL, {"workspace": workspace_id, "channel": channel_id}).mappings().first()
    if row is None:
        return None
    return KnownChannel(
        channel_id=row["channel_id"],
        name=row["name"],
        is_member=row["is_member"],
        is_archived=row["is_archived"],
        is_shared=row["is_shared"],
    )


def mark_channel(connection: Connection, workspace_id: int, channel_id: str, **changes: object) -> None:
    """Sets single facts of a known channel: is_archived, is_member, name."""
    connection.execute(
        update(ChannelRow)
        .where(col(ChannelRow.workspace_id) == workspace_id, col(ChannelRow.channel_id) == channel_id)
        .values(**changes)
    )


def direct_channel(connection: Connection, workspace_id: int, user_id: str) -> str | None:
    """The channel of the bot's direct messages with a person, where it is known."""
    statement = select(col(PersonRow.direct_channel)).where(
        col(PersonRow.workspace_id) == workspace_id, col(PersonRow.user_id) == user_id
    )
    return connection.execute(statement).scalar_one_or_none()


def set_person(connection: Connection, workspace_id: int, user_id: str, **changes: object) -> bool:
    """Sets what a person chose (language, away_until) or what Slack tells at once
    (do_not_disturb_until, direct_channel, kind). False where the person is not known."""
    done = connection.execute(
        update(PersonRow)
        .where(col(PersonRow.workspace_id) == workspace_id, col(PersonRow.user_id) == user_id)
        .values(**changes)
    )
    return done.rowcount == 1


def _memberships(connection: Connection, workspace_id: int, groups: list[str]) -> dict[str, set[str]]:
    if not groups:
        return {}
    rows = connection.execute(_MEMBERS, {"workspace": workspace_id, "wanted": groups})
    return {group_id: set(members) for group_id, members in rows}


def _person(row: Mapping[Any, Any], belongs: Mapping[str, set[str]]) -> Person:
    user_id = row["user_id"]
    return Person(
        user_id=user_id,
        name=row["name"],
        kind=PersonKind(row["kind"]),
        locale=row["locale"],
        language=row["language"],
        time_zone=row["time_zone"],
        groups=frozenset(group for group, members in belongs.items() if user_id in members),
        away_until=row["away_until"],
        do_not_disturb_until=row["do_not_disturb_until"],
    )
