"""*Edit details*: everything that an escalation says of itself, as it stands now."""

from bot.render.blocks import Block
from bot.render.forms import choices
from bot.render.forms.parts import Field, moment, one_of_many, seconds_of, typed
from bot.render.forms.sheet import Sheet, View, draw
from models.rules import limits


def edit(sheet: Sheet) -> View:
    """The modal; a field emptied is a detail taken away."""
    t, sheet = sheet.t, _as_it_stands(sheet)
    return draw(
        sheet,
        title=t("Edit · {key}", key=sheet.key),
        submit=t("Save"),
        blocks=[
            typed(Field("title", t("What is wrong?")), sheet.text("title"), limit=limits.TITLE),
            typed(
                Field("title_local", t("The same in the team's language"), optional=True),
                sheet.text("title_local"),
                limit=limits.TITLE,
            ),
            typed(
                Field("need", t("What do you need from them?")),
                sheet.text("need"),
                limit=limits.NEED,
                lines=True,
            ),
            *_customer(sheet),
        ],
    )


def _customer(sheet: Sheet) -> list[Block]:
    t, topics = sheet.t, choices.categories(sheet.t, sheet.facts.rulebook)
    category = one_of_many(
        Field("category", t("Category"), optional=True),
        topics,
        sheet.text("category"),
        placeholder=t("Choose a category"),
    )
    return [
        typed(Field("account", t("Account"), optional=True), sheet.text("account"), limit=limits.SHORT),
        typed(
            Field("ticket_url", t("Link to the customer's ticket"), optional=True),
            sheet.text("ticket_url"),
            limit=limits.LINK,
        ),
        *([category] if topics else []),
        one_of_many(
            Field("customer_language", t("The customer's language"), optional=True),
            choices.languages(),
            sheet.text("customer_language"),
            placeholder=t("Choose a language"),
        ),
        typed(Field("amount", t("Amount affected"), optional=True), sheet.text("amount"), limit=limits.SHORT),
        moment(Field("promised_at", t("Time promised to the customer"), optional=True), sheet.text("promised_at")),
    ]


def _as_it_stands(sheet: Sheet) -> Sheet:
    case = sheet.case
    texts = ("title", "title_local", "need", "account", "ticket_url", "category", "customer_language", "amount")
    standing = {name: str(value) for name in texts if (value := getattr(case, name))}
    if case.promised_at:
        standing["promised_at"] = seconds_of(case.promised_at)
    return sheet.with_draft(**standing)
