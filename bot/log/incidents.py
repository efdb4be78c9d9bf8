"""Loggers, and the ids by which a person's complaint is found in the log.

A request id runs through every line that one delivery causes. An incident id is what the person sees when
something broke, and stands on the line that says what.
"""

import secrets
from contextlib import AbstractContextManager

import structlog
from structlog.stdlib import BoundLogger

# Read out over the telephone and typed by hand: no vowels, no 0 and O, no 1 and I.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


def get_logger(name: str) -> BoundLogger:
    """A logger for the module `name`. It configures nothing, so it may stand at a module's top."""
    logger: BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def _new_id(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def new_request_id() -> str:
    return _new_id(12)


def new_incident_id() -> str:
    return _new_id(8)


def request_facts(**facts: str | int) -> AbstractContextManager[None]:
    """Within it every line, also of tasks started there, carries these facts (`request=…`, `workspace=…`)."""
    return structlog.contextvars.bound_contextvars(**facts)


def record_incident(log: BoundLogger, event: str, **facts: object) -> str:
    """Log the exception being handled as an incident and return the id that the person is to see."""
    incident = new_incident_id()
    log.error(event, incident=incident, exc_info=True, **facts)
    return incident
