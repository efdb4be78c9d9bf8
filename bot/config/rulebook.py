"""Reads the whole file, in the order in which its parts need each other, into one Rulebook."""

import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path

from bot.config import words
from bot.config.calendars import read_calendar
from bot.config.mistakes import ConfigErrors, Mistake
from bot.config.policies import read_policies
from bot.config.reading import Spot, Table
from bot.config.routing import read_categories, read_links, read_rules
from bot.config.teams import read_teams
from models.rules.rulebook import Duration, RoleMembers, Rulebook, Team
from models.rules.severity import Severity

PARTS = ("escalation", "calendars", "teams", "categories", "routing", "policies", "roles", "links")
ESCALATION_KEYS = (
    "key_prefix",
    "fallback_team",
    "default_severity",
    "auto_close",
    "auto_close_warning",
    "requester_reply",
    "longest_third_party_wait",
    "look_later",
    "reopen_days",
    "digest_at",
    "pager_url",
)
ROLES = ("specialists", "leads", "admins")

_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def load(path: Path | str, version: int = 1) -> tuple[str, Rulebook]:
    """The text of a file and its rulebook. Raises ConfigErrors, also where the file cannot be read."""
    try:
        toml_text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigErrors([Mistake("", f"{path} cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ConfigErrors([Mistake("", f"{path} is no UTF-8 text")]) from error
    return toml_text, parse_rulebook(toml_text, version)


def parse_rulebook(toml_text: str, version: int = 1) -> Rulebook:
    """The rulebook of a configuration, stamped with its version. Raises ConfigErrors with every mistake."""
    mistakes: list[Mistake] = []
    root = Spot(_parse_toml(toml_text), "", mistakes).table(*PARTS)
    calendars = {key: read_calendar(spot) for key, spot in _entries(root.needed("calendars")).items()}
    teams = read_teams(root.needed("teams"), calendars)
    rulebook = _read_rulebook(root, teams, version)
    if mistakes:
        raise ConfigErrors(mistakes)
    return rulebook


def _read_rulebook(root: Table, teams: Mapping[str, Team], version: int) -> Rulebook:
    general = _table(root.needed("escalation"), ESCALATION_KEYS)
    categories = read_categories(root.get("categories"))
    roles = _table(root.get("roles"), ROLES)
    specialists, leads, admins = (_read_members(roles.get(role)) for role in ROLES)
    rulebook = Rulebook(
        version=version,
        key_prefix=general.optional("key_prefix", words.key_prefix, "ESC"),
        teams=teams,
        fallback_team=general.required("fallback_team", words.known_name("team", teams), ""),
        routing=read_rules(root.get("routing"), teams, [category.key for category in categories]),
        categories=categories,
        policies=read_policies(root.get("policies")),
        specialists=specialists,
        leads=leads,
        admins=admins,
        links=read_links(root.get("links")),
        default_severity=general.optional("default_severity", words.one_of("severity", Severity), Severity.SEV3),
        auto_close=general.optional("auto_close", words.duration, Duration(days=3)),
        auto_close_warning=general.optional("auto_close_warning", words.duration, Duration(days=1)),
        requester_reply=general.optional("requester_reply", words.duration, Duration(days=1)),
        longest_third_party_wait=general.optional("longest_third_party_wait", words.duration, Duration(days=2)),
        look_later=general.optional("look_later", words.duration, Duration(seconds=7200)),
        reopen_days=general.optional("reopen_days", words.whole_number, 14),
        digest_at=general.optional("digest_at", words.time_of_day, time(9, 0)),
        pager_url=general.optional("pager_url", words.address, None),
    )
    _refuse_late_warning(general, rulebook)
    return rulebook


def _refuse_late_warning(general: Table, rulebook: Rulebook) -> None:
    """An escalation that closes itself says so before. A working day is never longer than 24 hours."""
    warning, waits = rulebook.auto_close_warning, rulebook.auto_close
    shorter = warning.days < waits.days if waits.days else not warning.days and warning.seconds < waits.seconds
    if not shorter:
        general.spot.at("auto_close_warning", None).say("must be shorter than auto_close")


def _read_members(spot: Spot | None) -> RoleMembers:
    table = _table(spot, ("users", "groups"))
    return RoleMembers(
        users=frozenset(table.each("users", words.user_id)), groups=frozenset(table.each("groups", words.group_id))
    )


def _entries(spot: Spot | None) -> Mapping[str, Spot]:
    return spot.entries() if spot else {}


def _table(spot: Spot | None, keys: tuple[str, ...]) -> Table:
    """A table that may be left out; then every key of it has its default."""
    return spot.table(*keys) if spot else Table(Spot(None, "", []), {})


def _parse_toml(toml_text: str) -> dict[str, object]:
    try:
        return tomllib.loads(toml_text.removeprefix("\ufeff"))
    except ValueError as error:  # TOMLDecodeError is one; so is the refusal of a number of 5,000 digits
        raise ConfigErrors([_syntax_mistake(str(error), toml_text)]) from error
    except RecursionError as error:
        raise ConfigErrors([Mistake("", "is nested too deeply")]) from error


def _syntax_mistake(message: str, toml_text: str) -> Mistake:
    """The parser's message with its line, the last one where it reached the end of the file."""
    found = _PLACE.search(message)
    line = int(found["line"]) if found and found["line"] else len(toml_text.splitlines())
    return Mistake("", _PLACE.sub("", message), max(line, 1))
