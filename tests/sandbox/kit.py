"""Block Kit pieces that the tests of the sandbox put together."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Hello", **more: object) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "Go", action_id: str = "go", **more: object) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json, block_id: str = "row") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def option(text: str, value: str | None = None) -> Json:
    return {"text": plain(text), "value": value or text}


def options(*texts: str) -> list[Json]:
    return [option(text) for text in texts]


def entry(label: str, element: Json, block_id: str | None = None, **more: object) -> Json:
    name = block_id or label.lower()
    return {"type": "input", "block_id": name, "label": plain(label), "element": element, **more}


def field(action_id: str = "it", kind: str = "plain_text_input", **more: object) -> Json:
    return {"type": kind, "action_id": action_id, **more}


def modal(*blocks: Json, **more: object) -> Json:
    shown = list(blocks) or [section()]
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": shown, **more}


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()]}
