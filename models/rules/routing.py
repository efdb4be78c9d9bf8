"""Suggests the team for a new escalation, and says why: the first rule of the rulebook that matches.

A rule matches by the prefix of an ID, by the category, or by a word of the text; any one of them is
enough. Nothing matches: the fallback team. It is a suggestion, the specialist decides.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.rules.references import ObjectId
from models.rules.rulebook import RoutingRule, Rulebook


class Why(StrEnum):
    """What a suggestion rests on."""

    PREFIX = "prefix"
    CATEGORY = "category"
    WORD = "word"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A team, what it was suggested for, and what matched ("po_", a category's key, a word); "" for the
    fallback."""

    team: str
    why: Why
    match: str = ""


def suggest_team(book: Rulebook, text: str, ids: Iterable[ObjectId] = (), *, category: str | None = None) -> Suggestion:
    """The team of the first rule that matches the text, the IDs found in it, or the category."""
    folded, known = _folded(text), tuple(ids)
    for rule in book.routing:
        if suggestion := _by_rule(rule, folded, known, category=category):
            return suggestion
    return Suggestion(book.fallback_team, Why.FALLBACK)


def _by_rule(rule: RoutingRule, folded: str, ids: tuple[ObjectId, ...], *, category: str | None) -> Suggestion | None:
    for prefix in rule.prefixes:
        if any(each.text.startswith(prefix) for each in ids):
            return Suggestion(rule.team, Why.PREFIX, prefix)
    if category is not None and category in rule.categories:
        return Suggestion(rule.team, Why.CATEGORY, category)
    for word in rule.words:
        if _holds(folded, _folded(word)):
            return Suggestion(rule.team, Why.WORD, word)
    return None


def _holds(text: str, word: str) -> bool:
    """Whether a text holds a word. Latin words are whole ones, so that "hold" is not in "household";
    Chinese knows no spaces, so there the characters are enough."""
    if not word:
        return False
    before = r"(?<![a-z0-9])" if word[0].isascii() else ""
    after = r"(?![a-z0-9])" if word[-1].isascii() else ""
    return re.search(before + re.escape(word) + after, text) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
