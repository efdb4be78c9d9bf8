"""`python -m bot.i18n.check`: everything that is wrong with the catalogs, one line each; exit code 1 if any.

`make check` calls it. Missing, empty, fuzzy and obsolete messages, placeholders that differ, typography,
words against the glossary, and calls whose message is not a literal.
"""

import re
import sys
from collections.abc import Iterator
from string import Formatter

from babel.messages.catalog import Catalog, Message

from bot.i18n.catalogs import path_of, read
from bot.i18n.extract import template
from bot.i18n.glossary import glossary
from bot.i18n.locales import LOCALES, is_chinese
from bot.i18n.sources import messages
from bot.i18n.typography import flaws

_FIELD = re.compile(r"\{\w*\}")
_ENGLISH_WORD = re.compile(r"[a-z]{3,}")


def findings() -> Iterator[str]:
    """What is wrong with code and catalogs."""
    for found in messages():
        if found.msgid is None:
            yield f"{found.file}:{found.line}: the message of t(…) is not a literal"
    wanted = template()
    for locale in LOCALES:
        if not path_of(locale).exists():
            yield f"{locale}: there is no catalog; run python -m bot.i18n.extract"
            continue
        yield from (f"{locale}: {finding}" for finding in in_catalog(read(locale), wanted, locale))


def in_catalog(catalog: Catalog, wanted: Catalog, locale: str) -> Iterator[str]:
    """What is wrong with one catalog, held against what the code says."""
    said = {_key(message): message for message in catalog if message.id}
    needed = {_key(message) for message in wanted if message.id}
    yield from (f"{name!r}: missing; run python -m bot.i18n.extract" for name in sorted(needed - set(said)))
    yield from (f"{name!r}: no longer in the code; extract --prune" for name in sorted(set(said) - needed))
    yield from (f"{message.id!r}: obsolete; extract --prune" for message in catalog.obsolete.values())
    for name in sorted(needed & set(said)):
        yield from (f"{name!r}: {finding}" for finding in in_message(said[name], locale))


def in_message(message: Message, locale: str) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield "fuzzy"
    forms = _forms(message.string)
    if not all(forms):
        yield "not translated"
        return
    for form in forms:
        if (found := _fields(form)) != (wanted := _wanted_fields(message, form)):
            yield f"has the fields {sorted(found)} instead of {sorted(wanted)}"
        if is_chinese(locale):
            yield from flaws(locale, form)
            if form in _forms(message.id) and _ENGLISH_WORD.search(_FIELD.sub("", form)):
                yield "still in English"
        yield from glossary().breaches(locale, _key(message), form)


def _wanted_fields(message: Message, form: str) -> set[str]:
    """The fields of the English message; the number may be left out of its form for one."""
    fields = set().union(*(_fields(one) for one in _forms(message.id)))
    if isinstance(message.id, tuple) and "n" not in _fields(message.id[0]) and form == message.id[0]:
        return fields - {"n"}
    return fields


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _key(message: Message) -> str:
    return _forms(message.id)[0]


def main() -> int:
    """Prints every finding."""
    count = 0
    for finding in findings():
        sys.stdout.write(finding + "\n")
        count += 1
    if not count:
        sys.stdout.write("catalogs: complete in " + ", ".join(LOCALES) + "\n")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
