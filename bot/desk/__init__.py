"""The one way to change anything: facts, rule, Change, record, in one transaction.

Doors (handlers, timers) ask the desk; it answers with what is true now, or with a refusal. It renders
nothing and calls no Slack: what a change has to say goes to the outbox in the same commit.
"""

from bot.desk.desk import Desk
from bot.desk.outcomes import Asker, Done, Refused
from bot.desk.personal import PersonalDesk

__all__ = ["Asker", "Desk", "Done", "PersonalDesk", "Refused"]
