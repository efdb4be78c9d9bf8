"""Direct messages to the requester, who should never have to chase, and to followers."""

from bot.render.blocks import Message, context, section
from bot.render.blocks.elements import Element
from bot.render.customer import customer_text
from bot.render.notices.frame import act_button, direct, put_back_button
from bot.render.notices.sentences import event_lines
from bot.render.notices.telling import Telling
from models.rules.acts import Act
from models.rules.change import EventKind
from models.rules.possible import is_possible


def opened_link(told: Telling) -> Message:
    """The card stands: where it is, and what is due."""
    t = told.t
    return direct(told, [t("{key} has been submitted", key=told.key)], *_nudge(told))


def requester_news(told: Telling) -> Message:
    """What happened to their escalation, and the line for the customer where there is one."""
    lines = event_lines(told)
    tail = []
    if text := told.quote("customer_line", 1000):
        tail = [section(told.t("For the customer, ready to copy:")), section(text)]
    return direct(told, lines, *_answers(told), tail=tail)


def _answers(told: Telling) -> list[Element]:
    """What the requester may want to do about the news."""
    if told.text("event") == EventKind.CLOSED_ITSELF:
        return [act_button(told, Act.REOPEN)]
    return put_back_button(told)


def _nudge(told: Telling) -> list[Element]:
    return [act_button(told, Act.ADD_EVIDENCE)] if is_possible(told.the_case, Act.ADD_EVIDENCE) else []


def follower_news(told: Telling) -> Message:
    """A milestone of an escalation that they follow."""
    stop = act_button(told, Act.UNFOLLOW)
    return direct(told, event_lines(told), stop)


def info_request(told: Telling) -> Message:
    """What is needed from the requester, and by when; the reply lets the clock run again."""
    case, t = told.the_case, told.t
    waiting = case.waiting
    why = told.quote("why") or (told.reader.typed(str(waiting.why)[:500]) if waiting else "")
    asker = told.reader.who(waiting.asked_by) if waiting else told.who("asked_by" if told.text("asked_by") else "actor")
    lines = [t("{who} needs information from you for {key}", who=asker, key=told.key)]
    if why:
        lines.append(t("Question: {why}", why=why))
    until = told.moment("until") or (waiting.until if waiting else None)
    if until and told.facts.get("again"):
        lines.append(t("The answer was due {when}; please answer now", when=told.reader.when(until)))
    elif until:
        lines.append(t("Please answer by {when}: until then the work rests", when=told.reader.when(until)))
    return direct(told, lines, act_button(told, Act.ANSWER, primary=True), act_button(told, Act.ADD_EVIDENCE))


def confirm_fixed(told: Telling) -> Message:
    """It is resolved: fixed or not fixed? With what solved it, and what happens without an answer."""
    case, t = told.the_case, told.t
    lines = [*event_lines(told.with_facts({**_resolution_facts(told), **told.facts}))]
    if case.close_at:
        lines.append(
            t("Is it fixed? Without an answer it closes by itself {when}", when=told.reader.when(case.close_at))
        )
    else:
        lines.append(t("Is it fixed?"))
    ready = customer_text(told.t, case, EventKind.RESOLVED)
    return direct(
        told,
        lines,
        act_button(told, Act.CONFIRM, primary=True),
        act_button(told, Act.REOPEN, label=t("Not fixed")),
        tail=[context(t("For the customer, ready to copy:")), section(told.reader.typed(ready))],
    )


def _resolution_facts(told: Telling) -> dict[str, object]:
    found = told.the_case.resolution
    facts: dict[str, object] = {"event": EventKind.RESOLVED.value}
    if found:
        facts |= {"actor": found.by, "outcome": found.outcome.value}
        facts |= {"cause": found.cause, "workaround": found.workaround}
    return facts


def close_warning(told: Telling) -> Message:
    """It will close by itself: the last time to say that it is not fixed."""
    case, t = told.the_case, told.t
    when = told.reader.when(case.close_at) if case.close_at else ""
    lines = [
        t("{key} closes by itself {when}. Is it fixed?", key=told.key, when=when)
        if when
        else t("{key} will soon close by itself. Is it fixed?", key=told.key)
    ]
    return direct(
        told,
        lines,
        act_button(told, Act.CONFIRM, primary=True),
        act_button(told, Act.REOPEN, label=t("Not fixed")),
    )
