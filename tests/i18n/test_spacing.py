"""Spaces between Chinese and Latin, and none between Chinese and Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.spacing import fill, has_chinese, space_numbers


@pytest.mark.parametrize(
    ("template", "named", "shown"),
    [
        ("{who} 已接手 {key}", {"who": "<@U1>", "key": "ESC-1"}, "<@U1> 已接手 ESC-1"),
        ("轮到 {who} 处理", {"who": "工程团队"}, "轮到工程团队处理"),
        ("轮到 {who} 处理", {"who": "Erin"}, "轮到 Erin 处理"),
        ("转交 {team}", {"team": "产品团队"}, "转交产品团队"),
        ("{a} {b}", {"a": "处理人", "b": "主管"}, "处理人主管"),
        ("{title}（原文：{original}）", {"title": "Payout", "original": "提现"}, "Payout（原文：提现）"),
        ("至 {until}：{why}", {"until": "14:30", "why": "x"}, "至 14:30：x"),
        ("没有字段", {}, "没有字段"),
    ],
)
def test_a_space_stands_only_beside_latin(template: str, named: dict[str, object], shown: str) -> None:
    assert fill(template, named) == shown


@given(st.text(), st.text())
def test_no_value_is_changed_but_for_one_space_at_its_edge(left: str, right: str) -> None:
    filled = fill("{a} 与 {b}", {"a": left, "b": right})
    assert filled.startswith(left.removesuffix(" "))
    assert filled.endswith(right.removeprefix(" "))
    assert "与" in filled


def test_babel_durations_get_their_space() -> None:
    assert space_numbers("3小时20分钟") == "3 小时 20 分钟"


def test_chinese_is_recognised_by_its_characters() -> None:
    assert has_chinese("po_1 提现")
    assert not has_chinese("Payout — ok…")
