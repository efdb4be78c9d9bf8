"""What a text refers to: IDs beside Chinese, in addresses, in full-width letters, and what only looks like one."""

import pytest

from models.rules.references import ObjectId, account_of, object_ids, parse_number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Payout po_1NxA2b stuck", ["po_1NxA2b"]),
        ("提现po_1NxA2b未到账，账户acct_1Ab3C。", ["po_1NxA2b", "acct_1Ab3C"]),
        ("po_1Nx… 和 po_1Nx…", ["po_1Nx"]),
        ("更新失败 po_1", ["po_1"]),
        ("ｐｏ＿１Ｎｘ失败", ["po_1Nx"]),
        ("（re_3Kq）、ch_3Lz；pi_9Mn/evt_1Op", ["re_3Kq", "ch_3Lz", "pi_9Mn", "evt_1Op"]),
        ("we_7Qr,dp_1St|txn_5Uv", ["we_7Qr", "dp_1St", "txn_5Uv"]),
        ("settlement wxyz_4f5g6h7", ["wxyz_4f5g6h7"]),
        ("<https://dashboard.example.com/payouts/po_1NxA2b|payout>", ["po_1NxA2b"]),
        ("cs_live_a1B2c3", ["cs_live_a1B2c3"]),
        ("pi_3NxA2b_secret_9xYz8wV", ["pi_3NxA2b"]),
    ],
)  # fmt: skip
def test_ids_are_found_wherever_they_stand(text: str, found: list[str]) -> None:
    assert [each.text for each in object_ids(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "user_settings, order_status, in_transit and pay_now",
        "sk_" + "live_4eC39HqLyjWDarjtT1zdp7dc",
        "whsec_" + "4eC39HqLyjWDarjtT1",
        "rk_" + "test_4eC39HqLyjWDarjtT1",
        "ops_team42@example.com",
        "_po_1NxA2b",
        "PO_1NxA2b",
        "snake_case_name1",
        "po_",
        "",
    ],
)
def test_what_only_looks_like_an_id_is_none(text: str) -> None:
    assert object_ids(text) == ()


def test_an_id_tells_its_prefix_and_its_mode_where_it_can() -> None:
    assert object_ids("cs_test_a1 cs_live_b2 po_1Nx") == (
        ObjectId("cs_test_a1", "cs_", live=False),
        ObjectId("cs_live_b2", "cs_", live=True),
        ObjectId("po_1Nx", "po_"),
    )


def test_the_address_of_a_test_page_tells_the_mode_of_its_id_and_of_no_other() -> None:
    found = object_ids("https://dashboard.example.com/acct_1Ab/test/payouts/po_1Nx and po_2Ny")
    assert {each.text: each.live for each in found} == {"acct_1Ab": None, "po_1Nx": False, "po_2Ny": None}


def test_a_very_long_text_is_read_quickly() -> None:
    assert object_ids("a" * 50_000 + "_" * 50_000) == ()
    assert object_ids("po_1" + "_a" * 50_000 + "_")[:1] == ()
    assert len(object_ids("https://a/b/" * 4_000 + "po_1Nx")) == 1


def test_the_account_is_the_first_one_named() -> None:
    assert account_of("提现未到账 po_1Nx acct_1Ab acct_2Cd") == "acct_1Ab"
    assert account_of("提现未到账 po_1Nx") is None


@pytest.mark.parametrize(
    "text",
    ["142", "ESC-142", "esc 142", "ＥＳＣ－１４２", "#142", "１４２", " Esc142 ", "ESC #142", "esc–142", "ESC - 142"],
)
def test_a_number_is_read_as_a_person_types_it(text: str) -> None:
    assert parse_number(text) == 142


@pytest.mark.parametrize(
    "text", ["", "ESC", "0", "ESC-0", "-142", "14 2", "142x", "OPS-142", "po_142", "1234567890", "٣", "一四二", "#"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_the_companys_own_prefix_is_read_and_no_other() -> None:
    assert parse_number("ops-7", "OPS") == 7
    assert parse_number("ESC-7", "OPS") is None
