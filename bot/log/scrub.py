"""What of a log line may be written: the last step before it is rendered, for our lines and for a library's.

Fields named like a secret or like somebody's words are dropped, objects shrink to their type's name, and what is
left goes through the masking rule. A library's sentence is cut where it begins to quote.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from uuid import UUID

from structlog.typing import EventDict, WrappedLogger

from models.rules.masking import mask

_SECRET = re.compile(
    r"token|secret|passw|authori[sz]ation|signature|cookie|api_?key|credential|database_url|dsn"
    r"|response_url|trigger_id|private_metadata"
)
_SOMEBODY_S_WORDS = frozenset(
    {
        "answer", "answers", "attachments", "blocks", "body", "cause", "comment", "comments", "content",
        "description", "email", "fields", "finding", "form", "impact", "input", "inputs", "line",
        "message", "messages", "metadata", "need", "next_step", "note", "notes", "parameters", "params",
        "payload", "profile", "promise", "proof", "query", "raw_body", "real_name", "state",
        "statement", "submission", "summary", "text", "title", "topic", "typed", "values", "view",
        "what", "words",
    }
)  # fmt: skip
_EVENT_NAME = re.compile(r"[a-z][a-z0-9_.]{0,79}")
_QUOTE_BEGINS = re.compile(r"""["'`“‘«(\[{<=\n\r]|:\s|[^\x00-\x7f]""")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MOST_CHARACTERS = 200
_MOST_ITEMS = 50
_DEEPEST = 4


def scrub(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
    """A structlog processor; it keeps `exception`, which `exceptions.tell_exception` has already made safe."""
    clean: EventDict = {}
    for key, value in event_dict.items():
        if key == "event":
            clean[key] = event_name(str(value))
        elif key == "exception":
            clean[key] = mask(str(value)).text
        elif _may_be_written(key, value):
            clean[key] = _written(value, _DEEPEST)
    return clean


def event_name(said: str) -> str:
    """An event's name as it is; any other sentence as far as it is the programmer's own words."""
    return said if _EVENT_NAME.fullmatch(said) else own_words(said)


def own_words(sentence: str) -> str:
    """The part of a library's sentence before it quotes, masked: what follows may be what somebody wrote."""
    begins = _QUOTE_BEGINS.search(sentence)
    words = sentence[: begins.start()].rstrip() + " …" if begins else sentence
    return _short(mask(words).text)


def _may_be_written(key: str, value: object) -> bool:
    name = key.lower().replace("-", "_")
    if name in _SOMEBODY_S_WORDS:
        return False
    # A flag such as `token_dead` tells nothing of the token.
    return isinstance(value, bool) or not _SECRET.search(name)


def _written(value: object, depth: int) -> object:
    if value is None or isinstance(value, bool | int | float):
        return _plain_number(value)
    if isinstance(value, Enum):
        return _written(value.value, depth)
    if isinstance(value, str):
        return _written_text(value)
    if isinstance(value, date | timedelta | Decimal | UUID | PurePath):
        return _written_text(str(value))
    if depth and isinstance(value, Mapping):
        items = list(value.items())[:_MOST_ITEMS]
        return {_written_text(str(k)): _written(v, depth - 1) for k, v in items if _may_be_written(str(k), v)}
    if depth and isinstance(value, list | tuple | set | frozenset):
        return [_written(each, depth - 1) for each in list(value)[:_MOST_ITEMS]]
    # An object's repr may hold anything, a customer's words too.
    return f"<{type(value).__name__}>"


def _plain_number(value: int | float | None) -> int | float | str | None:
    """A number, unless it is a card's."""
    if isinstance(value, int) and mask(str(value)).found:
        return mask(str(value)).text
    return value


def _written_text(text: str) -> str:
    """Codes, ids and addresses are ASCII. Other text was most likely typed by a person."""
    if not text.isascii():
        return f"({len(text)} characters)"
    # One line a fact: a line break in a value could pass for another line.
    return _short(mask(_CONTROL.sub(" ", text)).text)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
