"""Direct messages to whoever is on call or owns the case: what to do now, and why they are asked."""

from bot.i18n import Texts
from bot.render.blocks import Message, button, context
from bot.render.card.lines import ask_lines, due_line
from bot.render.notices.frame import act_button, direct, put_back_button
from bot.render.notices.reasons import reminder_lines
from bot.render.notices.sentences import event_lines
from bot.render.notices.telling import Telling
from bot.render.vocabulary import severity_name, team_name
from models.rules.acts import Act
from models.rules.possible import awaits_acceptance, is_possible
from models.rules.rulebook import Rulebook

WHY_ME = "why_me"
COUNT_YES, COUNT_NO = "count_yes", "count_no"


def on_call(told: Telling) -> Message:
    """It is theirs to accept: the ask and the proof, readable in ten seconds."""
    case, t = told.the_case, told.t
    first = t(
        "{severity} {key} for {team} is yours to accept: you are on call",
        severity=severity_name(case.severity),
        key=told.key,
        team=team_name(t, told.book.team(case.team)),
    )
    lines = [first, due_line(case, told.reader), *ask_lines(case, told.book, told.reader)]
    return direct(told, [line for line in lines if line], *_on_call_buttons(told))


def reminder(told: Telling) -> Message:
    """A reminder to whoever holds it, with why it comes now."""
    case, t = told.the_case, told.t
    asked = awaits_acceptance(case)
    first = (
        t("⏰ {key} still waits for somebody to accept it", key=told.key)
        if asked
        else t("⏰ {key} needs you", key=told.key)
    )
    elements = _on_call_buttons(told) if asked else _owner_buttons(told)
    return direct(told, [first, *reminder_lines(told)], *elements)


def _on_call_buttons(told: Telling) -> list[dict[str, object]]:
    case, t = told.the_case, told.t
    if not awaits_acceptance(case):
        return _owner_buttons(told)
    return [
        act_button(told, Act.ACKNOWLEDGE, primary=True),
        act_button(told, Act.PASS_ON),
        button(t("Why me?"), WHY_ME, case.number),
        act_button(told, Act.LOOK_LATER, label=later_label(t, told.book)),
    ]


def later_label(t: Texts, book: Rulebook) -> str:
    """ "In 2 hours", by the rulebook's own length of it."""
    return t("In {duration}", duration=t.duration(book.look_later.seconds, length="long"))


def _owner_buttons(told: Telling) -> list[dict[str, object]]:
    case, t = told.the_case, told.t
    acts = [act for act in (Act.UPDATE, Act.RESUME, Act.WAIT, Act.RESOLVE) if is_possible(case, act)]
    buttons = [act_button(told, act, primary=index == 0) for index, act in enumerate(acts)]
    if is_possible(case, Act.LOOK_LATER):
        buttons.append(act_button(told, Act.LOOK_LATER, label=later_label(t, told.book)))
    return buttons


def owner_news(told: Telling) -> Message:
    """What somebody else did with a case that they hold, or held until now."""
    t, news = told.t, told.text("news")
    if news == "assigned":
        first = t("{key} is yours now", key=told.key)
    elif news == "taken_away":
        first = t("{key} is no longer yours: there is nothing left for you to do", key=told.key)
    else:
        first = ""
    lines = [first, *event_lines(told)]
    elements = [] if news == "taken_away" else _on_call_buttons(told)[:2]
    return direct(told, [line for line in lines if line], *elements, *put_back_button(told))


def count_as_update(told: Telling) -> Message:
    """The question about what the owner has just written in the thread."""
    case, t = told.the_case, told.t
    question = t("You wrote in the thread of {key}. Count it as an update?", key=told.key)
    place = [told.text(name) for name in ("channel", "thread_ts", "ts")]
    value = ":".join([str(case.number), *place]) if all(place) else case.number
    quoted = told.quote("text", 200)
    return direct(
        told,
        [question],
        button(t("Yes, count it"), COUNT_YES, value, primary=True),
        button(t("No"), COUNT_NO, value),
        tail=[context(f"“{quoted}”")] if quoted else [],
    )


def wait_over(told: Telling) -> Message:
    """The awaited date has passed: the owner is asked what comes next."""
    case, t = told.the_case, told.t
    lines = [t("The date that {key} was waiting for has passed. What comes next?", key=told.key)]
    if why := told.quote("why", 300):
        lines.append(t("It waited for: {why}", why=why))
    acts = [act for act in (Act.UPDATE, Act.WAIT, Act.RESOLVE) if is_possible(case, act)]
    return direct(told, lines, *(act_button(told, act, primary=index == 0) for index, act in enumerate(acts)))
