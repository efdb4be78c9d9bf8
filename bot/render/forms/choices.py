"""The choices that our modals offer: values are the rules' own, words are the vocabulary's.

A choice says below its name what follows from it, in a few plain words.
"""

from bot.i18n import LOCALES, Texts
from bot.render.forms.parts import Choice
from bot.render.vocabulary import (
    category_name,
    docs_name,
    hand_back_reason,
    language_name,
    outcome_name,
    severity_meaning,
    severity_name,
    team_name,
    waiting_name,
)
from models.rules.case import Docs, Outcome, WaitingOn
from models.rules.moves.forms import HandBackReason
from models.rules.rulebook import Rulebook
from models.rules.severity import Severity

YES, NO = "yes", "no"
TRIAGE = "-triage"  # the person does not know which team; no team's key begins with a hyphen


def severities(t: Texts) -> list[Choice]:
    """Each with what it means, the worst first."""
    return [Choice(s, severity_name(s), severity_meaning(t, s)) for s in Severity]


def teams(t: Texts, book: Rulebook, *, without: str | None = None) -> list[Choice]:
    """The teams in the company's own order."""
    return [Choice(key, team_name(t, team)) for key, team in book.teams.items() if key != without]


def categories(t: Texts, book: Rulebook) -> list[Choice]:
    """The company's topics."""
    return [Choice(category.key, category_name(t, category)) for category in book.categories]


def languages() -> list[Choice]:
    """What a customer reads: the languages that we have words in, each by its own name."""
    return [Choice(locale, language_name(locale)) for locale in LOCALES]


def waiting_on(t: Texts) -> list[Choice]:
    """Whom it may wait on, and what that does to the clocks."""
    effects = {
        WaitingOn.CUSTOMER: t("The clocks for the next update and for resolving pause"),
        WaitingOn.REQUESTER: t("The update clock pauses; they get a due time"),
        WaitingOn.THIRD_PARTY: t("A bank or a partner, for a limited time"),
        WaitingOn.TEAM: t("No clock pauses"),
    }
    return [Choice(on, waiting_name(t, on), effect) for on, effect in effects.items()]


def outcomes(t: Texts) -> list[Choice]:
    """How it may end."""
    return [Choice(outcome, outcome_name(t, outcome)) for outcome in Outcome]


def documentation(t: Texts) -> list[Choice]:
    """What may be said of the documentation, and what to write with it."""
    below = {
        Docs.LINKED: t("Give the link below"),
        Docs.GAP: t("Say below what is missing"),
        Docs.NOT_NEEDED: t("Say below why"),
    }
    return [Choice(docs, docs_name(t, docs), what) for docs, what in below.items()]


def hand_back_reasons(t: Texts) -> list[Choice]:
    """Why a team may hand it back."""
    return [Choice(reason, hand_back_reason(t, reason)) for reason in HandBackReason]


def yes_no(t: Texts) -> list[Choice]:
    """A plain question."""
    return [Choice(YES, t("Yes")), Choice(NO, t("Not yet"))]
