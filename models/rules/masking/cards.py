"""Finds payment card numbers in a shadow: issuer prefix, length and Luhn, however the digits are grouped.

Of random 16-digit numbers Luhn alone flags 10 %, issuer prefix and Luhn 2.4 %. Digits inside an object's ID
(`po_1Nx…`), a longer number or a decimal fraction are left alone: an ID is proof, and proof must stay
readable.
"""

import re
from collections.abc import Iterator

from models.rules.masking.shadow import Finding, Kind, Shadow

_LONG = (16, 17, 18, 19)
_DINERS = (14, *_LONG)
_MAESTRO = tuple(range(12, 20))
# First prefix, last prefix, lengths.
_ISSUERS: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    (4, 4, (13, 16, 19)),  # Visa
    (51, 55, (16,)),  # Mastercard
    (2221, 2720, (16,)),  # Mastercard
    (34, 34, (15,)),  # American Express
    (37, 37, (15,)),  # American Express
    (300, 305, _DINERS),
    (3095, 3095, _DINERS),
    (36, 36, _DINERS),
    (38, 39, _DINERS),
    (3528, 3589, _LONG),  # JCB
    (62, 62, _LONG),  # UnionPay
    (8100, 8171, _LONG),  # UnionPay
    (6011, 6011, _LONG),  # Discover
    (644, 649, _LONG),  # Discover
    (65, 65, _LONG),  # Discover
    (2200, 2204, _LONG),  # Mir
    (9792, 9792, (16,)),  # Troy
    (5018, 5018, _MAESTRO),
    (5020, 5020, _MAESTRO),
    (5038, 5038, _MAESTRO),
    (5893, 5893, _MAESTRO),
    (6304, 6304, _MAESTRO),
    (6759, 6759, _MAESTRO),
    (6761, 6763, _MAESTRO),
)
_FIRST_DIGITS = frozenset(str(first)[0] for first, _, _ in _ISSUERS)
_SHORTEST, _LONGEST = 12, 19

# A masked card's end, which is no number any more, or digits in groups.
_TAIL_OR_RUN = re.compile(r"(?<!•)•••• [0-9]{4}(?![0-9])|[0-9]+(?:[ \t.·-]{1,3}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_SMALLEST_GROUP_INSIDE_A_RUN = 3

# Words that may touch the digits without making an ID of them.
_BEFORE = re.compile(
    r"(?:^|[^A-Za-z0-9])(?:card|cardno|cardnumber|number|num|no|pan|visa|mastercard|mc|amex|jcb)_?$", re.I
)
_AFTER = re.compile(r"_?(?:exp|expiry|expires|valid|cvv|cvc|visa|mastercard|amex|jcb)(?![A-Za-z0-9_])", re.I)
_WORD_LENGTH = 14

Span = tuple[int, int]


def passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card_number(digits: str) -> bool:
    """Whether the digits have an issuer's prefix and one of its lengths, and pass Luhn."""
    if digits[0] not in _FIRST_DIGITS or not passes_luhn(digits):
        return False
    return any(
        len(digits) in lengths and first <= int(digits[: len(str(first))]) <= last for first, last, lengths in _ISSUERS
    )


def find_cards(shadow: Shadow) -> list[Finding]:
    found = []
    for run in _TAIL_OR_RUN.finditer(shadow.text):
        if run[0][0] == "•":
            continue
        for span in _cards_in_run(shadow.text, run.span()):
            digits = "".join(_GROUP.findall(shadow.text, *span))
            found.append(shadow.finding(Kind.CARD, span, f"•••• {digits[-4:]}"))
    return found


def _cards_in_run(text: str, run: Span) -> Iterator[Span]:
    """The cards among the groups of one run, from left to right.

    What is left on either side of a card is looked at as a run of its own, as it would be if the text were
    masked a second time: so a second time finds nothing.
    """
    groups = [match.span() for match in _GROUP.finditer(text, *run)]
    first = 0
    while first < len(groups):
        if len(groups) - first <= _LONGEST and (whole := _card_of(text, groups[first:])):
            yield whole
            return
        inside = _first_card_inside(text, groups, first)
        if inside is None:
            return
        start, end = inside
        if start - first <= _LONGEST and (left := _card_of(text, groups[first:start])):
            yield left
        yield groups[start][0], groups[end - 1][1]
        first = end


def _card_of(text: str, groups: list[Span]) -> Span | None:
    """All of these groups as one card, whatever their sizes."""
    if not _SHORTEST <= sum(end - start for start, end in groups) <= _LONGEST:
        return None
    digits = "".join(text[start:end] for start, end in groups)
    span = groups[0][0], groups[-1][1]
    if is_card_number(digits) and _stands_alone(text, span, groups):
        return span
    return None


def _first_card_inside(text: str, groups: list[Span], first: int) -> tuple[int, int] | None:
    """The leftmost, longest card that is only a part of the run, as indexes of its groups."""
    for start in range(first, len(groups)):
        for end in range(_furthest(groups, start), start, -1):
            if _card_of(text, groups[start:end]):
                return start, end
    return None


def _furthest(groups: list[Span], start: int) -> int:
    """How far a card that begins at `start` could reach.

    Inside a longer run a group is at least three digits: single digits and pairs there are dates, counts
    and list numbers, and trying each would cost more than it finds.
    """
    total = 0
    for end in range(start, len(groups)):
        size = groups[end][1] - groups[end][0]
        total += size
        if size < _SMALLEST_GROUP_INSIDE_A_RUN or total > _LONGEST:
            return end
    return len(groups)


def _stands_alone(text: str, span: Span, groups: list[Span]) -> bool:
    """Not part of an ID, nor the digits after a decimal point. ASCII only: `卡号4111…` does stand alone."""
    start, end = span
    before, after = text[max(0, start - _WORD_LENGTH) : start], text[end : end + _WORD_LENGTH]
    if before and _is_of_an_id(before[-1]) and not _BEFORE.search(before):
        return False
    if after and _is_of_an_id(after[0]) and not _AFTER.match(after):
        return False
    is_fraction = len(groups) == 1 and len(before) > 1 and before[-1] == "." and before[-2].isdigit()
    return not is_fraction


def _is_of_an_id(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())
