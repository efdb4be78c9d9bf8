"""response_urls: the right to answer somebody five times within half an hour, without being in the channel.

The address is opaque and signed; who changes it has nothing. Real time, as for trigger ids.
Slack: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

USES = 5
LIFE_SECONDS = 30 * 60.0


@dataclass
class ResponseUrl:
    """Whom it answers, where, and which message it came from."""

    user_id: str
    channel_id: str
    made_at: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class ResponseUrls:
    """Every response_url that was handed out."""

    def __init__(self) -> None:
        self.life_seconds = LIFE_SECONDS
        self._key = secrets.token_bytes(32)
        self._known: dict[str, ResponseUrl] = {}

    def issue(
        self, user_id: str, channel_id: str, *, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """The path of a new response_url."""
        name = secrets.token_urlsafe(18)
        self._known[name] = ResponseUrl(user_id, channel_id, time.monotonic(), message_ts, thread_ts)
        return f"/response/{name}/{self._signature(name)}"

    def _signature(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()[:24]

    def redeem(self, name: str, signature: str) -> ResponseUrl | str:
        """Use one of its five times; or the reason why not."""
        known = self._known.get(name)
        if known is None or not hmac.compare_digest(signature.encode(), self._signature(name).encode()):
            return "invalid_url"
        if time.monotonic() - known.made_at > self.life_seconds:
            return "expired_url"
        if known.uses >= USES:
            return "used_url"
        known.uses += 1
        return known
