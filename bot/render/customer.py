"""Texts for the customer, ready to copy: in the customer's language, and in words that are theirs.

升级 also means "upgrade", so no customer ever reads it, nor our keys, teams and clocks (DOMAIN, "Traps").
"""

from bot.i18n import Texts, locale_of, texts
from models.rules.case import Case
from models.rules.change import EventKind


def customer_text(t: Texts, case: Case, event: EventKind) -> str:
    """What the customer may be told: that it is solved, or at any other event that it is being looked into.

    In their language, or else in the reader's.
    """
    t = texts(locale_of(case.customer_language)) if case.customer_language else t
    if event is EventKind.RESOLVED:
        return t(
            "Good news: the problem you reported has been solved. Please try again, and tell us if anything "
            "still does not work."
        )
    return t(
        "Thank you for your patience. We have passed your case to the responsible team for further checks "
        "and will write to you as soon as there is news."
    )
