"""`help`, "Did you mean…", and short answers of one sentence."""

from bot.i18n import Texts
from bot.render.blocks import Message, actions, button, context, escape, header, message, section, shorten
from bot.render.reader import Reader
from bot.render.vocabulary import key_of
from models.rules.rulebook import Rulebook

# "Yes" carries "<verb>:<number>"; "open a new one" leaves the text to the command that was typed.
DID_YOU_MEAN, OPEN_INSTEAD = "did_you_mean", "open_instead"


def plain_reply(text: str) -> Message:
    """One sentence, mrkdwn already."""
    return message(text, section(text))


def did_you_mean(verb: str, number: int, typed: str, *, book: Rulebook, reader: Reader) -> Message:
    """A near miss with an ID: nothing was done, and nothing was opened."""
    t = reader.t
    key = key_of(book, number)
    question = t("Did you mean `{verb} {key}`? Nothing has been done yet.", verb=verb, key=key)
    return message(
        question,
        section(question),
        context(t("You typed: {text}", text=escape(shorten(typed, 200)))),
        actions(
            button(f"{verb} {key}", DID_YOU_MEAN, f"{verb}:{number}", primary=True),
            button(t("Open a new escalation instead"), OPEN_INSTEAD, shorten(typed, 1900)),
        ),
    )


def incident_reply(incident: str, t: Texts) -> Message:
    """Something failed on our side: what was typed is not lost, and the id finds it in the log."""
    text = t(
        "Something went wrong on our side and nothing was changed. Please try again; if it happens again, "
        "give {incident} to your admin.",
        incident=f"`{incident}`",
    )
    return message(text, section(text))


def help_reply(t: Texts) -> Message:
    """What `/escalate` can do, by what a person wants."""
    title = t("What /escalate can do")
    groups = [_asking(t), _working(t), _finding(t), _yourself(t)]
    return message(title, header(title), *(section(group) for group in groups), context(_elsewhere(t)))


def _asking(t: Texts) -> str:
    return "\n".join(
        [
            f"*{t('Escalate')}*",
            t("`/escalate` and a few words: opens a form, filled in as far as possible"),
            t("`answer 142` · `evidence 142`: reply, or add evidence"),
            t("`edit 142`: correct what it says"),
            t("`nudge 142` · `sev 142`: ask for news, or change the severity"),
            t("`close 142` · `reopen 142` · `cancel 142`: confirm fixed, not fixed, or cancel"),
        ]
    )


def _working(t: Texts) -> str:
    return "\n".join(
        [
            f"*{t('Work on one')}*",
            t("`ack 142` · `info 142` · `notours 142`: acknowledge, ask for information, or hand it back"),
            t("`update 142` · `wait 142` · `resume 142` · `resolve 142`: say how it stands"),
            t("`assign 142` · `route 142` · `dup 142`: reassign, re-route, or mark a duplicate"),
        ]
    )


def _finding(t: Texts) -> str:
    return "\n".join(
        [
            f"*{t('Find')}*",
            t("`list mine|team|at-risk|breached|all` · `search WORDS` · `show 142`"),
            t("`why 142`: where each due time comes from · `history 142`"),
            t("`oncall`: who is on call · `handoff`: a summary for the next shift"),
        ]
    )


def _yourself(t: Texts) -> str:
    return "\n".join(
        [
            f"*{t('For yourself')}*",
            t("`follow 142` · `unfollow 142`: hear of the milestones, or no longer"),
            t("`lang` · `away`: your language, and when you are away"),
            t("`report`: how the teams stand (leads) · `config`: the teams and the rotation (admins)"),
        ]
    )


def _elsewhere(t: Texts) -> str:
    return t(
        "IDs may be typed as 142, ESC-142 or #142, verbs in English or Chinese. Slash commands do not work in "
        "threads: use the buttons of the card, or the message shortcuts."
    )
