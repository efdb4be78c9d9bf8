"""*Not ours*: hands it back, to the team it should go to or to triage."""

from bot.render.forms import choices
from bot.render.forms.parts import Choice, Field, one_of, one_of_many, typed
from bot.render.forms.sheet import Sheet, View, draw
from models.rules import limits


def hand_back(sheet: Sheet) -> View:
    """Why, where to, and a note."""
    t = sheet.t
    others = choices.teams(t, sheet.facts.rulebook, without=sheet.case.team)
    return draw(
        sheet,
        title=t("Not ours · {key}", key=sheet.key),
        submit=t("Hand back"),
        blocks=[
            one_of(Field("reason", t("Why?")), choices.hand_back_reasons(t), sheet.text("reason")),
            one_of_many(
                Field("team", t("Where should it go?")),
                [Choice(choices.TRIAGE, t("I do not know: to triage")), *others],
                sheet.text("team", choices.TRIAGE),
                placeholder=t("Choose a team"),
            ),
            typed(
                Field("note", t("Note"), optional=True),
                sheet.text("note"),
                limit=limits.NOTE,
                lines=True,
            ),
        ],
    )
