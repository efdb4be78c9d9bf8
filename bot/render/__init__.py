"""Facts and a locale go in, Block Kit comes out. Nothing here reads a database or calls Slack.

blocks     our only face to Block Kit: builders, escaping, Slack's limits
reader     whoever reads: language, time zone, people
vocabulary, field_names   the names of things
card       the one message in the team's channel that shows the whole state
notices    every message the bot sends by itself, and the history in sentences
forms      the modals
replies    what only the person who asked can see; refusals in words; the promise before submitting
home       App Home; digest, and the handoff
customer   texts for the customer, ready to copy
"""
