"""The card: one message in the owning team's channel, edited in place, that shows the whole state.

lines    what it says: head, ask, proof, people, the next clock
buttons  what can be done with it: one primary button in each state, and the ⋯ menu

Nothing on it ticks: it names the next due time only, as a date token (DOMAIN, "The golden path", 3).
"""

from bot.render.blocks import Message, context, message, section
from bot.render.card.buttons import card_buttons
from bot.render.card.lines import (
    ask_lines,
    breach_line,
    clock_line,
    head_line,
    people_line,
    state_lines,
    title_line,
)
from bot.render.reader import Reader
from models.rules.case import Case
from models.rules.rulebook import Rulebook

SHORT_TITLE = 80

__all__ = ["card", "head_line", "summary_line", "title_line"]


def card(case: Case, book: Rulebook, reader: Reader) -> Message:
    """The card of a case, in the language of the reader: the team's, in its channel."""
    head = head_line(case, book, reader)
    small = [people_line(case, book, reader), clock_line(case, reader)]
    state = [breach_line(case, reader), *state_lines(case, book, reader)]
    return message(
        summary_line(case, book, reader),
        section(f"{head}\n{title_line(case, reader)}"),
        section("\n".join(ask_lines(case, book, reader))),
        _paragraph(state),
        context("\n".join(line for line in small if line)),
        card_buttons(case, reader),
    )


def summary_line(case: Case, book: Rulebook, reader: Reader) -> str:
    """The head and the title in one line: for notifications, and where there is little room."""
    return f"{head_line(case, book, reader)} · {title_line(case, reader, SHORT_TITLE)}"


def _paragraph(lines: list[str]) -> dict[str, object] | None:
    present = [line for line in lines if line]
    return section("\n".join(present)) if present else None
