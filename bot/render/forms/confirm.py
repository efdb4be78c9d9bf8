"""*Confirm fixed*: the customer was told, the documentation is looked after, and it is closed."""

from bot.render.blocks import section
from bot.render.forms import choices
from bot.render.forms.parts import Field, one_of, typed
from bot.render.forms.sheet import Sheet, View, draw
from bot.render.vocabulary import outcome_name
from models.rules import limits


def confirm(sheet: Sheet) -> View:
    """The modal of closing."""
    t, resolution = sheet.t, sheet.case.resolution
    how = section(t("Resolved: *{outcome}*", outcome=outcome_name(t, resolution.outcome))) if resolution else None
    return draw(
        sheet,
        title=t("Confirm · {key}", key=sheet.key),
        submit=t("Confirm and close"),
        blocks=[
            how,
            one_of(
                Field("customer_told", t("Have you told the customer?")),
                choices.yes_no(t),
                sheet.text("customer_told"),
            ),
            one_of(Field("docs", t("Documentation")), choices.documentation(t), sheet.text("docs")),
            typed(
                Field("docs_note", t("Link, gap, or why none is needed")),
                sheet.text("docs_note"),
                limit=limits.NOTE,
                lines=True,
            ),
        ],
    )
