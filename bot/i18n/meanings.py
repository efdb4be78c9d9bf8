"""What else a word is called: the same term in the other two languages, and the same word in the other script.

For search only. Nothing here is shown to anybody: automatic conversion between 简体 and 繁體 gets terms wrong,
which does no harm where it only finds more. The words stand in meanings.toml and glossary.toml.
"""

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from bot.i18n.glossary import glossary
from bot.i18n.spacing import has_chinese

FILE = Path(__file__).parent / "meanings.toml"
MOST_WORDS = 12  # of one search; each makes the query longer
_MOST_NAMES = 12  # of one word
_LONGEST_PHRASE = 4
_ENDINGS = ("s", "es", "d", "ed", "ing")


@dataclass(frozen=True, slots=True)
class Meanings:
    """Groups of names, by each of their names as `_plain` spells it; and the two scripts."""

    groups: dict[str, frozenset[str]]
    to_hans: dict[int, str]
    to_hant: dict[int, str]


def meanings_of(typed: str) -> list[frozenset[str]]:
    """For each word of a search, the word itself and everything that means the same.

    A phrase that is a term ("decline code") may be found by its other names in place of all its words.
    """
    as_typed = typed.split()[:MOST_WORDS]
    words = [_readable(word) for word in as_typed]
    found = [[raw, word, *_other_names(word)] for raw, word in zip(as_typed, words, strict=True)]
    for start, end in product(range(len(words)), range(len(words) + 1)):
        if 1 < end - start <= _LONGEST_PHRASE and (names := _names(" ".join(words[start:end]))):
            for group in found[start:end]:
                group.extend(names)
    return [frozenset(group) for group in found]


def _other_names(word: str) -> list[str]:
    """The word in both scripts, its other names, and where it only holds terms, with those in its place."""
    names = [*_in_both_scripts(word), *_names(word)]
    if has_chinese(word) and not _names(word):
        names += [other for swapped in _with_terms_swapped(word) for other in _in_both_scripts(swapped)]
    return sorted(set(names), key=names.index)[:_MOST_NAMES]


def _names(phrase: str) -> list[str]:
    """The names of a term, from any of them; English ones also from an inflected form."""
    groups = _meanings().groups
    spelled = _plain(phrase)
    known = groups.get(spelled)
    if known is None:
        stems = [spelled.removesuffix(ending) for ending in _ENDINGS if spelled.endswith(ending)]
        stems += [stem + "e" for stem in stems]
        known = next((groups[stem] for stem in stems if stem in groups), frozenset())
    return sorted(known)


def _with_terms_swapped(word: str) -> Iterator[str]:
    """A run of Chinese, which has no spaces, with a term in it called by its other Chinese names."""
    spelled = _plain(word)
    for term, names in _meanings().groups.items():
        if has_chinese(term) and term in spelled:
            yield from (spelled.replace(term, name) for name in sorted(names) if has_chinese(name))


def _in_both_scripts(word: str) -> list[str]:
    known = _meanings()
    hans = word.translate(known.to_hans)
    return [hans, word.translate(known.to_hant), hans.translate(known.to_hant)]


def _readable(word: str) -> str:
    """Full-width letters and digits as most people type them."""
    return unicodedata.normalize("NFKC", word)


def _plain(phrase: str) -> str:
    """One spelling for each name: in small letters and 简体."""
    return phrase.casefold().translate(_scripts()[0])


@cache
def _meanings() -> Meanings:
    raw = tomllib.loads(FILE.read_text("utf-8"))
    to_hans, to_hant = _scripts()
    groups: dict[str, set[str]] = {}
    for names in [*raw["same"], *_terms(frozenset(raw["apart"]))]:
        for name in names:
            groups.setdefault(_plain(name), set()).update(names)
    return Meanings({name: frozenset(names) for name, names in groups.items()}, to_hans, to_hant)


def _terms(apart: frozenset[str]) -> Iterator[list[str]]:
    """The names of each term of the glossary, without whole sentences and what is too common."""
    for term in glossary().terms:
        english = [name for name in (*term.phrases, *term.exact) if "{" not in name and name not in apart]
        if english:
            yield [*english, *(word for words in term.words.values() for word in words)]


@cache
def _scripts() -> tuple[dict[int, str], dict[int, str]]:
    """Characters to 简体 and to 繁體; of several forms the first that the file names."""
    pairs = tomllib.loads(FILE.read_text("utf-8"))["characters"].split()
    to_hans: dict[int, str] = {}
    to_hant: dict[int, str] = {}
    for hant, hans in pairs:
        to_hans.setdefault(ord(hant), hans)
        to_hant.setdefault(ord(hans), hant)
    return to_hans, to_hant
