"""Refusals in words: what did not happen, what is true now, and what is possible instead.

Every code of models.rules.refusals has its sentence; a test holds the two lists together.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.i18n import Texts
from bot.render.blocks import one_line, shorten
from bot.render.field_names import field_name
from bot.render.reader import Reader
from bot.render.vocabulary import act_name, role_name, severity_name, status_name, team_name
from models.rules.people import Person, PersonKind
from models.rules.refusals import Code, Refusal
from models.rules.rulebook import Rulebook
from models.rules.status import Status

MOST_ACTS_NAMED = 5


class Told:
    """The facts of a refusal, and who reads it."""

    def __init__(self, refusal: Refusal, reader: Reader, book: Rulebook | None) -> None:
        self.facts = refusal.facts
        self.reader = reader
        self.book = book

    @property
    def t(self) -> Texts:
        return self.reader.t

    def text(self, name: str) -> str:
        found = self.facts.get(name)
        return self.reader.typed(shorten(one_line(found), 100)) if found is not None else ""

    def who(self, name: str) -> str:
        return self.reader.who(self.facts.get(name))

    def when(self, name: str) -> str:
        found = self.facts.get(name)
        at = datetime.fromisoformat(found) if isinstance(found, str) and found else found
        return self.reader.when(at) if isinstance(at, datetime) else ""

    def act(self) -> str:
        return act_name(self.t, self.text("act")) if self.facts.get("act") else self.t("That")

    def status(self) -> str:
        return status_name(self.t, str(self.facts["status"]))

    def field(self) -> str:
        return field_name(self.t, self.text("field"))

    def team(self) -> str:
        key = str(self.facts.get("team", ""))
        known = self.book is not None and key in self.book.teams
        return team_name(self.t, self.book.team(key)) if self.book and known else self.text("team")

    def names(self, name: str) -> list[str]:
        found = self.facts.get(name)
        return [str(item) for item in found] if isinstance(found, list | tuple | frozenset | set) else []


def refusal_text(
    refusal: Refusal,
    t: Texts,
    people: Mapping[str, Person] | None = None,
    *,
    time_zone: str = "UTC",
    plain: bool = False,
    book: Rulebook | None = None,
) -> str:
    """A refusal as a sentence. `plain`: for an error beside a field, where mentions and dates do not work."""
    reader = Reader(t, time_zone, people or {}, plain=plain)
    return SENTENCES[refusal.code](Told(refusal, reader, book))


def not_found(told: Told) -> str:
    key = told.text("key") or told.text("number")
    return told.t("There is no {key} in this workspace. `/escalate list all` shows what is open.", key=key)


def not_allowed(told: Told) -> str:
    roles = told.t.series([role_name(told.t, role) for role in told.names("roles")])
    return told.t("“{act}” is not open to you here. Those who may: {roles}.", act=told.act(), roles=roles)


def outsider(told: Told) -> str:
    t = told.t
    return {
        PersonKind.GUEST.value: t("Guests cannot use escalations. Please ask a member of the workspace."),
        PersonKind.STRANGER.value: t("People of another company cannot use escalations. Please ask your contact here."),
        PersonKind.BOT.value: t("Bots cannot use escalations."),
        PersonKind.DEACTIVATED.value: t("This account is deactivated and cannot use escalations."),
    }.get(told.text("kind")) or t("Only members of this workspace can use escalations.")


def unknown_person(told: Told) -> str:
    t = told.t
    if told.facts.get("user"):
        return t("{who} is not known here yet. Please try again in a moment.", who=told.who("user"))
    return t("Slack did not tell us who you are. Nothing was changed; please try again in a moment.")


def already(told: Told) -> str:
    t, status, by, when = told.t, told.status(), told.facts.get("by"), told.when("at")
    if told.facts["status"] == Status.ACKNOWLEDGED and by:
        return (
            t("Already acknowledged by {who} ({when})", who=told.who("by"), when=when)
            if when
            else t("Already acknowledged by {who}", who=told.who("by"))
        )
    if told.facts["status"] == Status.NEW and by:
        return t("{who} is being asked now; there is nothing left for you to do", who=told.who("by"))
    if by and when:
        return t("It already is “{status}”: {who}, {when}", status=status, who=told.who("by"), when=when)
    if by:
        return t("It already is “{status}”: {who}", status=status, who=told.who("by"))
    return t("It already is “{status}”", status=status)


def wrong_status(told: Told) -> str:
    t = told.t
    possible = [act_name(t, act) for act in told.names("possible")][:MOST_ACTS_NAMED]
    sentence = t("It is “{status}” now, so “{act}” is not possible.", status=told.status(), act=told.act())
    if not possible:
        return sentence
    return f"{sentence}{told.reader.gap}" + t("Possible now: {acts}", acts=" · ".join(possible))


def empty(told: Told) -> str:
    return told.t("Please fill in “{field}”.", field=told.field())


def too_long(told: Told) -> str:
    return told.t(
        "“{field}” has {length} characters; {limit} are allowed.",
        field=told.field(),
        length=told.text("length"),
        limit=told.text("limit"),
    )


def in_the_past(told: Told) -> str:
    return told.t("“{field}” is in the past. Please choose a later time.", field=told.field())


def too_late(told: Told) -> str:
    return told.t(
        "“{field}” is too late. The latest possible time is {latest}.",
        field=told.field(),
        latest=told.when("latest"),
    )


def unknown_team(told: Told) -> str:
    return told.t("There is no team “{team}” in the configuration. Please choose another one.", team=told.team())


def same_team(told: Told) -> str:
    return told.t("{team} has it already. Please choose another team.", team=told.team())


def same_person(told: Told) -> str:
    return told.t("{who} has it already. Please choose somebody else.", who=told.who("user"))


def not_a_responder(told: Told) -> str:
    return told.t(
        "{who} is not a member of {team}. Choose one of its members, or re-route to another team.",
        who=told.who("user"),
        team=told.team(),
    )


def same_severity(told: Told) -> str:
    return told.t("It already is {severity}.", severity=severity_name(str(told.facts["severity"])))


def reason_needed(told: Told) -> str:
    return told.t("Please give a reason for “{act}”: whoever reads it later will ask.", act=told.act())


def nothing_changed(told: Told) -> str:
    return told.t("Nothing changed: it is so already.")


def nudged_already(told: Told) -> str:
    return told.t(
        "They were nudged already ({when}). The reminders go on by themselves; you may nudge once for each due time.",
        when=told.when("at"),
    )


def no_clock(told: Told) -> str:
    return told.t("No clock is running, so there is nothing to nudge about.")


def duplicate_of_itself(told: Told) -> str:
    return told.t("It cannot be a duplicate of itself. Please give the number of the other one.")


def duplicate_ended(told: Told) -> str:
    return told.t(
        "{key} is “{status}”, so nothing can be a duplicate of it. Reopen it, or choose an open one.",
        key=told.text("key"),
        status=told.status(),
    )


def too_many(told: Told) -> str:
    return told.t("“{field}” takes at most {limit}.", field=told.field(), limit=told.text("limit"))


def bad_link(told: Told) -> str:
    return told.t("“{field}” needs a link that begins with https:// or http://.", field=told.field())


def rotation_empty(told: Told) -> str:
    return told.t("Nobody else on the rotation of {team} can take it now.", team=told.team())


SENTENCES: Mapping[Code, Callable[[Told], str]] = {
    Code.NOT_FOUND: not_found,
    Code.NOT_ALLOWED: not_allowed,
    Code.OUTSIDER: outsider,
    Code.UNKNOWN_PERSON: unknown_person,
    Code.ALREADY: already,
    Code.WRONG_STATUS: wrong_status,
    Code.EMPTY: empty,
    Code.TOO_LONG: too_long,
    Code.IN_THE_PAST: in_the_past,
    Code.TOO_LATE: too_late,
    Code.UNKNOWN_TEAM: unknown_team,
    Code.SAME_TEAM: same_team,
    Code.SAME_PERSON: same_person,
    Code.NOT_A_RESPONDER: not_a_responder,
    Code.SAME_SEVERITY: same_severity,
    Code.REASON_NEEDED: reason_needed,
    Code.NOTHING_CHANGED: nothing_changed,
    Code.NUDGED_ALREADY: nudged_already,
    Code.NO_CLOCK: no_clock,
    Code.DUPLICATE_OF_ITSELF: duplicate_of_itself,
    Code.DUPLICATE_ENDED: duplicate_ended,
    Code.TOO_MANY: too_many,
    Code.BAD_LINK: bad_link,
    Code.ROTATION_EMPTY: rotation_empty,
}
