"""The bot: a map of its rooms.

`app` builds everything once; `desk` performs moves; `outbox` delivers what they caused; `render` and
`i18n` give the words; `timers` tick; `web` is the door; `sandbox` and `demo` show it all without Slack.
Importing anything here does nothing.
"""
