"""Which permission each method needs of a bot token. A workspace with `scopes` given holds its app to them.

Slack: the «Scopes» line of each method's page.
"""

CONVERSATIONS_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
CONVERSATIONS_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
CONVERSATIONS_MANAGE = ("channels:manage", "groups:write", "im:write", "mpim:write")
# One of them is enough. What is not listed needs none.
NEEDED: dict[str, tuple[str, ...]] = {
    "bookmarks.add": ("bookmarks:write",),
    "bookmarks.edit": ("bookmarks:write",),
    "bookmarks.list": ("bookmarks:read",),
    "bots.info": ("users:read",),
    "chat.delete": ("chat:write",),
    "chat.deleteScheduledMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write", "chat:write.public"),
    "chat.scheduleMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.archive": CONVERSATIONS_MANAGE,
    "conversations.create": CONVERSATIONS_MANAGE,
    "conversations.history": CONVERSATIONS_HISTORY,
    "conversations.info": CONVERSATIONS_READ,
    "conversations.invite": (*CONVERSATIONS_MANAGE, "channels:write.invites", "groups:write.invites"),
    "conversations.join": ("channels:join",),
    "conversations.list": CONVERSATIONS_READ,
    "conversations.members": CONVERSATIONS_READ,
    "conversations.open": ("im:write", "mpim:write"),
    "conversations.replies": CONVERSATIONS_HISTORY,
    "conversations.setTopic": (*CONVERSATIONS_MANAGE, "channels:write.topic", "groups:write.topic"),
    "dnd.info": ("dnd:read",),
    "dnd.teamInfo": ("dnd:read",),
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "pins.add": ("pins:write",),
    "pins.remove": ("pins:write",),
    "reactions.add": ("reactions:write",),
    "reactions.get": ("reactions:read",),
    "reactions.remove": ("reactions:write",),
    "team.info": ("team:read",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "usergroups.users.update": ("usergroups:write",),
    "users.conversations": CONVERSATIONS_READ,
    "users.getPresence": ("users:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "users.lookupByEmail": ("users:read.email",),
    "users.profile.get": ("users.profile:read",),
}
EVERY_SCOPE = frozenset({"app_mentions:read", "commands", *(s for scopes in NEEDED.values() for s in scopes)})
