"""Until when: what the modals of waiting propose, so that nobody types what the system knows."""

from datetime import datetime
from typing import Any

import pytest

from bot.i18n import texts
from bot.render.forms import MODALS, Meta, Sheet
from models.rules.rulebook import Duration
from tests.builders import a_rulebook, an_owned_case, facts, sg

TUESDAY, FRIDAY = sg("2026-03-03 10:00"), sg("2026-03-06 10:00")


def proposed(form: str, now: datetime, draft: dict[str, Any], **general: Any) -> datetime:
    """The moment that stands in the modal when it opens."""
    case, book = an_owned_case(), a_rulebook(**general)
    view = MODALS[form](Sheet(texts("en"), facts(case, now=now, rulebook=book), Meta(form, case.number), draft))
    (block,) = (block for block in view["blocks"] if block.get("block_id") == "until")
    return datetime.fromtimestamp(block["element"]["initial_date_time"], now.tzinfo)


@pytest.mark.parametrize(
    ("on", "now", "until"),
    [
        ("", TUESDAY, "2026-03-04 10:00"),
        ("customer", TUESDAY, "2026-03-04 10:00"),
        ("customer", FRIDAY, "2026-03-09 10:00"),
        ("third_party", TUESDAY, "2026-03-05 10:00"),
        ("third_party", FRIDAY, "2026-03-10 10:00"),
    ],
)
def test_a_wait_proposes_the_next_working_day_or_as_long_as_a_third_party_may_take(
    on: str, now: datetime, until: str
) -> None:
    assert proposed("wait", now, {"on": on}) == sg(until)


def test_a_wait_never_proposes_what_would_be_refused() -> None:
    short = Duration(seconds=3600)
    assert proposed("wait", TUESDAY, {}, longest_third_party_wait=short) == sg("2026-03-03 11:00")


def test_need_info_proposes_when_a_reply_is_usually_due() -> None:
    assert proposed("need_info", TUESDAY, {}) == sg("2026-03-04 10:00")
    assert proposed("need_info", TUESDAY, {}, requester_reply=Duration(seconds=7200)) == sg("2026-03-03 12:00")


def test_what_was_chosen_stays_chosen() -> None:
    chosen = sg("2026-03-03 15:00")
    assert proposed("wait", TUESDAY, {"until": str(int(chosen.timestamp()))}) == chosen
