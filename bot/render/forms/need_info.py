"""*Need info*: asks the requester and waits for them, in one step."""

from bot.render.forms.parts import Field, moment, seconds_of, typed
from bot.render.forms.sheet import Sheet, View, draw
from models.rules import limits
from models.rules.deadlines import reply_due_at


def need_info(sheet: Sheet) -> View:
    """What is needed, and by when."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Need info · {key}", key=sheet.key),
        submit=t("Ask"),
        blocks=[
            typed(
                Field("why", t("What do you need from the requester?")),
                sheet.text("why"),
                limit=limits.WHY,
                lines=True,
            ),
            moment(
                Field("until", t("Answer due by"), hint=t("Empty: the usual time."), optional=True),
                sheet.text("until", seconds_of(reply_due_at(sheet.facts))),
            ),
        ],
    )
