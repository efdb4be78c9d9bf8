"""The address of the database: what people paste, spelled the one way the rest of the code reads.

Only the spelling is decided here; nothing is opened. A pasted password must not come back in a complaint, so
no complaint quotes the address.
"""

from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

_POSTGRES = frozenset({"postgres", "postgresql"})
_SQLITE = frozenset({"sqlite", "sqlite3"})
# What asyncpg takes from an address. Any other name would only fail when the first connection is made.
_POSTGRES_PARAMETERS = frozenset(
    {"host", "port", "ssl", "target_session_attrs", "passfile", "prepared_statement_cache_size"}
)

_UNREADABLE = "cannot be read; write @ : / # ? % in a password as %40 %3A %2F %23 %3F %25"


def spell_database_url(text: str) -> str:
    """Spell a pasted address as `postgresql+asyncpg://…` or `sqlite:///…`. Raises ValueError, in words."""
    scheme, mark, rest = text.strip().partition("://")
    if not mark:
        return _sqlite_file(scheme)
    kind = scheme.lower().partition("+")[0]
    if kind in _POSTGRES:
        return _postgres(rest)
    if kind in _SQLITE:
        return _sqlite_file(rest.removeprefix("/"))
    raise ValueError("names a database that is neither PostgreSQL nor SQLite")


def _sqlite_file(path: str) -> str:
    file = path.partition("?")[0]
    if file in ("", ":memory:"):
        raise ValueError("names no file, and a database in memory forgets every escalation at a restart")
    if file.endswith("/"):
        raise ValueError("names a folder, not a file")
    if "@" in file or "\n" in file:
        raise ValueError("is neither an address nor the path of a file")
    return f"sqlite:///{path}"


def _postgres(rest: str) -> str:
    parts = _parts(rest)
    if not parts.path.strip("/"):
        raise ValueError("names no database after the host")
    query = [_parameter(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    if not parts.hostname and "host" not in dict(query):
        raise ValueError("names no host")
    suffix = f"?{urlencode(query)}" if query else ""
    return f"postgresql+asyncpg://{parts.netloc}{parts.path}{suffix}"


def _parts(rest: str) -> SplitResult:
    try:
        parts = urlsplit(f"//{rest}")
        port = parts.port
    except ValueError:
        # `from None`: the library's complaint quotes what it was given, password and all.
        raise ValueError(_UNREADABLE) from None
    if port == 0 or parts.fragment:
        raise ValueError(_UNREADABLE)
    return parts


def _parameter(name: str, value: str) -> tuple[str, str]:
    """libpq calls it sslmode, asyncpg calls it ssl; the values are the same."""
    known = "ssl" if name == "sslmode" else name
    if known not in _POSTGRES_PARAMETERS:
        raise ValueError(f"has a parameter that the driver does not know ({name[:40]!r}); take it out")
    return known, value
