"""Direct messages to leads: what needs them now, and the digest of what stands open."""

from bot.render.blocks import Message, message, section
from bot.render.card.lines import clock_line
from bot.render.digest import LEAD, digest_message
from bot.render.notices.frame import act_button, direct
from bot.render.notices.reasons import reminder_lines
from bot.render.notices.telling import Telling
from bot.render.vocabulary import clock_name, severity_name, team_name
from models.rules.acts import Act
from models.rules.case import Case
from models.rules.change import Place
from models.rules.ladder import BREACH
from models.rules.possible import is_possible

TOKEN_CODES = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"})


def lead_told(told: Telling) -> Message:
    """Why the lead hears of it now, and what they can do."""
    first = told.t("{key}: {why}", key=told.key, why=_why(told))
    return direct(told, [first, *_detail(told)], *_lead_buttons(told))


def lead_paged(told: Telling) -> Message:
    """The last rung: the lead is paged."""
    t = told.t
    first = t("🚨 {key} needs you now: {why}", key=told.key, why=_why(told))
    return direct(told, [first, *_detail(told)], *_lead_buttons(told))


def _why(told: Telling) -> str:
    case, t = told.the_case, told.t
    team = team_name(t, told.book.team(case.team))
    why = told.text("why")
    if why == "sev1":
        return t("{severity} for {team}", severity=severity_name(case.severity), team=team)
    if why == "rotation_exhausted":
        return t("nobody on the rotation of {team} can take it", team=team)
    if why == "handed_back":
        return t("{team} handed it back, and no other team is set to take it", team=team)
    clock, percent = told.text("clock"), told.number("percent") or 0
    if clock and (why == "breach" or percent >= BREACH):
        return t("SLA breached: the {clock} has run out", clock=clock_name(t, clock))
    return t("nobody has acted in time")


def _detail(told: Telling) -> list[str]:
    lines = [line for line in reminder_lines(told) if told.text("clock")]
    return [*lines, clock_line(told.the_case, told.reader)]


def _lead_buttons(told: Telling) -> list[dict[str, object]]:
    acts = (Act.REASSIGN, Act.REROUTE, Act.ACKNOWLEDGE)
    return [act_button(told, act) for act in acts if is_possible(told.the_case, act)]


def digest_post(told: Telling) -> Message:
    """What stands open, urgent first: an owner's own, or a lead's whole team."""
    role = "" if told.text("for") == "owner" else LEAD
    return digest_message(told.cases, book=told.book, reader=told.reader, role=role)


def undeliverable(told: Telling) -> Message:
    """What could not be said, to whom, and how to repair it."""
    lines = [_what(told, told.case), _repair(told)]
    if code := told.text("code"):
        lines.append(told.t("Slack says: {code}", code=f"`{told.reader.typed(code)}`"))
    text = "\n".join(lines)
    return message(text, section(text))


def _what(told: Telling, case: Case | None) -> str:
    t, channel = told.t, told.text("channel")
    to_person = told.text("place") == Place.DIRECT or not channel.startswith(("C", "G"))
    where = told.who("to") if to_person else f"<#{channel}>"
    if case is None:
        return t("⚠️ A message to {where} could not be delivered", where=where)
    return t("⚠️ A message about {key} to {where} could not be delivered", key=told.key, where=where)


def _repair(told: Telling) -> str:
    """What to do about Slack's error code."""
    t, code = told.t, told.text("code")
    if code == "is_archived":
        return t("The channel is archived: unarchive it, or name another channel in the configuration")
    if code in ("channel_not_found", "channel_is_archived"):
        return t("It no longer exists, or the bot may not see it: name another channel in the configuration")
    if code in ("not_in_channel", "is_private"):
        return t("The bot is not in that channel: invite it with /invite")
    if code in ("user_not_found", "user_disabled", "cannot_dm_bot", "user_not_visible"):
        return t("That account cannot be reached: take the person off the rotation and reassign their work")
    if code in TOKEN_CODES:
        return t("Slack no longer accepts the bot's token: install the app again")
    return t("Look at the error, mend its cause, and the next message will arrive")
