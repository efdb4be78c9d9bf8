"""Between people and teams: re-route, hand back to triage, reassign. The old card says where it went."""

from tests.stories.telling import Story


async def test_a_rerouted_escalation_is_new_for_the_other_team_and_the_old_card_says_so(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    asked = {"team": "operations", "why": "The account is under review"}
    await story.person("erin").choose(story.now(card), "esc:menu", "reroute:1")
    await story.opened_view("erin")
    await story.fill("erin", asked)
    await story.submit("erin")
    new = await story.expect("operations", "ESC-1", "New", "your move: Operations", "On call @Omar (not accepted)")
    await story.expect("operations", "@Erin re-routed ESC-1 to Operations", "The account is under review")
    await story.expect("omar", "ESC-1", "is yours to accept")
    await story.expect("mei", "@Erin", "ESC-1", "运营团队")
    moved = await story.shows(card, "➡️ ESC-1 has moved to Operations")
    assert "[Acknowledge]" not in story.person("erin").reads(moved)

    await story.press("omar", new, "Acknowledge")
    await story.expect("omar", "✅")
    await story.expect("operations", "@Omar acknowledged ESC-1")
    await story.expect("mei", "@Omar 已接手 ESC-1")


async def test_a_button_on_the_card_of_the_team_that_had_it_before_is_refused(story: Story) -> None:
    card = await story.open()
    await story.person("erin").choose(card, "esc:menu", "reroute:1")
    await story.opened_view("erin")
    await story.fill("erin", {"team": "product", "why": "Theirs"})
    await story.submit("erin")
    await story.expect("product", "ESC-1", "New")
    await story.expect("product", "@Erin re-routed ESC-1 to Product")
    await story.expect("priya", "ESC-1")
    await story.expect("mei", "@Erin", "ESC-1")
    await story.calm()
    assert (await story.person("arjun").press(card, "Acknowledge")).ok
    await story.expect("arjun", "a responder of the owning team")


async def test_not_ours_without_a_team_goes_to_triage(story: Story) -> None:
    card = await story.open()
    await story.press_and_fill("erin", card, "Not ours", {"reason": "missing_proof", "note": "No request ID"})
    await story.expect("support-escalations", "ESC-1", "轮到：支持团队")
    await story.expect("support-escalations", "@Erin 退回了 ESC-1", "No request ID")
    await story.expect("lena", "ESC-1", "is yours to accept")
    await story.expect("mei", "@Erin 退回了 ESC-1")
    await story.shows(card, "➡️ ESC-1 has moved to Support")


async def test_a_reassigned_escalation_tells_the_new_owner_the_old_one_and_the_requester(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    await story.person("arjun").choose(story.now(card), "esc:menu", "reassign:1")
    await story.opened_view("arjun")
    await story.fill("arjun", {"to": "evan"})
    await story.submit("arjun")
    await story.expect("engineering", "@Arjun reassigned ESC-1 to @Evan")
    await story.expect("evan", "ESC-1 is yours now")
    await story.expect("erin", "ESC-1 is no longer yours")
    await story.expect("mei", "@Arjun", "@Evan")
    await story.shows(card, "Owner @Evan")


async def test_a_lowered_severity_needs_a_reason_and_the_other_side_can_put_it_back(story: Story) -> None:
    card = await story.open()
    await story.acknowledge("erin", card)
    await story.person("erin").choose(story.now(card), "esc:menu", "severity:1")
    await story.opened_view("erin")
    await story.fill("erin", {"severity": "SEV3"})
    refused = await story.person("erin").submit()
    assert refused.kind == "errors"
    assert "why" in refused.errors
    await story.fill("erin", {"why": "There is a workaround"})
    await story.submit("erin")
    await story.expect("engineering", "@Erin changed the severity of ESC-1", "There is a workaround")
    told = await story.expect("mei", "@Erin", "SEV3", "SEV2")
    await story.shows(card, "🟡 SEV3")
    await story.calm()
    await story.press("mei", told, "esc:put_back")
    await story.expect("mei", "✅")
    await story.expect("engineering", "@Mei changed the severity of ESC-1")
    await story.expect("erin", "@Mei changed the severity")
    await story.shows(card, "🟠 SEV2")
