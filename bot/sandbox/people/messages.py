"""Acting in messages: pressing a button, choosing from a menu, filling in an input."""

from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks.walk import Found, find_option
from bot.sandbox.delivery import Answer
from bot.sandbox.errors import Json
from bot.sandbox.inputs import STATEFUL, Inputs
from bot.sandbox.people.choosing import content_for
from bot.sandbox.people.finding import NotThere
from bot.sandbox.people.payloads import action, block_actions_in_message, block_actions_in_view
from bot.sandbox.records import Message, User
from bot.sandbox.view_store import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


async def use(
    workspace: "Workspace", user: User, place: View | Message, *, found: Found, state: Json, inputs: Inputs
) -> Answer:
    """Send the block_actions of one element that was used."""
    done = action(found, state)
    if isinstance(place, View):
        return await workspace.delivery.interaction(block_actions_in_view(workspace, place, done))
    values = inputs.values()
    payload = block_actions_in_message(workspace, user, place, action=done, values=values)
    return await workspace.delivery.interaction(payload)


async def state_of_choice(
    workspace: "Workspace", place: View | Message, *, found: Found, inputs: Inputs, value: Any
) -> Json:
    """What choosing `value` in this element makes of its state, for the payload; it is noted, too."""
    if found.kind == "overflow":
        option = find_option(found.element, str(value))
        if option is None:
            raise NotThere(f"there is no option {value!r} under {found.action_id}")
        return {"selected_option": option}
    content = await content_for(workspace, place, found=found, value=value)
    inputs.set(found, content)
    return {STATEFUL[found.kind][0]: content}
