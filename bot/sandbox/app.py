"""The sandbox's HTTP server on loopback: Web API, uploads, response_urls, Socket Mode.

It reads a request, lets a planted fault spoil it, asks `api/` for the answer and writes it down in the log.
"""

import asyncio
import struct
import time
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

from aiohttp import web

from bot.sandbox.answering import say_back
from bot.sandbox.api.dispatch import answer
from bot.sandbox.api.scheduled import post_due
from bot.sandbox.api.scopes import EVERY_SCOPE, NEEDED
from bot.sandbox.arguments import read_arguments
from bot.sandbox.errors import Json, Mistake, SlackError
from bot.sandbox.faults import Fault
from bot.sandbox.log import Call
from bot.sandbox.workspace import Workspace

POSTS = {"chat.postMessage", "chat.postEphemeral"}
LOOK_FOR_DUE_EVERY_SECONDS = 0.1


class SandboxServer:
    """Serves one workspace on loopback, on a free port unless told which."""

    def __init__(self, workspace: Workspace, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.workspace = workspace
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        return f"http://{self._host}:{self._port}"

    @property
    def api_url(self) -> str:
        """What an app takes for Slack's API, such as `http://127.0.0.1:50123/api/`."""
        return f"{self.base_url}/api/"

    async def start(self) -> None:
        """Listen. Afterwards `api_url` is true."""
        application = web.Application(client_max_size=64 * 1024**2)
        application.router.add_route("*", "/api/{method}", self._api)
        application.router.add_post("/response/{name}/{signature}", self._response_url)
        application.router.add_post("/upload/v1/{file_id}", self._upload)
        application.router.add_get("/files-pri/{name}/{rest:.*}", self._download)
        application.router.add_get("/link/", self.workspace.delivery.sockets.serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.workspace.base_url = self.base_url
        await self.workspace.delivery.open()
        self.workspace.delivery.background(self._post_what_is_due())

    async def stop(self) -> None:
        """Stop listening and give up what was still to be delivered."""
        self.workspace.faults.clear()
        await self.workspace.delivery.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> "SandboxServer":
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    async def _post_what_is_due(self) -> None:
        while True:
            post_due(self.workspace)
            await asyncio.sleep(LOOK_FOR_DUE_EVERY_SECONDS)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        started = time.monotonic()
        try:
            given = await read_arguments(request, method)
        except SlackError as refused:
            return self._written(Call(self.workspace.ids.now(), method, {}), refused.answer(), started)
        token = _token(request, given)
        given.pop("token", None)
        call = Call(self.workspace.ids.now(), method, given)
        fault = self.workspace.faults.strike(method, given)
        if fault is not None:
            return await self._spoiled(request, call, token, fault=fault, started=started)
        if method in POSTS and self.workspace.faults.is_too_fast(str(given.get("channel")), started):
            return self._rate_limited(call, 1, started)
        return self._written(call, self._answer(call, token), started)

    def _answer(self, call: Call, token: str | None) -> Json:
        try:
            return answer(self.workspace, call.method, call.arguments, token=token)
        except Mistake as mistake:
            self.workspace.log.mistakes.append(str(mistake))
            raise web.HTTPInternalServerError(text=f"the sandbox is at fault: {mistake}") from mistake

    def _written(self, call: Call, body: Json, started: float, *, status: int = 200) -> web.Response:
        call.answer, call.status = body, status
        self._note(call, started)
        return web.json_response(body, status=status, headers=self._headers(call.method))

    def _note(self, call: Call, started: float) -> None:
        call.latency_seconds = time.monotonic() - started
        self.workspace.log.calls.append(call)
        self.workspace.changed()

    def _headers(self, method: str) -> dict[str, str]:
        provided = EVERY_SCOPE if self.workspace.scopes is None else self.workspace.scopes
        return {
            "x-oauth-scopes": ",".join(sorted(provided)),
            "x-accepted-oauth-scopes": ",".join(NEEDED.get(method, ())),
            "x-slack-req-id": self.workspace.ids.secret(32),
        }

    def _rate_limited(self, call: Call, retry_after_seconds: int, started: float) -> web.Response:
        response = self._written(call, {"ok": False, "error": "ratelimited"}, started, status=429)
        response.headers["Retry-After"] = str(retry_after_seconds)
        return response

    async def _spoiled(
        self, request: web.Request, call: Call, token: str | None, *, fault: Fault, started: float
    ) -> web.StreamResponse:
        if fault.hold:
            self.workspace.changed()
            await fault.wait_for_release()
        if fault.reset == "before":
            return self._cut(request, call, started)
        if fault.retry_after_seconds is not None:
            return self._rate_limited(call, fault.retry_after_seconds, started)
        if fault.error is not None:
            await asyncio.sleep(fault.delay_seconds)
            return self._written(call, {"ok": False, "error": fault.error}, started, status=fault.status or 200)
        if fault.status is not None:
            call.status = fault.status
            self._note(call, started)
            return web.Response(status=fault.status, text="<html>a bad day</html>", content_type="text/html")
        body = self._answer(call, token)
        self.workspace.changed()
        if fault.reset == "after":
            return self._cut(request, call, started)
        await asyncio.sleep(fault.delay_seconds)
        return self._written(call, body, started)

    def _cut(self, request: web.Request, call: Call, started: float) -> web.Response:
        """End the connection with a reset: the caller cannot know whether the call took effect."""
        self._note(call, started)
        transport = request.transport
        if transport is not None:
            connection = transport.get_extra_info("socket")
            connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        return web.Response(status=500)

    async def _response_url(self, request: web.Request) -> web.Response:
        found = self.workspace.response_urls.redeem(request.match_info["name"], request.match_info["signature"])
        if isinstance(found, str):
            return web.json_response({"ok": False, "error": found}, status=404)
        started = time.monotonic()
        call = Call(self.workspace.ids.now(), "response_url", {})
        try:
            call.arguments = await _said(request)
            say_back(self.workspace, found, call.arguments)
        except SlackError as refused:
            return self._written(call, refused.answer(), started, status=400)
        return self._written(call, {"ok": True}, started)

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.workspace.files.get(request.match_info["file_id"])
        if file is None or file.completed:
            return web.Response(status=404, text="no such upload")
        content = await _uploaded_bytes(request)
        if len(content) != file.length:
            return web.Response(status=400, text=f"expected {file.length} bytes, got {len(content)}")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.Response:
        file = self.workspace.files.get(request.match_info["name"].rpartition("-")[2])
        if _token(request, {}) != self.workspace.bot_token:
            return web.Response(status=302, headers={"Location": "https://slack.com/signin"})
        if file is None or file.content is None or file.deleted:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type="application/octet-stream")


def _token(request: web.Request, given: Json) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    value = given.get("token")
    return value if isinstance(value, str) and value else None


async def _said(request: web.Request) -> Json:
    """The body of a response_url call: JSON, or a form with a `payload`."""
    given: Any = await read_arguments(request, "response_url")
    return dict(given)


async def _uploaded_bytes(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for part in form.values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""
