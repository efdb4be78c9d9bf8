"""Masking: what goes, what stays exactly as typed, and that nothing makes it slow."""

import copy
import pickle
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.rules.masking import Kind, Masked, mask, restore
from models.rules.masking.cards import is_card_number

VISA = "4111111111111111"
AMEX = "378282246310005"
LIVE = "sk_" + "live_"
BOT = "xox" + "b-"
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq0\nxyz==\n-----END RSA " + "PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        (VISA, "•••• 1111"),
        ("4111 1111 1111 1111", "•••• 1111"),
        ("4111-1111-1111-1111", "•••• 1111"),
        ("4111.1111.1111.1111", "•••• 1111"),
        ("4111 - 1111 - 1111 - 1111", "•••• 1111"),
        ("4111–1111—1111−1111", "•••• 1111"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "•••• 1111"),
        ("4111\u00a01111\u30001111\u20091111", "•••• 1111"),
        ("４１１１１１１１１１１１１１１１", "•••• 1111"),
        ("４１１１－１１１１－１１１１－１１１１", "•••• 1111"),
        ("٤١١١١١١١١١١١١١١١", "•••• 1111"),
        ("4111\u200b1111\u200b1111\u200b1111", "•••• 1111"),
        ("4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣", "•••• 1111\ufe0f\u20e3"),
        ("卡号4111111111111111被拒", "卡号•••• 1111被拒"),
        ("卡號：4111 1111 1111 1111，到期12/27", "卡號：•••• 1111，到期12/27"),
        ("3782 822463 10005", "•••• 0005"),
        ("5555555555554444,2223003122003222", "•••• 4444,•••• 3222"),
        ("6200000000000005 JCB 3530111333300000", "•••• 0005 JCB •••• 0000"),
        ("30569309025904", "•••• 5904"),
        ("4111 1111 1111 1111 12/27 123", "•••• 1111 12/27 123"),
        ("4111 1111 1111 1111 123", "•••• 1111 123"),
        ("1. 4111 1111 1111 1111", "1. •••• 1111"),
        ("order 77 4111 1111 1111 1111", "order 77 •••• 1111"),
        ("4111 1111 1111 1111 5500 0000 0000 0004", "•••• 1111 •••• 0004"),
        ("card4111111111111111", "card•••• 1111"),
        ("card_4111111111111111", "card_•••• 1111"),
        ("№4111111111111111", "№•••• 1111"),
        ("4111111111111111exp1227", "4111111111111111exp1227"),
        ("4111111111111111exp 1227", "•••• 1111exp 1227"),
        ("<4111111111111111>", "<•••• 1111>"),
        ("•••• 4111 1111 1111 1111 1111", "•••• 4111 1111 1111 1111 1111"),
    ],
)
def test_a_card_keeps_its_last_four(typed: str, masked: str) -> None:
    assert mask(typed).text == masked


@pytest.mark.parametrize(
    "typed",
    [
        "提现未到账 po_1NxYz4111111111111111 acct_1Ab",
        "pi_4111111111111111",
        "ch_3N4111111111111111ab",
        "ABC4111111111111111",
        "4111111111111111abc",
        "4111111111111112",
        "41111111111111111111111111111111",
        "4200001234202401011234567890",
        "1234567890123456",
        "0.4111111111111111",
        "1700000000.123456",
        "+65 6123 4567",
        "request req_4242424242424242",
        "2024-01-15 10:30:00",
        "ｆｕｌｌ　ｗｉｄｔｈ　１２３，①②③ ﬁ ㎏ …",
        "risk_test_cases and task_live_view",
        "bearer instruments, Bearer shares",
        "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA7bq0\n-----END CERTIFICATE-----",
        "",
    ],
)
def test_what_is_no_secret_stays_exactly_as_typed(typed: str) -> None:
    assert mask(typed) == mask(mask(typed).text)
    assert mask(typed).text == typed
    assert mask(typed).found == ()


@pytest.mark.parametrize(
    ("typed", "masked", "kind"),
    [
        (f"key {LIVE}51HxYz0123456789", f"key {LIVE}••••••", Kind.API_KEY),
        (f"密钥{LIVE}51HxYz，请看", f"密钥{LIVE}••••••，请看", Kind.API_KEY),
        (f"STRIPE_KEY={LIVE}51HxYz", f"STRIPE_KEY={LIVE}••••••", Kind.API_KEY),
        ("sk_" + "test_4eC39Hq", "sk_test_••••••", Kind.API_KEY),
        ("rk_" + "live_4eC39Hq", "rk_live_••••••", Kind.API_KEY),
        ("rk_" + "test_4eC39Hq", "rk_test_••••••", Kind.API_KEY),
        ("rk_" + "4eC39HqLyjWDarjtT1zdp7dc", "rk_••••••", Kind.API_KEY),
        ("ｓｋ_ｌｉｖｅ_" + "４ｅＣ３９", "sk_live_••••••", Kind.API_KEY),
        (f"sk_li\u200bve_{'51HxYz'}", "sk_live_••••••", Kind.API_KEY),
        ("key" + "sk_test_" + "4eC39HqLyjWDarjtT1", "keysk_test_••••••", Kind.API_KEY),
        (f"risk_test_{LIVE}abc", f"risk_test_{LIVE}••••••", Kind.API_KEY),
        (f"{LIVE}4111111111111111", f"{LIVE}••••••", Kind.API_KEY),
        ("whsec" + "_a+b/c=", "whsec_••••••", Kind.API_KEY),
        (f"{BOT}1-2-abc", f"{BOT}••••••", Kind.API_KEY),
        ("xox" + "p-1-2-abc", "xoxp-••••••", Kind.API_KEY),
        ("xox" + "a-2-abc", "xoxa-••••••", Kind.API_KEY),
        ("xoxe.xox" + "b-1-abc", "xoxe.xoxb-••••••", Kind.API_KEY),
        ("xox" + "e-1-abc", "xoxe-••••••", Kind.API_KEY),
        ("xap" + "p-1-A0-1-abc", "xapp-••••••", Kind.API_KEY),
        ("Authorization: Bearer abc.def-123", "Authorization: Bearer ••••••", Kind.BEARER_TOKEN),
        ("bearer  QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "bearer  ••••••", Kind.BEARER_TOKEN),
        (f"see {PEM} thanks", "see [PRIVATE KEY ••••••] thanks", Kind.PRIVATE_KEY),
        (PEM.partition("-----END")[0] + "what is it?", "[PRIVATE KEY ••••••]\nwhat is it?", Kind.PRIVATE_KEY),
        (PEM.replace("\n", "\\n"), "[PRIVATE KEY ••••••]", Kind.PRIVATE_KEY),
    ],
)
def test_a_key_keeps_only_what_says_which_kind_it_is(typed: str, masked: str, kind: Kind) -> None:
    result = mask(typed)
    assert result.text == masked
    assert result.found == (kind,)


def test_a_card_after_a_masked_key_is_still_a_card() -> None:
    result = mask(f"{LIVE}abc 4111 1111 1111 1111")
    assert result.text == f"{LIVE}•••••• •••• 1111"
    assert result.found == (Kind.API_KEY, Kind.CARD)


def test_a_bearer_word_does_not_hide_the_next_token() -> None:
    assert mask("Bearer instrument.Bearer abc12345").text == "Bearer instrument.Bearer ••••••"


class TestMasked:
    def test_it_is_a_string_to_everybody_else(self) -> None:
        assert isinstance(mask("x").text, str)
        assert f"{mask('x').text}y" == "xy"

    def test_nobody_but_the_rule_makes_one(self) -> None:
        attempts: list[Callable[[], str]] = [
            lambda: Masked("x"),
            lambda: Masked("x", object()),
            lambda: Masked.__new__(Masked, "x"),
        ]
        for attempt in attempts:
            with pytest.raises(TypeError, match=r"only models\.rules"):
                attempt()

    def test_what_comes_out_of_storage_goes_through_the_rule_as_well(self) -> None:
        stored = mask("card 4111 1111 1111 1111").text
        assert restore(stored) == stored
        assert isinstance(restore(stored), Masked)
        assert restore("written by hand: 4111 1111 1111 1111") == "written by hand: •••• 1111"

    def test_it_has_no_subclasses(self) -> None:
        with pytest.raises(TypeError, match="no subclasses"):
            type("Sneaky", (Masked,), {})

    def test_what_is_made_from_it_is_not_masked(self) -> None:
        text = mask("abc").text
        for made in (text + "d", text[1:], text.upper(), text.replace("a", "b")):
            assert type(made) is str

    def test_a_copy_is_the_same_and_a_pickle_does_not_get_around_the_rule(self) -> None:
        text = mask("abc").text
        assert copy.copy(text) is text
        assert copy.deepcopy([text])[0] is text
        with pytest.raises(TypeError):
            pickle.loads(pickle.dumps(text))

    def test_nothing_can_be_hung_on_it(self) -> None:
        with pytest.raises(AttributeError):
            mask("abc").text.note = "x"  # type: ignore[attr-defined]


def _with_check_digit(body: str) -> str:
    return next(body + digit for digit in "0123456789" if _luhn(body + digit))


def _luhn(digits: str) -> bool:
    doubled = [int(d) if place % 2 == 0 else sum(divmod(2 * int(d), 10)) for place, d in enumerate(digits[::-1])]
    return sum(doubled) % 10 == 0


PREFIXES = [
    ("4", 16),
    ("4", 13),
    ("4", 19),
    ("51", 16),
    ("55", 16),
    ("2221", 16),
    ("2720", 16),
    ("34", 15),
    ("37", 15),
    ("36", 14),
    ("300", 14),
    ("3528", 16),
    ("3589", 16),
    ("6011", 16),
    ("65", 16),
    ("62", 16),
    ("62", 19),
]


@st.composite
def cards(draw: st.DrawFn) -> str:
    prefix, length = draw(st.sampled_from(PREFIXES))
    rest = draw(st.text("0123456789", min_size=length - len(prefix) - 1, max_size=length - len(prefix) - 1))
    return _with_check_digit(prefix + rest)


@given(
    cards(),
    st.data(),
    st.sampled_from(["", "卡号", "card: ", "，", "(", "号码 "]),
    st.sampled_from(["", "被拒", " ok", "。", ")"]),
)
def test_every_card_is_masked_however_it_is_grouped(card: str, data: st.DataObject, before: str, after: str) -> None:
    seps = st.sampled_from(["", "", " ", "-", ".", "－", "　", " - "])
    typed = "".join(digit + data.draw(seps) for digit in card[:-1]) + card[-1]
    if data.draw(st.booleans()):
        typed = typed.translate({ord("0") + i: ord("０") + i for i in range(10)})
    assert mask(before + typed + after).text == f"{before}•••• {card[-4:]}{after}"


@given(st.from_regex(r"(po|acct|req|ch|pi)_[0-9][A-Za-z0-9]{2}", fullmatch=True), cards())
def test_digits_inside_an_id_are_proof_and_stay(start: str, card: str) -> None:
    assert mask(start + card).text == start + card


HOSTILE = st.lists(
    st.one_of(
        st.text("0123456789 -.•_a４卡", max_size=12),
        st.sampled_from(
            [
                VISA,
                "4111 1111 1111 1111",
                AMEX,
                "4242",
                "4",
                " ",
                ".",
                "•••• ",
                "•••• 1111",
                "card",
                "exp",
                "Bearer ",
                LIVE,
                BOT,
                "xoxe.",
                "sk_",
                "test_",
                "rk_",
                "whsec_",
                "abc123",
                "=",
                "½",
                "…",
                "\u200b",
                "-----",
                "\n",
                "-----BEGIN PRIVATE KEY-----",
                "-----END PRIVATE KEY-----",
                "MIIEpAIBAAKCAQEA7bq0",
                "5500000000000004",
            ]
        ),
    ),
    max_size=14,
).map("".join)


@settings(max_examples=600)
@given(HOSTILE)
@example("4 4111 1111 1111 1111 4 4111 1111 1111 1111")
def test_masking_twice_changes_nothing_and_finds_nothing(typed: str) -> None:
    once = mask(typed)
    again = mask(once.text)
    assert again.text == once.text
    assert again.found == ()


@given(st.text(max_size=60))
def test_text_without_a_finding_comes_back_as_it_was(typed: str) -> None:
    result = mask(typed)
    if not result.found:
        assert result.text == typed


@pytest.mark.parametrize(
    "piece",
    [
        "4",
        "4 ",
        "44 ",
        "444 ",
        "4444 ",
        "4.",
        "4111111111111111 ",
        "4111 1111 1111 1111 ",
        "•••• 4111 ",
        "- ",
        "Bearer ",
        "Bearer a.",
        "bearer",
        " ",
        "sk_",
        "risk_test_",
        "rk_",
        "xoxb-",
        "xoxe.",
        "whsec_",
        "a",
        "A=",
        "-",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----A",
        "-----BEGIN A A A ",
        "-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\\n",
        "４",
        "卡",
        "½",
        "\u200b",
        "4\u200b",
    ],
)
def test_fifty_thousand_hostile_characters_take_no_longer_than_their_share(piece: str) -> None:
    # The processor's time, not the wall's: other tests may be running.
    short, long = (_best_seconds(piece * (size // len(piece))) for size in (12_500, 50_000))
    assert long < 1.0
    # Four times the text: a quadratic rule would take sixteen times as long.
    assert long < 10 * short + 0.05


def _best_seconds(text: str) -> float:
    best = 60.0
    for _ in range(2):
        start = time.process_time()
        mask(text)
        best = min(best, time.process_time() - start)
    return best


def test_few_random_numbers_are_taken_for_cards() -> None:
    flagged = sum(is_card_number(str(10**15 + step * 899_999_937_041 % (9 * 10**15))) for step in range(1, 10_001))
    assert flagged < 400
