"""Submitted modals: parse, perform, commit, and only then answer, in the same modal.

Refused: the reason stands beside its field, and everything typed stays. Saved: the modal says what is true
now and what is due next. A submission that arrives twice meets its receipt, which is the view's id.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Asker, Done, Refused
from bot.i18n import BOTH, texts
from bot.render.blocks import Message
from bot.render.forms import OPEN, PICK_EVIDENCE, Meta, Sheet, View, meta_of
from bot.render.forms.open_escalation import LOCAL_TITLE, wants_local_title
from bot.render.forms.told import done, opened
from bot.render.ids import VIEW_PATTERN
from handlers.door import enter
from handlers.draft import draft_of, first_field
from handlers.exchange import refusal_words, told_view, words_for
from handlers.open_modal import drawn
from handlers.origin import may_be_told
from handlers.parse import FORMS, Reading, Unreadable, number_of, parse_form
from handlers.services import Services
from models.queries import directory
from models.rules.facts import Facts
from models.rules.limits import empty
from models.rules.masking import Kind
from models.rules.refusals import Refusal


def register(app: AsyncApp, services: Services) -> None:
    """One listener for every modal of ours."""

    async def on_submission(ack: AsyncAck, body: dict[str, Any]) -> None:
        submission = Submission(services, ack, body["view"])
        await enter(services, body, submission.work, trouble=submission.tell)
        await submission.settle()

    app.view(VIEW_PATTERN)(on_submission)


class Submission:
    """One submitted modal that waits for its answer."""

    def __init__(self, services: Services, ack: AsyncAck, view: Mapping[str, Any]) -> None:
        self._services = services
        self._ack = ack
        self._view = view
        self._acked = False

    async def work(self, who: Asker) -> None:
        """Performs what the modal asks for."""
        meta = meta_of(str(self._view.get("private_metadata") or ""))
        if meta is None or meta.form not in FORMS:
            return
        sheet = await self._sheet(who, meta)
        if self._lacks_local_title(sheet):
            await self._ask_for_local_title(who, sheet)
            return
        if meta.form != OPEN and sheet.meta.number is None:
            await self._refuse(empty("number"), sheet.facts)
            return
        reading = Reading(sheet.draft, self._services.now(), sheet.meta)
        try:
            act, form = parse_form(reading)
        except Unreadable as unreadable:
            await self._refuse(unreadable.refusal, sheet.facts)
            return
        outcome = await self._services.desk.perform(act, form, who=who, number=sheet.meta.number, receipt=self._receipt)
        if isinstance(outcome, Refused):
            await self._refuse(outcome.refusal, outcome.facts)
        else:
            await self._answer(self._result(sheet, outcome, reading.masked))

    @property
    def _receipt(self) -> str | None:
        view_id = self._view.get("id")
        return f"view:{view_id}" if view_id else None

    def _lacks_local_title(self, sheet: Sheet) -> bool:
        """Whom nobody knows is refused by the move: nothing can be drawn for them."""
        if sheet.meta.form != OPEN or sheet.facts.actor is None:
            return False
        return wants_local_title(sheet) and not sheet.text(LOCAL_TITLE).strip()

    async def tell(self, answer: Message) -> None:
        """Tells what could not be done, beside the first field: nothing that was typed is lost."""
        beside = first_field(self._view)
        if beside is None:
            await self._answer(told_view(texts(BOTH), answer))
        else:
            await self._acknowledge(response_action="errors", errors={beside: answer.text})

    async def settle(self) -> None:
        """A modal that only told something is closed."""
        await self._acknowledge()

    async def _sheet(self, who: Asker, meta: Meta) -> Sheet:
        draft = draft_of(self._view)
        if meta.form == PICK_EVIDENCE:
            number = draft.get("number", "")
            meta = replace(meta, number=number_of(number) if isinstance(number, str) else None)
        origin = meta.origin if meta.form == OPEN else None
        facts, channel = await self._services.desk.facts_and(
            who, meta.number, lambda c: directory.channel(c, who.workspace_id, origin) if origin else None
        )
        if meta.form == OPEN:
            meta = replace(meta, origin=origin if may_be_told(channel) else None)
        return Sheet(words_for(facts.actor), facts, meta, draft)

    async def _ask_for_local_title(self, who: Asker, sheet: Sheet) -> None:
        """The title is not in the team's language, and the field for it was not there yet."""
        t = sheet.t
        note = t("✍️ Please add one line in the team's language. Nothing was lost.")
        view = await drawn(self._services, who, replace(sheet, notes=(note,)))
        if first_field(self._view, LOCAL_TITLE) == LOCAL_TITLE:
            await self._acknowledge(
                response_action="errors",
                errors={LOCAL_TITLE: t("The team does not read the title's language: one line, please.")},
            )
        else:
            await self._answer(view)

    def _result(self, sheet: Sheet, outcome: Done, masked: list[Kind]) -> View:
        told = replace(sheet, facts=outcome.facts, meta=Meta("told", outcome.case.number))
        if sheet.meta.form == OPEN:
            return opened(told, outcome.case, masked)
        return done(told, outcome.case, outcome.change, masked=masked)

    async def _refuse(self, refusal: Refusal, facts: Facts) -> None:
        text = refusal_words(refusal, facts, plain=True)
        beside = first_field(self._view, refusal.form_field)
        if beside is None:
            await self._answer(told_view(words_for(facts.actor), Message(text)))
        else:
            await self._acknowledge(response_action="errors", errors={beside: text})

    async def _answer(self, view: View) -> None:
        await self._acknowledge(response_action="update", view=view)

    async def _acknowledge(self, **answer: Any) -> None:
        if not self._acked:
            self._acked = True
            await self._ack(**answer)
