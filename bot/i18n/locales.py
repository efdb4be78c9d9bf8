"""Which of our three languages a tag means: Slack's locale, a person's choice, a team's setting.

zh-TW, zh-HK, zh-MO and zh-Hant read traditional characters, any other zh reads simplified ones, and
everybody else reads English (DOMAIN, "Glossary").
"""

ENGLISH = "en"
SIMPLIFIED = "zh_Hans"
TRADITIONAL = "zh_Hant"
LOCALES = (ENGLISH, SIMPLIFIED, TRADITIONAL)

# For a reader whose language cannot be known, such as while the database is down: English and 简体.
BOTH = "both"

_TRADITIONAL_PARTS = frozenset({"hant", "tw", "hk", "mo"})


def locale_of(*tags: str | None) -> str:
    """The language of the first tag that is given ("zh-TW", "zh_Hant", "en-GB"); English if none is."""
    for tag in tags:
        if tag:
            return _read(tag)
    return ENGLISH


def _read(tag: str) -> str:
    parts = tag.strip().lower().replace("_", "-").split("-")
    if parts[0] != "zh":
        return ENGLISH
    if "hans" in parts:
        return SIMPLIFIED
    return TRADITIONAL if _TRADITIONAL_PARTS.intersection(parts) else SIMPLIFIED


def is_chinese(locale: str) -> bool:
    """Whether a locale of ours is written in Chinese."""
    return locale in (SIMPLIFIED, TRADITIONAL)
