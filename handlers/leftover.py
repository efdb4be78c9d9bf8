"""What a form could not take of a long command: given back to the one who typed it, so that it is not lost.

A field holds 3,000 characters; a command may be longer.
"""

import re
from collections.abc import Iterator

from bot.render.blocks import escape, message, section
from bot.render.forms.sheet import Draft
from handlers.exchange import Exchange, words_for
from handlers.prefill import leftover
from models.rules.facts import Facts

_PART = 2950  # a section takes 3,000
_MOST_PARTS = 4  # of a message; Slack takes 13,000 characters in all its blocks
_MOST_MESSAGES = 5  # through one response_url: 59,000 characters
_ENTITY = re.compile(r"&[a-z]{0,4}\Z")


def tell_leftover(exchange: Exchange, facts: Facts, text: str, *, draft: Draft) -> None:
    """Gives the whole text back where the form holds only its beginning."""
    whole = leftover(text, draft)
    if not whole:
        return
    t = words_for(facts.actor)
    note = t("Your text is longer than the form holds; this is all of it, masked, so that nothing is lost:")
    exchange.services.afterwards.start(_say(exchange, note, list(parts_of(escape(whole)))))


def parts_of(escaped: str) -> Iterator[str]:
    """An escaped text in parts that a section takes; none ends within an entity such as `&amp;`."""
    while escaped:
        part = escaped[:_PART]
        if len(escaped) > _PART:
            part = _ENTITY.sub("", part)
        yield part
        escaped = escaped[len(part) :]


async def _say(exchange: Exchange, note: str, parts: list[str]) -> None:
    """In messages of a few parts each: a response_url may be used five times."""
    for start in range(0, min(len(parts), _MOST_MESSAGES * _MOST_PARTS), _MOST_PARTS):
        shown = [section(part) for part in parts[start : start + _MOST_PARTS]]
        await exchange.say(message(note, section(note), *shown))
