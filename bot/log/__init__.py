"""Logs: one event name a fact, ids to follow it by, never a token, never a customer's text.

Our own lines and those of libraries (Bolt, uvicorn, SQLAlchemy, APScheduler) leave by the same door. Event names
are lower_case_words; what varies goes into fields: `log.info("notice_sent", notice=7, channel="C1")`.
"""

from bot.log.configure import configure_logging
from bot.log.incidents import get_logger, new_incident_id, new_request_id, record_incident, request_facts

__all__ = [
    "configure_logging",
    "get_logger",
    "new_incident_id",
    "new_request_id",
    "record_incident",
    "request_facts",
]
