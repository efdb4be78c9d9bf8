"""`oncall`, `away` and `lang`: about people rather than escalations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import LOCALES
from bot.render.blocks import Message, context, header, message, paragraphs, section
from bot.render.reader import Reader
from bot.render.vocabulary import language_name, team_name
from models.rules import rotation
from models.rules.facts import Facts
from models.rules.hours import working_time
from models.rules.rulebook import HoursMode, Team


@dataclass(frozen=True, slots=True)
class OnCallNow:
    """One team at this moment: who would be asked, whether it is at work, and when that changes."""

    team: Team
    user_id: str | None
    is_open: bool
    changes_at: datetime | None


def on_call_now(facts: Facts, team: Team) -> OnCallNow:
    """Who would be asked now for an escalation of the preset severity."""
    hours = working_time(team.calendar, HoursMode.BUSINESS)
    return OnCallNow(
        team=team,
        user_id=rotation.on_call(facts, team, severity=facts.rulebook.default_severity),
        is_open=hours.is_open(facts.now),
        changes_at=hours.next_change(facts.now),
    )


def oncall_reply(teams: Sequence[OnCallNow], *, reader: Reader) -> Message:
    """Who is on call in each team."""
    t = reader.t
    title = t("On call now")
    lines = [_on_call_line(one, reader) for one in teams]
    return message(f"{title}\n" + "\n".join(lines), header(title), *paragraphs(lines))


def _on_call_line(one: OnCallNow, reader: Reader) -> str:
    t = reader.t
    who = reader.who(one.user_id) if one.user_id else t("nobody can be asked now")
    when = reader.when(one.changes_at) if one.changes_at else ""
    if one.is_open:
        hours = t("at work until {when}", when=when) if when else t("at work")
    else:
        hours = t("outside working hours until {when}", when=when) if when else t("outside working hours")
    return t("*{team}:* {who} · {hours}", team=team_name(t, one.team), who=who, hours=hours)


def away_reply(until: datetime | None, *, reader: Reader) -> Message:
    """What somebody said about being away; None: they are back."""
    t = reader.t
    if until is None:
        text = t("Welcome back: you are on the rotation again.")
    else:
        text = t(
            "You are away until {when}. The rotation passes you over; what you own stays yours until you reassign it.",
            when=reader.when(until),
        )
    return message(text, section(text))


def lang_reply(chosen: str | None, *, reader: Reader) -> Message:
    """Which language the bot now speaks to them; None: whatever Slack says. In the new language."""
    t = reader.t
    if chosen is None:
        text = t("From now on your language follows Slack: {language}.", language=language_name(t.locale))
    else:
        text = t("From now on you read {language} here.", language=language_name(chosen))
    others = " · ".join(f"`/escalate lang {name}`" for name in (*LOCALES, "auto"))
    return message(text, section(text), context(others.replace("_", "-")))
