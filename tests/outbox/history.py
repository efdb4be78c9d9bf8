"""A server that knows one channel's history and nothing else, not even what Slack promises of it."""

from types import TracebackType
from typing import Any

from aiohttp import web


class HistoryServer:
    """On loopback, for as long as the context lasts; gives the address that SLACK_API_URL would hold."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self._messages = messages
        application = web.Application()
        application.router.add_post("/api/conversations.history", self._history)
        self._runner = web.AppRunner(application)

    async def __aenter__(self) -> str:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        return f"http://127.0.0.1:{port}/api/"

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def _history(self, _request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "messages": self._messages})
