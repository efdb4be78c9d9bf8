"""A message: blocks, and the text that stands in for them in notifications and for screen readers."""

from dataclasses import dataclass, field

from bot.render.blocks.layout import LONGEST_BLOCKS, MOST_BLOCKS_IN_MESSAGE, Block, characters
from bot.render.blocks.words import cut

LONGEST_TEXT = 3000  # Slack takes 40,000; a notification shows one line


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted, or answered. `text` is mrkdwn and says it all in a line or two."""

    text: str
    blocks: list[Block] = field(default_factory=list)


def message(text: str, *blocks: Block | None) -> Message:
    """A message of those blocks that are there; never more than Slack takes."""
    present = [block for block in blocks if block is not None]
    return Message(cut(text, LONGEST_TEXT), _fitting(present[:MOST_BLOCKS_IN_MESSAGE]))


def _fitting(blocks: list[Block]) -> list[Block]:
    """The blocks, without the last paragraphs where all of them together would be too long: what can be
    done about it stays."""
    while characters(blocks) > LONGEST_BLOCKS:
        texts = [place for place, block in enumerate(blocks) if block["type"] in ("section", "context")]
        del blocks[texts[-1]]
    return blocks
