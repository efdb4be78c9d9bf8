"""What `/escalate …` asks for: a verb, the number of an escalation, and the rest as it was typed.

Pure: recognising happens on folded text (NFKC, so that ＥＳＣ－１４２ is ESC-142), answers keep the typing. A
verb counts only where an ID follows it (DOMAIN, "Commands"); everything else is the title of a new
escalation. The words themselves stand in `handlers.verbs`, near misses in `handlers.near_miss`.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from handlers.near_miss import nearest_verb
from handlers.verbs import AT_ONCE, BY_WORD, NEEDS_ID, Verb

_LATIN = r"[A-Za-z][A-Za-z-]*"
_HAN = r"[\u3400-\u9fff]{1,4}?"
# Counted things after a bare number make it a quantity: `更新 3 笔` speaks of three payments, not of ESC-3.
_MEASURE = r"(?!\s*[个個笔筆次天家位条條分时時月年号號%％元块塊])"
_ENDS = r"(?![A-Za-z0-9_%/-])(?!\.[0-9])"
_SEPARATOR = r"[\s,:;，：；、。.]*"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that was understood. `rest` is what stands after verb and ID, as it was typed."""

    verb: Verb
    number: int | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """Probably `verb` on that escalation, not surely enough to do it. `text` is all that was typed."""

    verb: Verb
    number: int
    text: str


def parse(text: str, key_prefix: str = "ESC") -> Ask | DidYouMean:
    """Understand what was typed after `/escalate`. Keys are read with the company's own `key_prefix`."""
    typed = _Typed(text)
    if not typed.folded.strip():
        return Ask(Verb.NEW)
    return (
        _only_an_id(typed, key_prefix)
        or _verb_with_id(typed, key_prefix)
        or _verb_alone(typed)
        or Ask(Verb.NEW, None, text.strip())
    )


class _Typed:
    """A text and its folded form, with the way back from a place in the one to the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces: list[str] = []
        self._origin: list[int] = []
        for place, char in enumerate(text):
            folded = unicodedata.normalize("NFKC", char)
            pieces.append(folded)
            self._origin.extend([place] * len(folded))
        self.folded = "".join(pieces)

    def rest_from(self, folded_end: int) -> str:
        """What was typed after that place of the folded text, without the blanks around it."""
        if folded_end >= len(self._origin):
            return ""
        return self.text[self._origin[folded_end] :].strip()


def _id_pattern(key_prefix: str, group: str) -> str:
    """`ESC-142`, `esc 142`, `#142`; or a bare `142` that counts nothing. Nine digits at most."""
    key = rf"(?:{re.escape(key_prefix)}\s*[-_‐‑‒–—]?\s*|\#\s*)[0-9]{{1,9}}"
    return rf"(?P<{group}>{key}{_ENDS}|[0-9]{{1,9}}{_ENDS}(?![\u3400-\u9fff]){_MEASURE})"


def _number(found: str) -> int:
    return int(re.sub(r"[^0-9]", "", found))


def _only_an_id(typed: _Typed, key_prefix: str) -> Ask | DidYouMean | None:
    """`ESC-142` alone shows it; `ESC-142 close` is the two words in the other order, so it is asked about."""
    pattern = rf"\s*{_id_pattern(key_prefix, 'id')}(?P<after>\s*(?:{_LATIN}|[\u3400-\u9fff]+)?)\s*"
    match = re.fullmatch(pattern, typed.folded, re.IGNORECASE)
    number = _number(match["id"]) if match else 0
    if match is None or number == 0:
        return None
    word = match["after"].strip().casefold()
    if not word:
        return Ask(Verb.SHOW, number)
    verb = BY_WORD.get(word)
    return DidYouMean(verb, number, typed.text.strip()) if verb in NEEDS_ID else None


def _verb_with_id(typed: _Typed, key_prefix: str) -> Ask | DidYouMean | None:
    """A word and an ID after it: a verb, a near miss, or the beginning of a title."""
    pattern = rf"\s*(?:(?P<latin>{_LATIN})(?:\s+|\s*(?=\#))|(?P<han>{_HAN})\s*){_id_pattern(key_prefix, 'id')}"
    match = re.match(pattern, typed.folded, re.IGNORECASE)
    number = _number(match["id"]) if match else 0
    if match is None or number == 0:
        return None
    word = (match["latin"] or match["han"]).casefold()
    separator = re.compile(_SEPARATOR).match(typed.folded, match.end())
    rest = typed.rest_from(separator.end() if separator else match.end())
    verb = BY_WORD.get(word)
    if verb is None or verb not in NEEDS_ID:
        near = nearest_verb(word)
        return DidYouMean(near, number, typed.text.strip()) if near else None
    if verb in AT_ONCE and rest and match["id"][0].isdigit():
        # `resume 3 subscriptions fail` may be a title, and this verb would act at once: ask first.
        return DidYouMean(verb, number, typed.text.strip())
    return Ask(verb, number, rest)


def _verb_alone(typed: _Typed) -> Ask | None:
    """The verbs that need no ID. Each takes few words, so that a sentence stays a title."""
    word, _, rest = typed.folded.strip().partition(" ")
    verb = BY_WORD.get(word.casefold())
    if verb is None or verb in NEEDS_ID or not _WORDS_OF[verb](rest.split()):
        return None
    start = typed.folded.index(word) + len(word)
    return Ask(verb, None, typed.rest_from(start))


def _is_list(words: list[str]) -> bool:
    """`list`, `list mine`, `list all 3`, `list all page 3`."""
    tail = words[1:] if words and words[0].casefold() in SCOPE_WORDS else words
    if tail and tail[0].casefold() in ("page", "页", "頁"):
        tail = tail[1:]
    return not tail or (len(tail) == 1 and tail[0].isascii() and tail[0].isdigit())


def _is_help(words: list[str]) -> bool:
    return not words or (len(words) == 1 and words[0].casefold() in BY_WORD)


def _any_words(_words: list[str]) -> bool:
    return True


def _one_word_at_most(words: list[str]) -> bool:
    return len(words) <= 1


def _no_words(words: list[str]) -> bool:
    return not words


def _is_away(words: list[str]) -> bool:
    return len(words) <= 3 and all(re.fullmatch(AWAY_WORD, word.casefold()) for word in words)


AWAY_WORD = re.compile(
    r"off|back|until|till|today|tomorrow|今天|明天|回来|回來|到|[0-9]{1,3}(?:m|h|d|分钟|分鐘|小时|小時|天)"
    r"|[0-9]{1,2}:[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
)
SCOPE_WORDS = {
    "mine": "mine", "my": "mine", "我的": "mine",
    "team": "team", "团队": "team", "團隊": "team",
    "at-risk": "at-risk", "risk": "at-risk", "即将超时": "at-risk", "即將逾期": "at-risk",
    "breached": "breached", "overdue": "breached", "已超时": "breached", "已逾期": "breached",
    "all": "all", "全部": "all",
}  # fmt: skip
LANGUAGE_WORDS = {
    "en": "en", "english": "en",
    "zh": "zh_Hans", "zh-hans": "zh_Hans", "zh-cn": "zh_Hans", "zh-sg": "zh_Hans", "zh_hans": "zh_Hans",
    "简体": "zh_Hans", "简体中文": "zh_Hans", "中文": "zh_Hans",
    "zh-hant": "zh_Hant", "zh-tw": "zh_Hant", "zh-hk": "zh_Hant", "zh-mo": "zh_Hant", "zh_hant": "zh_Hant",
    "繁體": "zh_Hant", "繁體中文": "zh_Hant", "繁体": "zh_Hant",
    "auto": "auto", "slack": "auto", "自动": "auto", "自動": "auto",
}  # fmt: skip

_WORDS_OF: dict[Verb, Callable[[list[str]], bool]] = {
    Verb.HELP: _is_help,
    Verb.LIST: _is_list,
    Verb.AWAY: _is_away,
    Verb.SEARCH: _any_words,
    Verb.LANG: _one_word_at_most,
    Verb.ONCALL: _one_word_at_most,
    Verb.HANDOFF: _one_word_at_most,
    Verb.REPORT: _one_word_at_most,
    Verb.IMPORT: _no_words,
    Verb.CONFIG: _no_words,
}
