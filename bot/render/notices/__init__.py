"""Every message the bot sends by itself: facts and a reader go in, a message comes out.

telling    what a notice is rendered from
sentences  the history in words, with details and reasons below
posts      the card and what stands in channels and threads
duty       direct messages to whoever is on call or owns it
asking     direct messages to the requester and to followers
leading    direct messages to leads

`render_notice` is the only way in; a test holds its registry against models.rules.change.NoticeKind.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.i18n import Texts
from bot.render.blocks import Message
from bot.render.notices import asking, duty, leading, posts
from bot.render.notices.sentences import event_lines, event_text
from bot.render.notices.telling import Telling
from bot.render.reader import Reader
from models.rules.case import Case
from models.rules.change import NoticeKind
from models.rules.people import Person
from models.rules.rulebook import Rulebook

__all__ = ["RENDERERS", "Telling", "event_lines", "event_text", "render_notice"]

RENDERERS: Mapping[NoticeKind, Callable[[Telling], Message]] = {
    NoticeKind.CARD: posts.card_post,
    NoticeKind.CARD_MOVED: posts.card_moved,
    NoticeKind.HISTORY: posts.history,
    NoticeKind.POINTER: posts.pointer,
    NoticeKind.THREAD_REMINDER: posts.thread_reminder,
    NoticeKind.CHANNEL_REMINDER: posts.channel_reminder,
    NoticeKind.BREACH: posts.breach,
    NoticeKind.CATCH_UP: posts.catch_up,
    NoticeKind.HANDOFF: posts.handoff,
    NoticeKind.ON_CALL: duty.on_call,
    NoticeKind.REMINDER: duty.reminder,
    NoticeKind.OWNER_NEWS: duty.owner_news,
    NoticeKind.COUNT_AS_UPDATE: duty.count_as_update,
    NoticeKind.WAIT_OVER: duty.wait_over,
    NoticeKind.OPENED_LINK: asking.opened_link,
    NoticeKind.REQUESTER_NEWS: asking.requester_news,
    NoticeKind.FOLLOWER_NEWS: asking.follower_news,
    NoticeKind.INFO_REQUEST: asking.info_request,
    NoticeKind.CONFIRM_FIXED: asking.confirm_fixed,
    NoticeKind.CLOSE_WARNING: asking.close_warning,
    NoticeKind.LEAD_TOLD: leading.lead_told,
    NoticeKind.LEAD_PAGED: leading.lead_paged,
    NoticeKind.DIGEST: leading.digest_post,
    NoticeKind.UNDELIVERABLE: leading.undeliverable,
}


def render_notice(
    kind: NoticeKind,
    *,
    case: Case | None,
    book: Rulebook,
    facts: Mapping[str, object],
    t: Texts,
    viewer_tz: str = "UTC",
    people: Mapping[str, Person] | None = None,
    viewer: str | None = None,
    cases: Sequence[Case] = (),
) -> Message:
    """A notice in words. `case` is as it is now; `cases` are what a digest or a handoff lists.

    The fact "link", where the outbox knows it, is the permalink of the card.
    """
    reader = Reader(t, viewer_tz, people or {}, viewer)
    return RENDERERS[kind](Telling(book, facts, reader, case, tuple(cases)))
