"""Modals and homes: trigger ids, the stack of views, hashes, what the app's answer to a submission does."""

import asyncio

import pytest

from bot.sandbox import Person, Workspace
from bot.sandbox.blocks.walk import words
from tests.sandbox.apps import Api, Json, ScriptedApp
from tests.sandbox.kit import (
    actions,
    button,
    entry,
    field,
    home,
    modal,
    option,
    options,
    section,
)


async def opened(api: Api, app: ScriptedApp, person: Person, view: Json) -> None:
    """Let a person open a modal by a shortcut."""
    await person.shortcut("new")
    answer = await api("views.open", trigger_id=app.last["payload"]["trigger_id"], view=view)
    assert answer["ok"], answer


async def test_a_trigger_id_works_once(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    await workspace.person("mei").shortcut("new")
    trigger = app.last["payload"]["trigger_id"]
    assert (await api("views.open", trigger_id=trigger, view=modal()))["ok"]
    assert (await api("views.open", trigger_id=trigger, view=modal()))["error"] == "exchanged_trigger_id"
    assert (await api("views.open", trigger_id="1.2.x", view=modal()))["error"] == "invalid_trigger_id"


async def test_a_trigger_id_lives_only_so_long(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    workspace.triggers.life_seconds = 0.0
    await workspace.person("mei").shortcut("new")
    answer = await api("views.open", trigger_id=app.last["payload"]["trigger_id"], view=modal())
    assert answer["error"] == "expired_trigger_id"


async def test_a_view_that_slack_would_not_take_leaves_the_trigger_id_good(
    api: Api, app: ScriptedApp, workspace: Workspace
) -> None:
    await workspace.person("mei").shortcut("new")
    trigger = app.last["payload"]["trigger_id"]
    wrong = await api("views.open", trigger_id=trigger, view=modal(title=None))
    assert wrong["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title]" in wrong["response_metadata"]["messages"][0]
    assert (await api("views.open", trigger_id=trigger, view=modal()))["ok"]


async def test_three_views_are_the_most(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal(actions(button("Deeper"))))
    for expected in (None, None, "push_limit_reached"):
        await mei.press_in_view("Deeper")
        trigger = app.last["payload"]["trigger_id"]
        answer = await api("views.push", trigger_id=trigger, view=modal(actions(button("Deeper"))))
        assert answer.get("error") == expected
    assert mei.modal.previous_view_id is not None
    await mei.close()
    await mei.close(everything=True)
    assert mei.view is None


async def test_pushing_needs_a_trigger_from_an_open_modal(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    await workspace.person("mei").shortcut("new")
    answer = await api("views.push", trigger_id=app.last["payload"]["trigger_id"], view=modal())
    assert answer["error"] == "not_found"


async def test_an_update_against_an_old_hash_is_refused(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal())
    old = mei.modal.hash
    assert (await api("views.update", view_id=mei.modal.id, hash=old, view=modal(section("2"))))["ok"]
    late = await api("views.update", view_id=mei.modal.id, hash=old, view=modal(section("3")))
    assert late["error"] == "hash_conflict"
    assert words(mei.modal.blocks[0]["text"]) == "2"
    gone = await api("views.update", view_id="V0NONE", view=modal())
    assert gone["error"] == "not_found"


async def test_an_update_keeps_the_typing_where_the_ids_stay(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal(entry("Name", field(initial_value="old")), entry("Note", field())))
    await mei.fill(mei.modal, {"Note": "typed"})
    view = modal(
        entry("Name", field(initial_value="new")),
        entry("Note", field(initial_value="other"), block_id="note"),
        entry("Place", field(initial_value="here")),
    )
    await api("views.update", view_id=mei.modal.id, view=view)
    values = {block: state["it"]["value"] for block, state in mei.modal.values.items()}
    assert values == {"name": "old", "note": "typed", "place": "here"}


async def test_a_submission_holds_every_input_touched_or_not(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    menu = field("pick", "static_select", options=options("a", "b"), initial_option=option("b"))
    boxes = field("boxes", "checkboxes", options=options("x", "y"))
    view = modal(
        entry("Text", field(), optional=True),
        entry("Menu", menu),
        entry("Boxes", boxes, optional=True),
        entry("Who", field("who", "users_select"), optional=True),
        entry("Day", field("day", "datepicker"), optional=True),
        private_metadata="secret",
        callback_id="the-form",
    )
    await opened(api, app, mei, view)
    await mei.fill(mei.modal, {"Who": "arjun", "boxes": ["y"]})
    assert (await mei.submit()).kind == "closed"
    payload = app.last["payload"]
    values = payload["view"]["state"]["values"]
    assert values["text"]["it"] == {"type": "plain_text_input", "value": None}
    assert values["menu"]["pick"]["selected_option"]["value"] == "b"
    assert [o["value"] for o in values["boxes"]["boxes"]["selected_options"]] == ["y"]
    assert values["who"]["who"]["selected_user"] == workspace.user("arjun").id
    assert values["day"]["day"] == {"type": "datepicker", "selected_date": None}
    assert payload["type"] == "view_submission"
    assert payload["user"]["id"] == mei.id
    assert (payload["view"]["callback_id"], payload["view"]["private_metadata"]) == ("the-form", "secret")


@pytest.mark.parametrize(
    ("element", "typed", "good"),
    [
        (field(), "", False),
        (field(), "   ", False),
        (field(min_length=3), "ab", False),
        (field(max_length=3), "abcd", False),
        (field(max_length=3), "abc", True),
        (field(kind="number_input", is_decimal_allowed=False), "1.5", False),
        (field(kind="number_input", is_decimal_allowed=True, min_value="1"), "0.5", False),
        (field(kind="number_input", is_decimal_allowed=True), "no", False),
        (field(kind="number_input", is_decimal_allowed=True, max_value="9"), "8.5", True),
        (field(kind="email_text_input"), "nobody", False),
        (field(kind="url_text_input"), "https://example.com", True),
    ],
)
async def test_slacks_client_refuses_what_is_incomplete(
    api: Api, app: ScriptedApp, workspace: Workspace, element: Json, typed: str, good: bool
) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal(entry("Field", element)))
    await mei.fill(mei.modal, {"Field": typed})
    before = len(app.requests)
    outcome = await mei.submit()
    assert outcome.kind == ("closed" if good else "refused")
    assert len(app.requests) - before == (1 if good else 0)


async def test_errors_stand_beside_the_field_and_the_typing_stays(
    api: Api, app: ScriptedApp, workspace: Workspace
) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal(entry("Name", field())))
    await mei.fill(mei.modal, {"Name": "typed"})
    app.says({"response_action": "errors", "errors": {"name": "not that"}})
    outcome = await mei.submit()
    assert (outcome.kind, outcome.errors) == ("errors", {"name": "not that"})
    assert mei.modal.values["name"]["it"]["value"] == "typed"


async def test_the_answer_to_a_submission_updates_pushes_and_clears(
    api: Api, app: ScriptedApp, workspace: Workspace
) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal(section("1")))
    app.says({"response_action": "update", "view": modal(section("2"))})
    assert (await mei.submit()).kind == "updated"
    app.says({"response_action": "push", "view": modal(section("3"))})
    assert (await mei.submit()).kind == "pushed"
    assert "3" in mei.reads(mei.modal)
    app.says("")
    assert (await mei.submit()).kind == "closed"
    assert "2" in mei.reads(mei.modal)
    app.says({"response_action": "clear"})
    assert (await mei.submit()).kind == "closed"
    assert mei.view is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, 200),
        ({"response_action": "errors", "errors": {}}, 200),
        ({"response_action": "update", "view": {"type": "modal"}}, 200),
        ({"response_action": "nonsense"}, 200),
        ("plain words", 200),
        ("", 500),
    ],
)
async def test_an_answer_that_slack_does_not_understand_leaves_the_modal_open(
    api: Api, app: ScriptedApp, workspace: Workspace, body: object, status: int
) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal(entry("Name", field())))
    await mei.fill(mei.modal, {"Name": "typed"})
    app.says(body, status)
    assert (await mei.submit()).kind == "failed"
    assert mei.modal.values["name"]["it"]["value"] == "typed"


async def test_closing_tells_the_app_only_where_it_asked(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal(section(), notify_on_close=True))
    await mei.close()
    assert app.last["payload"]["type"] == "view_closed"
    assert app.last["payload"]["is_cleared"] is False
    await opened(api, app, mei, modal())
    before = len(app.requests)
    await mei.close()
    assert len(app.requests) == before


async def test_an_input_that_dispatches_tells_the_app_with_the_whole_state(
    api: Api, app: ScriptedApp, workspace: Workspace
) -> None:
    mei = workspace.person("mei")
    menu = field("sev", "radio_buttons", options=options("SEV1", "SEV3"))
    await opened(api, app, mei, modal(entry("Sev", menu, dispatch_action=True), entry("Text", field())))
    await mei.fill(mei.modal, {"Text": "typed", "Sev": "SEV1"})
    payload = app.last["payload"]
    assert payload["type"] == "block_actions"
    assert payload["container"] == {"type": "view", "view_id": mei.modal.id}
    assert payload["actions"][0]["selected_option"]["value"] == "SEV1"
    assert payload["view"]["state"]["values"]["text"]["it"]["value"] == "typed"


async def test_an_external_menu_asks_the_app(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal(entry("Case", field("case", "external_select"))))
    app.says({"options": [option("ESC-142", "142")]})
    await mei.fill(mei.modal, {"Case": "ESC-142"})
    asked = app.last["payload"]
    assert (asked["type"], asked["value"], asked["action_id"]) == ("block_suggestion", "ESC-142", "case")
    assert mei.modal.values["case"]["case"]["selected_option"]["value"] == "142"


async def test_a_home_is_published_opened_and_pressed(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei = workspace.person("mei")
    published = await api("views.publish", user_id=mei.id, view=home(actions(button("Refresh"))))
    await mei.open_home()
    await workspace.settled()
    assert app.events("app_home_opened")[0]["view"]["id"] == published["view"]["id"]
    assert mei.home is not None
    await mei.press(mei.home, "Refresh")
    assert app.last["payload"]["view"]["type"] == "home"
    late = await api("views.publish", user_id=mei.id, view=home(), hash="0.old")
    assert late["error"] == "hash_conflict"
    workspace.admin.disable_home()
    assert (await api("views.publish", user_id=mei.id, view=home()))["error"] == "not_enabled"


async def test_an_external_id_names_one_view_only(api: Api, app: ScriptedApp, workspace: Workspace) -> None:
    mei, arjun = workspace.person("mei"), workspace.person("arjun")
    await opened(api, app, mei, modal(external_id="one"))
    await arjun.shortcut("new")
    trigger = app.last["payload"]["trigger_id"]
    taken = await api("views.open", trigger_id=trigger, view=modal(external_id="one"))
    assert taken["error"] == "duplicate_external_id"
    assert (await api("views.update", external_id="one", view=modal(section("2"), external_id="one")))["ok"]


async def test_a_modal_submitted_twice_at_once_reaches_the_app_twice(
    api: Api, app: ScriptedApp, workspace: Workspace
) -> None:
    mei = workspace.person("mei")
    await opened(api, app, mei, modal())
    first, second = await asyncio.gather(mei.submit(), mei.submit())
    assert (first.kind, second.kind) == ("closed", "closed")
    submitted = [r["payload"]["view"]["id"] for r in app.requests if r["payload"]["type"] == "view_submission"]
    assert len(submitted) == 2
    assert len(set(submitted)) == 1
