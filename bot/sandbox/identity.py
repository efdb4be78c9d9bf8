"""Slack-shaped ids and message timestamps.

An id starts with the letter of its kind (C channel, D direct message, U user, V view …). A timestamp is
both time and name of a message: strictly increasing within a workspace, whatever the clock does.
"""

import hashlib
import itertools
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def system_now() -> datetime:
    """The machine's time, aware UTC."""
    return datetime.now(UTC)


class Identity:
    """Hands out the ids and timestamps of one workspace."""

    def __init__(self, seed: str, clock: Clock) -> None:
        self._seed = seed
        self._clock = clock
        self._count = itertools.count(1)
        self._last_microsecond = 0

    def new(self, prefix: str) -> str:
        """A fresh id such as `C07K3M0A9QZ`: its letter, then characters unlike any other here."""
        number = next(self._count)
        digest = hashlib.blake2b(f"{self._seed}/{number}".encode(), digest_size=8).digest()
        value = int.from_bytes(digest, "big")
        letters = "".join(ALPHABET[(value >> (5 * place)) & 31] for place in range(7))
        return f"{prefix}0{letters}{number:03d}"

    def next_ts(self) -> str:
        """The timestamp of the next message: now, or a microsecond after the last one."""
        now = int(self._clock().timestamp() * 1_000_000)
        self._last_microsecond = max(now, self._last_microsecond + 1)
        return f"{self._last_microsecond // 1_000_000}.{self._last_microsecond % 1_000_000:06d}"

    def now(self) -> datetime:
        """The workspace's time."""
        return self._clock()

    def epoch(self) -> int:
        """The workspace's time in whole seconds, as Slack's `created` and `updated` fields have it."""
        return int(self._clock().timestamp())

    @staticmethod
    def secret(length: int = 24) -> str:
        """An opaque word nobody can guess."""
        return secrets.token_hex(length // 2)
