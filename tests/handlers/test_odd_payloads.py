"""Payloads that Slack's documents allow and its clients seldom send, and forms that were tampered with."""

from datetime import UTC, datetime
from typing import cast

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.render.forms.sheet import Meta, meta_of
from bot.render.forms.update import AS_USUAL
from handlers.draft import draft_of, first_field
from handlers.exchange import Exchange, Surface
from handlers.parse import Reading, Unreadable, number_of, parse_form
from handlers.services import Services
from handlers.tenants import team_in

NOW = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "team"),
    [
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}, "T1"),
        ({"team": None, "user": {"id": "U1", "team_id": "T1"}}, "T1"),
        ({"team": None, "user": {"id": "U1"}, "view": {"team_id": "T1"}}, "T1"),
        ({"team": None, "view": {"team_id": "T2", "app_installed_team_id": "T1"}}, "T1"),
        ({"team_id": "T1"}, "T1"),
        ({"user": {"id": "U1"}}, ""),
    ],
)
def test_the_team_is_found_where_an_organisation_has_installed_the_app(body: dict[str, object], team: str) -> None:
    assert team_in(body) == team


FORGED: list[tuple[str, dict[str, str]]] = [
    ("update", {"finding": "x", "next_update_at": "soon"}),
    ("update", {"finding": "x", "next_update_at": "9" * 30}),
    ("wait", {"on": "godot", "why": "x"}),
    ("resolve", {"outcome": "x", "cause": "x"}),
    ("confirm", {"customer_told": "yes", "docs": "x"}),
    ("hand_back", {"reason": "x"}),
    ("severity", {"severity": "SEV9"}),
    ("duplicate", {"of": "9" * 30, "why": "x"}),
    ("duplicate", {"of": "x", "why": "x"}),
]


@pytest.mark.parametrize(("form", "draft"), FORGED, ids=[f"{row[0]}-{list(row[1].values())[-1][:5]}" for row in FORGED])
def test_a_choice_that_was_never_offered_counts_as_empty(form: str, draft: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        parse_form(Reading(draft, NOW, Meta(form, 1)))


def test_the_usual_time_of_the_next_update_is_a_choice() -> None:
    _, form = parse_form(Reading({"finding": "x", "next_update_at": AS_USUAL}, NOW, Meta("update", 1)))
    assert form.next_update_at is None


@pytest.mark.parametrize(
    ("text", "number"), [("142", 142), ("0142", 142), ("", None), ("-1", None), ("9" * 10, None), ("٣", None)]
)
def test_a_number_has_no_more_digits_than_a_database_takes(text: str, number: int | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("number", ["1", 0, -1, True, 10**9, 1.5])
def test_metadata_with_a_number_that_is_none_is_not_ours(number: object) -> None:
    written = {"1": '"1"', "True": "true"}.get(str(number), str(number))
    assert meta_of(f'{{"form":"update","number":{written}}}') is None


def test_a_view_without_state_or_block_ids_is_an_empty_draft() -> None:
    assert draft_of({"state": {"values": None}}) == {}
    assert draft_of({"state": {"values": {"a": {"b": {"selected_option": {"text": "x"}}}}}}) == {}
    assert first_field({"blocks": [{"type": "input"}, {"type": "input", "block_id": "a"}]}) == "a"


def _pressed(user: str, action: str, value: str, **more: object) -> Exchange:
    body = {"user": {"id": user}, "actions": [{"action_id": action, "value": value}], **more}
    return Exchange(cast("Services", None), Surface.MESSAGE, body, cast("AsyncAck", None))


def test_the_same_press_twice_has_one_receipt() -> None:
    first, again = (_pressed("U1", "esc:follow", "1", trigger_id="t") for _ in range(2))
    assert first.receipt == again.receipt


def test_other_presses_with_the_same_trigger_or_none_have_receipts_of_their_own() -> None:
    presses = [
        _pressed("U1", "esc:follow", "1", trigger_id="t"),
        _pressed("U2", "esc:follow", "1", trigger_id="t"),
        _pressed("U1", "esc:nudge", "1", trigger_id="t"),
        _pressed("U1", "esc:follow", "2", trigger_id="t"),
        _pressed("U1", "esc:follow", "1"),
        _pressed("U1", "esc:follow", "1"),
    ]
    assert len({press.receipt for press in presses}) == len(presses)
