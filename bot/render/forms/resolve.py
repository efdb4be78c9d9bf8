"""*Resolve*: how it ended, the root cause, and a workaround. "Not known yet" is an answer."""

from bot.render.forms import choices
from bot.render.forms.parts import Field, one_of, tick, typed
from bot.render.forms.sheet import Sheet, View, draw
from models.rules import limits

NOT_KNOWN = "cause_unknown"


def resolve(sheet: Sheet) -> View:
    """The modal of resolving."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Resolve · {key}", key=sheet.key),
        submit=t("Resolve"),
        blocks=[
            one_of(Field("outcome", t("Outcome")), choices.outcomes(t), sheet.text("outcome")),
            typed(
                Field("cause", t("Root cause"), optional=True),
                sheet.text("cause"),
                limit=limits.FINDING,
                lines=True,
            ),
            tick(
                Field(NOT_KNOWN, t("If there is no cause to name"), optional=True),
                t("Not known yet"),
                ticked=bool(sheet.chosen(NOT_KNOWN)),
            ),
            typed(
                Field("workaround", t("Workaround"), optional=True),
                sheet.text("workaround"),
                limit=limits.FINDING,
                lines=True,
            ),
        ],
    )
