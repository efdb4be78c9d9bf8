"""How `/escalate …` is read: verbs only before an ID, IDs as people type them, titles left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.grammar import Ask, DidYouMean, parse
from handlers.verbs import NEEDS_ID, WORDS, Verb


@pytest.mark.parametrize("key", ["142", "ESC-142", "esc 142", "esc142", "#142", "ＥＳＣ－１４２", "ESC – 142", "0142"])
def test_an_id_is_read_as_a_person_types_it(key: str) -> None:
    assert parse(f"update {key}") == Ask(Verb.UPDATE, 142)


@pytest.mark.parametrize(("word", "verb"), [(w, v) for v, words in WORDS.items() for w in words if v in NEEDS_ID])
def test_every_word_counts_as_its_verb_before_an_id(word: str, verb: Verb) -> None:
    assert parse(f"{word} ESC-142") == Ask(verb, 142)
    assert parse(f"  {word.upper()}\u3000ESC-142 ") == Ask(verb, 142)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("close 142", Ask(Verb.CLOSE, 142)),
        ("接手142", Ask(Verb.ACK, 142)),
        ("接手ＥＳＣ－１４２", Ask(Verb.ACK, 142)),
        ("更新 142：已找到原因", Ask(Verb.UPDATE, 142, "已找到原因")),
        ("更新ESC-142已找到原因", Ask(Verb.UPDATE, 142, "已找到原因")),
        ("update 142 Found it: po_1 is held", Ask(Verb.UPDATE, 142, "Found it: po_1 is held")),
        ("update #142, ｆｕｌｌ　width stays", Ask(Verb.UPDATE, 142, "ｆｕｌｌ　width stays")),
        ("assign esc-142 <@U123|arjun>", Ask(Verb.ASSIGN, 142, "<@U123|arjun>")),
        ("dup 142 of ESC-139", Ask(Verb.DUPLICATE, 142, "of ESC-139")),
        ("ack ESC-142 on it", Ask(Verb.ACK, 142, "on it")),
        ("取消关注 142", Ask(Verb.UNFOLLOW, 142)),
        ("142", Ask(Verb.SHOW, 142)),
        ("esc-142", Ask(Verb.SHOW, 142)),
        ("", Ask(Verb.NEW)),
        (" \u3000 ", Ask(Verb.NEW)),
        ("help", Ask(Verb.HELP)),
        ("帮助", Ask(Verb.HELP)),
        ("幫助", Ask(Verb.HELP)),
        ("help update", Ask(Verb.HELP, None, "update")),
        ("list", Ask(Verb.LIST)),
        ("list mine", Ask(Verb.LIST, None, "mine")),
        ("LIST At-Risk 2", Ask(Verb.LIST, None, "At-Risk 2")),
        ("列表 全部 page 3", Ask(Verb.LIST, None, "全部 page 3")),
        ("search 提现 未到账", Ask(Verb.SEARCH, None, "提现 未到账")),
        ("oncall", Ask(Verb.ONCALL)),
        ("oncall product", Ask(Verb.ONCALL, None, "product")),
        ("lang zh-TW", Ask(Verb.LANG, None, "zh-TW")),
        ("away until 18:00", Ask(Verb.AWAY, None, "until 18:00")),
        ("away 2d", Ask(Verb.AWAY, None, "2d")),
    ],
)
def test_what_is_understood(text: str, ask: Ask) -> None:
    assert parse(text) == ask


@pytest.mark.parametrize(
    "title",
    [
        "提现未到账 po_1Nx acct_1Ab",
        "close account fails for acct_1",
        "更新失败 po_1",
        "更新 3 笔付款失败",
        "更新 3个账户失败",
        "refund 142.50 missing",
        "close 142.50 payout by hand",
        "help me with payout po_1",
        "list of payouts is empty",
        "oncall rotation page shows nobody",
        "away message is not shown to customers",
        "away until further notice",
        "update",
        "close",
        "wait times in the queue are wrong",
        "退款 142 失败",
        "resolve dns for api.example.com",
        "update 4111111111111111 declined",
        "ESC-0",
        "close 0",
        "142 payouts are missing",
        "since 142 customers reported it",
        "language of the receipt is wrong",
        "接手后页面报错",
    ],
)
def test_a_sentence_is_a_title(title: str) -> None:
    assert parse(title) == Ask(Verb.NEW, None, title)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("resovle 142", Verb.RESOLVE),
        ("resolv ESC-142 fixed by retry", Verb.RESOLVE),
        ("akc 142", Verb.ACK),
        ("acknowlege 142", Verb.ACK),
        ("updaet #142", Verb.UPDATE),
        ("clsoe 142", Verb.CLOSE),
        ("folow 142", Verb.FOLLOW),
        ("接受 142", Verb.ACK),
        ("更薪 142", Verb.UPDATE),
        ("转教142", Verb.ROUTE),
        ("142 close", Verb.CLOSE),
        ("ESC-142 接手", Verb.ACK),
        ("resume 142 subscriptions fail", Verb.RESUME),
    ],
)
def test_a_near_miss_is_asked_about(text: str, verb: Verb) -> None:
    assert parse(text) == DidYouMean(verb, 142, text)


def test_the_company_s_own_key_prefix_counts_and_another_does_not() -> None:
    assert parse("close PAY-7", key_prefix="PAY") == Ask(Verb.CLOSE, 7)
    assert parse("close ESC-7", key_prefix="PAY") == Ask(Verb.NEW, None, "close ESC-7")


@given(st.text(max_size=200))
def test_any_text_is_understood_and_a_title_loses_nothing(text: str) -> None:
    found = parse(text)
    if isinstance(found, Ask) and found.verb is Verb.NEW:
        assert found.rest == text.strip()


@given(st.sampled_from(sorted(NEEDS_ID)), st.integers(1, 999_999_999), st.text(max_size=60))
def test_an_explicit_key_after_a_verb_always_names_it(verb: Verb, number: int, rest: str) -> None:
    found = parse(f"{verb} ESC-{number} {rest}")
    assert isinstance(found, Ask)
    assert (found.verb, found.number) == (verb, number)
    assert found.rest in rest


def test_fifty_thousand_characters_are_read_at_once() -> None:
    assert parse("更" * 50_000) == Ask(Verb.NEW, None, "更" * 50_000)
    assert parse("esc " * 12_500) == Ask(Verb.NEW, None, ("esc " * 12_500).strip())
