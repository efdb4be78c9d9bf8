"""Builders of the values that rules tests are made of: rulebook, people, cases, facts.

Everything has a sensible default and every default can be replaced by name. The company is DOMAIN's:
four teams in Singapore, 09:00 to 18:00 on weekdays with the country's holidays (a working day is nine
hours), default targets and ladder. No test needs a database for these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.rules import sla
from models.rules.case import Case, Reason
from models.rules.facts import Facts
from models.rules.masking import mask
from models.rules.people import Person, PersonKind
from models.rules.rulebook import (
    Calendar,
    Category,
    ClockKind,
    Duration,
    HoursMode,
    OnCall,
    Policy,
    RoleMembers,
    RoutingRule,
    Rulebook,
    Rung,
    RungAct,
    Span,
    Target,
    Team,
    TeamKind,
)
from models.rules.severity import Severity
from models.rules.status import Status

SINGAPORE = ZoneInfo("Asia/Singapore")
NEW_YORK = ZoneInfo("America/New_York")

MEI = "U0MEI000001"  # specialist, the requester
TING = "U0TING00001"  # specialist who covers for Mei
ERIN = "U0ERIN00001"  # engineering, first in the rotation
ARJUN = "U0ARJUN0001"  # engineering, second
EVAN = "U0EVAN00001"  # engineering, third; lives in New York where a test says so
PRIYA = "U0PRIYA0001"  # product
PAUL = "U0PAUL00001"  # product
OMAR = "U0OMAR00001"  # operations
LENA = "U0LENA00001"  # lead of every team
ADA = "U0ADA000001"  # admin
BYSTANDER = "U0BYSTAND01"  # any other member of the workspace
GUEST = "U0GUEST0001"
STRANGER = "U0STRANGER1"
ROBOT = "U0ROBOT0001"
GONE = "U0GONE00001"  # deactivated

ENGINEERING, PRODUCT, OPERATIONS, SUPPORT = "engineering", "product", "operations", "support"


def sg(text: str) -> datetime:
    """Singapore's wall clock, "2026-03-03 10:00", as aware UTC."""
    return _local(text, SINGAPORE)


def ny(text: str) -> datetime:
    """New York's wall clock as aware UTC."""
    return _local(text, NEW_YORK)


def _local(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


NOW = sg("2026-03-03 10:00")  # a Tuesday without a holiday near it


def a_calendar(
    time_zone: str = "Asia/Singapore",
    *,
    opens: int = 9,
    closes: int = 18,
    country: str | None = "SG",
    **changes: Any,
) -> Calendar:
    """Weekdays from `opens` to `closes` o'clock."""
    day = (Span(opens * 60, closes * 60),)
    plain = Calendar(time_zone=time_zone, week=(day,) * 5 + ((),) * 2, country=country)
    return replace(plain, **changes)


NEW_YORK_CALENDAR = a_calendar("America/New_York", country="US")


def a_team(key: str = ENGINEERING, *, rotation: Iterable[str | OnCall] = (ERIN, ARJUN, EVAN), **changes: Any) -> Team:
    """A team by its key; kind, name and channel follow from the key. People of the rotation are members."""
    kind = TeamKind(key) if key in set(TeamKind) else TeamKind.ENGINEERING
    people = tuple(place if isinstance(place, OnCall) else OnCall(place) for place in rotation)
    plain = Team(
        key=key,
        kind=kind,
        names={"en": key.title()},
        channel=f"C0{key.upper()[:9]}",
        language="en",
        lead=LENA,
        calendar=a_calendar(),
        rotation=people,
        fallback_channel="C0FALLBACK",
        members=frozenset(place.user_id for place in people),
    )
    return replace(plain, **changes)


def the_teams() -> tuple[Team, ...]:
    """DOMAIN's four teams."""
    return (
        a_team(ENGINEERING),
        a_team(PRODUCT, rotation=(PRIYA, PAUL)),
        a_team(OPERATIONS, rotation=(OMAR,)),
        a_team(SUPPORT, rotation=(TING,)),
    )


def a_target(*, minutes: int = 0, days: int = 0, hours: HoursMode = HoursMode.BUSINESS) -> Target:
    return Target(Duration(seconds=minutes * 60, days=days), hours)


def _targets(acknowledge: Target, update: Target, resolve: Target) -> dict[ClockKind, Target]:
    return {ClockKind.ACKNOWLEDGE: acknowledge, ClockKind.UPDATE: update, ClockKind.RESOLVE: resolve}


def the_policies() -> dict[Severity, Policy]:
    """DOMAIN's default targets and ladder."""
    always, weekdays = HoursMode.ALWAYS, HoursMode.WEEKDAYS
    loud = (
        Rung(50, (RungAct.REMIND,)),
        Rung(80, (RungAct.THREAD, RungAct.CHANNEL)),
        Rung(100, (RungAct.REASSIGN, RungAct.TELL_LEAD)),
        Rung(120, (RungAct.PAGE_LEAD,)),
    )
    medium = (
        Rung(80, (RungAct.REMIND,)),
        Rung(100, (RungAct.THREAD, RungAct.REASSIGN)),
        Rung(120, (RungAct.LEAD_DIGEST,)),
    )
    quiet = (Rung(100, (RungAct.REMIND,)), Rung(120, (RungAct.LEAD_DIGEST,)))
    sev1 = _targets(
        a_target(minutes=15, hours=always),
        a_target(minutes=30, hours=always),
        a_target(minutes=240, hours=always),
    )
    sev2 = _targets(
        a_target(minutes=30, hours=always),
        a_target(minutes=120, hours=always),
        a_target(minutes=480, hours=weekdays),
    )
    return {
        Severity.SEV1: Policy(sev1, loud),
        Severity.SEV2: Policy(sev2, loud),
        Severity.SEV3: Policy(_targets(a_target(minutes=240), a_target(days=1), a_target(days=3)), medium),
        Severity.SEV4: Policy(_targets(a_target(days=1), a_target(days=3), a_target(days=10)), quiet),
    }


def a_rulebook(*, teams: Iterable[Team] | None = None, **changes: Any) -> Rulebook:
    """A company with DOMAIN's defaults; `teams` replaces the four."""
    plain = Rulebook(
        version=1,
        key_prefix="ESC",
        teams={team.key: team for team in (the_teams() if teams is None else teams)},
        fallback_team=OPERATIONS,
        routing=(
            RoutingRule(ENGINEERING, prefixes=("po_", "req_")),
            RoutingRule(PRODUCT, categories=("pricing",), words=("invoice", "发票")),
        ),
        categories=(Category("payouts", {"en": "Payouts"}), Category("pricing", {"en": "Pricing"})),
        policies=the_policies(),
        specialists=RoleMembers(users=frozenset({MEI, TING})),
        leads=RoleMembers(users=frozenset({LENA})),
        admins=RoleMembers(users=frozenset({ADA})),
    )
    return replace(plain, **changes)


def a_person(user_id: str = MEI, **changes: Any) -> Person:
    """A member of the workspace; the name is in the id."""
    return replace(Person(user_id, name=user_id[2:].rstrip("0123456789").title()), **changes)


def the_people() -> dict[str, Person]:
    """Everybody named above, by user id."""
    members = (MEI, TING, ERIN, ARJUN, EVAN, PRIYA, PAUL, OMAR, LENA, ADA, BYSTANDER)
    outsiders = {
        GUEST: PersonKind.GUEST,
        STRANGER: PersonKind.STRANGER,
        ROBOT: PersonKind.BOT,
        GONE: PersonKind.DEACTIVATED,
    }
    people = [a_person(user) for user in members]
    people += [a_person(user, kind=kind) for user, kind in outsiders.items()]
    return {person.user_id: person for person in people}


def a_case(**changes: Any) -> Case:
    """A new SEV3 of Mei's for Engineering, opened at NOW, without clocks (`a_running_case` has them)."""
    plain = Case(
        id=1,
        workspace_id=1,
        number=142,
        version=1,
        config_version=1,
        title=mask("Payout not received").text,
        need=mask("Release it or explain the hold").text,
        severity=Severity.SEV3,
        status=Status.NEW,
        team=ENGINEERING,
        requester=MEI,
        opened_at=NOW,
        suggested_owner=ERIN,
    )
    return replace(plain, **changes)


def an_owned_case(status: Status = Status.INVESTIGATING, *, owner: str = ERIN, **changes: Any) -> Case:
    """A case somebody holds since it was opened, without clocks."""
    since = changes.get("opened_at", NOW)
    held = {
        "owner": owner,
        "suggested_owner": None,
        "acknowledged_at": since,
        "owner_since": since,
        "owner_active_at": since,
    }
    return a_case(status=status, **{**held, **changes})


def facts(case: Case | None = None, *, actor: str | None = MEI, now: datetime = NOW, **changes: Any) -> Facts:
    """What a move is decided on. `actor` is a user id (None: the bot); `rulebook`, `books`, `people`,
    `on_call`, `others` replace the defaults."""
    book = changes.pop("rulebook", None) or a_rulebook()
    people: Mapping[str, Person] = changes.pop("people", None) or the_people()
    plain = Facts(
        now=now,
        rulebook=book,
        books={book.version: book},
        people=people,
        actor=None if actor is None else people[actor],
        case=case,
        on_call=dict.fromkeys(book.teams, 0),
        workspace_id=1,
    )
    return replace(plain, **changes)


def with_clocks(case: Case, *, rulebook: Rulebook | None = None, at: datetime | None = None) -> Case:
    """The clocks that the case's status asks for, begun at `at` (default: its opening)."""
    known = facts(case, actor=None, now=at or case.opened_at, rulebook=rulebook)
    if case.status is Status.NEW:
        case = sla.begin(known, case, ClockKind.ACKNOWLEDGE, Reason.OPENED)
    elif case.status.is_working:
        case = sla.begin(known, case, ClockKind.UPDATE, Reason.ACKNOWLEDGED)
    if case.status is Status.NEW or case.status.is_working:
        case = sla.begin(known, case, ClockKind.RESOLVE, Reason.OPENED)
    return case


def a_running_case(status: Status = Status.NEW, *, rulebook: Rulebook | None = None, **changes: Any) -> Case:
    """A case with the clocks that its status asks for, running since it was opened."""
    case = a_case(status=status, **changes) if status is Status.NEW else an_owned_case(status, **changes)
    return with_clocks(case, rulebook=rulebook)
