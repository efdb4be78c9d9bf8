"""Column types and shorthands that every table uses.

SQLite drops the time zone of a timestamp, so one type puts UTC back; enums are stored as plain text
so that a new value needs no migration; JSON is JSONB on PostgreSQL. Text loses what a database refuses.
"""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine
from sqlmodel import Field


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime on both databases. A naive one is a mistake of ours and raises."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        aware = value.astimezone(UTC)
        return aware.replace(tzinfo=None) if dialect.name == "sqlite" else aware

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# PostgreSQL takes no NUL and neither database half of a surrogate pair; a person may paste both.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class StoredText(TypeDecorator[str]):
    """Text of any length, also as a search compares it; what cannot be stored becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else _storable(value)


class StoredJson(TypeDecorator[Any]):
    """A JSON value; its texts as in StoredText. None is SQL's NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else self.impl_instance)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        return _storable(value)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        # SQLite takes no subclass of str, which Masked is.
        return _UNSTORABLE.sub(_REPLACEMENT, str(value))
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value


# SQLite gives out row numbers by itself for INTEGER keys only; PostgreSQL gets the wide type.
BigKey = BigInteger().with_variant(Integer, "sqlite")


def key_column() -> Any:
    """A primary key that the database numbers."""
    return Field(default=None, primary_key=True, sa_type=BigKey)


def utc_column(*, nullable: bool = False) -> Any:
    """An aware UTC time."""
    return Field(default=None, sa_type=UtcTime, nullable=nullable)


def text_column(*, nullable: bool = False) -> Any:
    """Text of any length; limits are the rules'."""
    return Field(default=None, sa_type=StoredText, nullable=nullable)


def json_column(*, nullable: bool = False) -> Any:
    """A JSON value."""
    return Field(default=None, sa_type=StoredJson, nullable=nullable)


def case_column(*, primary_key: bool = False, nullable: bool = False) -> Any:
    """The id of an escalation that the row belongs to."""
    return Field(default=None, primary_key=primary_key, nullable=nullable, sa_type=BigKey, foreign_key="escalation.id")
