"""The company's own rules, as frozen values: teams, calendars, policies, routing, roles.

`bot.config` makes a Rulebook of one TOML file, or says every mistake. A stored config version is one
Rulebook; escalations and their clocks are stamped with its number. No parsing and no defaults here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from models.rules.severity import Severity


class ClockKind(StrEnum):
    """The three kinds of SLA clock."""

    ACKNOWLEDGE = "acknowledge"
    UPDATE = "update"
    RESOLVE = "resolve"


class HoursMode(StrEnum):
    """Which time a target counts: all of it, weekdays round the clock, or the team's hours."""

    ALWAYS = "always"
    WEEKDAYS = "weekdays"
    BUSINESS = "business"


class TeamKind(StrEnum):
    """What a team does; it decides who may act and how the team is named in Chinese."""

    ENGINEERING = "engineering"
    PRODUCT = "product"
    OPERATIONS = "operations"
    SUPPORT = "support"


class RungAct(StrEnum):
    """What a rung of the ladder does."""

    REMIND = "remind"  # DM to the person on call, or the owner
    THREAD = "thread"  # post in the escalation's thread
    CHANNEL = "channel"  # post in the team's channel
    REASSIGN = "reassign"  # next on the rotation (acknowledge clock only; see DOMAIN, "The ladder")
    TELL_LEAD = "tell_lead"  # DM to the team's lead
    PAGE_LEAD = "page_lead"  # urgent DM to the lead, and the pager's webhook where one is set
    LEAD_DIGEST = "lead_digest"  # a line in the lead's next digest


@dataclass(frozen=True, slots=True)
class Duration:
    """A configured length: seconds, or working days of the calendar it is applied to ("2d")."""

    seconds: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Working minutes of one local day: minutes after midnight; an end over 1440 runs past midnight."""

    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working time of a team or person. `week` holds seven tuples of spans, Monday first."""

    time_zone: str
    week: tuple[tuple[Span, ...], ...]
    country: str | None = None
    region: str | None = None
    days_off: frozenset[date] = frozenset()
    days_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class OnCall:
    """One place of a rotation. `calendar` replaces the team's where the person lives elsewhere."""

    user_id: str
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team that owns escalations. `channel` ids are Slack's; `names` maps locale to a shown name."""

    key: str
    kind: TeamKind
    names: Mapping[str, str]
    channel: str
    language: str
    lead: str
    calendar: Calendar
    rotation: tuple[OnCall, ...]
    fallback_channel: str
    members: frozenset[str] = frozenset()
    member_groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """How long a clock may run, and in which hours it runs."""

    duration: Duration
    hours: HoursMode


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder at `percent` of a clock's target."""

    percent: int
    acts: tuple[RungAct, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Targets and ladder of one severity. Rungs stand in rising order of percent."""

    targets: Mapping[ClockKind, Target]
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Sends what it matches to `team`: an ID prefix ("po_"), a category, or a word of the title."""

    team: str
    prefixes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A topic that a specialist may choose; `names` maps locale to a shown name."""

    key: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoleMembers:
    """Who holds a role, by user id and by user group id."""

    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LinkTemplate:
    """Makes a link of an ID that starts with `prefix`: `{id}` in `url` is replaced."""

    prefix: str
    url: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything a company decides for itself. `teams` keeps the file's order."""

    version: int
    key_prefix: str
    teams: Mapping[str, Team]
    fallback_team: str
    routing: tuple[RoutingRule, ...]
    categories: tuple[Category, ...]
    policies: Mapping[Severity, Policy]
    specialists: RoleMembers
    leads: RoleMembers
    admins: RoleMembers
    links: tuple[LinkTemplate, ...] = ()
    default_severity: Severity = Severity.SEV3
    auto_close: Duration = field(default_factory=lambda: Duration(days=3))
    auto_close_warning: Duration = field(default_factory=lambda: Duration(days=1))
    requester_reply: Duration = field(default_factory=lambda: Duration(days=1))
    longest_third_party_wait: Duration = field(default_factory=lambda: Duration(days=2))
    look_later: Duration = field(default_factory=lambda: Duration(seconds=7200))
    reopen_days: int = 14
    digest_at: time = time(9, 0)
    pager_url: str | None = None

    def team(self, key: str) -> Team:
        """The team of that key; the fallback team where the file no longer names it."""
        return self.teams.get(key) or self.teams[self.fallback_team]
