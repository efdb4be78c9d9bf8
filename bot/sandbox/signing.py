"""Signs what Slack sends, the v0 way: HMAC-SHA256 over version, timestamp and body.

Real time always: a receiver checks the timestamp against its own clock.
Slack: https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import time


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of X-Slack-Signature."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed_headers(secret: str, body: bytes, *, timestamp: str | None = None) -> dict[str, str]:
    """The two headers by which a receiver knows that Slack sent this body."""
    stamp = str(int(time.time())) if timestamp is None else timestamp
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign(secret, stamp, body)}
