"""A Slack workspace on loopback, as strict as Slack, which knows nothing of the app that it serves.

workspace, records, directory, message_json   what is in it, and the JSON that Slack shows of it
posting, marking, answering, administration   how it changes, and the events that tell of it
blocks/, contents, inputs, refusing_client    what Slack and its client accept
triggers, response_urls, view_store           rights that run out, modals, homes
api/, app, arguments, catalogue, faults       the Web API over HTTP, and planted trouble
delivery, sockets, signing, events            the way to the app: HTTP and Socket Mode
people/                                       who types, presses, fills in and reads
log, changes, scenes, reading                 what happened, waiting for it, reading it

    workspace = Workspace()
    mei = workspace.add_person("mei", locale="zh-CN", tz="Asia/Singapore")
    workspace.add_channel("support", members=["mei"], bot=True)
    async with SandboxServer(workspace) as server:   # server.api_url is the app's SLACK_API_URL
        workspace.connect_http("http://127.0.0.1:3000/slack/events")
        outcome = await mei.command("/escalate", "提现未到账", channel="support")
"""

from bot.sandbox.app import SandboxServer
from bot.sandbox.faults import Fault
from bot.sandbox.people import Outcome, Person
from bot.sandbox.workspace import Workspace

__all__ = ["Fault", "Outcome", "Person", "SandboxServer", "Workspace"]
