"""The modals that hand in proof: more evidence, the requester's answer, a message added to an escalation.

An SQL text is stored with a summary of its result; it is never executed.
"""

from bot.render.blocks import Block, escape, section
from bot.render.forms.parts import Choice, Field, search_box, typed
from bot.render.forms.sheet import Sheet, View, draw
from bot.render.vocabulary import key_of
from models.rules import limits


def add_evidence(sheet: Sheet) -> View:
    """More proof for one escalation."""
    t = sheet.t
    return draw(
        sheet,
        title=t("Add evidence · {key}", key=sheet.key),
        submit=t("Add"),
        blocks=[evidence_lines(sheet), *sql_fields(sheet)],
    )


def pick_evidence(sheet: Sheet) -> View:
    """A message as proof: first of all, for which escalation."""
    t, number = sheet.t, sheet.text("number")
    chosen = Choice(number, key_of(sheet.facts.rulebook, int(number))) if number.isdecimal() else None
    return draw(
        sheet,
        title=t("Add as evidence"),
        submit=t("Add"),
        blocks=[
            search_box(Field("number", t("Which escalation?")), chosen, placeholder=t("Type a key, an ID or a word")),
            evidence_lines(sheet),
            *sql_fields(sheet),
        ],
    )


def answer(sheet: Sheet) -> View:
    """The requester's answer to what the owner needs."""
    t, waiting = sheet.t, sheet.case.waiting
    asked = section(t("*Needed:* {why}", why=escape(waiting.why))) if waiting else None
    return draw(
        sheet,
        title=t("Answer · {key}", key=sheet.key),
        submit=t("Answer"),
        blocks=[
            asked,
            typed(Field("text", t("Your answer")), sheet.text("text"), limit=limits.NOTE, lines=True),
            evidence_lines(sheet),
        ],
    )


def evidence_lines(sheet: Sheet) -> Block:
    """IDs, links and notes in one field: nobody sorts what the system can tell apart."""
    t = sheet.t
    return typed(
        Field("evidence", t("Evidence"), hint=t("IDs, links and notes, one a line."), optional=True),
        sheet.text("evidence"),
        limit=limits.NOTE,
        lines=True,
        example="po_… req_… https://…",
    )


def sql_fields(sheet: Sheet) -> list[Block]:
    """An SQL text, and what it gave."""
    t = sheet.t
    return [
        typed(
            Field("sql", t("SQL"), hint=t("Stored as text. It is never executed."), optional=True),
            sheet.text("sql"),
            limit=limits.SQL,
            lines=True,
        ),
        typed(
            Field("sql_summary", t("Result of the SQL, in a line"), optional=True),
            sheet.text("sql_summary"),
            limit=limits.WHY,
            example=t("3 rows: all held since 09:10"),
        ),
    ]
