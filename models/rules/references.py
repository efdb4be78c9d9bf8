"""Finds what a text refers to: IDs of payments objects, the account, the number of an escalation.

Everything is read on NFKC text, so that full-width letters count, and with ASCII look-arounds, since `\\b`
and `\\w` take Chinese for letters: 订单po_1Nx失败 holds an ID. Secrets are no references; masking has them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

ACCOUNT_PREFIX = "acct_"

# What follows one of these may be short. Anything else of that shape needs to be longer to be an ID.
_KNOWN = frozenset(
    {"acct", "ba", "card", "ch", "cs", "cus", "dp", "du", "evt", "fee", "ii", "in", "ord", "order", "pay"}
    | {"pi", "pm", "po", "price", "prod", "pyr", "re", "req", "seti", "si", "src", "sub", "tr", "trr", "tu"}
    | {"txn", "txr", "we", "wh"}
)
_SECRET = frozenset({"sk", "rk", "whsec"})
_SHORTEST_TAIL = 6

# A client secret (`pi_…_secret_…`) begins with the ID it belongs to; only that is taken.
_OBJECT_ID = re.compile(
    r"(?<![A-Za-z0-9_])(?P<prefix>[a-z]{2,8})_(?P<mode>(?:live|test)_)?(?P<tail>[A-Za-z0-9]+)"
    r"(?:(?![A-Za-z0-9_@])|(?=_secret_))"
)
# `user_settings` and `order_status` are words: an ID has a digit, or capitals in its midst.
_LOOKS_LIKE_AN_ID = re.compile(r"[0-9]|[a-z][A-Z]")
_TEST_PAGE = re.compile(r"https?://[^\s/]+/(?:[^\s/]+/)*?test/[^\s]*\Z")
_LONGEST_ADDRESS = 500
_DASHES = "-‐‑‒–—―−－"
_NUMBER = r"[0-9]{1,9}"


@dataclass(frozen=True, slots=True)
class ObjectId:
    """An ID of a payments object. `prefix` ends with its underscore ("po_"); `live` is None where neither
    the ID nor the address it stands in tells live from test mode."""

    text: str
    prefix: str
    live: bool | None = None


def object_ids(text: str) -> tuple[ObjectId, ...]:
    """Every object ID of a text, once each, in the order of the text; accounts are among them."""
    found: dict[str, ObjectId] = {}
    for object_id in _object_ids(unicodedata.normalize("NFKC", text)):
        found.setdefault(object_id.text, object_id)
    return tuple(found.values())


def account_of(text: str) -> str | None:
    """The first account ID of a text."""
    return next((found.text for found in object_ids(text) if found.prefix == ACCOUNT_PREFIX), None)


def parse_number(text: str, key_prefix: str = "ESC") -> int | None:
    """The number of an escalation as a person types it: `142`, `ESC-142`, `esc 142`, `ＥＳＣ－１４２`, `#142`."""
    typed = unicodedata.normalize("NFKC", text).strip()
    key = rf"(?:{re.escape(key_prefix)}\s*[{_DASHES}_#]?|#)?"
    match = re.fullmatch(rf"{key}\s*(?P<number>{_NUMBER})", typed, re.IGNORECASE | re.ASCII)
    return int(match["number"]) or None if match else None


def _object_ids(text: str) -> Iterator[ObjectId]:
    for match in _OBJECT_ID.finditer(text):
        if _is_reference(match["prefix"], match["tail"]):
            live = _mode(match["mode"], text[max(0, match.start() - _LONGEST_ADDRESS) : match.start()])
            yield ObjectId(match[0], match["prefix"] + "_", live)


def _is_reference(prefix: str, tail: str) -> bool:
    if prefix in _SECRET or not _LOOKS_LIKE_AN_ID.search(tail):
        return False
    return prefix in _KNOWN or len(tail) >= _SHORTEST_TAIL


def _mode(infix: str | None, before: str) -> bool | None:
    """What the ID says of itself, or the dashboard's address in which it stands."""
    if infix is not None:
        return infix == "live_"
    return False if _TEST_PAGE.search(before) else None
