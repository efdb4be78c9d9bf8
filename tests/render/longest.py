"""The longest and the nastiest facts: every text at its limit, twenty proofs, fifty followers, and words
that try to ping a channel, to break out of a line, or to turn the text around."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from models.rules import limits
from models.rules.case import (
    Case,
    Closure,
    Docs,
    Evidence,
    EvidenceKind,
    Outcome,
    Progress,
    Resolution,
    Waiting,
    WaitingOn,
)
from models.rules.masking import Masked, mask
from models.rules.people import Person
from models.rules.rulebook import LinkTemplate, Rulebook
from models.rules.status import Status
from tests.builders import (
    ENGINEERING,
    ERIN,
    MEI,
    NOW,
    a_rulebook,
    a_running_case,
    the_people,
    the_teams,
)

ATTACKS = {
    "ampersands": "&<>" * 400,
    "channel pings": "<!here> <!channel> <@U0ERIN00001> <#C0ENGINEER1> @here " * 20,
    "mrkdwn": "``` *bold* _it_ ~no~ `code` > quote\n>>> all\n```\n" * 20,
    "html": "<script>alert('x')</script><b>&amp;</b> " * 20,
    "right to left": "\u202e\u2067مرحبا بالعالم שלום עולם " * 30,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇸🇬" * 60,
    "chinese": "提现未到账，客户很着急。" * 60,
    "one long word": "x" * 3000,
    "lines": "a\n" * 1000,
    "links": "https://example.com/?a=1&b=<2>|label " * 30,
}
LONG_ADDRESS = "https://example.com/" + "a" * 1900


def typed(text: str, limit: int) -> Masked:
    return mask((text * 20)[:limit]).text


def the_longest_book() -> Rulebook:
    """Links for every ID, team names as long as anybody writes them, and a long key."""
    names = {"en": "The team for payouts, settlements & <everything> else", "zh-Hans": "提现、结算与其他一切团队"}
    teams = [replace(team, names=names) for team in the_teams()]
    links = (LinkTemplate("po_", LONG_ADDRESS + "?id={id}"), LinkTemplate("acct_", "https://x.test/{id}"))
    return a_rulebook(teams=teams, links=links, key_prefix="ESCALATION")


def the_proof(text: str) -> tuple[Evidence, ...]:
    kinds = [EvidenceKind.SQL, EvidenceKind.LINK, EvidenceKind.NOTE, EvidenceKind.OBJECT_ID]
    texts = {
        EvidenceKind.SQL: typed(text, limits.SQL),
        EvidenceKind.LINK: mask(LONG_ADDRESS).text,
        EvidenceKind.NOTE: typed(text, limits.NOTE),
        EvidenceKind.OBJECT_ID: mask("po_" + "1Nx" * 60).text,
    }
    return tuple(
        Evidence(kind, texts[kind], MEI, NOW, summary=typed(text, limits.WHY), live=index % 3 == 0)
        for index, kind in enumerate(kinds * 5)
    )


def the_longest_case(text: str, status: Status = Status.NEW, *, book: Rulebook | None = None) -> Case:
    """A case in that status, each of its texts at the limit."""
    base = a_running_case(status, rulebook=book or the_longest_book(), number=987_654_321)
    breached = tuple(replace(clock, breached_at=NOW) for clock in base.clocks)
    return replace(
        base,
        title=typed(text, limits.TITLE),
        title_local=typed("Y" + text, limits.TITLE),
        need=typed(text, limits.NEED),
        account=typed("acct_" + text, limits.SHORT),
        ticket_url=mask(LONG_ADDRESS).text,
        amount=typed(text, limits.SHORT),
        category="payouts",
        customer_language="zh-Hant",
        promised_at=NOW + timedelta(hours=3),
        followers=frozenset(f"U0FOLLOW{number:03}" for number in range(limits.FOLLOWERS)),
        evidence=the_proof(text),
        clocks=breached,
        progress=Progress(typed(text, limits.FINDING), typed(text, limits.FINDING), ERIN, NOW),
        resolution=Resolution(Outcome.WORKED_AROUND, typed(text, limits.FINDING), typed(text, 2000), ERIN),
        closure=Closure(MEI, True, Docs.GAP, typed(text, limits.NOTE)),
        waiting=Waiting(WaitingOn.REQUESTER, typed(text, limits.WHY), NOW, NOW + timedelta(days=1), ERIN),
        close_at=NOW + timedelta(days=3),
        reopened_count=3,
        rerouted_count=2,
        duplicate_of=123_456_789,
        continues=12,
        team=ENGINEERING,
    )


def every_longest_case(book: Rulebook) -> Iterator[tuple[str, Case]]:
    """Every attack in every status, by a name."""
    for name, text in ATTACKS.items():
        for status in Status:
            yield f"{name}, {status}", the_longest_case(text, status, book=book)


def people_with_long_names() -> dict[str, Person]:
    return {user: replace(person, name=person.name + " <!here> & " * 20) for user, person in the_people().items()}
