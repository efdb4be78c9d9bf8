"""The pager's webhook, where the rulebook names one: one POST of JSON, safe to repeat by its key."""

from dataclasses import dataclass

import aiohttp

from bot.outbox.letter import Letter

_TIMEOUT = aiohttp.ClientTimeout(total=5)


class PagerFault(Exception):
    """The webhook did not take the page."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages through a webhook. After `attempts` failures the lead's direct message goes without it."""

    attempts: int = 5

    async def page(self, letter: Letter) -> None:
        """Posts key, severity and title; the same notice has the same Idempotency-Key. Raises PagerFault."""
        book, case = letter.facts.rulebook, letter.case
        if book.pager_url is None or case is None:
            return
        body = {
            "event": "escalation.paged",
            "key": f"{book.key_prefix}-{case.number}",
            "severity": case.severity.value,
            "team": case.team,
            "title": str(case.title),
        }
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT) as session,
                session.post(book.pager_url, json=body, headers={"Idempotency-Key": letter.notice.key}) as answer,
            ):
                if answer.status >= 300:
                    raise PagerFault(f"HTTP {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise PagerFault(type(error).__name__) from error
