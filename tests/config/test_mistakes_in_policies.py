"""What can be wrong with targets and ladders, and where it is said to be."""

import pytest

from tests.config.files import GOOD, mistakes_of

MISTAKES = [
    ('[policies.SEV1]\nacknowledge = "0m always"', "policies.SEV1.acknowledge: must be longer than 0"),
    ('[policies.SEV1]\nacknowledge = "15m"', "policies.SEV1.acknowledge: does not say in which hours it runs"),
    (
        '[policies.SEV1]\nacknowledge = "15m busines"',
        'policies.SEV1.acknowledge: unknown hours "busines"; did you mean "business"?',
    ),
    ('[policies.SEV1]\nacknowledge = "1.5h always"', 'policies.SEV1.acknowledge: "1.5h" is no length of time'),
    ("[policies.SEV1]\nacknowledge = 15", "policies.SEV1.acknowledge: must be a text, and is a number"),
    (
        '[policies.SEV1]\nacknowlege = "15m always"',
        'policies.SEV1.acknowlege: unknown key "acknowlege"; did you mean "acknowledge"?',
    ),
    ("[policies.SEV1]", "policies.SEV2: is missing: give all four severities"),
    ("[policies.SEV5]", 'policies.SEV5: unknown key "SEV5"'),
    (
        '[policies.SEV1]\nladder = [{ at = 80, do = "remind" }, { at = 80, do = "thread" }]',
        "policies.SEV1.ladder[1]: must stand higher than 80",
    ),
    ('[policies.SEV1]\nladder = [{ at = 0, do = "remind" }]', "policies.SEV1.ladder[0].at: must be a percentage"),
    (
        '[policies.SEV1]\nladder = [{ at = 50, do = ["remind", "shout"] }]',
        'policies.SEV1.ladder[0].do[1]: unknown act "shout"',
    ),
    ("[policies.SEV1]\nladder = [{ at = 50, do = [] }]", "policies.SEV1.ladder[0].do: is empty"),
    ("[policies.SEV1]\nladder = [{ at = 50 }]", "policies.SEV1.ladder[0].do: is missing"),
    ("[policies.SEV1]\nladder = []", "policies.SEV1.ladder: is empty, so a breach would stay silent"),
]


@pytest.mark.parametrize(("part", "said"), MISTAKES)
def test_a_wrong_part_is_told_with_its_path(part: str, said: str) -> None:
    assert any(line.startswith(said) for line in mistakes_of(GOOD + part)), mistakes_of(GOOD + part)
