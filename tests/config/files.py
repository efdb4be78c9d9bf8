"""A small file that is right, and ways to make it wrong."""

import pytest

from bot.config import ConfigErrors, Mistake, describe, parse_rulebook

GOOD = """
[escalation]
fallback_team = "payments"

[calendars.office]
time_zone = "Asia/Singapore"
hours = { mon-fri = "09:00-18:00" }

[teams.payments]
kind = "engineering"
channel = "C0PAYMENTS1"
fallback_channel = "C0FALLBACK1"
lead = "U0LEAD00001"
calendar = "office"
rotation = ["U0FIRST0001", "U0SECOND001"]
"""
SECOND_TEAM = """
[teams.orders]
kind = "operations"
channel = "C0ORDERS001"
fallback_channel = "C0FALLBACK1"
lead = "U0LEAD00001"
calendar = "office"
rotation = ["U0FIRST0001"]
"""
EVERYTHING = """
[escalation]
key_prefix = "OPS"
fallback_team = "payments"
digest_at = 08:30:00
look_later = "90s"

[calendars.office]
time_zone = "America/New_York"
country = "US"
region = "NY"
hours = { sun-thu = ["09:00-13:00", "20:00–02:00"], fri = "02:00-24:00" }
days_off = [2026-12-24]
days_on = ["2026-12-26"]

[teams.payments]
kind = "engineering"
channel = "C0PAYMENTS1"
fallback_channel = "C0FALLBACK1"
lead = "U0LEAD00001"
calendar = "office"
rotation = ["U0FIRST0001"]

[categories]
payouts = { en = "Payouts", "zh-Hans" = "提现" }

[[routing]]
team = "payments"
prefixes = ["po_", "cs_live_"]
categories = ["payouts"]
words = ["提现"]

[links]
po_ = "https://dashboard.example.com/payouts/{id}"
"""
POLICIES = """
[policies.SEV1]
[policies.SEV2]
[policies.SEV3]
[policies.SEV4]
"""


def mistakes_in(text: str) -> tuple[Mistake, ...]:
    """The mistakes of a file, none where it is right."""
    try:
        parse_rulebook(text)
    except ConfigErrors as errors:
        return errors.mistakes
    return ()


def mistakes_of(text: str) -> list[str]:
    """The lines that a wrong file is answered with."""
    with pytest.raises(ConfigErrors) as caught:
        parse_rulebook(text)
    return describe(caught.value)


def changed(old: str, new: str) -> str:
    """The good file with one passage replaced."""
    assert old in GOOD
    return GOOD.replace(old, new)
