"""The words, in three languages: gettext catalogs read straight from their .po files.

locales    which of our languages a tag from Slack means
texts      `texts(locale)` gives the words, dates and durations of one language
spacing    Chinese typography: where a space stands between Chinese and Latin
meanings   what else a word is called, for search
catalogs   where the .po files are and how one is read
sources    finds the message ids in our code
extract    `python -m bot.i18n.extract` brings the catalogs up to the code
check      `python -m bot.i18n.check` says everything that is wrong with them
"""

from bot.i18n.locales import BOTH, LOCALES, locale_of
from bot.i18n.texts import Texts, texts

__all__ = ["BOTH", "LOCALES", "Texts", "locale_of", "texts"]
