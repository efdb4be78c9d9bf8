"""One person in front of Slack: what they can do, and what they see.

Everything goes through the front door: signed requests to the app, and only what Slack's client would let
this person do. The work is done in the modules beside this one.
"""

import html
import re
from typing import TYPE_CHECKING, Any

from bot.sandbox import posting
from bot.sandbox.answering import say_back
from bot.sandbox.blocks.walk import Found
from bot.sandbox.delivery import Answer
from bot.sandbox.errors import Json, Mistake, SlackError
from bot.sandbox.inputs import STATEFUL, Inputs
from bot.sandbox.marking import react, unreact
from bot.sandbox.modal_scenes import read_typed
from bot.sandbox.people import modals, payloads
from bot.sandbox.people.choosing import suggestions
from bot.sandbox.people.finding import NotThere, find_element
from bot.sandbox.people.messages import state_of_choice, use
from bot.sandbox.people.outcome import Kind, Outcome
from bot.sandbox.people.sight import Sight
from bot.sandbox.records import Channel, File, Message, User
from bot.sandbox.response_urls import ResponseUrl
from bot.sandbox.view_store import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

AT_NAME = re.compile(r"(?<![\w<])@([\w.-]*\w)")
TOKENS = re.compile(r"&lt;([@#!][^&]*)&gt;")
BUTTONS = ("button", "workflow_button")
NOTHING_SAID = Answer()


class Person(Sight):
    """Somebody in the workspace."""

    def __init__(self, workspace: "Workspace", user: User) -> None:
        super().__init__(workspace, user)
        self._in_messages: dict[str, Inputs] = {}

    # Speaking

    async def say(self, channel: str | Channel, text: str, *, thread: Message | None = None) -> Message:
        """Write a message. `@name` mentions somebody; & < > are escaped as Slack's client does."""
        self._require_account()
        place = self.place(channel)
        if self.id not in place.members:
            raise Mistake(f"{self.name} is not in #{place.name}")
        if place.is_archived:
            raise Mistake(f"#{place.name} is archived")
        top = None if thread is None else thread.thread_ts or thread.ts
        stamp = self.workspace.ids.next_ts()
        message = Message(place.id, stamp, self.id, text=self._escaped(text), thread_ts=top)
        return posting.publish(self.workspace, message).copy()

    def _escaped(self, text: str) -> str:
        kept = TOKENS.sub(r"<\1>", html.escape(text, quote=False))
        return AT_NAME.sub(self._mentioned, kept)

    def _mentioned(self, found: re.Match[str]) -> str:
        for user in self.workspace.users.values():
            if user.name == found.group(1):
                return f"<@{user.id}>"
        return found.group(0)

    async def rewrite(self, message: Message, text: str) -> None:
        """Edit a message of one's own."""
        posting.edit(self.workspace, self._own(message), text=self._escaped(text))

    async def unsay(self, message: Message) -> None:
        """Delete a message of one's own."""
        posting.delete(self.workspace, self._own(message))

    def _own(self, message: Message) -> Message:
        if message.user != self.id:
            raise Mistake(f"{self.name} did not write this")
        return self._standing(message)

    async def react(self, message: Message, emoji: str) -> None:
        """Put a reaction on a message."""
        standing = self._standing(message)
        if self.id not in standing.reactions.get(emoji, []):
            react(self.workspace, standing, self.id, name=emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take a reaction back."""
        unreact(self.workspace, self._standing(message), self.id, name=emoji)

    async def upload(self, channel: str | Channel, name: str, content: bytes, *, text: str = "") -> Message:
        """Share a file."""
        place, workspace = self.place(channel), self.workspace
        file = File(workspace.ids.new("F"), name, len(content), self.id, workspace.ids.epoch())
        file.content, file.completed, file.channels = content, True, [place.id]
        workspace.files[file.id] = file
        message = Message(place.id, workspace.ids.next_ts(), self.id, text=self._escaped(text))
        message.files, message.subtype = [file.id], "file_share"
        posting.publish(workspace, message)
        workspace.admin.tell_file_shared(file, place)
        return message.copy()

    # Asking the app

    async def command(self, name: str, text: str = "", *, channel: str | Channel | None = None) -> Outcome:
        """Type a slash command, in a channel or else in the direct message with the app."""
        self._require_account()
        place = self.workspace.app_dm(self.id) if channel is None else self.place(channel)
        if not self._can_enter(place.id):
            raise Mistake(f"{self.name} cannot type in #{place.name}")
        fields = payloads.command(self.workspace, self.user, place, name=name, text=text)
        self._note(posting.place_of(self.workspace, place), "types", f"{name} {text}".strip())
        mark = self.workspace.ids.next_ts()
        answer = await self.workspace.delivery.command(fields)
        why = answer.error if not answer.ok else self._take_said(answer, place)
        kind: Kind = "answered" if why is None else "failed"
        return Outcome(kind, answer, self.view, sees=self.seen_since(mark), why=why)

    def _take_said(self, answer: Answer, place: Channel) -> str | None:
        """Show what the body of the answer to a command says; the reason if it cannot be shown."""
        body = answer.json()
        if body is None and answer.body.strip():
            body = {"text": answer.body}
        if not isinstance(body, dict) or not body:
            return None if body is None or body == {} else "the answer is not a JSON object"
        try:
            say_back(self.workspace, ResponseUrl(self.id, place.id, 0.0), body)
        except SlackError as refused:
            return f"{refused.code}: {'; '.join(refused.messages)}"
        return None

    async def shortcut(self, callback_id: str) -> Outcome:
        """Use a global shortcut."""
        return await self._acted(payloads.shortcut(self.workspace, self.user, callback_id))

    async def message_shortcut(self, callback_id: str, message: Message) -> Outcome:
        """Use a shortcut on a message."""
        payload = payloads.message_action(self.workspace, self.user, message, callback_id=callback_id)
        return await self._acted(payload)

    async def open_home(self, tab: str = "home") -> None:
        """Open the app's Home tab; the app hears of it by an event."""
        dm = self.workspace.app_dm(self.id)
        self.workspace.emit(payloads.app_home_opened(self.workspace, self.user, dm.id, tab=tab))

    # Pressing and choosing

    async def press(self, place: Message | View, wanted: str) -> Outcome:
        """Press a button, by its text, action_id or value."""
        found = find_element(place.blocks, wanted, BUTTONS)
        self._note(self._where(place), "presses", f"[{found.label}]")
        return await self._use(place, found, {})

    async def press_in_view(self, wanted: str) -> Outcome:
        """Press a button in the modal on top."""
        return await self.press(self.modal, wanted)

    async def choose(self, place: Message | View, wanted: str, value: Any) -> Outcome:
        """Choose from a menu, an overflow, boxes or a picker; an option by its text or value."""
        kinds = {*STATEFUL, "overflow"}
        found = find_element(place.blocks, wanted, kinds)
        inputs = self._inputs(place)
        state = await state_of_choice(self.workspace, place, found=found, inputs=inputs, value=value)
        self._note(self._where(place), "chooses", f"{{{value}}}")
        return await self._use(place, found, state)

    async def choose_in_view(self, wanted: str, value: Any) -> Outcome:
        """Choose in the modal on top."""
        return await self.choose(self.modal, wanted, value)

    async def suggestions(self, place: Message | View, wanted: str, query: str) -> list[Json]:
        """What an external menu offers for what was typed."""
        options, _ = await suggestions(self.workspace, place, found=find_element(place.blocks, wanted), query=query)
        return options

    async def _use(self, place: Message | View, found: Found, state: Json) -> Outcome:
        self._require_sight(place)
        mark = self.workspace.ids.next_ts()
        inputs = self._inputs(place)
        answer = await use(self.workspace, self.user, place, found=found, state=state, inputs=inputs)
        return self._came_of(answer, mark)

    # Modals

    async def fill(self, view: View | Message, values: dict[str, Any]) -> Outcome:
        """Fill in fields by label, block_id or action_id. What dispatches an action does so."""
        outcome = Outcome("answered", NOTHING_SAID, self.view)
        for wanted, value in values.items():
            found = find_element(view.blocks, wanted, STATEFUL)
            inputs = self._inputs(view)
            state = await state_of_choice(self.workspace, view, found=found, inputs=inputs, value=value)
            if isinstance(view, View):
                view.errors.pop(found.block_id, None)
            if found.block["type"] != "input" or found.block.get("dispatch_action"):
                outcome = await self._use(view, found, state)
        self.workspace.changed()
        return outcome

    async def submit(self) -> Outcome:
        """Submit the modal on top."""
        view = self.modal
        self._note("modal", "submits", read_typed(self.workspace, view))
        mark = self.workspace.ids.next_ts()
        outcome = await modals.submit(self.workspace, view)
        outcome.sees = self.seen_since(mark)
        return outcome

    async def close(self, *, everything: bool = False) -> list[Answer]:
        """Press Cancel, or the cross (`everything`), which closes the modals below, too."""
        return await modals.close(self.workspace, self.modal, everything=everything)

    # Hostile and hand-made requests

    async def deliver(self, payload: Json) -> Answer:
        """Send any payload, signed as Slack signs."""
        return await self.workspace.delivery.interaction(payload)

    # Inner workings

    def _standing(self, message: Message) -> Message:
        standing = self.workspace.channels[message.channel].messages[message.ts]
        if standing.deleted:
            raise NotThere("this message is gone")
        return standing

    def _require_account(self) -> None:
        if self.user.deleted:
            raise Mistake(f"{self.name} is deactivated and can do nothing")

    def _require_sight(self, place: Message | View) -> None:
        self._require_account()
        if isinstance(place, View):
            if place.user_id != self.id:
                raise Mistake(f"{self.name} does not have this view before them")
        elif place.ephemeral_to not in (None, self.id) or not self._can_enter(place.channel):
            raise Mistake(f"{self.name} does not see this message")

    def _can_enter(self, channel_id: str) -> bool:
        channel = self.workspace.channels[channel_id]
        return self.id in channel.members or not (channel.is_private or channel.is_im)

    def _inputs(self, place: Message | View) -> Inputs:
        if isinstance(place, View):
            return place.inputs
        inputs = self._in_messages.setdefault(f"{place.channel}/{place.ts}", Inputs(place.blocks))
        inputs.take_up(place.blocks)
        return inputs

    def _where(self, place: Message | View) -> str:
        if isinstance(place, View):
            return "modal" if place.kind == "modal" else "App Home"
        return posting.place_of(self.workspace, self.workspace.channels[place.channel])

    async def _acted(self, payload: Json) -> Outcome:
        self._require_account()
        mark = self.workspace.ids.next_ts()
        return self._came_of(await self.workspace.delivery.interaction(payload), mark)

    def _came_of(self, answer: Answer, mark: str) -> Outcome:
        kind: Kind = "answered" if answer.ok else "failed"
        return Outcome(kind, answer, self.view, sees=self.seen_since(mark), why=answer.error)

    def _note(self, where: str, verb: str, text: str) -> None:
        self.workspace.scenes.add(
            at=self.workspace.ids.now(),
            where=where,
            who=self.user.real_name,
            verb=verb,
            text=text,
            audience=frozenset([self.id]),
        )
