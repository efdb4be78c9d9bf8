"""Every modal in every language, with the longest facts, held against Slack's published limits."""

from dataclasses import replace

import pytest

from bot.i18n import BOTH, LOCALES, texts
from bot.render.blocks import check_view
from bot.render.forms import MODALS, Meta, Sheet
from bot.render.forms.told import done, opened
from handlers.parse import FORMS
from models.rules import limits
from models.rules.case import Case, Outcome, Resolution, Waiting, WaitingOn
from models.rules.masking import Kind, mask
from tests.builders import a_case, facts

LONG = "🧨提现<!here> & " * 400


def typed(limit: int) -> str:
    return LONG[:limit]


def a_long_case() -> Case:
    case = a_case(number=999_999_999, title=mask(typed(limits.TITLE)).text, need=mask(typed(limits.NEED)).text)
    why = mask(typed(limits.WHY)).text
    return replace(
        case,
        waiting=Waiting(WaitingOn.REQUESTER, why, case.opened_at, case.opened_at, "U1"),
        resolution=Resolution(Outcome.CANNOT_REPRODUCE, why, why, "U1"),
        account=mask(typed(limits.SHORT)).text,
        title_local=mask(typed(limits.TITLE)).text,
    )


def a_sheet(name: str, locale: str) -> Sheet:
    case = a_long_case()
    fields = ("title", "title_local", "need", "evidence", "account", "ticket_url", "amount", "sql", "sql_summary")
    words = ("why", "note", "finding", "next_step", "customer_line", "text", "cause", "workaround", "docs_note")
    draft: dict[str, str | tuple[str, ...]] = dict.fromkeys((*fields, *words), LONG)
    draft |= {"of": "999999999", "number": "999999999", "followers": tuple(f"U{n:09}" for n in range(60))}
    draft |= {"promised_at": "1772500000", "until": "1772500000", "severity": "SEV2", "team": "product"}
    known = facts(case=case)
    meta = Meta(name, case.number, origin="C0" + "A" * 9, more=True)
    return Sheet(texts(locale), known, meta, draft, notes=(LONG,), similar=(case, case_two(case), case))


def case_two(case: Case) -> Case:
    return replace(case, number=7)


@pytest.mark.parametrize("locale", [*LOCALES, BOTH])
@pytest.mark.parametrize("name", MODALS)
def test_a_modal_with_the_longest_facts_is_one_that_slack_takes(name: str, locale: str) -> None:
    sheet = a_sheet(name, locale)
    check_view(MODALS[name](replace(sheet, similar=sheet.similar[:2])))


@pytest.mark.parametrize("name", MODALS)
def test_an_empty_modal_is_one_that_slack_takes(name: str) -> None:
    known = facts(case=a_case())
    check_view(MODALS[name](Sheet(texts("en"), known, Meta(name, 1))))


@pytest.mark.parametrize("locale", [*LOCALES, BOTH])
def test_what_a_modal_answers_is_one_that_slack_takes(locale: str) -> None:
    sheet = replace(a_sheet("told", locale), notes=())
    check_view(opened(sheet, a_long_case(), list(Kind)))
    check_view(done(sheet, a_long_case(), None, masked=list(Kind)))


def test_every_modal_of_an_act_can_be_parsed() -> None:
    assert set(MODALS) == FORMS
