"""Reads the teams, each with its channel, lead, calendar and rotation, and what must differ between them."""

from collections.abc import Mapping

from bot.config import words
from bot.config.calendars import STAND_IN
from bot.config.defaults import TEAM_NAMES
from bot.config.reading import Spot, Table
from models.rules.rulebook import Calendar, OnCall, Team, TeamKind

KEYS = (
    "kind",
    "names",
    "channel",
    "fallback_channel",
    "language",
    "lead",
    "calendar",
    "rotation",
    "members",
    "member_groups",
)

Calendars = Mapping[str, Calendar]


def read_teams(spot: Spot | None, calendars: Calendars) -> dict[str, Team]:
    """Every team by its key, in the file's order."""
    entries = spot.entries() if spot else {}
    if spot and isinstance(spot.value, dict) and not entries:
        spot.say("holds no team")
    teams = {key: _read_team(key, entry, calendars) for key, entry in entries.items()}
    _refuse_shared_channels(entries, teams)
    return teams


def read_names(spot: Spot | None, preset: Mapping[str, str]) -> Mapping[str, str]:
    """Shown names by language; one that is left out reads as in English, or as preset where none is given."""
    if spot is None:
        return preset
    names = {each.named(words.language, ""): each.read(words.text, "") for each in spot.entries().values()}
    if "en" not in names:
        spot.say('needs at least an English name ("en")')
    return {language: names.get(language) or names.get("en", "") for language in preset}


def _read_team(key: str, spot: Spot, calendars: Calendars) -> Team:
    spot.named(words.key, "")
    table = spot.table(*KEYS)
    kind = table.required("kind", words.one_of("kind", TeamKind), TeamKind.SUPPORT)
    rotation = _read_rotation(table.needed("rotation"), calendars)
    return Team(
        key=key,
        kind=kind,
        names=read_names(table.get("names"), _preset_names(key, kind)),
        channel=table.required("channel", words.channel_id, ""),
        language=table.optional("language", words.language, "en"),
        lead=table.required("lead", words.user_id, ""),
        calendar=_named_calendar(table, calendars),
        rotation=rotation,
        fallback_channel=table.required("fallback_channel", words.channel_id, ""),
        members=frozenset(table.each("members", words.user_id)) | {place.user_id for place in rotation},
        member_groups=frozenset(table.each("member_groups", words.group_id)),
    )


def _preset_names(key: str, kind: TeamKind) -> Mapping[str, str]:
    """The kind's names for the team that is called like its kind; else the key is the name."""
    presets = TEAM_NAMES[kind]
    return presets if key == kind else dict.fromkeys(presets, key.replace("-", " ").title())


def _named_calendar(table: Table, calendars: Calendars) -> Calendar:
    name = table.required("calendar", words.known_name("calendar", calendars), "")
    return calendars.get(name, STAND_IN)


def _read_rotation(spot: Spot | None, calendars: Calendars) -> tuple[OnCall, ...]:
    """Who is on call, in turns: user ids, or tables with a user and the calendar they live by."""
    if spot is None:
        return ()
    places = spot.items()
    if isinstance(spot.value, list) and not places:
        spot.say("is empty, so nobody would ever be on call")
    rotation: list[OnCall] = []
    for place in places:
        on_call = _read_on_call(place, calendars)
        if on_call.user_id in {earlier.user_id for earlier in rotation if earlier.user_id}:
            place.say(f"{on_call.user_id} is in this rotation already")
        rotation.append(on_call)
    return tuple(rotation)


def _read_on_call(spot: Spot, calendars: Calendars) -> OnCall:
    if not isinstance(spot.value, dict):
        return OnCall(spot.read(words.user_id, ""))
    table = spot.table("user", "calendar")
    return OnCall(table.required("user", words.user_id, ""), _named_calendar(table, calendars))


def _refuse_shared_channels(entries: Mapping[str, Spot], teams: Mapping[str, Team]) -> None:
    """A channel belongs to one team, and its fallback is another one."""
    owners: dict[str, str] = {}
    for key, team in teams.items():
        if not team.channel:
            continue
        if team.channel in owners:
            entries[key].at("channel", team.channel).say(
                f'{team.channel} is the channel of team "{owners[team.channel]}" already'
            )
        owners.setdefault(team.channel, key)
        if team.fallback_channel == team.channel:
            entries[key].at("fallback_channel", team.channel).say("must be another channel than the team's own")
