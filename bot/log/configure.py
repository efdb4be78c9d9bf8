"""One door for every line: structlog's processors on the standard library's root logger.

Called once, by the command line. Nothing is configured by importing.
"""

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Literal, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.log.exceptions import tell_exception
from bot.log.scrub import scrub

# Their debug lines hold whole requests, arguments and statements: below a warning they do not speak, whatever the
# level is. Named, so that they do not even put such a line together.
_CHATTY = (
    "aiohttp", "aiosqlite", "apscheduler", "asyncio", "httpcore", "httpx", "slack_bolt", "slack_sdk",
    "slack_sdk.web.async_base_client", "sqlalchemy", "uvicorn", "uvicorn.access", "uvicorn.error",
)  # fmt: skip


def configure_logging(
    *, level: str, style: Literal["json", "pretty"], now: Callable[[], datetime], stream: TextIO | None = None
) -> None:
    """Send every line to `stream` (standard error, if not given) from `level` up. `now` is the machine's time."""
    out = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
    ]
    _install_door(out, _formatter(style, now, shared, colors=out.isatty()), level)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _formatter(style: str, now: Callable[[], datetime], shared: list[Processor], *, colors: bool) -> ProcessorFormatter:
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=colors, timestamp_key="at", pad_event_to=0)
    )
    return ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            _resolve_exc_info,
            ProcessorFormatter.remove_processors_meta,
            tell_exception,
            scrub,
            _with_time(now),
            renderer,
        ],
    )


def _install_door(out: TextIO, formatter: logging.Formatter, level: str) -> None:
    door = _Door(out)
    door.setFormatter(formatter)
    door.addFilter(_is_ours_or_a_warning)
    root = logging.getLogger()
    root.handlers[:] = [door]
    root.setLevel(level)
    for name in _CHATTY:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.setLevel(logging.WARNING)
        library.propagate = True


def _is_ours_or_a_warning(record: logging.LogRecord) -> bool:
    """structlog hands over a dict, libraries a sentence. Bolt copies the root's level to its own loggers."""
    return isinstance(record.msg, dict) or record.levelno >= logging.WARNING


def _with_time(now: Callable[[], datetime]) -> Processor:
    def put_time_first(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
        return {"at": now().isoformat(timespec="milliseconds"), **event_dict}

    return put_time_first


def _resolve_exc_info(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
    """`exc_info=True` means the exception being handled where the line was written, which is here still."""
    if event_dict.get("exc_info") is True:
        event_dict["exc_info"] = sys.exc_info()
    return event_dict


class _Door(logging.StreamHandler[TextIO]):
    """Writes lines, and does not repeat a line that could not be written, as the standard handler would."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        failed = sys.exc_info()[0]
        kind = failed.__name__ if failed else "unknown"
        self.stream.write(f'{{"event": "log_line_failed", "logger": "{record.name}", "error": "{kind}"}}\n')
