"""What an operator's machines ask: is the process alive, may it be sent requests, and its numbers.

/healthz asks nothing of anybody, so that a slow database does not get a healthy process killed. /readyz asks every
named probe, each with a time limit, and names those that are not ready.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

from bot.log import get_logger

log = get_logger(__name__)

PROBE_SECONDS = 2.0
# Slack waits three seconds.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


@dataclass(frozen=True)
class Probe:
    """Something that must work before requests are sent here; ready when `check` answers True in time."""

    name: str
    check: Callable[[], Awaitable[bool]]
    seconds: float = PROBE_SECONDS


@dataclass
class Readiness:
    """The probes, and whether the process is draining: then it is not ready, whatever they say."""

    probes: Sequence[Probe] = ()
    draining: bool = field(default=False)

    async def not_ready(self) -> list[str]:
        """The names of what is not ready, in the probes' order."""
        if self.draining:
            return ["draining"]
        ready = await asyncio.gather(*(_is_ready(probe) for probe in self.probes))
        return [probe.name for probe, is_ready in zip(self.probes, ready, strict=True) if not is_ready]


async def _is_ready(probe: Probe) -> bool:
    try:
        async with asyncio.timeout(probe.seconds):
            return await probe.check()
    except TimeoutError:
        log.warning("probe_too_slow", probe=probe.name, seconds=probe.seconds)
    except Exception:
        log.warning("probe_failed", probe=probe.name, exc_info=True)
    return False


class DoorMetrics:
    """Requests at Slack's door by outcome, and how long they took."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "escalations_slack_requests", "Requests at /slack/events.", ["outcome"], registry=registry
        )
        self._seconds = Histogram(
            "escalations_slack_request_seconds", "Seconds until the answer.", buckets=_BUCKETS, registry=registry
        )

    def observe(self, outcome: str, seconds: float) -> None:
        self._requests.labels(outcome).inc()
        self._seconds.observe(seconds)


def health_routes(readiness: Readiness, registry: CollectorRegistry) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.api_route("/healthz", methods=["GET", "HEAD"])
    async def healthz() -> Response:
        return PlainTextResponse("ok")

    @router.api_route("/readyz", methods=["GET", "HEAD"])
    async def readyz() -> Response:
        missing = await readiness.not_ready()
        return JSONResponse({"ready": not missing, "not_ready": missing}, status_code=503 if missing else 200)

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
