"""The frame around a notice: its words, the escalation it is about, its buttons, a link to the card."""

from collections.abc import Sequence

from bot.render.blocks import Block, Message, actions, button, context, link_button, message, section
from bot.render.blocks.elements import Element
from bot.render.card import summary_line
from bot.render.card.buttons import button_label
from bot.render.card.lines import clock_line
from bot.render.notices.telling import Telling
from bot.render.vocabulary import severity_name
from models.rules.acts import Act
from models.rules.change import EventKind
from models.rules.possible import is_possible

PUT_BACK = "put_back"
OPEN_CARD = "open_card"  # a button that is a link; Slack tells us that it was pressed


def direct(told: Telling, lines: Sequence[str], *elements: Element, tail: Sequence[Block] = ()) -> Message:
    """A direct message: the words, which escalation it is, what can be done."""
    text, case = "\n".join(lines), told.the_case
    # Where the notice names a due time itself, a second one beside it would only confuse.
    due_at = told.when("due_at")
    due = "" if due_at and due_at in text else clock_line(case, told.reader)
    about = [summary_line(case, told.book, told.reader), due]
    row = [*elements, *card_link(told)]
    return message(
        text,
        section(text),
        *tail,
        context("\n".join(line for line in about if line)),
        actions(*row) if row else None,
    )


def post(lines: Sequence[str], *elements: Element) -> Message:
    """A post in a channel or thread, where the card is near."""
    text = "\n".join(lines)
    return message(text, section(text), actions(*elements) if elements else None)


def act_button(told: Telling, act: Act, *, primary: bool = False, label: str | None = None) -> Element:
    """A button that performs an act on the case."""
    case = told.the_case
    return button(label or button_label(told.t, act, case.status), act.value, case.number, primary=primary)


def put_back_button(told: Telling) -> list[Element]:
    """Where the news is another severity: the button that puts it back. DOMAIN, "Severity"."""
    case, before = told.the_case, told.text("from")
    changed = told.text("event") == EventKind.SEVERITY_CHANGED and before
    if not changed or not is_possible(case, Act.RAISE_SEVERITY):
        return []
    label = told.t("Put back to {severity}", severity=severity_name(before))
    return [button(label, PUT_BACK, f"{case.number}:{before}")]


def card_link(told: Telling) -> list[Element]:
    """The button that leads to the card, where it stands already."""
    link = told.text("link")
    return [link_button(told.t("Open the card"), OPEN_CARD, link)] if link else []
