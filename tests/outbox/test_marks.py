"""A post that may have been taken is known again by its metadata, or by its blocks where a server keeps none."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.outbox.reconcile import find_posted, marked, metadata
from bot.outbox.slack import open_slack_calls
from tests.outbox.history import HistoryServer

KEY = "k-1"
BLOCKS: list[Mapping[str, Any]] = [{"type": "actions", "block_id": "card:1"}, {"type": "section"}, {"type": "section"}]


def test_the_first_nameless_block_is_marked_and_no_other() -> None:
    assert [block.get("block_id") for block in marked(BLOCKS, KEY)] == ["card:1", f"notice:{KEY}", None]
    assert "block_id" not in BLOCKS[1]


def test_blocks_that_all_have_names_stay_as_they_are() -> None:
    assert marked(BLOCKS[:1], KEY) == BLOCKS[:1]


FOUND: list[tuple[str, dict[str, Any], bool]] = [
    ("by its metadata", {"metadata": metadata(KEY)}, True),
    ("by the keys that it sums up", {"metadata": metadata("other", [KEY])}, True),
    ("by its blocks, without metadata", {"blocks": marked(BLOCKS, KEY)}, True),
    ("not by another's blocks", {"blocks": marked(BLOCKS, "k-12")}, False),
    ("not by metadata that is a text", {"metadata": "k-1"}, False),
    ("not by blocks that are none", {"blocks": [None, "x"]}, False),
]


@pytest.mark.parametrize(("how", "message", "is_found"), FOUND, ids=[row[0] for row in FOUND])
async def test_a_post_is_found(how: str, message: dict[str, Any], is_found: bool) -> None:
    async with (
        HistoryServer([{"ts": "1.2", **message}]) as url,
        open_slack_calls(token="xoxb" + "-test", api_url=url) as slack,
    ):
        found = await find_posted(slack, channel="C1", thread_ts=None, key=KEY)
    assert found == ("1.2" if is_found else None)
