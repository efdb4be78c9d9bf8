"""usergroups.*: groups of people that can be mentioned as one."""

from bot.sandbox.api.call import Call, Table
from bot.sandbox.directory import group_json
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.records import Group


def _group(call: Call) -> Group:
    group = call.workspace.groups.get(call.required("usergroup"))
    if group is None:
        raise call.refuse("no_such_subteam", "invalid_arguments")
    if group.disabled and not call.arguments.flag("include_disabled"):
        raise call.refuse("no_such_subteam", "invalid_arguments")
    return group


def list_groups(call: Call) -> Json:
    """usergroups.list"""
    disabled = call.arguments.flag("include_disabled")
    users, count = call.arguments.flag("include_users"), call.arguments.flag("include_count")
    groups = [g for g in call.workspace.groups.values() if disabled or not g.disabled]
    return {"usergroups": [group_json(call.workspace, g, users=users, count=count) for g in groups]}


def list_users(call: Call) -> Json:
    """usergroups.users.list"""
    return {"users": list(_group(call).users)}


def update_users(call: Call) -> Json:
    """usergroups.users.update: the list replaces the old one."""
    group = _group(call)
    wanted = call.arguments.names("users")
    if not wanted:
        raise SlackError("no_users_provided")
    if any(user not in call.workspace.users for user in wanted):
        raise SlackError("invalid_users")
    call.workspace.admin.change_group(group.id, wanted)
    count = call.arguments.flag("include_count")
    return {"usergroup": group_json(call.workspace, group, users=True, count=count)}


METHODS: Table = {
    "usergroups.list": list_groups,
    "usergroups.users.list": list_users,
    "usergroups.users.update": update_users,
}
