"""What went over the wire: every Web API call with its answer, every request to the app with its status.

Tokens are left out. Tests read it, the demo shows it, and a wait that fails quotes its end.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.errors import Json


@dataclass
class Call:
    """One call of the Web API. `answer` is None where the connection was cut before one."""

    at: datetime
    method: str
    arguments: Json
    answer: Json | None = None
    status: int | None = None
    latency_seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return bool(self.answer and self.answer.get("ok"))

    @property
    def error(self) -> str | None:
        return self.answer.get("error") if self.answer else None


@dataclass
class Request:
    """One request to the app, over HTTP or Socket Mode. `status` is None where no answer came."""

    at: datetime
    kind: str
    payload: Any
    where: str
    status: int | None = None
    error: str | None = None
    body: str = ""
    latency_seconds: float = 0.0
    retry_number: int = 0
    retry_reason: str | None = None


@dataclass
class Log:
    """Everything that was called and sent, oldest first, and where the sandbox itself was at fault."""

    calls: list[Call] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def refused(self) -> list[Call]:
        """The calls that were answered with an error."""
        return [call for call in self.calls if call.answer is not None and not call.ok]

    def requests_of(self, kind: str) -> list[Request]:
        """The requests of one kind: a payload's type, an event's type, or `command`."""
        return [request for request in self.requests if request.kind == kind]

    def slow(self, seconds: float = 3.0) -> list[Request]:
        """The requests that the app took longer to answer than Slack waits."""
        return [request for request in self.requests if request.latency_seconds > seconds]

    def tail(self, count: int = 12) -> str:
        """The last lines, for an error message."""
        lines = [(c.at, f"  app called {c.method}: {'ok' if c.ok else c.error or c.status}") for c in self.calls]
        lines += [(r.at, f"  app was sent {r.kind}: {r.status or ''} {r.error or ''}".rstrip()) for r in self.requests]
        return "\n".join(text for _, text in sorted(lines, key=lambda line: line[0])[-count:])
