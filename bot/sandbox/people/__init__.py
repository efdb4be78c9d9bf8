"""People who use the workspace: they type, press, fill in and read, as Slack's client lets them.

person     one of them, with everything they can do
sight      what they see
outcome    what came of it
payloads   what Slack sends the app about it
finding    which button or field a word means
messages   acting in messages
modals     acting in modals and in App Home
"""

from bot.sandbox.people.outcome import Outcome
from bot.sandbox.people.person import Person

__all__ = ["Outcome", "Person"]
