"""The glossary as the domain page has it: the catalogs keep to it, word for word."""

import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.i18n.catalogs import read
from bot.i18n.glossary import glossary

ROWS = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text("utf-8"))["row"]


def translation(catalog: Catalog, msgid: str) -> str:
    """What the catalog says, the plural of it where there is one."""
    found = catalog.get(msgid)
    assert found is not None, f"{msgid!r} is not in the catalog"
    return found.string if isinstance(found.string, str) else "".join(found.string or ())


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_each_term_stands_in_the_messages_that_speak_of_it(locale: str) -> None:
    catalog = read(locale)
    wrong = [
        f"{msgid!r}: {translation(catalog, msgid)!r} lacks {row[locale]}"
        for row in ROWS
        for msgid in row["msgids"]
        if row[locale] not in translation(catalog, msgid)
    ]
    assert not wrong


def test_the_check_asks_for_no_other_words_than_the_table() -> None:
    for locale in ("zh_Hans", "zh_Hant"):
        table = [row[locale] for row in ROWS]
        strange = [
            word
            for term in glossary().terms
            for word in term.words[locale]
            if not any(word in term_of_table or term_of_table in word for term_of_table in table)
        ]
        # To pause has its own row on the domain page, as a verb with its object.
        assert set(strange) <= {"暂停", "暫停"}
