"""*Wait*: on whom, why, and until when."""

from bot.render.forms import choices
from bot.render.forms.parts import Field, moment, one_of, seconds_of, typed
from bot.render.forms.sheet import Sheet, View, draw
from models.rules import limits
from models.rules.case import WaitingOn
from models.rules.deadlines import usual_wait_until


def wait(sheet: Sheet) -> View:
    """The modal of waiting."""
    t = sheet.t
    on = next((one for one in WaitingOn if one.value == sheet.text("on")), None)
    return draw(
        sheet,
        title=t("Wait · {key}", key=sheet.key),
        submit=t("Wait"),
        blocks=[
            one_of(Field("on", t("Waiting on")), choices.waiting_on(t), sheet.text("on")),
            typed(Field("why", t("What are you waiting for?")), sheet.text("why"), limit=limits.WHY, lines=True),
            moment(
                Field("until", t("Until"), hint=t("You are asked again then. Shown in your own time zone.")),
                sheet.text("until", seconds_of(usual_wait_until(sheet.facts, on))),
            ),
        ],
    )
