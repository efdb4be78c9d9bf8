"""What can be wrong with a team, and where it is said to be."""

import pytest

from tests.config.files import GOOD, SECOND_TEAM, changed, mistakes_of

MISTAKES = [
    ('kind = "engineering"', 'kind = "enginering"', 'teams.payments.kind: unknown kind "enginering"; did you mean'),
    ('channel = "C0PAYMENTS1"', 'channel = "#payments"', 'teams.payments.channel: "#payments" must be a channel\'s ID'),
    ('lead = "U0LEAD00001"', "", "teams.payments.lead: is missing"),
    ('lead = "U0LEAD00001"', "lead = 7", "teams.payments.lead: must be a text, and is a number"),
    ('lead = "U0LEAD00001"', 'lead = " "', "teams.payments.lead: is empty"),
    ('lead = "U0LEAD00001"', 'leed = "U0LEAD00001"', 'teams.payments.leed: unknown key "leed"; did you mean "lead"?'),
    ('"U0SECOND001"]', '"nobody"]', 'teams.payments.rotation[1]: "nobody" must be a member\'s ID'),
    ('"U0SECOND001"]', '"U0FIRST0001"]', "teams.payments.rotation[1]: U0FIRST0001 is in this rotation already"),
    ('"U0SECOND001"]', '{ calendar = "office" }]', "teams.payments.rotation[1].user: is missing"),
    (
        '"U0SECOND001"]',
        '{ user = "U0SECOND001", calendar = "ofice" }]',
        'teams.payments.rotation[1].calendar: unknown calendar "ofice"; did you mean "office"?',
    ),
    ('rotation = ["U0FIRST0001", "U0SECOND001"]', "rotation = []", "teams.payments.rotation: is empty, so nobody"),
    (
        'rotation = ["U0FIRST0001", "U0SECOND001"]',
        'rotation = "U0FIRST0001"',
        "teams.payments.rotation: must be a list, and is a text",
    ),
    ('calendar = "office"', 'calendar = "night"', 'teams.payments.calendar: unknown calendar "night"'),
    ("C0FALLBACK1", "C0PAYMENTS1", "teams.payments.fallback_channel: must be another channel than the team's own"),
    ('kind = "engineering"', 'kind = "engineering"\nlanguage = "fr"', 'teams.payments.language: unknown language "fr"'),
    (
        'kind = "engineering"',
        'kind = "engineering"\nnames = { zh_Hans = "支付" }',
        "teams.payments.names: needs at least an English name",
    ),
    (
        'kind = "engineering"',
        'kind = "engineering"\nmember_groups = ["U0LEAD00001"]',
        'teams.payments.member_groups[0]: "U0LEAD00001" must be a user group\'s ID',
    ),
    ("[teams.payments]", '[teams."Payments EU"]', 'teams."Payments EU": must be a short name'),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_wrong_value_is_told_with_its_path(old: str, new: str, said: str) -> None:
    text = changed(old, new)
    assert any(line.startswith(said) for line in mistakes_of(text)), mistakes_of(text)


def test_a_channel_belongs_to_one_team() -> None:
    assert mistakes_of(GOOD + SECOND_TEAM.replace("C0ORDERS001", "C0PAYMENTS1")) == [
        'teams.orders.channel: C0PAYMENTS1 is the channel of team "payments" already'
    ]
