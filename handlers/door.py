"""The door: every request passes here, and every failure ends here, with an answer and an incident id.

This is the one place of the listeners that catches everything: what a person asked for must never end in
a silent 500. They see the incident's id, the log carries it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.desk import Asker
from bot.i18n import BOTH, texts
from bot.log import get_logger, record_incident
from bot.render.blocks import Message, message, section
from handlers.exchange import Exchange
from handlers.services import Services
from models.session import StorageUnavailable

log = get_logger("handlers")

# Slack waits three seconds for an answer; what follows one waits for Slack's own ten.
ANSWER_SECONDS = 2.5
AFTER_SECONDS = 12.0

Work = Callable[[Asker], Awaitable[None]]
Trouble = Callable[[Message], Awaitable[None]]


async def before_answer(exchange: Exchange, work: Work) -> None:
    """Does what must be done before Slack is answered; whatever fails is told as the answer."""
    await enter(exchange.services, exchange.body, _known(exchange, work), trouble=exchange.trouble)
    await exchange.settle()


async def after_answer(exchange: Exchange, work: Work) -> None:
    """Answers Slack at once, and does the work then: for what changes nothing, and calls Slack."""
    await exchange.settle()
    entered = enter(
        exchange.services,
        exchange.body,
        _known(exchange, work),
        trouble=exchange.trouble,
        seconds=AFTER_SECONDS,
    )
    exchange.services.afterwards.start(entered)


def _known(exchange: Exchange, work: Work) -> Work:
    async def known(who: Asker) -> None:
        exchange.who = who
        await work(who)

    return known


async def enter(
    services: Services,
    body: Mapping[str, Any],
    work: Work,
    *,
    trouble: Trouble,
    seconds: float = ANSWER_SECONDS,
) -> None:
    """Finds out who asks, does the work, and says through `trouble` what could not be done."""
    try:
        async with asyncio.timeout(seconds):
            who = await services.tenants.asker(body)
            await (work(who) if who else trouble(_not_ours()))
    except StorageUnavailable:
        await _say(trouble, not_saved(record_incident(log, "storage_unavailable")))
    except TimeoutError:
        await _say(trouble, not_certain(record_incident(log, "answer_took_too_long")))
    except Exception:  # noqa: BLE001 - the door: told with an incident id, and logged
        await _say(trouble, broken(record_incident(log, "request_failed")))


async def _say(trouble: Trouble, answer: Message) -> None:
    """The last resort must not fail the request: if even this cannot be said, the log has it."""
    try:
        await trouble(answer)
    except Exception:  # noqa: BLE001 - the door's last resort
        record_incident(log, "trouble_not_told")


def not_saved(incident: str) -> Message:
    """The database did not answer. In both languages: the reader's cannot be looked up."""
    t = texts(BOTH)
    return _plain(
        t(
            "Not saved: the database cannot be reached. What you typed is still here: please try again in a "
            "moment. (Incident {incident})",
            incident=incident,
        )
    )


def not_certain(incident: str) -> Message:
    """It took longer than Slack waits, and may still happen: the receipt and the rules see to it that a
    second try does no harm."""
    t = texts(BOTH)
    return _plain(
        t(
            "This takes longer than usual, and it is not certain that it was saved. Please try again in a moment: "
            "it takes effect only once. (Incident {incident})",
            incident=incident,
        )
    )


def broken(incident: str) -> Message:
    """A mistake of ours. In both languages: the reader's may be what failed."""
    t = texts(BOTH)
    return _plain(
        t(
            "Something went wrong on our side. Please try again; if it happens again, give this number to "
            "whoever runs the bot: {incident}",
            incident=incident,
        )
    )


def _not_ours() -> Message:
    t = texts(BOTH)
    return _plain(t("The escalation bot is not set up for your workspace. Please ask whoever runs it."))


def _plain(text: str) -> Message:
    return message(text, section(text))
