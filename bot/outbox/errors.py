"""What a failed call to Slack means: every documented error string, HTTP status and broken connection has a class.

Pure: the table is errors.toml beside this file, the call itself is in slack.py. A string that is not in the table
is a bug until somebody has thought about it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class FaultKind(StrEnum):
    """What to do next."""

    TRANSIENT = "transient"  # nothing happened: try again later
    RATE = "rate"  # nothing happened: try again after `retry_after_seconds`
    AMBIGUOUS = "ambiguous"  # it may have happened: look before trying again
    GONE = "gone"  # what it was meant for is no longer there: another place
    FORBIDDEN = "forbidden"  # a person has to repair it: tell them which and how
    BUG = "bug"  # we called it wrongly: loud


class Lost(StrEnum):
    """Why there is no answer to read."""

    NEVER_SENT = "never_sent"  # no connection: the request did not leave
    NO_ANSWER = "no_answer"  # it left, and the answer did not come in time or at all
    UNREADABLE = "unreadable"  # it left, and what came back is not an answer of Slack's


@dataclass(frozen=True, slots=True)
class Fault:
    """A failed call, understood. `code` is Slack's string, `http_…` or a `Lost`; `about` a heading of the table."""

    kind: FaultKind
    code: str
    about: str = "slack"
    retry_after_seconds: float | None = None
    known: bool = True

    @property
    def token_dead(self) -> bool:
        """No call with this token will work again."""
        return self.kind is FaultKind.FORBIDDEN and self.about == "token"

    @property
    def already_done(self) -> bool:
        """What was asked for is so already: for an effect that is as good as success."""
        return self.about == "done"


# A "429" without Retry-After. Slack's windows are a minute long.
_RETRY_AFTER_SECONDS = 30.0
_UNCERTAIN = "uncertain"


@cache
def known_errors() -> Mapping[str, tuple[str, str]]:
    """Slack's error string → its class, or "uncertain", and what it is about."""
    table = tomllib.loads(resources.files(__package__).joinpath("errors.toml").read_text(encoding="utf-8"))
    return {code: (kind, about) for kind, rows in table.items() for about, codes in rows.items() for code in codes}


def classify(cause: str | int | Lost, *, effect: bool, retry_after_seconds: float | None = None) -> Fault:
    """Class of a failed call: `cause` is Slack's error string, an HTTP status, or why there is no answer.

    `effect`: the call does something that happens twice if it is sent twice (`chat.postMessage`). Only such a call
    can be ambiguous; any other is simply repeated.
    """
    after_sending = FaultKind.AMBIGUOUS if effect else FaultKind.TRANSIENT
    if isinstance(cause, Lost):
        kind = FaultKind.TRANSIENT if cause is Lost.NEVER_SENT else after_sending
        return Fault(kind, cause.value)
    if isinstance(cause, int):
        return _of_status(cause, after_sending, retry_after_seconds)
    if cause not in known_errors():
        return Fault(FaultKind.BUG, cause, known=False)
    name, about = known_errors()[cause]
    kind = after_sending if name == _UNCERTAIN else FaultKind(name)
    return Fault(kind, cause, about, _wait(kind, retry_after_seconds))


def _of_status(status: int, after_sending: FaultKind, retry_after_seconds: float | None) -> Fault:
    code = f"http_{status}"
    if status == 429:
        return Fault(FaultKind.RATE, code, retry_after_seconds=_wait(FaultKind.RATE, retry_after_seconds))
    if status == 408 or status >= 500:
        return Fault(after_sending, code, retry_after_seconds=retry_after_seconds)
    # Slack answers 200 with an error string; a 401 or 403 is said by something between us and Slack.
    if status in (401, 403, 407):
        return Fault(FaultKind.FORBIDDEN, code, about="network")
    return Fault(FaultKind.BUG, code)


def _wait(kind: FaultKind, given: float | None) -> float | None:
    if given is None and kind is FaultKind.RATE:
        return _RETRY_AFTER_SECONDS
    return given
