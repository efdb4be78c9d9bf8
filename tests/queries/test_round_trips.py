"""How often a request asks the database: each statement is a round trip, and three seconds are all there is."""

from typing import Any

import pytest
from sqlalchemy import event

from models.rules.acts import Act
from models.rules.rulebook import RoleMembers
from models.session import Store
from tests.builders import ERIN, MEI, TING, a_rulebook
from tests.queries.stage import Stage, a_stage
from tests.rules.playing import a_note, open_form

# With proof, user groups in the rules, and a receipt. A change here is a decision, not an accident.
MOST = {"open": 12, "acknowledge": 16, "refused": 8}


@pytest.fixture
async def stage(store: Store) -> Stage:
    book = a_rulebook(specialists=RoleMembers(users=frozenset({MEI, TING}), groups=frozenset({"S0SUPPORT01"})))
    return await a_stage(store, rulebook=book)


@pytest.fixture
def asked(store: Store) -> list[str]:
    """The statements that are run from now on, but for what begins and ends a transaction."""
    statements: list[str] = []
    kept: Any = store
    engine = kept._engine if store.dialect == "sqlite" else kept._writing.sync_engine

    def note(_connection: Any, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return statements


async def test_a_full_open_takes_at_most_twelve(stage: Stage, asked: list[str]) -> None:
    await stage.opened()
    asked.clear()
    await stage.done(Act.OPEN, open_form(evidence=(a_note(),)), receipt="view:1")
    assert len(asked) <= MOST["open"], asked


async def test_an_acknowledgement_and_a_refusal_take_few(stage: Stage, asked: list[str]) -> None:
    await stage.opened()
    await stage.facts(actor=ERIN)
    asked.clear()
    await stage.done(Act.ACKNOWLEDGE, actor=ERIN, number=1, receipt="trigger:1")
    assert len(asked) <= MOST["acknowledge"], asked
    asked.clear()
    await stage.perform(Act.ACKNOWLEDGE, actor=ERIN, number=1, receipt="trigger:2")
    assert len(asked) <= MOST["refused"], asked
