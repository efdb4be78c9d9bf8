"""The modals that ask for a reason: not fixed, cancel; and those that name somebody or something with it.

Duplicate, reassign, re-route and severity each ask for one choice and a reason.
"""

from bot.render.blocks import section
from bot.render.forms import choices
from bot.render.forms.parts import Choice, Field, one_of, one_of_many, one_person, search_box, typed
from bot.render.forms.sheet import Sheet, View, draw
from bot.render.vocabulary import key_of
from models.rules import limits


def reopen(sheet: Sheet) -> View:
    """*Not fixed*, or reopening what is closed."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Not fixed · {key}", key=sheet.key),
        submit=t("Reopen"),
        blocks=[_why(sheet, t("What is still wrong?"))],
    )


def cancel(sheet: Sheet) -> View:
    """Taking it back."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Cancel · {key}", key=sheet.key),
        submit=t("Cancel escalation"),
        blocks=[
            section(t("The clocks stop, and the team is told that nothing more is needed.")),
            _why(sheet, t("Why is it no longer needed?")),
        ],
    )


def duplicate(sheet: Sheet) -> View:
    """It is the same as another one."""
    t, of = sheet.t, sheet.text("of")
    chosen = Choice(of, key_of(sheet.facts.rulebook, int(of))) if of.isdecimal() else None
    return draw(
        sheet,
        title=t("Duplicate · {key}", key=sheet.key),
        submit=t("Mark as duplicate"),
        blocks=[
            search_box(
                Field("of", t("Which escalation is it a duplicate of?")),
                chosen,
                placeholder=t("Type a key, an ID or a word"),
            ),
            _why(sheet, t("Why are they the same?")),
        ],
    )


def reassign(sheet: Sheet) -> View:
    """Giving it to somebody of the owning team."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Reassign · {key}", key=sheet.key),
        submit=t("Reassign"),
        blocks=[
            one_person(Field("to", t("Who takes it?")), sheet.text("to"), placeholder=t("Choose a person")),
            _why(sheet, t("Reason"), optional=True),
        ],
    )


def reroute(sheet: Sheet) -> View:
    """Giving it to another team."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Re-route · {key}", key=sheet.key),
        submit=t("Re-route"),
        blocks=[
            one_of_many(
                Field("team", t("Which team takes it?")),
                choices.teams(t, sheet.facts.rulebook, without=sheet.case.team),
                sheet.text("team"),
                placeholder=t("Choose a team"),
            ),
            _why(sheet, t("Reason")),
        ],
    )


def severity(sheet: Sheet) -> View:
    """Raising or lowering it."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Severity · {key}", key=sheet.key),
        submit=t("Change"),
        blocks=[
            one_of(
                Field("severity", t("Severity"), hint=t("Unsure? Choose the higher one.")),
                choices.severities(t),
                sheet.text("severity", sheet.case.severity),
            ),
            _why(sheet, t("Reason"), hint=t("Needed for lowering it. The other side is told."), optional=True),
        ],
    )


def _why(sheet: Sheet, label: str, *, hint: str | None = None, optional: bool = False) -> dict[str, object]:
    field = Field("why", label, hint=hint, optional=optional)
    return typed(field, sheet.text("why"), limit=limits.WHY, lines=True)
