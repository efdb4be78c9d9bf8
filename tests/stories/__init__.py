"""One scenario a file: a Slack on loopback, the bot over real HTTP, a clock that jumps.

A story fails on any message that it did not expect, on any error in the bot's log, and on any call that
Slack refused, unless it says that this is what it is about.
"""
