"""What people set for themselves with a command: language, away; the handoff; what admins may look at.

These change no escalation: a person's own row in the directory, or one post for the next shift.
"""

from bot.desk import Asker
from bot.i18n import Texts, locale_of, texts
from bot.render.blocks import Message, header, message, section
from bot.render.reader import Reader
from bot.render.replies import away_reply, lang_reply, plain_reply
from bot.render.vocabulary import language_name, team_name
from handlers.away import NotATime, away_until
from handlers.exchange import reader_of, refusal_words, words_for
from handlers.grammar import LANGUAGE_WORDS
from handlers.reads import teams_of
from handlers.services import Services
from models.queries import lists
from models.rules.acts import Act
from models.rules.facts import Facts
from models.rules.refusals import Code, Refusal
from models.rules.roles import refuse_unless_allowed


async def set_language(services: Services, who: Asker, facts: Facts, *, words: str) -> Message:
    """`lang zh-TW`: the person's own choice; `auto` follows Slack again. Alone, it says what is set."""
    actor = facts.actor
    if actor is None:
        return _refusal(facts, Refusal(Code.UNKNOWN_PERSON))
    if refused := refuse_unless_allowed(facts, Act.SHOW):
        return _refusal(facts, refused)
    t = words_for(actor)
    if not words:
        mine = language_name(t.locale)
        return plain_reply(
            t(
                "You read {language} here. `lang en`, `lang zh-Hans`, `lang zh-Hant` and `lang auto` change it.",
                language=mine,
            )
        )
    chosen = LANGUAGE_WORDS.get(words.strip().casefold())
    if chosen is None:
        return plain_reply(t("I know `en`, `zh-Hans`, `zh-Hant` and `auto` (whatever Slack says)."))
    language = None if chosen == "auto" else chosen
    if refused := await services.personal.choose_language(who, language):
        return _refusal(facts, refused)
    now_reads = texts(locale_of(language, actor.locale))
    return lang_reply(language, reader=Reader(now_reads, actor.time_zone, facts.people, who.user_id))


async def set_away(services: Services, who: Asker, facts: Facts, *, words: str) -> Message:
    """`away 2h`, `away until 18:00`, `away off`: whether the rotation passes the person over."""
    actor = facts.actor
    if actor is None:
        return _refusal(facts, Refusal(Code.UNKNOWN_PERSON))
    if refused := refuse_unless_allowed(facts, Act.SHOW):
        return _refusal(facts, refused)
    try:
        until = away_until(words, facts.now, actor.time_zone)
    except NotATime:
        t = words_for(actor)
        return plain_reply(
            t("I cannot read that time, or it has passed. Try `away 2h`, `away until 18:00`, `away 2d` or `away off`.")
        )
    if refused := await services.personal.be_away(who, until):
        return _refusal(facts, refused)
    return away_reply(until, reader=reader_of(facts, who))


async def hand_off(services: Services, who: Asker, facts: Facts, *, words: str, receipt: str) -> Message:
    """`handoff`: gives the turn to the next, and posts in the team's channel what they take over."""
    named = words.strip().casefold()
    key = next((k for k in facts.rulebook.teams if k.casefold() == named), words) if named else None
    own = teams_of(facts)
    key = key or (own[0] if own else facts.rulebook.fallback_team)
    outcome = await services.personal.hand_off(who, key, receipt=receipt)
    if isinstance(outcome, Refusal):
        return _refusal(facts, outcome)
    t, reader = words_for(facts.actor), reader_of(facts, who)
    if outcome is None:
        return plain_reply(t("This was done already."))
    team = team_name(t, facts.rulebook.team(outcome.team))
    return plain_reply(
        t(
            "{who} is on call for {team} now. The summary is in the channel.",
            who=reader.who(outcome.handed_to),
            team=team,
        )
    )


def show_configuration(who: Asker, facts: Facts) -> Message:
    """`config`: which version is in force, and the teams it names."""
    if refused := refuse_unless_allowed(facts, Act.CONFIGURE):
        return _refusal(facts, refused)
    reader, book = reader_of(facts, who), facts.rulebook
    t = reader.t
    title = t("Configuration, version {version}", version=book.version)
    lines = [
        t(
            "*{team}* in <#{channel}>: lead {lead}, on rotation {people}",
            team=team_name(t, team),
            channel=team.channel,
            lead=reader.who(team.lead),
            people=" ".join(reader.who(place.user_id) for place in team.rotation),
        )
        for team in book.teams.values()
    ]
    change = t("It is changed in the configuration file; a file with a mistake leaves this one in force.")
    return message(title, header(title), *(section(line) for line in lines[:40]), section(change))


async def report(services: Services, who: Asker, facts: Facts) -> Message:
    """`report`: for leads, how each team stands now."""
    if refused := refuse_unless_allowed(facts, Act.REPORT):
        return _refusal(facts, refused)
    t = words_for(facts.actor)
    counted = await services.desk.read(lambda connection: lists.open_counts(connection, who.workspace_id))
    lines = [
        f"*{team_name(t, team)}*: " + " · ".join(_standing(t, counted.get(key, lists.OpenCount())))
        for key, team in facts.rulebook.teams.items()
    ]
    title = t("How the teams stand now")
    return message(title, header(title), section("\n".join(lines)))


def _standing(t: Texts, count: lists.OpenCount) -> list[str]:
    """How many are open; how many of them are in trouble, where any is."""
    said = [t.n("{n} open escalation", "{n} open escalations", count.open)]
    if count.breached:
        said.append(t.n("{n} of them breached", "{n} of them breached", count.breached))
    if count.without_owner:
        said.append(t.n("{n} without an owner", "{n} without an owner", count.without_owner))
    return said


def nothing_to_import(facts: Facts) -> Message:
    """`import`: who may not is told so; who may, that escalations begin here and not in a file."""
    if refused := refuse_unless_allowed(facts, Act.IMPORT):
        return _refusal(facts, refused)
    t = words_for(facts.actor)
    return plain_reply(t("There is nothing to import from: escalations are opened with `/escalate` or a shortcut."))


def _refusal(facts: Facts, refused: Refusal) -> Message:
    return plain_reply(refusal_words(refused, facts))
