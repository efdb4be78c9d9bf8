"""Who may do what: every cell of the role matrix, asked of the moves themselves."""

from dataclasses import replace
from typing import Any

import pytest

from models.rules.acts import Act
from models.rules.case import Case
from models.rules.change import Change
from models.rules.moves import FORMS, MOVES
from models.rules.refusals import Code, Refusal
from models.rules.roles import MATRIX, Role, belongs_to, refuse_unless_allowed, roles_of
from models.rules.rulebook import RoleMembers
from models.rules.status import Status
from tests.builders import (
    ADA,
    ARJUN,
    BYSTANDER,
    ENGINEERING,
    ERIN,
    GONE,
    GUEST,
    LENA,
    MEI,
    OMAR,
    PRIYA,
    ROBOT,
    STRANGER,
    TING,
    a_person,
    a_rulebook,
    a_team,
    facts,
    the_people,
)
from tests.rules.playing import IN_STATUS, attempt

# The People table of DOMAIN, written out by hand: a cell is x where the role alone suffices.
TABLE = """
act             requester specialist owner responder lead admin member
open            x         x          x     x         x    x     x
show            x         x          x     x         x    x     x
list            x         x          x     x         x    x     x
follow          x         x          x     x         x    x     x
unfollow        x         x          x     x         x    x     x
acknowledge     -         -          x     x         x    -     -
need_info       -         -          x     x         x    -     -
hand_back       -         -          x     x         x    -     -
update          -         -          x     x         x    -     -
wait            -         -          x     x         x    -     -
resume          x         x          x     x         x    -     -
resolve         -         -          x     x         x    -     -
reassign        -         -          x     x         x    -     -
reroute         -         -          x     x         x    -     -
duplicate       -         -          x     x         x    -     -
look_later      -         -          x     x         x    -     -
pass_on         -         -          x     x         x    -     -
answer          x         x          -     -         x    -     -
confirm         x         x          -     -         x    -     -
reopen          x         x          -     -         x    -     -
cancel          x         x          -     -         x    -     -
nudge           x         x          -     -         x    -     -
edit            x         x          -     -         x    -     -
add_evidence    x         x          x     x         x    -     -
raise_severity  x         x          x     x         x    -     -
lower_severity  x         x          x     -         x    -     -
handoff         -         -          -     x         x    -     -
report          -         -          -     -         x    -     -
import          -         -          -     -         x    -     -
configure       -         -          -     -         -    x     -
"""

# In which status each act is tried: one in which it is possible. The waiting one waits on the customer.
TRIED_IN = {
    Act.RESUME: Status.WAITING,
    Act.CONFIRM: Status.RESOLVED,
    Act.REOPEN: Status.RESOLVED,
    Act.ACKNOWLEDGE: Status.NEW,
    Act.PASS_ON: Status.NEW,
}

# Who holds one role and no other. Somebody of no team stands for requester, owner and lead.
HOLDERS = {
    Role.REQUESTER: BYSTANDER,
    Role.SPECIALIST: TING,
    Role.OWNER: BYSTANDER,
    Role.RESPONDER: ARJUN,
    Role.LEAD: BYSTANDER,
    Role.ADMIN: ADA,
    Role.MEMBER: BYSTANDER,
}


def cells() -> list[tuple[Act, Role, bool]]:
    head, *rows = (line.split() for line in TABLE.strip().splitlines())
    roles = [Role(name) for name in head[1:]]
    return [(Act(act), role, mark == "x") for act, *marks in rows for role, mark in zip(roles, marks, strict=True)]


def tried(act: Act, role: Role) -> Change | Refusal | None:
    """What `act` answers to a person who holds `role` alone; None where it has no move and is allowed."""
    book = a_rulebook()
    if role is Role.LEAD:
        book = replace(book, leads=RoleMembers(users=frozenset({BYSTANDER})))
    case = the_case(act, role)
    if act not in MOVES:
        return refuse_unless_allowed(facts(case, actor=HOLDERS[role], rulebook=book), act)
    return attempt(case, act, actor=HOLDERS[role], rulebook=book)


def the_case(act: Act, role: Role) -> Case:
    case = IN_STATUS[TRIED_IN.get(act, Status.ACKNOWLEDGED)]()
    if role is Role.REQUESTER:
        return replace(case, requester=BYSTANDER)
    if role is Role.OWNER:
        return replace(case, owner=BYSTANDER)
    return case


@pytest.mark.parametrize(("act", "role", "may"), cells())
def test_each_role_may_do_what_the_table_says_and_nothing_else(act: Act, role: Role, may: bool) -> None:
    answer = tried(act, role)
    refused = isinstance(answer, Refusal) and answer.code is Code.NOT_ALLOWED
    assert refused is not may, answer


def test_the_table_above_names_every_act_and_every_role() -> None:
    named = {(act, role) for act, role, _ in cells()}
    assert named == {(act, role) for act in Act for role in Role}


def test_the_holders_hold_one_role_besides_membership() -> None:
    for role in Role:
        book = a_rulebook()
        if role is Role.LEAD:
            book = replace(book, leads=RoleMembers(users=frozenset({BYSTANDER})))
        person = the_people()[HOLDERS[role]]
        assert roles_of(person, book, the_case(Act.UPDATE, role)) == {Role.MEMBER, role}


@pytest.mark.parametrize("outsider", [GUEST, STRANGER, ROBOT, GONE])
@pytest.mark.parametrize("act", Act)
def test_outsiders_may_do_nothing_whatever_they_are_to_the_case(act: Act, outsider: str) -> None:
    case = IN_STATUS[TRIED_IN.get(act, Status.ACKNOWLEDGED)]()
    case = replace(case, requester=outsider, owner=outsider)
    members = RoleMembers(users=frozenset({outsider}))
    book = replace(a_rulebook(), specialists=members, leads=members, admins=members)
    answer: Change | Refusal | None
    if act in MOVES:
        answer = attempt(case, act, actor=outsider, rulebook=book)
    else:
        answer = refuse_unless_allowed(facts(case, actor=outsider, rulebook=book), act)
    assert isinstance(answer, Refusal)
    assert answer.code is Code.OUTSIDER


def test_a_refusal_names_the_act_and_the_roles_that_may() -> None:
    answer = attempt(IN_STATUS[Status.NEW](), Act.ACKNOWLEDGE, actor=BYSTANDER)
    assert answer == Refusal(Code.NOT_ALLOWED, {"act": "acknowledge", "roles": ["owner", "responder", "lead"]})


def test_the_bot_itself_may_do_everything() -> None:
    assert all(refuse_unless_allowed(facts(None, actor=None), act) is None for act in Act)


@pytest.mark.parametrize("act", [Act.ACKNOWLEDGE, Act.RESOLVE, Act.REASSIGN])
@pytest.mark.parametrize("responder", [PRIYA, OMAR])
def test_responders_act_only_on_the_cases_of_their_own_team(act: Act, responder: str) -> None:
    case = IN_STATUS[TRIED_IN.get(act, Status.ACKNOWLEDGED)]()
    answer = attempt(case, act, actor=responder)
    assert isinstance(answer, Refusal)
    assert answer.code is Code.NOT_ALLOWED


def test_the_lead_of_one_team_is_a_lead_everywhere() -> None:
    teams = (a_team(ENGINEERING), a_team("product", rotation=(PRIYA,), lead=PRIYA))
    book = replace(a_rulebook(teams=teams), fallback_team=ENGINEERING, leads=RoleMembers())
    assert Role.LEAD in roles_of(a_person(PRIYA), book, IN_STATUS[Status.NEW]())


def test_without_a_case_a_member_of_any_team_is_a_responder() -> None:
    assert Role.RESPONDER in roles_of(a_person(PRIYA), a_rulebook(), None)
    assert Role.RESPONDER not in roles_of(a_person(BYSTANDER), a_rulebook(), None)


def test_roles_are_held_by_user_group_too() -> None:
    group = RoleMembers(groups=frozenset({"S0GROUP0001"}))
    book = replace(a_rulebook(), specialists=group, leads=group, admins=group)
    person = a_person(BYSTANDER, groups=frozenset({"S0GROUP0001"}))
    assert roles_of(person, book, None) == {Role.MEMBER, Role.SPECIALIST, Role.LEAD, Role.ADMIN}


@pytest.mark.parametrize(
    ("how", "person"),
    [
        ("on the rotation", a_person(ERIN)),
        ("a member", a_person(OMAR)),
        ("the lead", a_person(LENA)),
        ("in a group", a_person(BYSTANDER, groups=frozenset({"S0ENGINEER1"}))),
    ],
)
def test_people_belong_to_a_team_in_four_ways(how: str, person: Any) -> None:
    team = a_team(ENGINEERING, members=frozenset({OMAR}), member_groups=frozenset({"S0ENGINEER1"}))
    assert belongs_to(person, team)
    assert not belongs_to(a_person(MEI), team)


def test_every_act_is_in_the_matrix_and_every_move_has_its_form() -> None:
    assert set(MATRIX) == set(Act)
    assert set(MOVES) == set(FORMS)
    assert set(Act) - set(MOVES) == {Act.SHOW, Act.LIST, Act.HANDOFF, Act.REPORT, Act.IMPORT, Act.CONFIGURE}
