"""The names of the fields of our forms, for sentences about them: refusals, and what was edited."""

from bot.i18n import Texts


def field_name(t: Texts, name: str) -> str:
    """A field as a sentence names it; an unknown one by its own name."""
    return _details(t).get(name) or _acts(t).get(name) or name


def _details(t: Texts) -> dict[str, str]:
    return {
        "title": t("What is wrong"),
        "title_local": t("One line in the team's language"),
        "need": t("What we need from you"),
        "account": t("Account"),
        "ticket_url": t("Customer's ticket"),
        "category": t("Category"),
        "customer_language": t("Customer's language"),
        "amount": t("Amount affected"),
        "promised_at": t("Time promised to the customer"),
        "evidence": t("Evidence"),
        "proof": t("Evidence"),
        "followers": t("Followers"),
        "severity": t("Severity"),
        "team": t("Team"),
    }


def _acts(t: Texts) -> dict[str, str]:
    return {
        "finding": t("Finding"),
        "next_step": t("Next step"),
        "next_update_at": t("Next update by"),
        "impact_stopped": t("Impact has stopped"),
        "customer_line": t("A line for the customer"),
        "why": t("Reason"),
        "until": t("Until"),
        "cause": t("Root cause"),
        "workaround": t("Workaround"),
        "outcome": t("Outcome"),
        "docs": t("Documentation"),
        "docs_note": t("Note about the documentation"),
        "note": t("Note"),
        "text": t("Answer"),
        "to": t("New owner"),
        "of": t("Number of the other escalation"),
        "number": t("Which escalation?"),
    }
