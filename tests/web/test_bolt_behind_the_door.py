"""A Bolt app behind the door: what the door hands on is what Bolt's listeners get."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from tests.web.kit import RunningSite, signed


async def _authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xox" + "b-1", bot_id="B1", bot_user_id="U0")


@pytest.fixture
def bolt(site: RunningSite) -> AsyncApp:
    app = AsyncApp(signing_secret="not used: the door has checked", authorize=_authorize, process_before_response=True)
    site.dispatch = app.async_dispatch
    return app


@pytest.mark.parametrize("text", ["提现未到账 po_1", "payload is broken", "payload=", "{", ""])
async def test_a_command_arrives_with_its_text_whatever_it_says(site: RunningSite, bolt: AsyncApp, text: str) -> None:
    heard = []

    @bolt.command("/escalate")
    async def escalate(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body["text"])
        await ack("saved")

    body = urlencode({"command": "/escalate", "text": text, "team_id": "T1", "user_id": "U1"}).encode()
    status, answer, _ = await site.post(body, signed(body))
    assert (status, answer) == (200, "saved")
    assert heard == [text]


async def test_a_submitted_modal_is_answered_with_its_errors(site: RunningSite, bolt: AsyncApp) -> None:
    @bolt.view("open")
    async def submitted(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"title": "请填写"})

    payload = {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "view": {"type": "modal", "callback_id": "open"},
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    status, answer, _ = await site.post(body, signed(body))
    assert status == 200
    assert json.loads(answer) == {"response_action": "errors", "errors": {"title": "请填写"}}


async def test_what_trips_bolt_up_is_a_503_and_not_a_500(site: RunningSite, bolt: AsyncApp) -> None:
    @bolt.middleware
    async def broken(body: dict[str, Any]) -> None:
        raise KeyError(body["type"])

    body = json.dumps({"type": "event_callback", "event": {"type": "app_home_opened"}}).encode()
    status, answer, _ = await site.post(body, signed(body, "application/json"))
    assert (status, json.loads(answer)) == (503, {"error": "unavailable"})
