"""The outbox's rows: added with the change that causes them, claimed with a lease, marked when said.

adding    notices of a change, of nobody's change, and those that are said once only
claiming  what may be sent now, each in one pair of hands
marking   said, dropped, failed, or not now
lanes     when a Slack channel may be posted to again
tidying   what stands undone, and what was finished long ago

Times here are the database's own (`database_now`), so that replicas need not agree on the time. A mark
needs the lease it was claimed with: a replica that slept through its lease changes nothing.
"""

from models.queries.outbox.adding import add, add_loose, add_once, add_to
from models.queries.outbox.claiming import claim, claim_same, release_leases
from models.queries.outbox.lanes import block_lane, take_lane
from models.queries.outbox.marking import (
    WAITS_FOR_CARD,
    hurry,
    make_plain,
    mark_dropped,
    mark_failed,
    mark_sent,
    put_back,
    remember_channel,
)
from models.queries.outbox.notices import Claimed
from models.queries.outbox.tidying import card_is_coming, counts, remove_finished

__all__ = [
    "WAITS_FOR_CARD",
    "Claimed",
    "add",
    "add_loose",
    "add_once",
    "add_to",
    "block_lane",
    "card_is_coming",
    "claim",
    "claim_same",
    "counts",
    "hurry",
    "make_plain",
    "mark_dropped",
    "mark_failed",
    "mark_sent",
    "put_back",
    "release_leases",
    "remember_channel",
    "remove_finished",
    "take_lane",
]
