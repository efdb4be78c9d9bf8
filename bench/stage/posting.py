"""A client that costs little and costs the same whoever is asked: requests are written out before the time is taken.

aiohttp would take more of the machine than the app that only acknowledges.
"""

import asyncio
import json
import secrets
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.cli.loop import run_in_loop
from bot.sandbox.signing import signed_headers

AT_ONCE = 32


def submissions(payload: dict[str, Any], count: int, *, signing_secret: str, url: str) -> list[bytes]:
    """So many requests that submit the same modal, each of its own: another view, another trigger."""
    text = json.dumps(payload, ensure_ascii=False)
    same = (payload["view"]["id"], payload["trigger_id"])
    return [_request(_with_new_ids(text, same), signing_secret, url) for _ in range(count)]


def _with_new_ids(text: str, ids: Sequence[str]) -> str:
    for each in ids:
        text = text.replace(each, f"V{secrets.token_hex(8)}")
    return text


def _request(text: str, signing_secret: str, url: str) -> bytes:
    parts = urlsplit(url)
    body = urlencode({"payload": text}).encode()
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        **signed_headers(signing_secret, body),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {parts.path} HTTP/1.1\r\n{head}\r\n".encode() + body


def post_all(url: str, requests: Sequence[bytes], *, at_once: int = AT_ONCE) -> tuple[float, list[bytes]]:
    """Post them all, so many at a time; returns the seconds that it took, and the answers' bodies.

    Raises ValueError for an answer other than 200.
    """
    return run_in_loop(_post_all(url, requests, at_once))


async def _post_all(url: str, requests: Sequence[bytes], at_once: int) -> tuple[float, list[bytes]]:
    parts = urlsplit(url)
    lines = [await asyncio.open_connection(parts.hostname, parts.port) for _ in range(min(at_once, len(requests)))]
    waiting, answers = iter(requests), list[bytes]()
    started = perf_counter()
    await asyncio.gather(*(_post(reader, writer, waiting, answers) for reader, writer in lines))
    seconds = perf_counter() - started
    for _, writer in lines:
        writer.close()
    return seconds, answers


async def _post(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, waiting: Iterator[bytes], answers: list[bytes]
) -> None:
    for request in waiting:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200"):
            raise ValueError(f"answered with {head[:40]!r}")
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        answers.append(await reader.readexactly(length))
