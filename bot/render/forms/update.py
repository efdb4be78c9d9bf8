"""*Update*: what was found, what comes next and by when, and a line for the customer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.render.forms.parts import Choice, Field, one_of_many, tick, typed
from bot.render.forms.sheet import Sheet, View, draw
from models.rules import limits
from models.rules.hours import working_time
from models.rules.rulebook import ClockKind
from models.rules.sla import target_seconds

AS_USUAL = "-"  # no promise of one's own: the policy's interval
_PRESETS = (timedelta(minutes=30), *(timedelta(hours=h) for h in (1, 2, 4, 8, 24, 48)))


def update(sheet: Sheet) -> View:
    """The modal of an update."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Update · {key}", key=sheet.key),
        submit=t("Post update"),
        blocks=[
            typed(
                Field("finding", t("What did you find?")),
                sheet.text("finding"),
                limit=limits.FINDING,
                lines=True,
            ),
            typed(
                Field("next_step", t("Next step"), optional=True),
                sheet.text("next_step"),
                limit=limits.FINDING,
            ),
            one_of_many(
                Field("next_update_at", t("Next update by")),
                list(_moments(sheet)),
                sheet.text("next_update_at", AS_USUAL),
                placeholder=t("Choose a time"),
            ),
            tick(
                Field("impact_stopped", t("Impact"), optional=True),
                t("The impact on the customer has stopped"),
                ticked=bool(sheet.chosen("impact_stopped")),
            ),
            typed(
                Field(
                    "customer_line",
                    t("A line for the customer"),
                    hint=t("The requester gets it ready to copy."),
                    optional=True,
                ),
                sheet.text("customer_line"),
                limit=limits.FINDING,
            ),
        ],
    )


def _moments(sheet: Sheet) -> Iterator[Choice]:
    """The usual time, and what is sooner: a later promise than the policy's would be refused."""
    latest = _usual(sheet)
    zone = sheet.viewer.time_zone
    yield Choice(AS_USUAL, sheet.t("As usual: {when}", when=sheet.t.local_time(latest, zone)))
    for preset in _PRESETS:
        at = sheet.facts.now + preset
        if at < latest:
            in_words = sheet.t(
                "In {duration}: {when}",
                duration=sheet.t.duration(preset.total_seconds()),
                when=sheet.t.local_time(at, zone),
            )
            yield Choice(str(int(preset.total_seconds())), in_words)


def _usual(sheet: Sheet) -> datetime:
    """When the next update is due by the policy alone."""
    case, book = sheet.case, sheet.facts.rulebook
    target = book.policies[case.severity].targets[ClockKind.UPDATE]
    hours = working_time(book.team(case.team).calendar, target.hours)
    return hours.add(sheet.facts.now, target_seconds(book, case.severity, ClockKind.UPDATE, team=case.team))
