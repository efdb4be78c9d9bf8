"""Two ends of a wire: an app that calls the Web API, and an app that answers as a test tells it to."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

from bot.sandbox import SandboxServer

Json = dict[str, Any]


class Api:
    """The Web API as an app calls it: JSON with the bot's token, unless told otherwise."""

    def __init__(self, server: SandboxServer, session: aiohttp.ClientSession) -> None:
        self._server, self._session = server, session
        self.headers = {"Authorization": f"Bearer {server.workspace.bot_token}"}

    async def __call__(self, method: str, **arguments: object) -> Json:
        url = self._server.api_url + method
        async with self._session.post(url, json=arguments, headers=self.headers) as response:
            answer: Json = await response.json()
            return answer

    async def form(self, method: str, **arguments: str) -> Json:
        url = self._server.api_url + method
        async with self._session.post(url, data=arguments, headers=self.headers) as response:
            answer: Json = await response.json()
            return answer


class ScriptedApp:
    """An app that writes down what it is sent, and answers what a test told it to."""

    def __init__(self) -> None:
        self.requests: list[Json] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        form = parse_qs(body.decode()) if request.content_type.endswith("urlencoded") else {}
        payload = json.loads(form["payload"][0]) if "payload" in form else None
        if payload is None and request.content_type == "application/json":
            payload = json.loads(body)
        fields = {name: values[0] for name, values in form.items() if name != "payload"}
        self.requests.append({"headers": request.headers, "body": body, "payload": payload, "fields": fields})
        return self.answers.pop(0) if self.answers else web.Response()

    def says(self, body: object, status: int = 200) -> None:
        """Answer the next request that has no answer yet."""
        if isinstance(body, str):
            self.answers.append(web.Response(text=body, status=status))
        else:
            self.answers.append(web.json_response(body, status=status))

    @property
    def last(self) -> Json:
        return self.requests[-1]

    def events(self, kind: str) -> list[Json]:
        bodies = [r["payload"] for r in self.requests if r["payload"] and "event" in r["payload"]]
        return [body["event"] for body in bodies if body["event"]["type"] == kind]


@asynccontextmanager
async def scripted_app() -> AsyncIterator[ScriptedApp]:
    app, application = ScriptedApp(), web.Application()
    application.router.add_post("/slack/events", app.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield app
    await runner.cleanup()
