"""users.* and dnd.*: who is here, in which language and time zone, and who is not to be disturbed."""

from bot.sandbox.api.call import Call, Table
from bot.sandbox.api.conversations import visible
from bot.sandbox.api.pages import page
from bot.sandbox.directory import channel_json, profile_json, user_json
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.records import User

MOST_IN_TEAM_INFO = 50


def info(call: Call) -> Json:
    """users.info"""
    locale = call.arguments.flag("include_locale")
    return {"user": user_json(call.workspace, call.user(), locale=locale)}


def list_users(call: Call) -> Json:
    """users.list"""
    locale = call.arguments.flag("include_locale")
    some, metadata = page(call, list(call.workspace.users.values()), default=1000)
    shown = [user_json(call.workspace, user, locale=locale) for user in some]
    return {"members": shown, "cache_ts": call.workspace.ids.epoch(), "response_metadata": metadata}


def conversations(call: Call) -> Json:
    """users.conversations: those of the app, or of somebody else as far as the app can see them."""
    member = call.user().id if call.arguments.has("user") else call.workspace.bot_user_id
    theirs = [channel for channel in visible(call) if member in channel.members]
    some, metadata = page(call, theirs)
    shown = [channel_json(call.workspace, channel) for channel in some]
    return {"channels": shown, "response_metadata": metadata}


def lookup_by_email(call: Call) -> Json:
    """users.lookupByEmail"""
    email = call.required("email").lower()
    for user in call.workspace.users.values():
        if user.email.lower() == email and not user.deleted:
            return {"user": user_json(call.workspace, user, locale=False)}
    raise SlackError("users_not_found")


def get_presence(call: Call) -> Json:
    """users.getPresence"""
    return {"presence": call.user().presence}


def get_profile(call: Call) -> Json:
    """users.profile.get"""
    user = call.user() if call.arguments.has("user") else call.workspace.users[call.workspace.bot_user_id]
    return {"profile": profile_json(user)}


def _dnd(user: User) -> Json:
    off = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    return {**off, **user.dnd}


def dnd_info(call: Call) -> Json:
    """dnd.info"""
    user = call.user() if call.arguments.has("user") else call.workspace.users[call.workspace.bot_user_id]
    own = {"snooze_enabled": False} if user.id == call.workspace.bot_user_id else {}
    return {**_dnd(user), **own}


def dnd_team_info(call: Call) -> Json:
    """dnd.teamInfo: at most fifty people at a time; those it does not know are left out."""
    wanted = call.arguments.names("users")
    if not wanted:
        raise SlackError("no_users_provided")
    if len(wanted) > MOST_IN_TEAM_INFO:
        raise SlackError("invalid_arguments", messages=[f"no more than {MOST_IN_TEAM_INFO} users"])
    users = call.workspace.users
    return {"users": {user_id: _dnd(users[user_id]) for user_id in wanted if user_id in users}}


METHODS: Table = {
    "users.info": info,
    "users.list": list_users,
    "users.conversations": conversations,
    "users.lookupByEmail": lookup_by_email,
    "users.getPresence": get_presence,
    "users.profile.get": get_profile,
    "dnd.info": dnd_info,
    "dnd.teamInfo": dnd_team_info,
}
