"""Which team is suggested for what a specialist typed, and why."""

from dataclasses import replace

import pytest

from models.rules.references import object_ids
from models.rules.routing import Suggestion, Why, suggest_team
from models.rules.rulebook import RoutingRule
from tests.builders import a_rulebook

BOOK = replace(
    a_rulebook(),
    routing=(
        RoutingRule("engineering", prefixes=("evt_", "we_"), words=("webhook", "api")),
        RoutingRule("product", categories=("pricing",), words=("发票", "invoice layout")),
        RoutingRule("operations", prefixes=("po_",), categories=("payouts",), words=("提现", "payout", "hold")),
    ),
    fallback_team="support",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "category", "suggested"),
    [
        ("提现未到账 po_1Nx", None, Suggestion("operations", Why.PREFIX, "po_")),
        ("客户提现失败", None, Suggestion("operations", Why.WORD, "提现")),
        ("Payout not received", None, Suggestion("operations", Why.WORD, "payout")),
        ("ＰＡＹＯＵＴ失败", None, Suggestion("operations", Why.WORD, "payout")),
        ("调用API报错", None, Suggestion("engineering", Why.WORD, "api")),
        ("The Invoice Layout is broken", None, Suggestion("product", Why.WORD, "invoice layout")),
        ("a question", "payouts", Suggestion("operations", Why.CATEGORY, "payouts")),
        ("a household question", None, Suggestion("support", Why.FALLBACK)),
        ("apis and payouts", None, Suggestion("support", Why.FALLBACK)),
        ("", None, Suggestion("support", Why.FALLBACK)),
    ],
)
def test_the_suggestion_says_what_it_rests_on(text: str, category: str | None, suggested: Suggestion) -> None:
    assert suggest_team(BOOK, text, object_ids(text), category=category) == suggested


def test_the_first_rule_that_matches_wins_by_whatever_it_matches() -> None:
    text = "webhook for po_1Nx"
    assert suggest_team(BOOK, text, object_ids(text), category="pricing") == Suggestion(
        "engineering", Why.WORD, "webhook"
    )
