"""Says something by a response_url: to one person, for half an hour, at most five times.

Over the connections that all calls share, and never twice: Bolt's own `respond` opens a pool for each call,
sends again by itself, and takes a proxy from the environment for loopback too.
"""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.log import get_logger

log = get_logger(__name__)

_SECONDS = 5


async def say_at(client: AsyncWebClient, url: str, **said: Any) -> bool:
    """Posts to the URL. False where Slack did not take it."""
    webhook = AsyncWebhookClient(url, timeout=_SECONDS, session=client.session, retry_handlers=[])
    webhook.proxy = client.proxy
    try:
        answer = await webhook.send_dict(said)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("response_url_failed", error=type(error).__name__)
        return False
    if answer.status_code != 200:
        log.warning("response_url_refused", status=answer.status_code)
    return answer.status_code == 200
