"""The modal of a new escalation, in the order of DOMAIN's golden path, with the promise before it is made.

It is drawn again whenever severity, team or title change, or *More* is pressed: always from the draft, so
that nothing typed is lost.
"""

import re

from bot.i18n import Texts, locale_of
from bot.render.blocks import Block, actions, button, context, escape, one_line, section, shorten
from bot.render.forms import choices
from bot.render.forms.parts import Field, moment, one_of, one_of_many, some_people, typed
from bot.render.forms.proof import evidence_lines, sql_fields
from bot.render.forms.sheet import Sheet, View, draw
from bot.render.promise import promise_line
from bot.render.vocabulary import key_of, severity_name, status_name, team_name
from models.rules import limits
from models.rules.case import Case
from models.rules.references import object_ids
from models.rules.routing import Suggestion, Why, suggest_team
from models.rules.rulebook import Team
from models.rules.severity import Severity

MORE = "more"
FOLLOW_INSTEAD = "follow_instead"
LOCAL_TITLE = "title_local"
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
_MOST_SIMILAR = 3


def open_escalation(sheet: Sheet) -> View:
    """The modal, as far as it is filled in."""
    t = sheet.t
    return draw(
        sheet,
        title=t("New escalation"),
        submit=t("Escalate"),
        blocks=[
            *_similar(sheet),
            _title(sheet),
            _title_local(sheet) if wants_local_title(sheet) or sheet.text(LOCAL_TITLE) else None,
            one_of(
                Field("severity", t("Severity"), hint=t("Unsure? Choose the higher one."), redraws=True),
                choices.severities(t),
                severity_of(sheet),
            ),
            one_of_many(
                Field("team", t("Team"), hint=_why_suggested(sheet), redraws=True),
                choices.teams(t, sheet.facts.rulebook),
                team_of(sheet).key,
                placeholder=t("Choose a team"),
            ),
            typed(
                Field("need", t("What do you need from them?")),
                sheet.text("need"),
                limit=limits.NEED,
                lines=True,
                example=t("Release the payout, or explain the hold"),
            ),
            evidence_lines(sheet),
            *_customer(sheet),
            *(_more(sheet) if sheet.meta.more else [_more_button(t)]),
            section("*" + _promise(sheet) + "*", block_id="promise"),
        ],
    )


def team_of(sheet: Sheet) -> Team:
    """The team that is chosen, or else the one that the rules suggest."""
    book = sheet.facts.rulebook
    return book.teams.get(sheet.text("team")) or book.team(suggested(sheet).team)


def severity_of(sheet: Sheet) -> Severity:
    """The severity that is chosen, or else the preset one."""
    found = sheet.text("severity")
    return next((s for s in Severity if s.value == found), sheet.facts.rulebook.default_severity)


def suggested(sheet: Sheet) -> Suggestion:
    """The team that the routing rules name for what is typed so far."""
    text = f"{sheet.text('title')}\n{sheet.text('evidence')}"
    return suggest_team(sheet.facts.rulebook, text, object_ids(text), category=sheet.text("category") or None)


def wants_local_title(sheet: Sheet) -> bool:
    """Whether the title is not in the receiving team's language: then they need a line that is."""
    title = sheet.text("title")
    in_chinese = bool(_HAN.search(title))
    if locale_of(team_of(sheet).language) == "en":
        return in_chinese
    return not in_chinese and bool(_LATIN_WORD.search(title))


def _title(sheet: Sheet) -> Block:
    t = sheet.t
    return typed(
        Field("title", t("What is wrong?"), redraws=True),
        sheet.text("title"),
        limit=limits.TITLE,
        example=t("Payout not received"),
    )


def _title_local(sheet: Sheet) -> Block:
    t, team = sheet.t, team_of(sheet)
    in_english = locale_of(team.language) == "en"
    name = team_name(t, team)
    label = (
        t("In one line of English, for {team}", team=name)
        if in_english
        else t("In one line of Chinese, for {team}", team=name)
    )
    field = Field(LOCAL_TITLE, label, hint=t("Your own words stay beside it."))
    return typed(field, sheet.text(LOCAL_TITLE), limit=limits.TITLE)


def _why_suggested(sheet: Sheet) -> str | None:
    t, found = sheet.t, suggested(sheet)
    if found.why is Why.FALLBACK:
        return t("No rule names a team for this: please check.")
    name = team_name(t, sheet.facts.rulebook.team(found.team))
    return t("Suggested: {team} ({match})", team=name, match=found.match)


def _promise(sheet: Sheet) -> str:
    return promise_line(sheet.facts, team_of(sheet), severity_of(sheet), sheet.reader)


def _customer(sheet: Sheet) -> list[Block]:
    t = sheet.t
    return [
        typed(
            Field("account", t("Account"), optional=True),
            sheet.text("account"),
            limit=limits.SHORT,
            example="acct_…",
        ),
        typed(
            Field("ticket_url", t("Link to the customer's ticket"), optional=True),
            sheet.text("ticket_url"),
            limit=limits.LINK,
            example="https://…",
        ),
    ]


def _more_button(t: Texts) -> Block:
    return actions(button(t("More…"), MORE, MORE), block_id=MORE)


def _more(sheet: Sheet) -> list[Block]:
    """What is seldom needed."""
    t, topics = sheet.t, choices.categories(sheet.t, sheet.facts.rulebook)
    category = one_of_many(
        Field("category", t("Category"), optional=True, redraws=True),
        topics,
        sheet.text("category"),
        placeholder=t("Choose a category"),
    )
    return [
        *([category] if topics else []),
        one_of_many(
            Field("customer_language", t("The customer's language"), optional=True),
            choices.languages(),
            sheet.text("customer_language"),
            placeholder=t("Choose a language"),
        ),
        typed(Field("amount", t("Amount affected"), optional=True), sheet.text("amount"), limit=limits.SHORT),
        moment(Field("promised_at", t("Time promised to the customer"), optional=True), sheet.text("promised_at")),
        some_people(
            Field("followers", t("Followers"), optional=True),
            sheet.chosen("followers"),
            placeholder=t("Choose people"),
        ),
        *sql_fields(sheet),
    ]


def _similar(sheet: Sheet) -> list[Block]:
    """What is open already for the same account or object: following it is often all that is needed."""
    if not sheet.similar:
        return []
    t = sheet.t
    lead = context(t("Already open for the same account or ID:"), block_id="similar")
    return [lead, *(_similar_one(sheet, case) for case in sheet.similar[:_MOST_SIMILAR])]


def _similar_one(sheet: Sheet, case: Case) -> Block:
    t, book = sheet.t, sheet.facts.rulebook
    head = f"*{key_of(book, case.number)}* · {severity_name(case.severity)} · {status_name(t, case.status)}"
    text = f"{head}\n{escape(shorten(one_line(case.title), 150))}"
    follow = button(t("Follow it instead"), FOLLOW_INSTEAD, case.number)
    return section(text, accessory=follow, block_id=f"similar-{case.number}")
