"""The beginning of a draft: what a command's text or a message already says.

Nobody types what the system knows: IDs go to the proof, the account to its field, the rest is the title.
Texts are masked here already, so that the person sees at once what will not be stored.
"""

import re

from bot.render.forms.sheet import Draft
from models.rules import limits
from models.rules.masking import mask
from models.rules.references import account_of, object_ids, parse_number
from models.rules.rulebook import Rulebook

_SIGNS = " \t\u3000,;:，；：、-–—"
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_SEVERITY = re.compile(r"(?:sev|s|级别|級別)?\s*-?\s*([1-4])(?![0-9])", re.IGNORECASE)
_FIELD_OF = {
    "hand_back": "note",
    "update": "finding",
    "answer": "text",
    "resolve": "cause",
    "confirm": "docs_note",
    "edit": "need",
    "add_evidence": "evidence",
}
_ASKS_FOR_MORE = re.compile(
    r"(?:^|\s)(?:about|at|by|for|from|in|of|on|to|with)$|(?:关于|關於|针对|針對)$", re.IGNORECASE
)
_ADDRESS = re.compile(r"<(?P<link>https?://[^\s<>|]+)(?:\|[^<>]*)?>|<[@#](?P<id>[A-Z0-9]+)(?:\|(?P<name>[^<>]*))?>")


def draft_of_text(text: str) -> dict[str, str]:
    """What a text says, by field. Longer texts than the fields take are cut: see `leftover`."""
    masked = str(mask(_readable(text)).text).strip()
    if not masked:
        return {}
    first, _, more = masked.partition("\n")
    names = [reference.text for reference in object_ids(masked)]
    title = _without_ids_at_the_ends(first, names)
    proof = [*names]
    if more.strip() or len(title) > limits.TITLE:
        proof.append(masked)
    draft = {"title": title[: limits.TITLE], "evidence": "\n".join(proof)[: limits.NOTE]}
    if account := account_of(masked):
        draft["account"] = account[: limits.SHORT]
    return {name: value for name, value in draft.items() if value}


def draft_of_message(text: str, link: str) -> dict[str, str]:
    """What a message says; its link is the first proof."""
    draft = draft_of_text(text)
    proof = "\n".join(part for part in (link, draft.get("evidence", "")) if part)
    return {**draft, "evidence": proof[: limits.NOTE]}


def draft_of_proof(text: str, link: str) -> dict[str, str]:
    """A message as proof: its link, and what it says."""
    masked = str(mask(_readable(text)).text).strip()
    proof = "\n".join(part for part in (link, masked) if part)
    return {"evidence": proof[: limits.NOTE]} if proof else {}


def draft_of_words(form: str, words: str, book: Rulebook) -> dict[str, str]:
    """The words after a verb and its ID, in the field of the verb's modal that they most likely are for."""
    words = str(mask(words).text).strip()
    if not words:
        return {}
    if form == "reassign" and (person := _PERSON.search(words)):
        return {"to": person[1], **_rest("why", _PERSON.sub("", words))}
    if form == "reroute" and (team := _team_in(words, book)):
        return {"team": team[0], **_rest("why", team[1])}
    if form == "severity" and (severity := _SEVERITY.match(words)):
        return {"severity": f"SEV{severity[1]}", **_rest("why", words[severity.end() :])}
    if form == "duplicate":
        return _duplicate(words, book)
    return _rest(_FIELD_OF.get(form, "why"), words)


def leftover(text: str, draft: Draft) -> str:
    """The whole text, masked, where the form could not take all of it; else nothing."""
    masked = str(mask(_readable(text)).text).strip()
    fits = len(masked) <= limits.TITLE or masked in str(draft.get("evidence", ""))
    return "" if fits else masked


def _readable(text: str) -> str:
    """Slack's tokens for links and names as plain text."""
    plain = _ADDRESS.sub(lambda m: m["link"] or m["name"] or m["id"] or "", text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _without_ids_at_the_ends(line: str, names: list[str]) -> str:
    """The line without the IDs it begins or ends with: they are proof. Inside a sentence they stay, and so
    does the one that a sentence ends in ("fails for acct_1")."""
    kept, before = line.strip(_SIGNS), None
    while kept != before:
        before = kept
        for name in names:
            kept = kept.removeprefix(name).strip(_SIGNS)
            shorter = kept.removesuffix(name).strip(_SIGNS)
            kept = kept if _ASKS_FOR_MORE.search(shorter) else shorter
    return kept or line.strip(_SIGNS)


def _rest(field: str, words: str) -> dict[str, str]:
    kept = _readable(words).strip(_SIGNS + "\n")
    return {field: kept[: limits.NOTE]} if kept else {}


def _team_in(words: str, book: Rulebook) -> tuple[str, str] | None:
    """The team that the first word names, and the rest."""
    first, _, rest = words.partition(" ")
    wanted = first.casefold()
    for key, team in book.teams.items():
        if wanted == key.casefold() or wanted in (name.casefold() for name in team.names.values()):
            return key, rest
    return None


def _duplicate(words: str, book: Rulebook) -> dict[str, str]:
    """`of ESC-139 same payout`: the key first, then the reason."""
    tokens = words.split()
    if tokens and tokens[0].casefold() == "of":
        tokens = tokens[1:]
    for size in (2, 1):
        number = parse_number(" ".join(tokens[:size]), book.key_prefix)
        if number is not None:
            return {"of": str(number), **_rest("why", " ".join(tokens[size:]))}
    return _rest("why", words)
