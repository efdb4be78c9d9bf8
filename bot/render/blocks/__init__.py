"""Our only face to Block Kit: small functions that give plain dicts which Slack takes.

words     escaping, shortening, mentions, links
layout    blocks: section, context, header, divider, actions, input; modals and App Home
elements  buttons, menus, fields
message   a message: blocks, and the text that stands in for them
check     Slack's published limits, held against whole payloads
"""

from bot.render.blocks.check import BlockError, check_message, check_view
from bot.render.blocks.elements import (
    box,
    button,
    checkboxes,
    confirmation,
    datetime_picker,
    external_select,
    link_button,
    option,
    overflow,
    radio_buttons,
    select,
    text_input,
    url_input,
    user_select,
    users_select,
)
from bot.render.blocks.layout import (
    Block,
    actions,
    context,
    divider,
    fields,
    header,
    home,
    input_block,
    modal,
    paragraphs,
    section,
)
from bot.render.blocks.message import Message, message
from bot.render.blocks.words import cut, escape, link, mention, one_line, shorten

__all__ = [
    "Block",
    "BlockError",
    "Message",
    "actions",
    "box",
    "button",
    "check_message",
    "check_view",
    "checkboxes",
    "confirmation",
    "context",
    "cut",
    "datetime_picker",
    "divider",
    "escape",
    "external_select",
    "fields",
    "header",
    "home",
    "input_block",
    "link",
    "link_button",
    "mention",
    "message",
    "modal",
    "one_line",
    "option",
    "overflow",
    "paragraphs",
    "radio_buttons",
    "section",
    "select",
    "shorten",
    "text_input",
    "url_input",
    "user_select",
    "users_select",
]
