"""The card, and what is posted in channels and threads: in the owning team's language."""

from dataclasses import replace

from bot.render.blocks import Block, Message, context, link, message, section
from bot.render.card import card, summary_line
from bot.render.card.lines import clock_line, holder_phrase
from bot.render.digest import by_urgency, handoff_message
from bot.render.notices.frame import act_button, post
from bot.render.notices.reasons import reminder_lines
from bot.render.notices.sentences import event_text
from bot.render.notices.telling import Telling
from bot.render.vocabulary import clock_name, key_of, team_name
from models.rules.acts import Act
from models.rules.case import Case
from models.rules.possible import awaits_acceptance

MOST_CAUGHT_UP = 20


def card_post(told: Telling) -> Message:
    """The card."""
    return card(told.the_case, told.book, told.reader)


def card_moved(told: Telling) -> Message:
    """What is left of the card in the channel of the team that had it before. No buttons: they moved too."""
    case, t = told.the_case, told.t
    where = t("➡️ {key} has moved to {team}", key=told.key, team=team_name(t, told.book.team(case.team)))
    if address := told.text("link"):
        where += " · " + link(address, t("Open the card"))
    return message(where, section(where), context(summary_line(case, told.book, told.reader)))


def history(told: Telling) -> Message:
    """A line of history in the thread."""
    text = event_text(told)
    return message(text, section(text))


def pointer(told: Telling) -> Message:
    """One line in the channel she asked from. The title stays out of it: who reads along there is unknown."""
    case, t = told.the_case, told.t
    text = t(
        "{who} opened {key} for {team}",
        who=told.reader.who(case.requester),
        key=told.key,
        team=team_name(t, told.book.team(case.team)),
    )
    if address := told.text("link"):
        text += " · " + link(address, t("Open the card"))
    return message(text, section(text))


def thread_reminder(told: Telling) -> Message:
    """A reminder in the thread, to whoever holds the case."""
    lines = [_whose(told), *reminder_lines(told)]
    return post(lines, _next_step(told))


def channel_reminder(told: Telling) -> Message:
    """A reminder in the team's channel: it names the case, since the card may be far up."""
    case = told.the_case
    lines = ["⏰ " + summary_line(case, told.book, told.reader), *reminder_lines(told)]
    if address := told.text("link"):
        lines.append(link(address, told.t("Open the card")))
    return post([*lines, _whose(told)], _next_step(told))


def breach(told: Telling) -> Message:
    """The line in the thread that says a due time has passed."""
    t = told.t
    first = t(
        "🔥 SLA breached: the {clock} for {key} ran out {when}",
        clock=clock_name(t, told.text("clock")),
        key=told.key,
        when=told.when("due_at"),
    )
    return post([first, _whose(told)], _next_step(told))


def _whose(told: Telling) -> str:
    return "⏰ " + holder_phrase(told.the_case, told.reader)


def _next_step(told: Telling) -> dict[str, object]:
    """The one button that ends the reminder."""
    case = told.the_case
    act = Act.ACKNOWLEDGE if awaits_acceptance(case) else Act.UPDATE
    return act_button(told, act, primary=True)


def catch_up(told: Telling) -> Message:
    """What became due during an outage, one row a case, urgent first, in one message."""
    t = told.t
    cases = by_urgency(told.cases or (told.the_case,))
    title = t("While the bot was away, this became due:")
    rows = [_caught_up(told, case) for case in cases[:MOST_CAUGHT_UP]]
    more = len(cases) - len(rows)
    rest = context(t.n("and {n} more", "and {n} more", more)) if more > 0 else None
    keys = " · ".join(key_of(told.book, case.number) for case in cases[:MOST_CAUGHT_UP])
    return message(f"{title} {keys}", section(title), *rows, rest)


def _caught_up(told: Telling, case: Case) -> Block:
    lines = [summary_line(case, told.book, told.reader), clock_line(case, told.reader)]
    act = Act.ACKNOWLEDGE if awaits_acceptance(case) else Act.SHOW
    button = act_button(replace(told, case=case), act)
    return section("\n".join(line for line in lines if line), accessory=button)


def handoff(told: Telling) -> Message:
    """What the next shift takes over."""
    team, handed_to = told.text("team"), told.text("to")
    return handoff_message(told.cases, team=team, book=told.book, reader=told.reader, handed_to=handed_to)
