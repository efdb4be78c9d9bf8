"""The demo: a sandbox and the bot on loopback, a story that plays itself, and a prompt to go on by hand.

town        who works here and in which channels, as escalation.example.toml names them
stage       both servers, the bent clock, a database of its own
ledger      which of the bot's messages were expected, and which were not
log_watch   the bot's log in a file, its errors in a list
story       the acts of the story, each checked
transcript  what each person sees, on the terminal
prompt      going on by hand
run         `python -m bot demo`

Town, stage and ledger also serve the tests in tests/stories.
"""

from bot.demo.run import run_demo

__all__ = ["run_demo"]
