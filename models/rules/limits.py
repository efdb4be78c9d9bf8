"""How long a text may be and how many there may be of a thing, and the refusals that say so.

The doors show the same limits beside their fields. Lengths are in characters.
"""

from datetime import datetime, timedelta

from models.rules.masking import Masked
from models.rules.refusals import Code, Refusal

TITLE = 200
NEED = 1000
SHORT = 200  # account, amount
LINK = 2000
FINDING = 2000  # also the next step, the line for the customer, the cause and the workaround
WHY = 1000  # also the summary of an SQL result
NOTE = 3000  # also an answer, and what is said of the documentation
SQL = 20_000
EVIDENCE_ITEMS = 20
FOLLOWERS = 50

# A date further away than this is a slip of the calendar picker, and would hide the escalation.
LONGEST_WAIT = timedelta(days=90)

_SCHEMES = ("https://", "http://")


def none_if_blank(text: Masked | None) -> Masked | None:
    """An optional text, None where nothing was written."""
    return text if text is not None and text.strip() else None


def refuse_text(field: str, text: Masked | None, limit: int, *, required: bool = True) -> Refusal | None:
    """The refusal of a text that is blank though required, or too long."""
    if text is None or not text.strip():
        return empty(field) if required else None
    if len(text) > limit:
        said = {"field": field, "limit": limit, "length": len(text)}
        return Refusal(Code.TOO_LONG, said, form_field=field)
    return None


def refuse_link(field: str, text: Masked | None) -> Refusal | None:
    """The refusal of a link that is not http or https, or too long. A blank one passes."""
    if text is None or not text.strip():
        return None
    address = text.strip().lower()
    if not address.startswith(_SCHEMES) or any(letter.isspace() for letter in address):
        return Refusal(Code.BAD_LINK, {"field": field}, form_field=field)
    return refuse_text(field, text, LINK)


def refuse_past(field: str, at: datetime | None, now: datetime) -> Refusal | None:
    """The refusal of a time that is not ahead."""
    if at is None or at > now:
        return None
    return Refusal(Code.IN_THE_PAST, {"field": field}, form_field=field)


def refuse_late(field: str, at: datetime | None, latest: datetime) -> Refusal | None:
    """The refusal of a time after `latest`."""
    if at is None or at <= latest:
        return None
    return Refusal(Code.TOO_LATE, {"field": field, "latest": latest.isoformat()}, form_field=field)


def refuse_many(field: str, count: int, limit: int) -> Refusal | None:
    """The refusal of more things than fit."""
    if count <= limit:
        return None
    return Refusal(Code.TOO_MANY, {"field": field, "limit": limit}, form_field=field)


def empty(field: str) -> Refusal:
    """The refusal of a field left empty."""
    return Refusal(Code.EMPTY, {"field": field}, form_field=field)
