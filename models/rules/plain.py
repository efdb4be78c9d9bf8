"""Values of the rules as JSON holds them: what events and notices keep as facts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.rules.masking import Masked


def plain(value: Any) -> Any:
    """The value as JSON holds it: times as ISO text, Masked as text, sets sorted."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Masked):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
