"""A move that needs no words, from a command, a button or a menu: performed, committed, then answered.

A refusal is told to the one who pressed, with what is true now; the card they pressed on is drawn again.
"""

from typing import Any

from bot.desk import Asker, Done, Refused
from bot.render.blocks import Message, message, section
from bot.render.forms.told import done_sentence
from handlers.exchange import Exchange, Surface, reader_of, refusal_words
from models.rules.acts import Act
from models.rules.moves.forms import NoForm

NO_WORDS = frozenset({Act.ACKNOWLEDGE, Act.RESUME, Act.FOLLOW, Act.UNFOLLOW, Act.NUDGE, Act.LOOK_LATER, Act.PASS_ON})


async def perform_at_once(exchange: Exchange, who: Asker, act: Act, *, number: int, form: Any = None) -> bool:
    """Does it, and says what was done or why not. True if it was done."""
    outcome = await exchange.services.desk.perform(
        act, form or NoForm(), who=who, number=number, receipt=exchange.receipt
    )
    if isinstance(outcome, Refused):
        await exchange.tell(refused_message(outcome))
        if exchange.surface is Surface.MESSAGE and outcome.facts.case is not None:
            await exchange.services.desk.refresh_card(who, number)
        return False
    await exchange.tell(done_message(outcome, who))
    return True


def refused_message(outcome: Refused) -> Message:
    """Why not, in the reader's words."""
    text = refusal_words(outcome.refusal, outcome.facts)
    return message(text, section(text))


def done_message(outcome: Done, who: Asker) -> Message:
    """What was done, as the thread will say it."""
    reader = reader_of(outcome.facts, who)
    text = "✅ " + done_sentence(outcome.case, outcome.change, outcome.facts.rulebook, reader=reader)
    return message(text, section(text))
