"""What a careful reader of Chinese objects to: spacing, punctuation, characters of the other script.

A placeholder counts as Latin: `spacing.fill` takes the space away where its value is Chinese.
"""

import re
from collections.abc import Iterator

from bot.i18n.locales import SIMPLIFIED, TRADITIONAL
from bot.i18n.spacing import CJK, FULL_WIDTH

_LATIN = r"[A-Za-z0-9{}`<>]"
_RULES = (
    (re.compile(f"[{CJK}]{_LATIN}|{_LATIN}[{CJK}]"), "no space between Chinese and Latin"),
    (re.compile(f"[{CJK}] +[{CJK}]"), "a space between Chinese and Chinese"),
    (re.compile(f"[{FULL_WIDTH}] +(?![*`])|(?<![*`]) +[{FULL_WIDTH}]"), "a space beside full-width punctuation"),
    (re.compile(f"[{CJK}][,;:!?()]|[,;:!?()][{CJK}]|[{CJK}]\\.(?!\\.)"), "half-width punctuation beside Chinese"),
    (re.compile(r"[0-9}] +%"), "a space before %"),
)
_ENCODINGS = {SIMPLIFIED: "gb2312", TRADITIONAL: "big5"}
_IDEOGRAPH = re.compile(f"[{CJK}]")


def flaws(locale: str, translation: str) -> Iterator[str]:
    """What is wrong with the typography of a Chinese translation."""
    for pattern, what in _RULES:
        if found := pattern.search(translation):
            yield f"{what}: “{found.group()}”"
    foreign = [one for one in _IDEOGRAPH.findall(translation) if not _is_written_so(one, locale)]
    if foreign:
        yield f"characters of the other script: {' '.join(foreign)}"


def _is_written_so(character: str, locale: str) -> bool:
    """Whether a character belongs to the script: the old encodings hold only their own."""
    try:
        character.encode(_ENCODINGS[locale])
    except UnicodeEncodeError:
        return False
    return True
