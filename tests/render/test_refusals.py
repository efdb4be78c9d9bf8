"""Every refusal has its sentence, in every language."""

from typing import Any

import pytest

from bot.i18n import BOTH, LOCALES, texts
from bot.render.refusals import SENTENCES, refusal_text
from models.rules.acts import Act
from models.rules.people import PersonKind
from models.rules.refusals import Code, Refusal
from models.rules.roles import Role
from models.rules.status import Status
from tests.builders import ARJUN, ENGINEERING, NOW, a_rulebook, the_people

FACTS: dict[str, Any] = {
    "key": "ESC-9", "act": Act.RESOLVE.value, "roles": [role.value for role in Role], "kind": "guest",
    "status": Status.CLOSED.value, "by": ARJUN, "at": NOW.isoformat(), "field": "finding", "limit": 2000,
    "length": 50_000, "latest": NOW.isoformat(), "team": ENGINEERING, "user": ARJUN, "severity": "SEV2",
    "possible": [act.value for act in Act],
}  # fmt: skip
NEEDED = {"status": Status.NEW.value, "severity": "SEV2"}


def say(code: Code, facts: dict[str, Any], *, locale: str = "en", plain: bool = False) -> str:
    refusal = Refusal(code, facts)
    zone = "Asia/Singapore"
    return refusal_text(refusal, texts(locale), the_people(), time_zone=zone, plain=plain, book=a_rulebook())


def test_no_code_is_without_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)


@pytest.mark.parametrize("locale", [*LOCALES, BOTH])
@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_says_something_in_every_language(code: Code, locale: str) -> None:
    assert len(say(code, FACTS, locale=locale)) > 4
    assert len(say(code, NEEDED, locale=locale)) > 4


@pytest.mark.parametrize("code", list(Code))
def test_each_language_has_its_own_sentence(code: Code) -> None:
    said = {say(code, FACTS, locale=locale) for locale in LOCALES}
    assert len(said) == len(LOCALES)


@pytest.mark.parametrize("code", list(Code))
def test_beside_a_field_there_are_no_mentions_and_no_date_tokens(code: Code) -> None:
    assert "<" not in say(code, FACTS, plain=True)


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en", "Already acknowledged by Arjun (Tue 3 Mar 10:00)"),
        ("zh_Hans", "已由 Arjun 接手（3 月 3 日（周二）10:00）"),
        ("zh_Hant", "已由 Arjun 接手（3 月 3 日（週二）10:00）"),
    ],
)
def test_the_second_of_two_people_reads_who_was_first(locale: str, sentence: str) -> None:
    facts = {**FACTS, "status": Status.ACKNOWLEDGED.value}
    assert say(Code.ALREADY, facts, locale=locale, plain=True) == sentence


def test_a_mention_names_the_person_in_a_message() -> None:
    facts = {"status": Status.ACKNOWLEDGED.value, "by": ARJUN}
    assert say(Code.ALREADY, facts) == f"Already acknowledged by <@{ARJUN}>"


def test_what_is_not_possible_now_says_what_is() -> None:
    facts = {"status": "closed", "act": "update", "possible": ["reopen", "follow"]}
    said = say(Code.WRONG_STATUS, facts)
    assert said == "It is “Closed” now, so “Update” is not possible. Possible now: Reopen · Follow"


@pytest.mark.parametrize("kind", [kind for kind in PersonKind if kind is not PersonKind.MEMBER])
def test_each_kind_of_outsider_is_told_politely(kind: PersonKind) -> None:
    assert "cannot use escalations" in say(Code.OUTSIDER, {"act": "open", "kind": kind.value})


def test_a_field_is_called_by_its_label() -> None:
    assert say(Code.EMPTY, {"field": "customer_line"}) == "Please fill in “A line for the customer”."
    assert say(Code.TOO_MANY, {"field": "evidence", "limit": 20}) == "“Evidence” takes at most 20."


def test_a_name_that_attacks_is_only_text() -> None:
    assert "<!here>" not in say(Code.NOT_FOUND, {"key": "<!here>"})
