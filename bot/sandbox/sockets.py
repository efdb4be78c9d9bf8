"""Socket Mode: the connections that an app keeps open to Slack, and the envelopes that go through them.

An envelope goes to one of the open connections, in turn; the app acknowledges it by its id, with a payload
where the envelope accepts one. Slack: https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from bot.sandbox.errors import Json

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

MOST_CONNECTIONS = 10
GRACE_SECONDS = 10.0


class Sockets:
    """The open Socket Mode connections of the app."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._awaited: dict[str, asyncio.Future[Any]] = {}
        self.ever_connected = False

    @property
    def connected(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def issue_ticket(self) -> str:
        """A ticket for one connection, good once."""
        ticket = self._workspace.ids.secret(32)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until either side closes it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self._open) >= MOST_CONNECTIONS:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        self._open.append(socket)
        self.ever_connected = True
        try:
            await socket.send_json(self._hello())
            self._workspace.changed()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take_ack(message.data)
        finally:
            self._forget(socket)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._workspace.app_id},
        }

    def _take_ack(self, text: str) -> None:
        try:
            ack = json.loads(text)
        except json.JSONDecodeError:
            return
        future = self._awaited.get(str(ack.get("envelope_id"))) if isinstance(ack, dict) else None
        if future is not None and not future.done():
            future.set_result(ack.get("payload"))

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self._open:
            self._open.remove(socket)
        if not self._open:
            for future in self._awaited.values():
                if not future.done():
                    future.set_exception(ConnectionResetError("the app went away"))
        self._workspace.changed()

    async def send(
        self, envelope_type: str, payload: Json, *, wait_seconds: float, retry: tuple[int, str | None]
    ) -> Any:
        """Send one envelope and return the payload of its ack. Raises TimeoutError or ConnectionError."""
        envelope_id = self._workspace.ids.secret(32)
        envelope = {
            "envelope_id": envelope_id,
            "type": envelope_type,
            "payload": payload,
            "accepts_response_payload": envelope_type != "events_api",
        }
        if envelope_type == "events_api":
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1] or ""}
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._awaited[envelope_id] = future
        try:
            async with asyncio.timeout(wait_seconds):
                await self._next_socket().send_json(envelope, dumps=_dumps)
                return await future
        finally:
            del self._awaited[envelope_id]
            self._workspace.changed()

    def _next_socket(self) -> web.WebSocketResponse:
        if not self._open:
            raise ConnectionError("no connection is open")
        socket = self._open.pop(0)
        self._open.append(socket)
        return socket

    async def refresh(self, *, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours.

        The old connections get nothing more to do; they are closed after a while if the app has not done so.
        """
        leaving, self._open = self._open, []
        for socket in leaving:
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
        self._workspace.delivery.background(self._close_later(leaving))

    async def _close_later(self, leaving: list[web.WebSocketResponse]) -> None:
        try:
            await asyncio.sleep(GRACE_SECONDS)
        finally:
            for socket in leaving:
                await socket.close()

    async def close(self) -> None:
        """Close every connection."""
        for socket in list(self._open):
            await socket.close()


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
