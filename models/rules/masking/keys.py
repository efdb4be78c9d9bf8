"""Finds API keys, Slack tokens, bearer tokens and private keys in a shadow.

Keys are known by their prefixes, which stay readable so that the reader knows what to roll; nothing else
does. Every pattern is linear: fixed beginnings, one class repeated, possessive where something follows.
"""

import re
from collections import deque

from models.rules.masking.shadow import GONE, Finding, Kind, Shadow

# A short one counts where a word begins. `risk_test_cases` is a name, yet `keysk_test_4eC39HqLyjWDarjt` is
# a key.
_API_KEY = r"(?:sk|rk)_(?:org_)?(?:live|test|prod)_|rk_(?=[A-Za-z0-9]{16})"
_KEY = re.compile(
    rf"(?:(?<![A-Za-z0-9])|(?=(?:{_API_KEY})[A-Za-z0-9]{{16}}))(?P<api>{_API_KEY})[A-Za-z0-9_]{{3,}}"
    r"|(?P<signing>whsec_)[A-Za-z0-9+/=_-]{3,}"
    r"|(?P<slack>xox[a-z](?:\.xox[a-z])?-|xapp-|xwfp-)[A-Za-z0-9%_-]{3,}",
    re.IGNORECASE,
)

# "Bearer instruments" is a word of finance, not a token: a token has a digit, or is long.
_BEARER = re.compile(
    r"(?<![A-Za-z0-9_])(?P<word>Bearer\s++)"
    r"(?=[A-Za-z._~+/-]*+[0-9]|[A-Za-z0-9._~+/-]{20})[A-Za-z0-9._~+/-]{8,}=*",
    re.IGNORECASE,
)

_BEGIN = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
# What follows a BEGIN whose END was cut off: lines of base64, also with the line breaks of a quoted string.
_BODY = re.compile(r"(?>(?:\s|\\[nr])*+[A-Za-z0-9+/=]{16,}+)*+(?:(?:\s|\\[nr])*+[A-Za-z0-9+/]*+={1,2})?")


def find_private_keys(shadow: Shadow) -> list[Finding]:
    """Whole blocks. Where the END is missing, all that looks like the key's body."""
    if "PRIVATE KEY" not in shadow.text:
        return []
    ends = deque(each.end() for each in _END.finditer(shadow.text))
    found: list[Finding] = []
    done = 0
    for begin in _BEGIN.finditer(shadow.text):
        if begin.start() < done:
            continue
        while ends and ends[0] <= begin.end():
            ends.popleft()
        body = _BODY.match(shadow.text, begin.end())
        done = ends[0] if ends else body.end() if body else begin.end()
        found.append(shadow.finding(Kind.PRIVATE_KEY, (begin.start(), done), f"[PRIVATE KEY {GONE}]"))
    return found


def find_keys(shadow: Shadow) -> list[Finding]:
    """API keys, webhook signing secrets and Slack's tokens; the prefix stays."""
    if "_" not in shadow.text and "-" not in shadow.text:
        return []
    found = []
    for match in _KEY.finditer(shadow.text):
        prefix = match["api"] or match["signing"] or match["slack"]
        found.append(shadow.finding(Kind.API_KEY, match.span(), prefix + GONE))
    return found


def find_bearer_tokens(shadow: Shadow) -> list[Finding]:
    """What follows `Bearer` in an Authorization header that somebody pasted."""
    if "bearer" not in shadow.text.lower():
        return []
    return [
        shadow.finding(Kind.BEARER_TOKEN, match.span(), match["word"] + GONE) for match in _BEARER.finditer(shadow.text)
    ]
