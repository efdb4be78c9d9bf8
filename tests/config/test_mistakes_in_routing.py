"""What can be wrong with routing, categories, links and roles, and where it is said to be."""

import pytest

from tests.config.files import GOOD, mistakes_of

MISTAKES = [
    (
        '[[routing]]\nteam = "payment"\nwords = ["x"]',
        'routing[0].team: unknown team "payment"; did you mean "payments"?',
    ),
    ('[[routing]]\nteam = "payments"', "routing[0]: matches nothing"),
    ('[[routing]]\nteam = "payments"\nprefixes = ["po"]', "routing[0].prefixes[0]: must be the beginning of an ID"),
    ('[[routing]]\nteam = "payments"\ncategories = ["x"]', 'routing[0].categories[0]: unknown category "x"'),
    ('[routing]\nteam = "payments"', "routing: must be a list, and is a table"),
    ('[categories]\npayouts = { fr = "Virements" }', 'categories.payouts.fr: unknown language "fr"'),
    ('[links]\npo_ = "https://dashboard.example.com/"', "links.po_: must hold {id}"),
    ('[links]\npo_ = "javascript:{id}"', "links.po_: must be an address"),
    ('[links]\n"p o" = "https://dashboard.example.com/{id}"', 'links."p o": must be the beginning of an ID'),
    ("[roles.specialist]\nusers = []", 'roles.specialist: unknown key "specialist"; did you mean "specialists"?'),
    ('[roles.admins]\nusers = ["admin"]', 'roles.admins.users[0]: "admin" must be a member\'s ID'),
    ("[polices]", 'polices: unknown key "polices"; did you mean "policies"?'),
]


@pytest.mark.parametrize(("part", "said"), MISTAKES)
def test_a_wrong_part_is_told_with_its_path(part: str, said: str) -> None:
    assert any(line.startswith(said) for line in mistakes_of(GOOD + part)), mistakes_of(GOOD + part)
