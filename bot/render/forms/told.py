"""The answer of a modal after it was submitted, in its place: what is true now, and what is due next.

Opening also gives a text for the customer, ready to copy. What was masked is told here, and once.
"""

from collections.abc import Sequence

from bot.i18n import Texts
from bot.render.blocks import Block, context, divider, escape, section
from bot.render.customer import customer_text
from bot.render.forms.sheet import Sheet, View, draw
from bot.render.notices import Telling, event_text
from bot.render.reader import Reader
from bot.render.vocabulary import due_phrase, key_of, team_name
from models.rules.case import Case
from models.rules.change import Change, EventKind
from models.rules.masking import Kind
from models.rules.plain import plain
from models.rules.rulebook import Rulebook
from models.rules.sla import next_clock

TOLD = "told"


def told(sheet: Sheet, *, title: str, blocks: Sequence[Block | None]) -> View:
    """A modal that only tells something."""
    return draw(sheet, title=title, submit=None, blocks=blocks)


def opened(sheet: Sheet, case: Case, masked: Sequence[Kind]) -> View:
    """An escalation stands: its key, what is due next, the text for the customer."""
    t, book = sheet.t, sheet.facts.rulebook
    key = key_of(book, case.number)
    return told(
        sheet,
        title=key,
        blocks=[
            section(t("✅ *{key} submitted* to {team}.", key=key, team=team_name(t, book.team(case.team)))),
            _next_due(sheet, case),
            context(t("The link comes to you as a direct message when the card stands.")),
            divider(),
            section(t("*For the customer, ready to copy:*")),
            section("```" + escape(customer_text(t, case, EventKind.OPENED)) + "```"),
            *_masked(t, masked),
        ],
    )


def done(sheet: Sheet, case: Case, change: Change | None, *, masked: Sequence[Kind]) -> View:
    """A move was made: what it was, and what is due next."""
    sentence = done_sentence(case, change, sheet.facts.rulebook, reader=sheet.reader)
    return told(
        sheet,
        title=key_of(sheet.facts.rulebook, case.number),
        blocks=[section("✅ " + sentence), _next_due(sheet, case), *_masked(sheet.t, masked)],
    )


def done_sentence(case: Case, change: Change | None, book: Rulebook, *, reader: Reader) -> str:
    """What a change did, as the thread will say it. Without one, an earlier delivery had done it."""
    if change is None or not change.events:
        return reader.t("Already done: your request had arrived before.")
    sentences = []
    for event in change.events:
        facts = {"event": event.kind.value, "actor": event.actor, "at": event.at.isoformat()}
        said = event_text(Telling(book, {**facts, **plain(event.facts)}, reader, case))
        sentences.append(said.splitlines()[0])
    return "\n".join(sentences)


def masked_note(t: Texts, masked: Sequence[Kind]) -> str:
    """What was taken out of the text before it was stored, told to whoever typed it."""
    kinds = {
        Kind.CARD: t("a card number"),
        Kind.API_KEY: t("an API key"),
        Kind.PRIVATE_KEY: t("a private key"),
        Kind.BEARER_TOKEN: t("an access token"),
    }
    found = " · ".join(words for kind, words in kinds.items() if kind in masked)
    said = t("⚠️ Masked before it was stored: {what}.", what=found)
    if all(kind is Kind.CARD for kind in masked):
        return said
    return said + "\n" + t("Slack has seen the key: whoever owns it should replace it.")


def _next_due(sheet: Sheet, case: Case) -> Block | None:
    clock = next_clock(case)
    if clock is None or clock.due_at is None:
        return None
    return section(due_phrase(sheet.t, clock.kind, sheet.reader.when(clock.due_at)))


def _masked(t: Texts, masked: Sequence[Kind]) -> list[Block]:
    return [context(masked_note(t, masked))] if masked else []
