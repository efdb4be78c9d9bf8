"""What a text already says, and until when somebody is away."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.away import NotATime, away_until
from handlers.prefill import draft_of_message, draft_of_text, draft_of_words, leftover
from handlers.proof import items_in, sql_item
from models.rules.case import EvidenceKind
from models.rules.masking import mask
from tests.builders import a_rulebook

KEY = "sk_" + "live_" + "a1B2c3D4e5F6g7H8"


@pytest.mark.parametrize(
    ("text", "title", "evidence", "account"),
    [
        ("提现未到账 po_1NxA acct_1AbC", "提现未到账", "po_1NxA\nacct_1AbC", "acct_1AbC"),
        ("po_1NxA: payout late", "payout late", "po_1NxA", None),
        ("payout po_1NxA is late", "payout po_1NxA is late", "po_1NxA", None),
        ("po_1NxA", "po_1NxA", "po_1NxA", None),
        ("No id at all", "No id at all", None, None),
        ("First line\nand more", "First line", "First line\nand more", None),
        ("See <https://example.com/a|the page> &amp; wait", "See https://example.com/a & wait", None, None),
        ("ask <@U123|arjun> about po_1NxA", "ask arjun about po_1NxA", "po_1NxA", None),
        ("close account fails for acct_1AbC", "close account fails for acct_1AbC", "acct_1AbC", "acct_1AbC"),
        ("po_1NxA fails for acct_1AbC po_1NxB", "fails for acct_1AbC", "po_1NxA\nacct_1AbC\npo_1NxB", "acct_1AbC"),
        ("请查关于 po_1NxA", "请查关于 po_1NxA", "po_1NxA", None),
    ],
)
def test_ids_become_proof_and_the_rest_the_title(
    text: str, title: str, evidence: str | None, account: str | None
) -> None:
    draft = draft_of_text(text)
    assert (draft.get("title"), draft.get("evidence"), draft.get("account")) == (title, evidence, account)


def test_a_key_is_masked_before_the_person_sees_the_modal() -> None:
    assert KEY not in str(draft_of_text(f"fails with {KEY}"))


@pytest.mark.parametrize(
    ("form", "words", "draft"),
    [
        ("update", "Found it", {"finding": "Found it"}),
        ("reassign", "<@U0ARJUN0001|arjun> he knows", {"to": "U0ARJUN0001", "why": "he knows"}),
        ("reroute", "product it is theirs", {"team": "product", "why": "it is theirs"}),
        ("reroute", "they know better", {"why": "they know better"}),
        ("severity", "2", {"severity": "SEV2"}),
        ("severity", "SEV1 payments are down", {"severity": "SEV1", "why": "payments are down"}),
        ("duplicate", "of ESC-139 same payout", {"of": "139", "why": "same payout"}),
        ("duplicate", "139", {"of": "139"}),
        ("cancel", "", {}),
    ],
)
def test_words_after_a_verb_go_where_they_belong(form: str, words: str, draft: dict[str, str]) -> None:
    assert draft_of_words(form, words, a_rulebook()) == draft


def test_a_message_s_link_is_its_first_proof() -> None:
    assert draft_of_message("late po_1NxA", "https://x.example.com/1")["evidence"].splitlines() == [
        "https://x.example.com/1",
        "po_1NxA",
    ]


@given(st.text(max_size=5000))
def test_what_does_not_fit_is_given_back(text: str) -> None:
    draft = draft_of_text(text)
    shown = "\n".join(draft.values())
    assert leftover(text, draft) or len(shown) >= len(str(mask(text).text).strip()) - 400 or not draft


def test_lines_of_proof_are_told_apart() -> None:
    text = mask("po_1NxA, req_AbCdEf12\nhttps://logs.example.com/1\nIt began at 09:10 for po_1NxB").text
    items = [(item.kind, str(item.text)) for item in items_in(text)]
    assert items == [
        (EvidenceKind.OBJECT_ID, "po_1NxA"),
        (EvidenceKind.OBJECT_ID, "req_AbCdEf12"),
        (EvidenceKind.LINK, "https://logs.example.com/1"),
        (EvidenceKind.OBJECT_ID, "po_1NxB"),
        (EvidenceKind.NOTE, "It began at 09:10 for po_1NxB"),
    ]


def test_sql_keeps_its_summary_and_a_summary_alone_is_a_note() -> None:
    sql, summary = mask("select 1").text, mask("3 rows").text
    found = sql_item(sql, summary)
    assert found is not None
    assert (found.kind, found.summary) == (EvidenceKind.SQL, summary)
    alone = sql_item(None, summary)
    assert alone is not None
    assert alone.kind is EvidenceKind.NOTE
    assert sql_item(None, None) is None


NOW = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)  # Tuesday, 10:00 in Singapore


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2h", datetime(2026, 3, 3, 4, 0, tzinfo=UTC)),
        ("90m", datetime(2026, 3, 3, 3, 30, tzinfo=UTC)),
        ("３天", datetime(2026, 3, 6, 2, 0, tzinfo=UTC)),
        ("", datetime(2026, 3, 3, 16, 0, tzinfo=UTC)),
        ("until 18:00", datetime(2026, 3, 3, 10, 0, tzinfo=UTC)),
        ("09:00", datetime(2026, 3, 4, 1, 0, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 3, 4, 1, 0, tzinfo=UTC)),
        ("明天 14:00", datetime(2026, 3, 4, 6, 0, tzinfo=UTC)),
        ("until 2026-03-09 08:30", datetime(2026, 3, 9, 0, 30, tzinfo=UTC)),
        ("off", None),
        ("回来", None),
    ],
)
def test_until_when_somebody_is_away_is_read_in_their_zone(text: str, until: datetime | None) -> None:
    assert away_until(text, NOW, "Asia/Singapore") == until


@pytest.mark.parametrize("text", ["0h", "2020-01-01", "2026-02-30", "sometime", "25:00"])
def test_what_is_no_time_ahead_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotATime):
        away_until(text, NOW, "Asia/Singapore")
