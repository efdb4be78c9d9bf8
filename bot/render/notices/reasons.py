"""Why a reminder comes: the codes of the ladder, in a sentence that names the clock and its due time."""

from bot.render.notices.telling import Telling
from bot.render.vocabulary import clock_name, overdue_phrase


def reminder_lines(told: Telling) -> list[str]:
    """What a reminder is about, and when it is or was due."""
    t, clock, percent = told.t, told.text("clock"), told.number("percent")
    lines = [_why(told)]
    if clock and (when := told.when("due_at")):
        late = percent is not None and percent >= 100
        lines.append(overdue_phrase(t, clock, when) if late else _due(told, clock, when))
    return [line for line in lines if line]


def _due(told: Telling, clock: str, when: str) -> str:
    return told.t("The {clock} ends {when}", clock=clock_name(told.t, clock), when=when)


def _why(told: Telling) -> str:
    t, clock, percent = told.t, told.text("clock"), told.number("percent")
    why = told.text("why")
    if why == "nudged" or told.text("event") == "nudged":
        return t("{who} asks for news", who=told.who("by") if told.text("by") else told.actor)
    if why == "look_again":
        return t("You asked to be reminded")
    if clock and percent:
        return t(
            "Why now: {percent}% of the {clock} has passed",
            percent=percent,
            clock=clock_name(t, clock),
        )
    return ""
