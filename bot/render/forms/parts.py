"""The questions of our modals: something to type, a choice, a person, a moment, each with its label.

A question's block id is the name of the form's field, so that a refusal finds its place and a draft its
value. One that makes the modal look again when it changes says so in its action id ("esc:redraw_team").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.render.blocks import (
    Block,
    checkboxes,
    datetime_picker,
    external_select,
    input_block,
    option,
    radio_buttons,
    select,
    text_input,
    user_select,
    users_select,
)
from bot.render.blocks.elements import LONGEST_INPUT, MOST_OPTIONS, Element

REDRAW = "redraw_"
FIND = "find_"
_LONGEST_MOMENT = 11


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice: what it means to us, what it says, and a plain example below it."""

    value: str
    text: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A question of a modal: its name in the form, what it asks, and a hint below it."""

    name: str
    label: str
    hint: str | None = None
    optional: bool = False
    redraws: bool = False

    @property
    def action(self) -> str:
        return REDRAW + self.name if self.redraws else self.name

    def holding(self, element: Element) -> Block:
        """The block that asks the question with an element."""
        return input_block(
            self.label,
            element,
            block_id=self.name,
            optional=self.optional,
            hint=self.hint,
            dispatch=self.redraws,
        )


def typed(field: Field, value: str, *, limit: int, lines: bool = False, example: str | None = None) -> Block:
    """Something to type. `limit` is the rule's; Slack's own is kept as well."""
    element = text_input(
        field.action, initial=value, placeholder=example, multiline=lines, longest=min(limit, LONGEST_INPUT)
    )
    return field.holding(element)


def one_of(field: Field, choices: Sequence[Choice], value: str) -> Block:
    """A few choices, all in sight; at most ten."""
    return field.holding(radio_buttons(field.action, _options(choices), chosen=value))


def one_of_many(field: Field, choices: Sequence[Choice], value: str, *, placeholder: str) -> Block:
    """One of up to a hundred choices. The chosen one is kept even where the list is longer."""
    shown = list(choices[:MOST_OPTIONS])
    beyond = [choice for choice in choices[MOST_OPTIONS:] if choice.value == value]
    shown[MOST_OPTIONS - len(beyond) :] = beyond
    return field.holding(select(field.action, _options(shown), placeholder=placeholder, chosen=value))


def tick(field: Field, text: str, *, ticked: bool) -> Block:
    """One box to tick; its value is the field's own name."""
    chosen = (field.name,) if ticked else ()
    return field.holding(checkboxes(field.action, [option(text, field.name)], chosen=chosen))


def one_person(field: Field, value: str, *, placeholder: str) -> Block:
    """One person of the workspace."""
    return field.holding(user_select(field.action, placeholder=placeholder, chosen=value or None))


def some_people(field: Field, values: Sequence[str], *, placeholder: str) -> Block:
    """Several people of the workspace."""
    return field.holding(users_select(field.action, placeholder=placeholder, chosen=values))


def moment(field: Field, value: str) -> Block:
    """A date and a time in the reader's own zone. The draft holds seconds since 1970, as Slack does."""
    at = moment_of(value)
    return field.holding(datetime_picker(field.action, chosen=int(at.timestamp()) if at else None))


def search_box(field: Field, chosen: Choice | None, *, placeholder: str) -> Block:
    """A choice out of all that the person may see, looked up as they type (`handlers.options`)."""
    option_chosen = _options([chosen])[0] if chosen else None
    return field.holding(external_select(FIND + field.name, placeholder=placeholder, chosen=option_chosen))


def _options(choices: Sequence[Choice]) -> list[Element]:
    return [option(choice.text, choice.value, choice.description) for choice in choices]


def seconds_of(at: datetime) -> str:
    """A moment as a draft holds it."""
    return str(int(at.timestamp()))


def moment_of(value: str) -> datetime | None:
    """The moment that a draft holds; None where it holds none."""
    if not (value.isascii() and value.isdecimal() and len(value) <= _LONGEST_MOMENT):
        return None
    return datetime.fromtimestamp(int(value), UTC)
