"""Chinese typography: a space between Chinese and Latin letters or digits, none between Chinese and Chinese.

A translation is written with a space around each placeholder, as if its value were Latin. Whether it is
shows only when the value is there: a team's name may be Chinese, a person's Latin.
"""

import re
from collections.abc import Mapping
from string import Formatter

CJK = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
FULL_WIDTH = "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_WIDE = re.compile(f"[{CJK}{FULL_WIDTH}]")
_DIGIT_THEN_CJK = re.compile(rf"(?<=[0-9])(?=[{CJK}])")
_CJK_THEN_DIGIT = re.compile(rf"(?<=[{CJK}])(?=[0-9])")


def has_chinese(text: str) -> bool:
    """Whether any character of it is Chinese."""
    return re.search(f"[{CJK}]", text) is not None


def is_wide(character: str) -> bool:
    """Whether a character is Chinese, or punctuation as wide as a Chinese character."""
    return _WIDE.match(character) is not None


def space_numbers(text: str) -> str:
    """Puts the space between a digit and a Chinese character: Babel writes "3小时"."""
    return _CJK_THEN_DIGIT.sub(" ", _DIGIT_THEN_CJK.sub(" ", text))


def fill(template: str, named: Mapping[str, object]) -> str:
    """The template with its named fields; a space beside a field goes where both sides are Chinese."""
    out = ""
    after_value = False
    for literal, name, spec, _ in Formatter().parse(template):
        out = _join(out, literal) if after_value else out + literal
        after_value = name is not None
        if name is not None:
            value = format(named[name], spec or "")
            out = _join(out, value)
    return out


def _join(left: str, right: str) -> str:
    """The two parts, without a space at the joint where both of its sides are wide."""
    bare_left, bare_right = left.removesuffix(" "), right.removeprefix(" ")
    if bare_left and bare_right and is_wide(bare_left[-1]) and is_wide(bare_right[0]):
        return bare_left + bare_right
    return left + right
