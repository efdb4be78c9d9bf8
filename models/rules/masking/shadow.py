"""A text's shadow: the same text as the finders read it, and the way back to the text as it was typed.

In the shadow full-width and other decimal digits are ASCII (NFKC), every dash is a hyphen, and invisible
format characters are gone. The text itself is never changed by this: only what is found in the shadow is
replaced.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

# Marks what was taken out of a key. A card keeps its last four behind four dots, so this is longer: the
# finder of cards takes "•••• 1111" for a card's end and must not take the end of a key for one.
GONE = "••••••"
MINUS_SIGN = "\N{MINUS SIGN}"  # a sign of mathematics to Unicode, a hyphen to who types it


class Kind(StrEnum):
    """What can be found; the code by which the person is told."""

    CARD = "card"
    API_KEY = "api_key"
    PRIVATE_KEY = "private_key"
    BEARER_TOKEN = "bearer_token"  # noqa: S105 - the name of a kind, not a token


@dataclass(frozen=True, slots=True)
class Finding:
    """`[start, end)` of the text as typed, and what is shown in its place."""

    kind: Kind
    start: int
    end: int
    shown: str


@dataclass(frozen=True)
class Shadow:
    """`text`, as the finders read `original`."""

    original: str
    text: str

    def finding(self, kind: Kind, span: tuple[int, int], shown: str) -> Finding:
        """The finding in the original for a span, not empty, of the shadow."""
        start, end = span
        return Finding(kind, self._places[start], self._places[end - 1] + 1, shown)

    @cached_property
    def _places(self) -> Sequence[int]:
        """For each character of the shadow the place in the original that it stands for."""
        if self.original.isascii():
            return range(len(self.text))
        return [place for place, letter in enumerate(self.original) for _ in letter.translate(_FOLDED)]


class _Folding(dict[int, str]):
    """What each character becomes; worked out when it is first seen, since Unicode is large."""

    def __missing__(self, code: int) -> str:
        normal = unicodedata.normalize("NFKC", chr(code))
        # One for one or nothing: half of a "½" cannot be cut out of a text.
        folded = _letter(normal if len(normal) == 1 else chr(code))
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded


_REMEMBERED = 8192
_FOLDED = _Folding()


def _letter(character: str) -> str:
    category = unicodedata.category(character)
    # Format characters, and marks such as those that make a keycap of a digit.
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return "-" if category == "Pd" or character == MINUS_SIGN else character


def cast_shadow(text: str) -> Shadow:
    return Shadow(text, text if text.isascii() else text.translate(_FOLDED))
