"""What the sandbox refuses with: an error code of Slack's, and whatever Slack says beside it.

`catalogue.py` knows which code belongs to which method; this file only carries one to the door.
"""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A refusal in Slack's words: `code` becomes `error`, the details come along in the answer."""

    def __init__(self, code: str, *, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.extra = extra

    def answer(self) -> Json:
        """The body that Slack would send for this refusal."""
        body: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {text}" for text in self.messages]}
        return body


class Mistake(AssertionError):
    """The sandbox itself did what Slack never does, or a test asked something impossible of it."""
