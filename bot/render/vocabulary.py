"""The names of things in the reader's language: statuses, severities, teams, clocks, reasons.

One word for one meaning (DOMAIN, "Glossary"); every surface takes its words from here.
"""

from collections.abc import Mapping

from babel import Locale, UnknownLocaleError

from bot.i18n import Texts, locale_of
from models.rules.acts import Act
from models.rules.case import Docs, EvidenceKind, Outcome, WaitingOn
from models.rules.moves.forms import HandBackReason
from models.rules.roles import Role
from models.rules.rulebook import Category, ClockKind, Rulebook, Team, TeamKind
from models.rules.severity import Severity
from models.rules.status import Status

SEVERITY_MARKS = {
    Severity.SEV1: "🔴",
    Severity.SEV2: "🟠",
    Severity.SEV3: "🟡",
    Severity.SEV4: "⚪",
}


def key_of(book: Rulebook, number: int) -> str:
    """The key that people say: "ESC-142"."""
    return f"{book.key_prefix}-{number}"


def status_name(t: Texts, status: Status | str) -> str:
    """A status as a card shows it."""
    return {
        Status.NEW: t("New"),
        Status.ACKNOWLEDGED: t("Acknowledged"),
        Status.INVESTIGATING: t("Investigating"),
        Status.WAITING: t("Waiting"),
        Status.MITIGATED: t("Mitigated"),
        Status.RESOLVED: t("Resolved"),
        Status.CLOSED: t("Closed"),
        Status.DUPLICATE: t("Duplicate"),
        Status.CANCELLED: t("Cancelled"),
    }[Status(status)]


def severity_name(severity: Severity | str) -> str:
    """A severity with its colour: "🟠 SEV2"."""
    found = Severity(severity)
    return f"{SEVERITY_MARKS[found]} {found.value}"


def severity_meaning(t: Texts, severity: Severity) -> str:
    """What a severity means, in plain words."""
    return {
        Severity.SEV1: t("Payments are down, or data or security is at risk"),
        Severity.SEV2: t("Major loss, and no workaround"),
        Severity.SEV3: t("Degraded, and a workaround exists"),
        Severity.SEV4: t("A question, or something minor"),
    }[severity]


def _own_name(names: Mapping[str, str], t: Texts) -> str | None:
    return {locale_of(tag): name for tag, name in names.items()}.get(t.locale)


def team_name(t: Texts, team: Team) -> str:
    """A team by the name the company gave it in this language, or else by what it does."""
    return _own_name(team.names, t) or kind_name(t, team.kind)


def kind_name(t: Texts, kind: TeamKind) -> str:
    """What a team does."""
    return {
        TeamKind.ENGINEERING: t("Engineering"),
        TeamKind.PRODUCT: t("Product"),
        TeamKind.OPERATIONS: t("Operations"),
        TeamKind.SUPPORT: t("Support"),
    }[kind]


def category_name(t: Texts, category: Category) -> str:
    """A topic by the name the company gave it."""
    return _own_name(category.names, t) or category.names.get("en") or category.key


def clock_name(t: Texts, kind: ClockKind | str) -> str:
    """What a clock measures."""
    return {
        ClockKind.ACKNOWLEDGE: t("time to acknowledge"),
        ClockKind.UPDATE: t("time to the next update"),
        ClockKind.RESOLVE: t("time to resolve"),
    }[ClockKind(kind)]


def due_phrase(t: Texts, kind: ClockKind | str, when: str) -> str:
    """What is due by when: "Acknowledge by 14:30"."""
    return {
        ClockKind.ACKNOWLEDGE: t("Acknowledge by {when}", when=when),
        ClockKind.UPDATE: t("Next update by {when}", when=when),
        ClockKind.RESOLVE: t("Resolve by {when}", when=when),
    }[ClockKind(kind)]


def overdue_phrase(t: Texts, kind: ClockKind | str, when: str) -> str:
    """What was due and has not been done."""
    return {
        ClockKind.ACKNOWLEDGE: t("Acknowledgement was due {when}", when=when),
        ClockKind.UPDATE: t("Update was due {when}", when=when),
        ClockKind.RESOLVE: t("Resolution was due {when}", when=when),
    }[ClockKind(kind)]


def waiting_name(t: Texts, on: WaitingOn | str) -> str:
    """Whom it waits on, as a state."""
    return {
        WaitingOn.CUSTOMER: t("Waiting on the customer"),
        WaitingOn.REQUESTER: t("Waiting on the requester"),
        WaitingOn.THIRD_PARTY: t("Waiting on a third party"),
        WaitingOn.TEAM: t("Waiting on another team"),
    }[WaitingOn(on)]


def outcome_name(t: Texts, outcome: Outcome | str) -> str:
    """How it ended."""
    return {
        Outcome.FIXED: t("Fixed"),
        Outcome.WORKED_AROUND: t("Worked around"),
        Outcome.WORKS_AS_DESIGNED: t("Works as designed"),
        Outcome.CANNOT_REPRODUCE: t("Cannot be reproduced"),
        Outcome.WILL_NOT_FIX: t("Will not be fixed"),
    }[Outcome(outcome)]


def docs_name(t: Texts, docs: Docs | str) -> str:
    """What was said of the documentation at closing."""
    return {
        Docs.LINKED: t("Documentation linked"),
        Docs.GAP: t("Doc gap"),
        Docs.NOT_NEEDED: t("No documentation needed"),
    }[Docs(docs)]


def hand_back_reason(t: Texts, reason: HandBackReason | str) -> str:
    """Why a team handed it back."""
    return {
        HandBackReason.WRONG_TEAM: t("It belongs to another team"),
        HandBackReason.MISSING_PROOF: t("Evidence is missing"),
        HandBackReason.KNOWN_ISSUE: t("It is a known issue"),
        HandBackReason.NOT_A_BUG: t("It works as designed"),
        HandBackReason.OTHER: t("Another reason"),
    }[HandBackReason(reason)]


def evidence_name(t: Texts, kind: EvidenceKind | str) -> str:
    """What a proof is."""
    return {
        EvidenceKind.OBJECT_ID: t("ID"),
        EvidenceKind.LINK: t("Link"),
        EvidenceKind.NOTE: t("Note"),
        EvidenceKind.SQL: t("SQL"),
    }[EvidenceKind(kind)]


def role_name(t: Texts, role: Role | str) -> str:
    """A role, as a sentence says who may: "the owner or a lead"."""
    return {
        Role.REQUESTER: t("the requester"),
        Role.SPECIALIST: t("a support specialist"),
        Role.OWNER: t("the owner"),
        Role.RESPONDER: t("a responder of the owning team"),
        Role.LEAD: t("a lead"),
        Role.ADMIN: t("an admin"),
        Role.MEMBER: t("any member of the workspace"),
    }[Role(role)]


def language_name(tag: str) -> str:
    """A language by its own name: 简体, 繁體, English."""
    known = {"zh_Hans": "简体", "zh_Hant": "繁體"}
    if tag.lower().startswith("zh"):
        return known[locale_of(tag)]
    try:
        found = Locale.parse(tag.replace("-", "_")).get_language_name()
    except (UnknownLocaleError, ValueError):
        found = None
    return (found[:1].upper() + found[1:]) if found else tag


def act_name(t: Texts, act: Act | str) -> str:
    """An act as its button says it."""
    return {
        Act.OPEN: t("New escalation"),
        Act.ACKNOWLEDGE: t("Acknowledge"),
        Act.NEED_INFO: t("Need info"),
        Act.HAND_BACK: t("Not ours"),
        Act.UPDATE: t("Update"),
        Act.WAIT: t("Wait"),
        Act.RESUME: t("Resume"),
        Act.ANSWER: t("Answer"),
        Act.RESOLVE: t("Resolve"),
        Act.CONFIRM: t("Confirm fixed"),
        Act.REOPEN: t("Reopen"),
        Act.CANCEL: t("Cancel escalation"),
        Act.DUPLICATE: t("Mark as duplicate"),
        Act.REASSIGN: t("Reassign"),
        Act.REROUTE: t("Re-route to another team"),
        Act.RAISE_SEVERITY: t("Raise severity"),
        Act.LOWER_SEVERITY: t("Lower severity"),
        Act.EDIT: t("Edit details"),
        Act.ADD_EVIDENCE: t("Add evidence"),
        Act.FOLLOW: t("Follow"),
        Act.UNFOLLOW: t("Stop following"),
        Act.NUDGE: t("Nudge"),
        Act.LOOK_LATER: t("Later"),
        Act.PASS_ON: t("Not mine"),
        Act.SHOW: t("Show"),
        Act.LIST: t("List"),
        Act.HANDOFF: t("Hand off"),
        Act.REPORT: t("Report"),
        Act.IMPORT: t("Import"),
        Act.CONFIGURE: t("Configure"),
    }[Act(act)]
