"""Puts the parts together. Every part gets what it needs by name; nobody looks anything up."""

from dataclasses import dataclass, replace

from bot.app.identity import Identity
from bot.clock import BusinessClock, MachineClock
from bot.config import parse_rulebook
from bot.desk import Desk, PersonalDesk
from bot.outbox.courier import Courier
from bot.outbox.delivery import Delivery
from bot.outbox.gate import Gate
from bot.outbox.pager import Pager
from bot.outbox.setbacks import Setbacks
from bot.outbox.slack import SlackCalls
from bot.timers.directory import Directory
from bot.timers.news import News
from bot.timers.schedules import Schedules
from bot.timers.sla import SlaTimers
from bot.timers.tidy import Tidy
from models.queries.rulebooks import Rulebooks
from models.session import Background, Store


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that runs, built for one workspace."""

    identity: Identity
    books: Rulebooks
    desk: Desk
    personal: PersonalDesk
    directory: Directory
    news: News
    courier: Courier
    sla: SlaTimers
    schedules: Schedules
    tidy: Tidy


def assemble(
    *,
    store: Store,
    slack: SlackCalls,
    identity: Identity,
    clock: BusinessClock,
    machine: MachineClock,
    paced: bool = True,
) -> Parts:
    """Builds the parts; nothing runs yet. Without `paced` the courier keeps no pace of Slack's."""
    books = Rulebooks(parse_rulebook)
    directory = Directory(store, slack, machine, books, identity.workspace_id, identity.team_id)
    behind = Background(store)
    delivery = replace(_delivery(store=behind, books=books, slack=slack, clock=clock, machine=machine), paced=paced)
    courier = Courier(store=behind, delivery=delivery)
    desk = Desk(store=store, books=books, clock=clock, machine=machine, learn=directory.learn, wake=courier.wake)
    return Parts(
        identity=identity,
        books=books,
        desk=desk,
        personal=PersonalDesk(store, books, clock, machine, courier.wake),
        directory=directory,
        news=News(directory, identity.bot_user_id),
        courier=courier,
        sla=SlaTimers(behind, books, clock, machine, courier.wake),
        schedules=Schedules(behind, books, clock, machine, courier.wake),
        tidy=Tidy(behind, machine),
    )


def _delivery(
    *, store: Store, books: Rulebooks, slack: SlackCalls, clock: BusinessClock, machine: MachineClock
) -> Delivery:
    gate = Gate(machine)
    return Delivery(
        store=store,
        books=books,
        clock=clock,
        machine=machine,
        slack=slack,
        pager=Pager(),
        gate=gate,
        setbacks=Setbacks(store, machine, gate),
    )
