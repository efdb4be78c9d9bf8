"""Buttons and menus, wherever they stand: one listener; the action id says what, the value which escalation.

An old card's button is as good as a new one's: what it asks for is decided on what is true now.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Asker
from bot.render.blocks import Message
from bot.render.forms import MODALS, OPEN, Draft, Meta
from bot.render.forms.open_escalation import FOLLOW_INSTEAD, MORE
from bot.render.forms.parts import FIND, REDRAW
from bot.render.home import NEW, TAB
from bot.render.ids import ACTION_PATTERN, MENU_ACTION, action_name
from bot.render.replies import NEXT_PAGE, PREVIOUS_PAGE
from handlers import reads
from handlers.answers import count_as_update, did_mean, open_instead, put_back
from handlers.door import after_answer, before_answer
from handlers.exchange import Exchange, Surface
from handlers.home import publish
from handlers.open_modal import open_form
from handlers.parse import number_of
from handlers.perform import NO_WORDS, perform_at_once
from handlers.redraw import follow_instead, redraw
from handlers.services import Services
from models.rules.acts import Act


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button or a chosen entry: its name, and the value it carries."""

    exchange: Exchange
    who: Asker
    name: str
    value: str

    @property
    def services(self) -> Services:
        return self.exchange.services

    @property
    def number(self) -> int | None:
        """The escalation that the value names; None where it names none."""
        return number_of(self.value)


def register(app: AsyncApp, services: Services) -> None:
    """One listener for every button and menu of ours."""

    async def on_action(ack: AsyncAck, body: dict[str, Any]) -> None:
        exchange = Exchange(services, _surface(body), body, ack)

        async def work(who: Asker) -> None:
            await _answer(exchange, who, body["actions"][0])

        await before_answer(exchange, work)

    app.action(ACTION_PATTERN)(on_action)


def _surface(body: dict[str, Any]) -> Surface:
    view = body.get("view")
    if not view:
        return Surface.MESSAGE
    return Surface.HOME if view.get("type") == "home" else Surface.MODAL


async def _answer(exchange: Exchange, who: Asker, action: dict[str, Any]) -> None:
    name, value = action_name(str(action.get("action_id", ""))), _value(action)
    if name == action_name(MENU_ACTION):
        name, _, value = value.partition(":")
    press = Press(exchange, who, name, value)
    if handler := _handler(name):
        await handler(press)


def _value(action: dict[str, Any]) -> str:
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or "")


def _handler(name: str) -> Callable[[Press], Awaitable[None]] | None:
    """What a button does. Links and fields that only choose something do nothing here."""
    if name.startswith(REDRAW) or name == MORE:
        return _redraw
    if name.startswith(FIND):
        return None
    if name.startswith(TAB):
        return _tab
    return _BUTTONS.get(name)


async def _at_once(press: Press) -> None:
    if press.number is not None:
        await perform_at_once(press.exchange, press.who, Act(press.name), number=press.number)


async def _form(press: Press) -> None:
    if press.number is not None:
        await _open(press, Meta(press.name, press.number))


async def _new(press: Press) -> None:
    await _open(press, Meta(OPEN))


async def _open(press: Press, meta: Meta, draft: Draft | None = None) -> None:
    """What opens a modal changes nothing and is answered first."""

    async def work(who: Asker) -> None:
        await open_form(press.exchange, who, meta, draft=draft)

    await after_answer(press.exchange, work)


def _telling(read: Callable[[Services, Asker, int], Awaitable[Message]]) -> Callable[[Press], Awaitable[None]]:
    async def tell(press: Press) -> None:
        if press.number is not None:
            await press.exchange.tell(await read(press.services, press.who, press.number))

    return tell


async def _page(press: Press) -> None:
    what, _, page = press.value.rpartition(":")
    if what and page.isdecimal():
        await press.exchange.tell(await reads.list_page(press.services, press.who, what, page=int(page[:4])))


async def _tab(press: Press) -> None:
    async def work(who: Asker) -> None:
        await publish(press.services, who, press.value)

    await after_answer(press.exchange, work)


async def _redraw(press: Press) -> None:
    await redraw(press.exchange, opens_more=press.name == MORE)


async def _follow_instead(press: Press) -> None:
    if press.number is not None:
        await follow_instead(press.exchange, press.who, press.number)


async def _put_back(press: Press) -> None:
    await put_back(press.exchange, press.who, press.value)


async def _count(press: Press) -> None:
    await count_as_update(press.exchange, press.who, press.value)


async def _do_not_count(press: Press) -> None:
    await press.exchange.close_question()


async def _did_mean(press: Press) -> None:
    await did_mean(press.exchange, press.who, press.value)


async def _open_instead(press: Press) -> None:
    await open_instead(press.exchange, press.who, press.value)


_BUTTONS: dict[str, Callable[[Press], Awaitable[None]]] = {
    **dict.fromkeys((act.value for act in NO_WORDS), _at_once),
    **dict.fromkeys((name for name in MODALS if name != OPEN), _form),
    NEW: _new,
    "show": _telling(reads.show),
    "why": _telling(reads.why),
    "why_me": _telling(reads.why_me),
    "history": _telling(reads.history),
    NEXT_PAGE: _page,
    PREVIOUS_PAGE: _page,
    FOLLOW_INSTEAD: _follow_instead,
    "put_back": _put_back,
    "count_yes": _count,
    "count_no": _do_not_count,
    "did_you_mean": _did_mean,
    "open_instead": _open_instead,
}
