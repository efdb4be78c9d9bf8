"""Every way in which a call to Slack fails has a class, and a person has thought about each."""

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bot.outbox.errors import FaultKind, Lost, classify, known_errors

METHODS = json.loads((Path(__file__).parent / "slack-methods.json").read_text(encoding="utf-8"))
DOCUMENTED = {error for method in METHODS.values() for error in method["errors"]}
TABLE = Path(__file__).parents[2] / "bot" / "outbox" / "errors.toml"

# The class of each, for a call that must not be sent twice.
EXPECTED = {
    "ratelimited": FaultKind.RATE,
    "rate_limited": FaultKind.RATE,
    "message_limit_exceeded": FaultKind.RATE,
    "internal_error": FaultKind.AMBIGUOUS,
    "fatal_error": FaultKind.AMBIGUOUS,
    "request_timeout": FaultKind.AMBIGUOUS,
    "service_unavailable": FaultKind.AMBIGUOUS,
    "channel_not_found": FaultKind.GONE,
    "is_archived": FaultKind.GONE,
    "message_not_found": FaultKind.GONE,
    "thread_not_found": FaultKind.GONE,
    "user_not_found": FaultKind.GONE,
    "user_disabled": FaultKind.GONE,
    "expired_trigger_id": FaultKind.GONE,
    "not_in_channel": FaultKind.FORBIDDEN,
    "missing_scope": FaultKind.FORBIDDEN,
    "restricted_action": FaultKind.FORBIDDEN,
    "team_added_to_org": FaultKind.TRANSIENT,
    "hash_conflict": FaultKind.TRANSIENT,
    "invalid_blocks": FaultKind.BUG,
    "msg_too_long": FaultKind.BUG,
}


def test_no_documented_error_is_missing() -> None:
    assert len(METHODS) == 61
    assert DOCUMENTED - known_errors().keys() == set()


def test_nothing_is_in_the_table_that_slack_does_not_document() -> None:
    assert known_errors().keys() - DOCUMENTED == set()


def test_no_error_has_two_classes() -> None:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    times = Counter(code for rows in table.values() for codes in rows.values() for code in codes)
    assert [code for code, count in times.items() if count > 1] == []


@pytest.mark.parametrize("error", sorted(DOCUMENTED))
def test_every_documented_error_is_known_and_only_a_call_with_an_effect_is_ambiguous(error: str) -> None:
    posted, read = classify(error, effect=True), classify(error, effect=False)
    assert posted.known
    assert read.known
    assert read.kind is not FaultKind.AMBIGUOUS
    assert (posted.kind, read.kind) == (FaultKind.AMBIGUOUS, FaultKind.TRANSIENT) or posted == read


@pytest.mark.parametrize(("error", "kind"), EXPECTED.items())
def test_the_class_of_the_errors_that_matter_most(error: str, kind: FaultKind) -> None:
    assert classify(error, effect=True).kind is kind


def test_a_string_that_nobody_has_thought_about_is_a_bug_and_says_so() -> None:
    fault = classify("something_new", effect=True)
    assert fault.kind is FaultKind.BUG
    assert not fault.known
    assert fault.code == "something_new"


@pytest.mark.parametrize(
    "error", ["invalid_auth", "token_revoked", "account_inactive", "not_authed", "token_expired", "invalid_token"]
)
def test_a_dead_token_is_told_apart_from_other_refusals(error: str) -> None:
    assert classify(error, effect=True).token_dead


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "channel_not_found", "user_disabled"])
def test_what_a_living_token_may_not_do_does_not_kill_it(error: str) -> None:
    assert not classify(error, effect=True).token_dead


@pytest.mark.parametrize(
    ("error", "about"),
    [
        ("is_archived", "channel"),
        ("channel_not_found", "channel"),
        ("user_disabled", "user"),
        ("message_not_found", "message"),
        ("thread_not_found", "thread"),
        ("expired_trigger_id", "trigger"),
        ("not_in_channel", "channel"),
        ("missing_scope", "scope"),
    ],
)
def test_a_fault_says_what_it_is_about(error: str, about: str) -> None:
    assert classify(error, effect=True).about == about


@pytest.mark.parametrize("error", ["already_reacted", "already_pinned", "no_reaction", "already_in_channel"])
def test_what_is_so_already_is_as_good_as_done(error: str) -> None:
    assert classify(error, effect=True).already_done


@pytest.mark.parametrize(
    ("cause", "effect", "kind"),
    [
        (429, True, FaultKind.RATE),
        (500, True, FaultKind.AMBIGUOUS),
        (502, True, FaultKind.AMBIGUOUS),
        (503, True, FaultKind.AMBIGUOUS),
        (408, True, FaultKind.AMBIGUOUS),
        (503, False, FaultKind.TRANSIENT),
        (403, True, FaultKind.FORBIDDEN),
        (404, True, FaultKind.BUG),
        (302, True, FaultKind.BUG),
        (Lost.NEVER_SENT, True, FaultKind.TRANSIENT),
        (Lost.NO_ANSWER, True, FaultKind.AMBIGUOUS),
        (Lost.NO_ANSWER, False, FaultKind.TRANSIENT),
        (Lost.UNREADABLE, True, FaultKind.AMBIGUOUS),
    ],
)
def test_statuses_and_broken_connections_have_a_class_too(cause: int | Lost, effect: bool, kind: FaultKind) -> None:
    fault = classify(cause, effect=effect)
    assert fault.kind is kind
    assert not fault.token_dead


def test_the_wait_that_slack_names_is_kept_and_one_is_assumed_when_it_names_none() -> None:
    assert classify(429, effect=True, retry_after_seconds=7).retry_after_seconds == 7
    assert classify("ratelimited", effect=True, retry_after_seconds=7).retry_after_seconds == 7
    assert classify(429, effect=True).retry_after_seconds == 30
    assert classify("ratelimited", effect=True).retry_after_seconds == 30
    assert classify(503, effect=True, retry_after_seconds=3).retry_after_seconds == 3
