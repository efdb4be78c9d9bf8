"""Where the catalogs are, and how one is read.

They are loaded straight from the .po files that translators edit: no compiled copy can fall behind.
"""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "locales"
TEMPLATE = FOLDER / "messages.pot"


def path_of(locale: str) -> Path:
    """The .po file of a locale."""
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    """The catalog of a locale as translators see it. An unreadable file is an error, never an empty one."""
    with path_of(locale).open("rb") as file:
        return read_po(file, locale=locale, domain="messages", abort_invalid=True)


def load(locale: str) -> GNUTranslations:
    """The catalog of a locale, ready to look up in."""
    compiled = BytesIO()
    write_mo(compiled, read(locale))
    compiled.seek(0)
    return GNUTranslations(compiled)
