"""`Masked`, the proof in the types that a text has been through the masking rule, and the rule itself."""

from dataclasses import dataclass
from typing import Any, NoReturn, Self, final

from models.rules.masking.cards import find_cards
from models.rules.masking.keys import find_bearer_tokens, find_keys, find_private_keys
from models.rules.masking.shadow import Finding, Kind, cast_shadow

_ONLY_THE_RULE = object()

# The order matters. A private key's block may hold anything. Keys go before cards, since a card number cut
# out of the middle of a key would leave the rest of that key unrecognised. No step makes work for an
# earlier one, so that masking twice changes nothing.
_STEPS = (find_private_keys, find_keys, find_bearer_tokens, find_cards)


@final
class Masked(str):
    """Text in which no card number and no API key stands. Only `mask` makes it; what is cut from it is
    plain str.
    """

    __slots__ = ()

    def __new__(cls, text: str, made_by: object = None) -> Self:
        if made_by is not _ONLY_THE_RULE:
            raise TypeError("only models.rules.masking makes Masked text")
        return super().__new__(cls, text)

    def __init_subclass__(cls, **_: Any) -> NoReturn:
        raise TypeError("Masked has no subclasses: one would be a way around the masking rule")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


@dataclass(frozen=True, slots=True)
class MaskResult:
    """The masked text, and what was found in it: one entry for each, in the order of the steps."""

    text: Masked
    found: tuple[Kind, ...]


def mask(text: str) -> MaskResult:
    """Mask what must not be stored; the rest of the text stays exactly as it was typed.

    Masking masked text changes nothing and finds nothing. Linear in the length of the text.
    """
    found: list[Kind] = []
    shadow = cast_shadow(text)
    for find in _STEPS:
        if findings := find(shadow):
            found += [each.kind for each in findings]
            shadow = cast_shadow(_replaced(shadow.original, findings))
    return MaskResult(Masked(shadow.original, _ONLY_THE_RULE), tuple(found))


def restore(stored: str) -> Masked:
    """Text that comes out of our own tables, where only Masked went in: it comes back as it was stored.

    It goes through the rule all the same, so that there is no second way to make Masked: a row that was
    written before a rule was added, or by hand, is masked when it is read.
    """
    return mask(stored).text


def _replaced(text: str, findings: list[Finding]) -> str:
    pieces: list[str] = []
    done = 0
    for each in findings:
        pieces += [text[done : each.start], each.shown]
        done = each.end
    return "".join([*pieces, text[done:]])
