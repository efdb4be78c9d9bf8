"""What of Slack's payloads has the shape that the listeners take for granted, and what has not."""

import copy
from typing import Any

import pytest

from bot.web.parsing import Malformed, parsed_payload

SUBMISSION: dict[str, Any] = {
    "type": "view_submission",
    "team": None,
    "user": {"id": "U1"},
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "x",
        "private_metadata": "",
        "blocks": [{"type": "input", "block_id": "title"}],
        "state": {"values": {"title": {"a": {"type": "plain_text_input", "value": None}}}},
    },
}
EVENT: dict[str, Any] = {
    "type": "event_callback",
    "authorizations": [{"enterprise_id": None, "team_id": "T1"}],
    "event": {"type": "reaction_added", "user": "U1", "item": {"type": "message", "channel": "C1", "ts": "1.2"}},
}


@pytest.mark.parametrize("payload", [SUBMISSION, EVENT, {"command": "/x", "text": ""}, {"ssl_check": "1"}])
def test_what_slack_sends_passes(payload: dict[str, Any]) -> None:
    assert parsed_payload(payload) == payload


WRONG: list[tuple[dict[str, Any], tuple[str | int, ...], object]] = [
    (SUBMISSION, ("user",), 7),
    (SUBMISSION, ("team",), 1.5),
    (SUBMISSION, ("view", "callback_id"), None),
    (SUBMISSION, ("view", "state"), []),
    (SUBMISSION, ("view", "state", "values"), "x"),
    (SUBMISSION, ("view", "state", "values", "title"), None),
    (SUBMISSION, ("view", "state", "values", "title", "a"), [1]),
    (SUBMISSION, ("view", "state", "values", "title", "a", "value"), {}),
    (SUBMISSION, ("view", "state", "values", "title", "a", "selected_option"), "x"),
    (SUBMISSION, ("view", "state", "values", "title", "a", "selected_users"), [None]),
    (SUBMISSION, ("view", "blocks", 0), 3),
    (EVENT, ("authorizations", 0), [1]),
    (EVENT, ("event", "item"), "x"),
    (EVENT, ("event", "item", "channel"), True),
    (EVENT, ("event", "dnd_status"), {"snooze_endtime": True}),
]


@pytest.mark.parametrize(("payload", "way", "value"), WRONG, ids=[".".join(map(str, row[1])) for row in WRONG])
def test_a_wrong_type_anywhere_that_is_read_is_refused(
    payload: dict[str, Any], way: tuple[str | int, ...], value: object
) -> None:
    spoilt: Any = copy.deepcopy(payload)
    inner = spoilt
    for name in way[:-1]:
        inner = inner[name]
    inner[way[-1]] = value
    with pytest.raises(Malformed):
        parsed_payload(spoilt)


def test_what_no_database_stores_is_taken_out_of_a_payload_that_came_parsed() -> None:
    assert parsed_payload({"command": "/x", "text": "a\x00b\ud800c"})["text"] == "ab\ufffdc"
