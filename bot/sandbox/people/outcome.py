"""What came of something that a person did."""

from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.delivery import Answer
from bot.sandbox.records import Message
from bot.sandbox.view_store import View

Kind = Literal["answered", "closed", "errors", "updated", "pushed", "refused", "failed"]


@dataclass
class Outcome:
    """The app's answer, and what the person sees of it.

    `kind` of a submitted modal: closed, errors (beside the fields), updated, pushed; `refused` is Slack's own
    client, which sent nothing; `failed` is no answer, a bad one, or a late one. Everything else is `answered`
    or `failed`. `errors` are by block_id. `sees` holds what appeared before the app's answer was read.
    """

    kind: Kind
    answer: Answer
    view: View | None = None
    errors: dict[str, str] = field(default_factory=dict)
    sees: list[Message] = field(default_factory=list)
    why: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the app answered in time, and in a way that Slack understands."""
        return self.kind != "failed"

    @property
    def texts(self) -> list[str]:
        """The texts of the messages that appeared."""
        return [message.text for message in self.sees]
