"""Which of our languages a tag means."""

import pytest

from bot.i18n import locale_of


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("de-DE", "en"),
        ("", "en"),
        ("zh", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-SG", "zh_Hans"),
        ("zh_Hans", "zh_Hans"),
        ("zh-Hans-HK", "zh_Hans"),
        ("zh-TW", "zh_Hant"),
        ("zh-HK", "zh_Hant"),
        ("zh-MO", "zh_Hant"),
        ("zh-Hant", "zh_Hant"),
        ("zh_Hant_TW", "zh_Hant"),
        ("ZH-tw", "zh_Hant"),
    ],
)
def test_a_tag_means_one_of_three_languages(tag: str, locale: str) -> None:
    assert locale_of(tag) == locale


def test_the_first_tag_that_is_given_counts() -> None:
    assert locale_of(None, "", "zh-TW", "en") == "zh_Hant"
    assert locale_of(None, None) == "en"
