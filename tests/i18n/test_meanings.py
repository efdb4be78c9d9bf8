"""What search takes for the same: terms in three languages, words in two scripts, and the traps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.glossary import glossary
from bot.i18n.meanings import MOST_WORDS, meanings_of


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("提現", {"提现", "payout", "提款"}),
        ("提款", {"提现", "payout"}),
        ("payouts", {"payouts", "payout", "提现", "提款"}),
        ("拒付", {"chargeback", "decline", "拒绝", "拒絕"}),
        ("declined", {"declined", "拒绝", "拒付"}),
        ("發卡行", {"发卡行", "發卡銀行", "issuing bank"}),
        ("髮卡行", {"发卡行"}),
        ("提款未到帳", {"提款未到帳", "提款未到账", "提现未到账", "提現未到帳"}),
        ("已解决", {"已解決", "resolved"}),
        ("ＰＡＹＯＵＴ", {"ＰＡＹＯＵＴ", "PAYOUT", "提现"}),
    ],
)
def test_a_word_is_found_by_its_other_names(typed: str, means: set[str]) -> None:
    (group,) = meanings_of(typed)
    assert means <= group


def test_a_chargeback_is_no_decline_though_one_word_may_stand_for_both() -> None:
    assert meanings_of("chargeback") == [frozenset({"chargeback", "拒付"})]
    assert "chargeback" not in meanings_of("decline")[0]


def test_a_phrase_may_be_found_by_its_other_names_in_place_of_all_its_words() -> None:
    decline, code = meanings_of("decline code")
    assert "拒绝代码" in decline & code
    assert "code" in code
    assert "code" not in decline


def test_every_term_of_the_glossary_is_found_from_one_script_in_the_other() -> None:
    pairs = [
        (hans, hant)
        for term in glossary().terms
        if not term.exact
        for hans, hant in zip(term.words["zh_Hans"], term.words["zh_Hant"], strict=False)
        if " " not in hans and term.phrases != ("live",) and "lead" not in term.phrases
    ]
    assert pairs
    assert not [pair for pair in pairs if pair[0] not in meanings_of(pair[1])[0]]


@pytest.mark.parametrize("typed", ["", "   ", "po_1NxA", "%", "\\", "\x00"])
def test_what_has_no_other_name_is_looked_for_as_it_was_typed(typed: str) -> None:
    assert meanings_of(typed) == [frozenset({word}) for word in typed.split()]


@given(st.text())
def test_each_word_stands_among_its_own_names_and_a_search_stays_short(typed: str) -> None:
    groups = meanings_of(typed)
    words = typed.split()[:MOST_WORDS]
    assert len(groups) == len(words)
    assert all(word in group and len(group) < 100 for word, group in zip(words, groups, strict=True))
