"""Logs: nothing secret and nobody's words leave, whoever writes the line and however it goes wrong."""

import asyncio
import io
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.log import configure_logging, get_logger, new_incident_id, record_incident, request_facts

NOW = datetime(2026, 8, 4, 2, 0, 0, 123000, tzinfo=UTC)
BOT_TOKEN = "xox" + "b-123-456-abcdef"
CARD = "4111 1111 1111 1111"
WORDS = "提现未到账"


class Lines:
    """What came out of the door."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def last(self) -> dict[str, Any]:
        return self.all[-1]


@pytest.fixture
def undone() -> Iterator[None]:
    """Leave the process's logging as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def configured(undone: None) -> Callable[..., Lines]:
    def configure(level: str = "DEBUG", style: Any = "json") -> Lines:
        lines = Lines()
        configure_logging(level=level, style=style, now=lambda: NOW, stream=lines.stream)
        return lines

    return configure


@pytest.fixture
def lines(configured: Callable[..., Lines]) -> Lines:
    return configured()


class TestOurLines:
    def test_a_line_has_time_level_logger_event_and_facts(self, lines: Lines) -> None:
        get_logger("bot.outbox").info("notice_sent", notice=7, channel="C1")
        assert lines.last == {
            "at": "2026-08-04T02:00:00.123+00:00",
            "event": "notice_sent",
            "level": "info",
            "logger": "bot.outbox",
            "notice": 7,
            "channel": "C1",
        }

    def test_facts_of_the_request_are_on_every_line_within_it(self, lines: Lines) -> None:
        with request_facts(request="R1", workspace="T1"):
            get_logger("bot").info("received")
            logging.getLogger("some.module").warning("hm")
        get_logger("bot").info("after")
        assert [line.get("request") for line in lines.all] == ["R1", "R1", None]

    async def test_a_task_started_within_a_request_carries_its_facts(self, lines: Lines) -> None:
        async def work() -> None:
            get_logger("bot").info("worked")

        with request_facts(request="R1"):
            task = asyncio.create_task(work())
        await task
        assert lines.last["request"] == "R1"

    @pytest.mark.parametrize(
        "key",
        [
            "token", "bot_token", "SLACK_SIGNING_SECRET", "x-slack-signature", "Authorization", "password", "apiKey",
            "response_url", "trigger_id", "text", "title", "body", "payload", "blocks", "view", "private_metadata",
        ],
    )  # fmt: skip
    def test_fields_named_like_a_secret_or_like_words_are_dropped(self, lines: Lines, key: str) -> None:
        get_logger("bot").info("seen", **{key: "hunter2"})
        get_logger("bot").info("seen", nested={"deep": [{key: "hunter2"}]})
        assert "hunter2" not in lines.text
        assert len(lines.all) == 2

    def test_a_flag_about_a_token_is_kept(self, lines: Lines) -> None:
        get_logger("bot").info("seen", token_dead=True)
        assert lines.last["token_dead"] is True

    @pytest.mark.parametrize(
        "value",
        [BOT_TOKEN, CARD, f"x {BOT_TOKEN}", int(CARD.replace(" ", "")), [BOT_TOKEN], {"a": {"b": CARD}}, {CARD}],
    )
    def test_secrets_in_other_fields_are_masked(self, lines: Lines, value: object) -> None:
        get_logger("bot").info("seen", fact=value)
        assert "abcdef" not in lines.text
        assert "4111" not in lines.text
        assert "••••" in str(lines.last)

    def test_objects_are_named_and_not_shown(self, lines: Lines) -> None:
        class Escalation:
            def __repr__(self) -> str:
                return "hunter2"

        get_logger("bot").info("seen", case=Escalation(), raw=b"hunter2", many=[Escalation()])
        assert lines.last["case"] == "<Escalation>"
        assert lines.last["raw"] == "<bytes>"
        assert "hunter2" not in lines.text

    def test_what_a_person_typed_in_chinese_is_only_counted(self, lines: Lines) -> None:
        get_logger("bot").info("seen", fact=WORDS)
        assert lines.last["fact"] == "(5 characters)"

    def test_a_sentence_in_place_of_an_event_name_is_cut_where_it_quotes(self, lines: Lines) -> None:
        get_logger("bot").info(f"Opened: {WORDS}")
        get_logger("bot").info(f"Opened {WORDS}")
        assert [line["event"] for line in lines.all] == ["Opened …", "Opened …"]

    def test_long_values_are_cut(self, lines: Lines) -> None:
        get_logger("bot").info("seen", fact="x" * 50_000, many=list(range(1000)))
        assert len(lines.text) < 1000

    def test_the_level_holds(self, configured: Callable[..., Lines]) -> None:
        lines = configured(level="WARNING")
        get_logger("bot").info("quiet")
        get_logger("bot").warning("loud")
        assert [line["event"] for line in lines.all] == ["loud"]

    def test_a_value_cannot_pass_for_another_line(self, configured: Callable[..., Lines]) -> None:
        lines = configured(style="pretty")
        get_logger("bot").info("seen", fact="a\n2026 [error] forged", other={"k\n": 1})
        assert len(lines.text.splitlines()) == 1

    @settings(max_examples=50)
    @given(st.dictionaries(st.text(max_size=8), st.none() | st.floats() | st.text() | st.lists(st.text()), max_size=4))
    def test_any_fact_at_all_makes_one_line(self, facts: dict[str, Any]) -> None:
        lines = Lines()
        handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
        try:
            configure_logging(level="INFO", style="json", now=lambda: NOW, stream=lines.stream)
            get_logger("bot").info("seen", facts=facts)
            assert lines.last["event"] == "seen"
        finally:
            logging.getLogger().handlers[:] = handlers
            logging.getLogger().setLevel(level)
            structlog.reset_defaults()


class TestExceptions:
    def _incident(self, error: BaseException) -> str:
        try:
            raise error
        except type(error):
            return record_incident(get_logger("bot"), "broke")

    def test_the_person_s_incident_id_is_on_the_line_with_type_and_place(self, lines: Lines) -> None:
        incident = self._incident(ValueError("x"))
        assert lines.last["incident"] == incident
        assert lines.last["level"] == "error"
        assert lines.last["exception"].startswith("ValueError\n")
        assert "tests/log/test_log.py:" in lines.last["exception"]

    def test_incident_ids_are_short_and_differ(self) -> None:
        ids = {new_incident_id() for _ in range(1000)}
        assert len(ids) == 1000
        assert {len(each) for each in ids} == {8}

    def test_a_message_that_may_quote_somebody_is_not_told(self, lines: Lines) -> None:
        self._incident(ValueError(f"could not parse {WORDS} hunter2"))
        self._incident(KeyError("hunter2"))
        assert "hunter2" not in lines.text

    def test_a_database_s_complaint_with_its_row_is_not_told(self, lines: Lines) -> None:
        self._incident(sqlite3.IntegrityError(f"Failing row contains ({WORDS}, hunter2)"))
        assert "hunter2" not in lines.text
        assert "IntegrityError" in lines.text

    def test_what_python_says_of_the_program_is_told_and_masked(self, lines: Lines) -> None:
        self._incident(AttributeError("'Case' object has no attribute 'owner'"))
        assert "no attribute 'owner'" in lines.last["exception"]
        self._incident(OSError(f"cannot reach {BOT_TOKEN}"))
        assert "abcdef" not in lines.text

    def test_a_typed_error_s_code_is_told(self, lines: Lines) -> None:
        class Refused(Exception):
            code = "already_closed"

        self._incident(Refused("hunter2"))
        assert lines.last["exception"].startswith("Refused: already_closed\n")

    def test_causes_and_groups_are_told(self, lines: Lines) -> None:
        error = RuntimeError("hunter2")
        error.__cause__ = ConnectionRefusedError(111, "Connection refused")
        self._incident(ExceptionGroup("hunter2", [error, KeyError("hunter2")]))
        told = lines.last["exception"]
        assert "with RuntimeError" in told
        assert "caused by ConnectionRefusedError: [Errno 111] Connection refused" in told
        assert "with KeyError" in told
        assert "hunter2" not in told

    def test_an_exception_that_causes_itself_ends(self, lines: Lines) -> None:
        first, second = ValueError(), KeyError()
        first.__context__, second.__context__ = second, first
        get_logger("bot").error("broke", exc_info=first)
        assert lines.last["exception"].count("caused by") == 5


class TestLibraries:
    def test_a_warning_is_cut_where_it_quotes(self, lines: Lines) -> None:
        bolt = logging.getLogger("slack_bolt.AsyncApp")
        bolt.warning(f"Unhandled request ({{'text': '{WORDS} hunter2'}})")
        bolt.error(f"Failed to run listener function (error: hunter2 {BOT_TOKEN})")
        logging.getLogger("any").warning("Got %s", "hunter2 " + BOT_TOKEN)
        logging.getLogger("any").error("said: hunter2")
        assert [line["event"] for line in lines.all[:2]] == ["Unhandled request …", "Failed to run listener function …"]
        assert lines.all[3]["event"] == "said …"
        assert "abcdef" not in lines.text
        assert WORDS not in lines.text

    @pytest.mark.parametrize(
        "name",
        ["slack_bolt.AsyncApp", "slack_sdk.web.async_base_client", "sqlalchemy.engine.Engine", "apscheduler", "x.y"],
    )
    def test_their_details_are_not_written_even_at_debug(self, lines: Lines, name: str) -> None:
        library = logging.getLogger(name)
        before = library.level
        library.setLevel(logging.DEBUG)  # as Bolt does, which copies the root's level
        library.debug("Sending a request - hunter2")
        library.info("SELECT hunter2")
        library.setLevel(before)
        assert lines.text == ""

    def test_uvicorn_s_own_handlers_are_taken_away(self, configured: Callable[..., Lines]) -> None:
        uvicorn = logging.getLogger("uvicorn.error")
        uvicorn.addHandler(logging.StreamHandler(io.StringIO()))
        lines = configured()
        uvicorn.warning("Exceeded concurrency limit.")
        assert uvicorn.handlers == []
        assert lines.last["event"] == "Exceeded concurrency limit."

    def test_an_exception_of_theirs_is_told_as_ours_is(self, lines: Lines) -> None:
        try:
            raise ValueError("hunter2")
        except ValueError:
            logging.getLogger("asyncio").exception("Task exception was never retrieved\nfuture: hunter2")
        assert lines.last["event"] == "Task exception was never retrieved …"
        assert lines.last["exception"].startswith("ValueError\n")
        assert "hunter2" not in lines.text

    def test_a_line_that_cannot_be_formatted_is_not_repeated_anywhere(
        self, lines: Lines, capsys: pytest.CaptureFixture[str]
    ) -> None:
        record = logging.LogRecord("any", logging.WARNING, "x.py", 1, "%d items", ("hunter2",), None)
        logging.getLogger().handlers[0].handle(record)
        assert lines.last == {"event": "log_line_failed", "logger": "any", "error": "TypeError"}
        assert capsys.readouterr() == ("", "")


def test_pretty_lines_are_for_people_and_just_as_clean(configured: Callable[..., Lines]) -> None:
    lines = configured(style="pretty")
    get_logger("bot").info("notice_sent", channel="C1", fact=BOT_TOKEN, title="hunter2")
    try:
        raise ValueError("hunter2")
    except ValueError:
        record_incident(get_logger("bot"), "broke")
    assert "notice_sent" in lines.text
    assert "channel=C1" in lines.text
    assert "ValueError" in lines.text
    assert "hunter2" not in lines.text
    assert "abcdef" not in lines.text


def test_configuring_again_replaces_the_door(configured: Callable[..., Lines]) -> None:
    first, second = configured(), configured()
    get_logger("bot").info("once")
    assert first.text == ""
    assert len(second.all) == 1
