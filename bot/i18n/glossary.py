"""The glossary, and what a translation says against it. The words themselves stand in glossary.toml."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "glossary.toml"
_NOT_WORDS = re.compile(r"\{[^}]*\}|`[^`]*`")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: where it stands in English, and what each translation must say."""

    phrases: tuple[str, ...]
    exact: frozenset[str]
    exceptions: frozenset[str]
    words: Mapping[str, tuple[str, ...]]

    def is_in(self, msgid: str) -> bool:
        """Whether an English message speaks of it."""
        if msgid in self.exceptions:
            return False
        spoken = _NOT_WORDS.sub(" ", msgid)
        return msgid in self.exact or any(_has_phrase(spoken, phrase) for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, the words that are never right, and what customers never read."""

    terms: tuple[Term, ...]
    never: Mapping[str, tuple[str, ...]]
    customer_msgids: tuple[str, ...]
    never_to_customers: tuple[str, ...]

    def breaches(self, locale: str, msgid: str, translation: str) -> Iterator[str]:
        """What is wrong with the words of a translation."""
        for term in self.terms:
            wanted = term.words.get(locale, ())
            if wanted and term.is_in(msgid) and not any(word in translation for word in wanted):
                yield f"glossary: should say {' or '.join(wanted)}"
        for word in self.never.get(locale, ()):
            if word in translation:
                yield f"glossary: should not say {word}"
        if msgid.startswith(self.customer_msgids):
            yield from (
                f"glossary: a customer never reads {word}" for word in self.never_to_customers if word in translation
            )


def _has_phrase(text: str, phrase: str) -> bool:
    return re.search(rf"(?<![\w/-]){re.escape(phrase)}(?![\w-])", text, re.IGNORECASE) is not None


@cache
def glossary() -> Glossary:
    """The glossary of the file beside this one."""
    raw = tomllib.loads(FILE.read_text("utf-8"))
    return Glossary(
        terms=tuple(_term(entry) for entry in raw["term"]),
        never={locale: tuple(words) for locale, words in raw["never"].items()},
        customer_msgids=tuple(raw["customer"]["msgids"]),
        never_to_customers=tuple(raw["customer"]["never"]),
    )


def _term(entry: Mapping[str, list[str]]) -> Term:
    return Term(
        phrases=tuple(entry.get("en", ())),
        exact=frozenset(entry.get("exact", ())),
        exceptions=frozenset(entry.get("except", ())),
        words={name: tuple(words) for name, words in entry.items() if name.startswith("zh_")},
    )
