"""Evidence in words: object IDs with live or test, links, notes, SQL with its result.

On a card it is one short line; `show` lists it all. SQL is text here, as everywhere: it is never run.
"""

from bot.render.blocks import escape, link, one_line, shorten
from bot.render.reader import Reader
from models.rules.case import Evidence, EvidenceKind
from models.rules.rulebook import LinkTemplate, Rulebook

SHOWN_ON_CARD = 6
_SHORT = 60


def proof_line(evidence: tuple[Evidence, ...], book: Rulebook, reader: Reader) -> str:
    """All the proof in one line, the first few pieces of it named."""
    t = reader.t
    parts = [_short(piece, book, reader) for piece in evidence[:SHOWN_ON_CARD]]
    if (more := len(evidence) - SHOWN_ON_CARD) > 0:
        parts.append(t.n("{n} more", "{n} more", more))
    return t("Proof: {items}", items=" · ".join(parts))


def proof_lines(evidence: tuple[Evidence, ...], book: Rulebook, reader: Reader) -> list[str]:
    """Each piece of proof on its own line, with who added it."""
    t = reader.t
    return [
        "• " + t("{item} (added by {who})", item=_long(piece, book, reader), who=reader.who(piece.added_by))
        for piece in evidence
    ]


def _short(piece: Evidence, book: Rulebook, reader: Reader) -> str:
    t = reader.t
    summary = escape(shorten(one_line(piece.summary), _SHORT)) if piece.summary else ""
    if piece.kind is EvidenceKind.OBJECT_ID:
        return object_id(piece, book, reader)
    if piece.kind is EvidenceKind.LINK:
        return link(piece.text, summary or t("link"))
    if piece.kind is EvidenceKind.SQL:
        return t("SQL {summary}", summary=summary) if summary else t("SQL")
    return escape(shorten(one_line(piece.text), _SHORT))


def _long(piece: Evidence, book: Rulebook, reader: Reader) -> str:
    if piece.kind in (EvidenceKind.OBJECT_ID, EvidenceKind.LINK):
        return _short(piece, book, reader)
    words = escape(shorten(one_line(piece.text), 140))
    if piece.kind is EvidenceKind.SQL and piece.summary:
        return f"{words} → {escape(shorten(one_line(piece.summary), 140))}"
    return words


def object_id(piece: Evidence, book: Rulebook, reader: Reader) -> str:
    """An ID, linked where the rulebook knows how, with its mode where the ID shows it."""
    t = reader.t
    shown = linked_id(str(piece.text), book)
    if piece.live is None:
        return shown
    return t("{id} (live)", id=shown) if piece.live else t("{id} (test)", id=shown)


def linked_id(text: str, book: Rulebook) -> str:
    """An ID as a link, by the first template whose prefix it has; else as text."""
    shown = escape(shorten(one_line(text), _SHORT))
    template = next((one for one in book.links if text.startswith(one.prefix)), None)
    return link(_address(template, text), shown) if template else shown


def _address(template: LinkTemplate, text: str) -> str:
    return template.url.replace("{id}", text)
