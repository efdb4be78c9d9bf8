"""What a modal is drawn from, and the frame around it.

A Sheet is a value: the words, the facts, and the draft, which is all that was typed so far. What a modal
must remember between two requests stands in its Meta (private_metadata); it never holds free text, and
whatever comes back in it is looked up again within the viewer's workspace.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from bot.i18n import Texts
from bot.render.blocks import Block, context, modal
from bot.render.reader import Reader
from bot.render.vocabulary import key_of
from models.rules.case import Case
from models.rules.facts import Facts
from models.rules.people import Person

Draft = Mapping[str, str | tuple[str, ...]]
View = dict[str, Any]

_NUMBERS_END = 10**9  # a database's whole number takes no more


@dataclass(frozen=True, slots=True)
class Meta:
    """What a modal carries from one request to the next.

    `origin` is the channel that it was asked from, `more` whether the More section is open.
    """

    form: str
    number: int | None = None
    origin: str | None = None
    more: bool = False

    def to_json(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value}, separators=(",", ":"))


def meta_of(text: str) -> Meta | None:
    """The Meta of a view's private_metadata; None if it is not one of ours."""
    try:
        found = json.loads(text)
        known = {f.name for f in fields(Meta)}
        meta = Meta(**{name: value for name, value in found.items() if name in known})
    except (ValueError, TypeError, AttributeError):
        return None
    return meta if _is_whole(asdict(meta)) else None


def _is_whole(found: Mapping[str, object]) -> bool:
    """Whether what came back has the types that we sent: nothing else keeps a stranger's text out."""
    number = found["number"]
    origin = found["origin"] is None or isinstance(found["origin"], str)
    is_number = number is None or (type(number) is int and 0 < number < _NUMBERS_END)
    return isinstance(found["form"], str) and is_number and origin


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a modal shows. `notes` are remarks above the fields; `similar` are open escalations
    about the same account or object."""

    t: Texts
    facts: Facts
    meta: Meta
    draft: Draft = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    similar: tuple[Case, ...] = ()

    @property
    def viewer(self) -> Person:
        if self.facts.actor is None:
            raise LookupError("a modal is drawn for somebody")
        return self.facts.actor

    @property
    def reader(self) -> Reader:
        """The viewer as a reader of prose."""
        return Reader(self.t, self.viewer.time_zone, self.facts.people, self.viewer.user_id)

    @property
    def case(self) -> Case:
        return self.facts.the_case

    @property
    def key(self) -> str:
        """The escalation's key, as people say it."""
        return key_of(self.facts.rulebook, self.meta.number or 0)

    def text(self, name: str, otherwise: str = "") -> str:
        """What the draft holds of a field with one value."""
        found = self.draft.get(name, otherwise)
        return found if isinstance(found, str) else otherwise

    def chosen(self, name: str) -> tuple[str, ...]:
        """What the draft holds of a field with several values."""
        found = self.draft.get(name, ())
        return (found,) if isinstance(found, str) else found

    def with_draft(self, **values: str | tuple[str, ...]) -> "Sheet":
        """The same sheet; these values stand where the draft says nothing yet."""
        return replace(self, draft={**values, **self.draft})


def draw(sheet: Sheet, *, title: str, submit: str | None, blocks: Sequence[Block | None]) -> View:
    """A modal of ours. Without `submit` it only tells something."""
    remarks = [context(text) for text in sheet.notes]
    return modal(
        sheet.meta.form,
        title=title,
        blocks=[*remarks, *(block for block in blocks if block is not None)],
        close=sheet.t("Cancel") if submit else sheet.t("Done"),
        submit=submit,
        metadata=sheet.meta.to_json(),
    )
