"""Requests that Slack never sent, or that arrive broken: 4xx, never a 500, and nothing happens."""

import time
from typing import Any

from tests.stories.telling import Story

JSON = "application/json"
HOSTILE: dict[str, tuple[dict[str, Any], int]] = {
    "a wrong signature": ({"headers": {"X-Slack-Signature": "v0=" + "0" * 64}}, 401),
    "no signature": ({"headers": {"X-Slack-Signature": None}}, 401),
    "a signature that is not ASCII": ({"headers": {"X-Slack-Signature": "v0=\xe9\xe8"}}, 401),
    "an old timestamp": ({"timestamp": "1500000000"}, 401),
    "a timestamp that is no number": ({"timestamp": "yesterday"}, 401),
    "JSON that ends too early": ({"body": b'{"type": "event_callb', "content_type": JSON}, 400),
    "a JSON list": ({"body": b"[]", "content_type": JSON}, 400),
    "bytes that are no text": ({"body": b"\xff\xfe\x00", "content_type": JSON}, 400),
    "a form without a payload": ({"body": b"a=b"}, 400),
    "a payload that is no JSON": ({"body": b"payload=%7Bnope"}, 400),
    "a strange content type": ({"body": b"<x/>", "content_type": "text/xml"}, 400),
    "two megabytes": ({"body": b"payload=" + b"x" * 2_000_000}, 413),
}


async def test_what_slack_never_sent_is_refused_with_a_4xx(story: Story) -> None:
    for what, (request, status) in HOSTILE.items():
        given: dict[str, Any] = {"body": b"payload=%7B%7D", **request}
        answer = await story.town.delivery.raw(**given)
        assert answer.status == status, what


STRANGE: list[dict[str, Any]] = [
    {"type": "block_actions", "actions": []},
    {"type": "block_actions", "actions": [{"action_id": "esc:acknowledge", "value": "' OR 1=1 --"}]},
    {"type": "block_actions", "actions": [{"action_id": "esc:nobody_knows", "value": "1"}]},
    {"type": "view_submission", "view": {"callback_id": "esc-view:open", "private_metadata": "{{{"}},
    {"type": "view_submission", "view": {"callback_id": "esc-view:update", "private_metadata": "[]"}},
    {"type": "shortcut", "callback_id": "new_escalation"},
    {"type": "nothing_of_the_kind"},
]


async def test_a_signed_payload_with_strange_content_is_answered_without_a_500(story: Story) -> None:
    mei = story.person("mei")
    common = {
        "team": {"id": story.town.team_id, "domain": story.town.domain},
        "user": {"id": mei.id, "team_id": story.town.team_id},
        "api_app_id": story.town.app_id,
        "trigger_id": f"{time.time()}.1.abc",
    }
    story.forgive_refusal("views.open", "invalid_trigger_id")
    for strange in STRANGE:
        answer = await mei.deliver({**common, **strange})
        assert answer.status is not None, strange
        assert answer.status < 500, strange


async def test_an_escalation_of_another_workspace_is_not_found(story: Story) -> None:
    await story.open()
    stranger = {
        "type": "block_actions",
        "team": {"id": "T0ELSEWHERE", "domain": "elsewhere"},
        "user": {"id": "U0ERIN00001", "team_id": "T0ELSEWHERE"},
        "api_app_id": story.town.app_id,
        "trigger_id": "1.2.3",
        "actions": [{"action_id": "esc:acknowledge", "block_id": "b", "value": "1"}],
    }
    story.forgive_refusal("views.open", "invalid_trigger_id")
    answer = await story.person("erin").deliver(stranger)
    assert answer.status is not None
    assert answer.status < 500
    await story.calm()


async def test_the_url_is_verified(story: Story) -> None:
    assert await story.town.delivery.verify_url()
