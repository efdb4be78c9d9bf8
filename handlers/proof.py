"""Lines of proof, told apart: object IDs, links, and notes.

Nobody sorts what the system can tell apart. A line that is more than IDs and links is kept whole as a
note, so that no word of it is lost.
"""

import re

from models.rules.case import EvidenceKind
from models.rules.masking import Masked, mask
from models.rules.moves.forms import EvidenceItem
from models.rules.references import object_ids

_LINK = re.compile(r"https?://[^\s<>|，。；、（）]+", re.IGNORECASE)
_SLACK_LINK = re.compile(r"<(https?://[^\s<>|]+)(?:\|[^<>]*)?>", re.IGNORECASE)
_NOTHING_BUT_SIGNS = re.compile(r"[\s,;:.·/|，；：。、()（）\[\]-]*")


def items_in(text: Masked) -> tuple[EvidenceItem, ...]:
    """The pieces of proof of a text, in its order, each once."""
    found: dict[EvidenceItem, None] = {}
    notes: list[str] = []
    for line in _SLACK_LINK.sub(r"\1", text).splitlines():
        links = _LINK.findall(line)
        without_links = _LINK.sub(" ", line)
        ids = [reference.text for reference in object_ids(without_links)]
        for name in ids:
            found.setdefault(_item(EvidenceKind.OBJECT_ID, name))
        for link in links:
            found.setdefault(_item(EvidenceKind.LINK, link))
        if not _NOTHING_BUT_SIGNS.fullmatch(_without(without_links, ids)):
            notes.append(line.strip())
    if notes:
        found.setdefault(_item(EvidenceKind.NOTE, "\n".join(notes)))
    return tuple(found)


def sql_item(text: Masked | None, summary: Masked | None) -> EvidenceItem | None:
    """An SQL text with what it gave. A summary without SQL is a note."""
    if text is None:
        return EvidenceItem(EvidenceKind.NOTE, summary) if summary else None
    return EvidenceItem(EvidenceKind.SQL, text, summary)


def _without(line: str, ids: list[str]) -> str:
    for name in ids:
        line = line.replace(name, " ")
    return line


def _item(kind: EvidenceKind, text: str) -> EvidenceItem:
    # A piece of masked text is plain again for the type checker; masking it once more changes nothing.
    return EvidenceItem(kind, mask(text).text)
