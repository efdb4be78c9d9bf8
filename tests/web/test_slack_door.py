"""Slack's door over real HTTP: what is signed comes in whole, everything else gets a 4xx and tells the log nothing."""

import asyncio
import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.web.slack import MOST_BODY_BYTES
from tests.web.kit import FORM, RunningSite, sign, signed

JSON = "application/json"
COMMAND = urlencode({"command": "/escalate", "text": "提现未到账", "team_id": "T1", "user_id": "U1"}).encode()


class TestWhatSlackSends:
    async def test_a_slash_command_reaches_bolt_with_its_fields_and_context(self, site: RunningSite) -> None:
        status, _, _ = await site.post(COMMAND, signed(COMMAND))
        assert status == 200
        [request] = site.received
        assert request.body["text"] == "提现未到账"
        assert request.context.team_id == "T1"
        assert request.context.user_id == "U1"

    async def test_a_command_whose_text_says_payload_is_not_read_as_empty(self, site: RunningSite) -> None:
        body = urlencode({"command": "/escalate", "text": "payload=broken payload", "team_id": "T1"}).encode()
        await site.post(body, signed(body))
        assert site.received[0].body["text"] == "payload=broken payload"

    async def test_an_interaction_is_unpacked_from_its_form(self, site: RunningSite) -> None:
        body = urlencode(
            {"payload": json.dumps({"type": "block_actions", "team": {"id": "T1"}, "actions": [{"action_id": "x"}]})}
        ).encode()
        await site.post(body, signed(body))
        assert site.received[0].body["type"] == "block_actions"
        assert site.received[0].context.team_id == "T1"

    async def test_an_event_comes_with_its_retry_headers_and_no_others(self, site: RunningSite) -> None:
        body = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "app_home_opened"}}).encode()
        headers = signed(body, f"{JSON}; charset=utf-8") | {
            "X-Slack-Retry-Num": "1",
            "X-Slack-Retry-Reason": "http_timeout",
            "X-Slack-Bolt-Lazy-Only": "1",
            "X-Slack-Bolt-Lazy-Function-Name": "anything",
        }
        assert (await site.post(body, headers))[0] == 200
        [request] = site.received
        assert request.headers["x-slack-retry-num"] == ["1"]
        assert request.headers["x-slack-retry-reason"] == ["http_timeout"]
        assert not request.lazy_only
        assert request.lazy_function_name is None

    async def test_the_answer_of_bolt_goes_back_as_it_is(self, site: RunningSite) -> None:
        async def dispatch(_: AsyncBoltRequest) -> BoltResponse:
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {"a": "不能为空"}})

        site.dispatch = dispatch
        status, text, headers = await site.post(COMMAND, signed(COMMAND))
        assert status == 200
        assert json.loads(text)["errors"] == {"a": "不能为空"}
        assert headers["content-type"].startswith("application/json")

    async def test_the_url_verification_is_answered_at_the_door(self, site: RunningSite) -> None:
        body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
        status, text, _ = await site.post(body, signed(body, JSON))
        assert (status, json.loads(text)) == (200, {"challenge": "abc"})
        assert site.received == []

    async def test_an_ssl_check_is_let_through(self, site: RunningSite) -> None:
        body = b"ssl_check=1&token=x"
        assert (await site.post(body, signed(body)))[0] == 200

    async def test_a_body_of_exactly_the_limit_is_read(self, site: RunningSite) -> None:
        body = b"command=%2Fescalate&text="
        body += b"x" * (MOST_BODY_BYTES - len(body))
        assert (await site.post(body, signed(body)))[0] == 200

    @pytest.mark.parametrize("age_seconds", [-295, 0, 295])
    async def test_five_minutes_either_way_are_fresh(self, site: RunningSite, age_seconds: int) -> None:
        assert (await site.post(COMMAND, signed(COMMAND, age_seconds=age_seconds)))[0] == 200

    async def test_half_an_emoji_becomes_a_replacement_character_and_nul_goes(self, site: RunningSite) -> None:
        payload = json.dumps(
            {"type": "message_action", "callback_id": "x", "a": ["x\ud83d", {"b": "y\x00z"}], "c": "😀"}
        )
        body = urlencode({"payload": payload}).encode()
        assert (await site.post(body, signed(body)))[0] == 200
        assert site.received[0].body["a"] == ["x\ufffd", {"b": "yz"}]
        assert site.received[0].body["c"] == "😀"


def _changed(**changes: str | None) -> dict[str, str]:
    headers = signed(COMMAND) | {name.replace("_", "-"): value for name, value in changes.items() if value is not None}
    return {name: value for name, value in headers.items() if changes.get(name.replace("-", "_"), "") is not None}


NOW = int(time.time())
HOSTILE_HEADERS: list[tuple[str, dict[str, str | None]]] = [
    ("no timestamp", {"X_Slack_Request_Timestamp": None}),
    ("no signature", {"X_Slack_Signature": None}),
    ("empty timestamp", {"X_Slack_Request_Timestamp": ""}),
    ("empty signature", {"X_Slack_Signature": ""}),
    ("a word for a timestamp", {"X_Slack_Request_Timestamp": "yesterday"}),
    ("a fraction", {"X_Slack_Request_Timestamp": f"{NOW}.5"}),
    ("an exponent", {"X_Slack_Request_Timestamp": "1e9"}),
    ("a sign", {"X_Slack_Request_Timestamp": f"+{NOW}"}),
    ("an underscore", {"X_Slack_Request_Timestamp": "1_000"}),
    ("not a number", {"X_Slack_Request_Timestamp": "nan"}),
    ("infinity", {"X_Slack_Request_Timestamp": "inf"}),
    ("full-width digits", {"X_Slack_Request_Timestamp": "１２３"}),
    ("a thousand digits", {"X_Slack_Request_Timestamp": "9" * 5000}),
    ("zero", {"X_Slack_Request_Timestamp": "0"}),
    ("too old", {"X_Slack_Request_Timestamp": str(NOW - 400)}),
    ("too new", {"X_Slack_Request_Timestamp": str(NOW + 400)}),
    ("a signature that is not ASCII", {"X_Slack_Signature": "v0=é"}),
    ("another version", {"X_Slack_Signature": "v1=" + "0" * 64}),
    ("a short signature", {"X_Slack_Signature": "v0=0"}),
    ("zeros", {"X_Slack_Signature": "v0=" + "0" * 64}),
    ("another secret", {"X_Slack_Signature": sign(COMMAND, str(NOW), "another")}),
    ("another body's signature", {"X_Slack_Signature": sign(b"x", str(NOW))}),
]


@pytest.mark.parametrize(("what", "changes"), HOSTILE_HEADERS, ids=[what for what, _ in HOSTILE_HEADERS])
async def test_a_request_that_slack_did_not_sign_now_is_a_401(
    site: RunningSite, what: str, changes: dict[str, str | None]
) -> None:
    with structlog.testing.capture_logs() as lines:
        status, _, _ = await site.post(COMMAND, _changed(**changes))
    assert status == 401
    assert site.received == []
    assert [set(line) - {"log_level"} for line in lines] == [{"event", "reason", "status"}]


HOSTILE_BODIES: list[tuple[str, bytes, str, int]] = [
    ("nothing", b"", FORM, 400),
    ("nothing as JSON", b"", JSON, 400),
    ("no content type that we know", COMMAND, "text/plain", 400),
    ("no content type", COMMAND, "", 400),
    ("multipart", COMMAND, "multipart/form-data; boundary=x", 400),
    ("broken JSON", b'{"type": ', JSON, 400),
    ("a list", b"[1]", JSON, 400),
    ("a string", b'"x"', JSON, 400),
    ("null", b"null", JSON, 400),
    ("not a number", b'{"a": NaN}', JSON, 400),
    ("a number of 5,000 digits", b'{"a": ' + b"9" * 5000 + b"}", JSON, 400),
    ("100,000 brackets", b"[" * 100_000, JSON, 400),
    ("100,000 objects", b'{"a":' * 100_000, JSON, 400),
    ("not UTF-8", b'{"a": "\xff"}', JSON, 400),
    ("UTF-16", '{"a": 1}'.encode("utf-16"), JSON, 400),
    ("a form that is not UTF-8", b"command=\xff", FORM, 400),
    ("percent signs that are not UTF-8", b"command=%ff", FORM, 400),
    ("neither payload nor command", b"a=1&b=2", FORM, 400),
    ("a payload that is not JSON", b"payload=x", FORM, 400),
    ("a payload that is a list", b"payload=%5B%5D", FORM, 400),
    ("an empty payload", b"payload=", FORM, 400),
    ("a payload 100,000 deep", b"payload=" + b"%5B" * 100_000, FORM, 400),
    ("2,000 fields", b"&".join(b"a%d=1" % n for n in range(2000)), FORM, 400),
    ("a challenge that is no string", b'{"type": "url_verification", "challenge": {}}', JSON, 400),
    ("a type that is no string", b'{"type": ["event_callback"]}', JSON, 400),
    ("an event without an event", b'{"type": "event_callback"}', JSON, 400),
    ("an event whose event is a list", b'{"type": "event_callback", "event": []}', JSON, 400),
    ("a submission without a view", b'{"type": "view_submission", "view": null}', JSON, 400),
    ("a shortcut without a callback", b'{"type": "shortcut"}', JSON, 400),
    ("a press of nothing", b'{"type": "block_actions", "actions": []}', JSON, 400),
    ("a press without an action id", b'{"type": "block_actions", "actions": [{}]}', JSON, 400),
    ("a press by a number", b'{"type": "block_actions", "actions": [{"action_id": "x"}], "user": 7}', JSON, 400),
    ("a submission without a callback", b'{"type": "view_submission", "view": {"type": "modal"}}', JSON, 400),
    ("a search without an action id", b'{"type": "block_suggestion"}', JSON, 400),
    ("a reaction to a number", b'{"type": "event_callback", "event": {"type": "x", "item": 1.5}}', JSON, 400),
    (
        "an installation as a list",
        b'{"type": "event_callback", "event": {"type": "x"}, "authorizations": [[]]}',
        JSON,
        400,
    ),
    ("one byte too many", b"x" * (MOST_BODY_BYTES + 1), FORM, 413),
]


@pytest.mark.parametrize(
    ("what", "body", "content_type", "status"), HOSTILE_BODIES, ids=[row[0] for row in HOSTILE_BODIES]
)
async def test_a_signed_body_that_makes_no_sense_is_a_4xx(
    site: RunningSite, what: str, body: bytes, content_type: str, status: int
) -> None:
    with structlog.testing.capture_logs() as lines:
        answered, _, _ = await site.post(body, signed(body, content_type))
    assert answered == status
    assert site.received == []
    assert [line["event"] for line in lines] == ["request_refused"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post_is_answered(site: RunningSite, method: str) -> None:
    assert (await site.get("/slack/events", method))[0] == 405


def _raw(body: bytes, *lines: str, headers: dict[str, str] | None = None) -> bytes:
    given = headers if headers is not None else signed(body)
    head = ["POST /slack/events HTTP/1.1", "Host: x", *(f"{name}: {value}" for name, value in given.items()), *lines]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


async def test_a_body_without_an_announced_length_is_bounded_all_the_same(site: RunningSite) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    answer = await site.raw(_raw(b"", "Transfer-Encoding: chunked") + chunk * 20)
    assert b" 413 " in answer.splitlines()[0]


async def test_an_announced_length_over_the_limit_is_refused_before_anything_is_read(site: RunningSite) -> None:
    answer = await site.raw(_raw(b"", "Content-Length: 9000000000"))
    assert b" 413 " in answer.splitlines()[0]


@pytest.mark.parametrize("name", ["X-Slack-Signature", "X-Slack-Request-Timestamp", "Content-Type"])
async def test_a_header_that_stands_twice_counts_for_nothing(site: RunningSite, name: str) -> None:
    headers = signed(COMMAND)
    again = f"{name}: {headers[name]}"
    answer = await site.raw(_raw(COMMAND, again, f"Content-Length: {len(COMMAND)}", headers=headers))
    assert answer.splitlines()[0].split()[1] in (b"400", b"401")
    assert site.received == []


async def test_a_client_that_leaves_in_the_middle_of_its_body_disturbs_nobody(site: RunningSite) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(_raw(COMMAND[:5], f"Content-Length: {len(COMMAND)}", headers=signed(COMMAND)))
    await writer.drain()
    writer.transport.abort()
    assert (await site.post(COMMAND, signed(COMMAND)))[0] == 200
    assert len(site.received) == 1


async def test_what_breaks_behind_the_door_is_a_503_with_an_incident_and_no_detail(site: RunningSite) -> None:
    async def dispatch(_: AsyncBoltRequest) -> BoltResponse:
        raise RuntimeError("hunter2")

    site.dispatch = dispatch
    with structlog.testing.capture_logs() as lines:
        status, text, _ = await site.post(COMMAND, signed(COMMAND))
    assert status == 503
    [line] = lines
    assert line["event"] == "request_failed"
    assert json.loads(text) == {"error": "unavailable", "incident": line["incident"]}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=10),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=10,
        ).map(lambda value: json.dumps(value).encode()),
    ),
    content_type=st.sampled_from([FORM, JSON, "text/plain", JSON + "; charset=utf-16", "a/b;c=d;e"]),
    as_payload=st.booleans(),
)
async def test_no_signed_body_at_all_makes_a_500(
    site: RunningSite, body: bytes, content_type: str, as_payload: bool
) -> None:
    site.received.clear()
    body = urlencode({"payload": body}).encode() if as_payload else body
    status, _, _ = await site.post(body, signed(body, content_type))
    assert status in (200, 400)
    assert len(site.received) <= 1
    assert all(isinstance(request.body, dict) for request in site.received)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    timestamp=st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f\x85\xa0\xad")),
    signature=st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f\x85\xa0\xad")),
)
async def test_no_unsigned_header_at_all_makes_a_500(site: RunningSite, timestamp: str, signature: str) -> None:
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature, "Content-Type": FORM}
    answer = await site.raw(_raw(COMMAND, f"Content-Length: {len(COMMAND)}", headers=headers))
    assert answer.splitlines()[0].split()[1] in (b"400", b"401")
    assert site.received == []


async def test_requests_are_counted_by_outcome(site: RunningSite) -> None:
    await site.post(COMMAND, signed(COMMAND))
    await site.post(COMMAND, {})
    _, text = await site.get("/metrics")
    assert 'escalations_slack_requests_total{outcome="answered"} 1.0' in text
    assert 'escalations_slack_requests_total{outcome="refused"} 1.0' in text
    assert "escalations_slack_request_seconds_count 2.0" in text


async def test_two_requests_do_not_wait_for_each_other(site: RunningSite) -> None:
    both_in = asyncio.Barrier(2)

    async def dispatch(_: AsyncBoltRequest) -> BoltResponse:
        await both_in.wait()
        return BoltResponse(status=200)

    site.dispatch = dispatch
    answers: list[Any] = await asyncio.gather(*(site.post(COMMAND, signed(COMMAND)) for _ in range(2)))
    assert [status for status, _, _ in answers] == [200, 200]
