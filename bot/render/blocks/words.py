"""What people typed, made safe for Slack's mrkdwn: it is shown as typed, and does nothing.

Slack: https://docs.slack.dev/messaging/formatting-message-text#escaping
"""

import re
import unicodedata

ELLIPSIS = "…"
_NOTHING = "–"  # Slack refuses an empty text
_USER_ID = re.compile(r"[UW][A-Z0-9]{2,}")
_URL = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
# Embeddings and overrides of direction would turn our own words around, up to the end of the text.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_FENCE = re.compile("`(?=`)")
_QUOTE = re.compile(r"^(\s*)(?=&gt;)", re.MULTILINE)
_OPEN_TOKEN = re.compile(r"<[^>]*$")
_OPEN_ENTITY = re.compile(r"&[a-z]{0,3}$")
_INVISIBLE = "\u200b"


def escape(text: object) -> str:
    """Free text for mrkdwn. `<!here>`, `<@U…>` and links become plain characters; a code fence and a
    quotation, which would swallow the lines that follow, are broken up; each direction stays inside."""
    safe = _CONTROL.sub("", _DIRECTION.sub("", str(text)))
    safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _FENCE.sub("`" + _INVISIBLE, safe)
    safe = _QUOTE.sub(r"\1" + _INVISIBLE, safe)
    return isolate(safe)


def isolate(text: str) -> str:
    """Right-to-left text between isolates, so that it does not turn around what stands beside it."""
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return f"\u2068{text}\u2069"
    return text


def one_line(text: object) -> str:
    """The text with every run of spaces and line breaks as one space."""
    return " ".join(str(text).split())


def shorten(text: object, limit: int) -> str:
    """At most `limit` characters, the last of them an ellipsis where something was cut."""
    whole = str(text)
    return whole if len(whole) <= limit else whole[: limit - 1].rstrip() + ELLIPSIS


def cut(text: str, limit: int) -> str:
    """Mrkdwn of at most `limit` characters: no token and no escaped character is cut in half."""
    if len(text) <= limit:
        return text
    kept = _OPEN_ENTITY.sub("", _OPEN_TOKEN.sub("", text[: limit - 2]))
    closing = "\u2069" if kept.count("\u2068") > kept.count("\u2069") else ""
    return kept.rstrip() + ELLIPSIS + closing


def mention(user_id: str) -> str:
    """A person as Slack shows one. What is no user id is shown as text."""
    return f"<@{user_id}>" if _USER_ID.fullmatch(user_id) else escape(user_id)


def link(url: object, label: str) -> str:
    """A link with a label of ours (mrkdwn already); only http and https become links."""
    address = str(url).strip()
    if not _URL.fullmatch(address):
        return label
    return f"<{address.replace('&', '&amp;')}|{label.replace('|', '¦')}>"


def plain(text: object, limit: int) -> dict[str, object]:
    """A plain_text object."""
    return {"type": "plain_text", "text": shorten(str(text).strip() or _NOTHING, limit), "emoji": True}


def mrkdwn(text: str, limit: int) -> dict[str, object]:
    """A mrkdwn object. Verbatim: Slack is not to look for addresses and names in what people typed."""
    return {"type": "mrkdwn", "text": cut(text.strip() or _NOTHING, limit), "verbatim": True}
