"""`python -m bot.i18n.extract`: brings the template and the three catalogs up to the code.

Translations are kept; what the code no longer says stays in the file as obsolete, so that a message that
was only reworded finds its words again. `--prune` throws those away.
"""

import sys
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.i18n.catalogs import TEMPLATE, path_of, read
from bot.i18n.locales import ENGLISH, LOCALES
from bot.i18n.sources import messages

_HEADER = "# The messages of the escalation bot. Terms: bot/i18n/glossary.toml\n#"
# Dates and people in a header change with every run and tell nobody anything.
_LEFT_OUT = (
    '"POT-Creation-Date:',
    '"PO-Revision-Date:',
    '"Last-Translator:',
    '"Language-Team:',
    '"Report-Msgid-Bugs-To:',
    '"Generated-By:',
    '"Project-Id-Version:',
)


def template() -> Catalog:
    """What the code says, as a catalog without translations."""
    catalog = Catalog(project="escalation-bot", header_comment=_HEADER, charset="utf-8", fuzzy=False)
    for found in messages():
        if found.msgid:
            key = (found.msgid, found.plural) if found.plural else found.msgid
            catalog.add(key, locations=[(found.file, 0)], flags=())
    return catalog


def updated(locale: str, wanted: Catalog) -> Catalog:
    """The catalog of a locale with exactly the messages that are wanted, the others obsolete."""
    catalog = read(locale) if path_of(locale).exists() else Catalog(locale, header_comment=_HEADER)
    catalog.update(wanted, no_fuzzy_matching=True, update_header_comment=True)
    catalog.fuzzy = False
    for message in catalog:
        message.flags.discard("python-format")
        if locale == ENGLISH and message.id:
            message.string = message.id  # English speaks for itself
    return catalog


def save(catalog: Catalog, locale: str | None, *, prune: bool) -> None:
    """Writes a catalog without dates and line numbers, so that a file changes only where words do."""
    path = path_of(locale) if locale else TEMPLATE
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, catalog, width=110, sort_output=True, ignore_obsolete=prune, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(_LEFT_OUT)), "utf-8")


def main(arguments: list[str]) -> int:
    """Writes messages.pot and the three messages.po."""
    prune = "--prune" in arguments
    wanted = template()
    save(wanted, None, prune=prune)
    for locale in LOCALES:
        # A template of its own: Babel shares new messages, and what English says of itself must not spread.
        save(updated(locale, template()), locale, prune=prune)
    sys.stdout.write(f"{len(wanted)} messages in {len(LOCALES)} catalogs\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
