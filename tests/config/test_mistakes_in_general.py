"""What can be wrong with the general rules, and where it is said to be."""

import pytest

from tests.config.files import changed, mistakes_of

MISTAKES = [
    ('fallback_team = "payments"', "", "escalation.fallback_team: is missing"),
    (
        'fallback_team = "payments"',
        'fallback_team = "payment"',
        'escalation.fallback_team: unknown team "payment"; did you mean "payments"?',
    ),
    ("[escalation]", '[escalation]\nkey_prefix = "esc-"', "escalation.key_prefix: must be one to ten capital letters"),
    ("[escalation]", '[escalation]\nauto_close = "3 days"', 'escalation.auto_close: "3 days" is no length of time'),
    ("[escalation]", "[escalation]\nauto_close = 3", "escalation.auto_close: must be a length of time such as"),
    ("[escalation]", '[escalation]\nauto_close = "0d"', "escalation.auto_close: must be longer than 0"),
    ("[escalation]", '[escalation]\nauto_close = "9999d"', "escalation.auto_close: must not be longer than a year"),
    (
        "[escalation]",
        '[escalation]\nauto_close = "1d"',
        "escalation.auto_close_warning: must be shorter than auto_close",
    ),
    ("[escalation]", "[escalation]\nreopen_days = -1", "escalation.reopen_days: must not be below 0"),
    (
        "[escalation]",
        "[escalation]\nreopen_days = true",
        "escalation.reopen_days: must be a whole number, and is true or false",
    ),
    ("[escalation]", '[escalation]\ndigest_at = "25:00"', "escalation.digest_at: must be a time of day"),
    (
        "[escalation]",
        '[escalation]\ndefault_severity = "SEV5"',
        'escalation.default_severity: unknown severity "SEV5"; did you mean',
    ),
    ("[escalation]", '[escalation]\npager_url = "pager"', "escalation.pager_url: must be an address"),
    ("[escalation]", "escalation = 1\n[more]", "escalation: must be a table, and is a number"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_wrong_value_is_told_with_its_path(old: str, new: str, said: str) -> None:
    text = changed(old, new)
    assert any(line.startswith(said) for line in mistakes_of(text)), mistakes_of(text)
