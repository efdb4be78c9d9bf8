"""Block Kit, judged as Slack judges it.

findings    where in a payload something is wrong, and how Slack says so
fields      checks of single values: strings, numbers, lists, shapes
texts       text objects, options, confirmation dialogs
choices     menus, checkboxes, radio buttons, overflow
elements    every other element, and which block may hold which
layout      every block
surfaces    a message's blocks, a modal, an App Home
completion  what Slack adds by itself (block_id, action_id)
walk        finding elements in blocks that stand

Limits: https://docs.slack.dev/reference/block-kit/blocks and …/block-elements
"""
