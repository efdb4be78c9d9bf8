"""What the benches share: processes around the bot, a client that costs little, and how a verdict is told.

town            Slack, in a process of its own, and a submission as somebody's Slack sends it
serving         the bot as `python -m bot serve` runs it
acknowledging   a Bolt app that only acknowledges, behind the same door
posting         signed requests, many at once, and how long they took
verdict         lines for people and for machines
"""
