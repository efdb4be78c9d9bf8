"""auth, api, team, bots and apps: who is asking, and by which door."""

from bot.sandbox.api.call import Call, Table
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.message_json import bot_json


def api_test(call: Call) -> Json:
    """api.test: echoes, and fails on request with the error that was asked for."""
    error = call.arguments.text("error")
    if error is not None:
        return {"ok": False, "error": error, "args": call.arguments.given}
    return {"args": call.arguments.given}


def auth_test(call: Call) -> Json:
    """auth.test"""
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.users[workspace.bot_user_id].name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> Json:
    """auth.revoke"""
    if call.arguments.flag("test"):
        return {"revoked": False}
    call.workspace.admin.revoke_tokens()
    return {"revoked": True}


def team_info(call: Call) -> Json:
    """team.info"""
    workspace = call.workspace
    wanted = call.arguments.text("team")
    if wanted is not None and wanted != workspace.team_id:
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "url": f"https://{workspace.domain}.slack.com/",
            "domain": workspace.domain,
            "email_domain": "",
            "icon": {"image_default": True},
            "avatar_base_url": "https://ca.slack-edge.com/",
            "is_verified": False,
            "lob_sales_home_enabled": False,
        }
    }


def bots_info(call: Call) -> Json:
    """bots.info"""
    if call.arguments.text("bot") != call.workspace.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": bot_json(call.workspace)}


def connections_open(call: Call) -> Json:
    """apps.connections.open: the address for one Socket Mode connection."""
    workspace = call.workspace
    base = workspace.base_url.replace("http://", "ws://", 1)
    ticket = workspace.delivery.sockets.issue_ticket()
    return {"url": f"{base}/link/?ticket={ticket}&app_id={workspace.app_id}"}


METHODS: Table = {
    "api.test": api_test,
    "auth.test": auth_test,
    "auth.revoke": auth_revoke,
    "team.info": team_info,
    "bots.info": bots_info,
    "apps.connections.open": connections_open,
}
