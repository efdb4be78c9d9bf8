"""Words, dates and durations of one language."""

from datetime import UTC, datetime

import pytest

from bot.i18n import BOTH, texts

AT = datetime(2026, 11, 3, 2, 30, tzinfo=UTC)  # a Tuesday, 10:30 in Singapore


@pytest.mark.parametrize(
    ("seconds", "en", "zh_hans", "zh_hant"),
    [
        (0, "0 min", "0 分钟", "0 分鐘"),
        (45, "45 sec", "45 秒", "45 秒"),
        (60, "1 min", "1 分钟", "1 分鐘"),
        (1_799, "29 min", "29 分钟", "29 分鐘"),
        (5_400, "1 hr 30 min", "1 小时 30 分钟", "1 小時 30 分鐘"),
        (7_200, "2 hr", "2 小时", "2 小時"),
        (86_400, "1 day", "1 天", "1 天"),
        (93_660, "1 day 2 hr", "1 天 2 小时", "1 天 2 小時"),
        (-1_800, "30 min", "30 分钟", "30 分鐘"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(seconds: int, en: str, zh_hans: str, zh_hant: str) -> None:
    said = [texts(locale).duration(seconds) for locale in ("en", "zh_Hans", "zh_Hant")]
    assert said == [en, zh_hans, zh_hant]


def test_a_moment_is_a_date_token_of_slack_with_words_for_where_it_does_not_work() -> None:
    token = texts("en").date_token(AT, "moment", "Asia/Singapore")
    assert token == f"<!date^{int(AT.timestamp())}^{{date_short_pretty}} {{time}}^Tue 3 Nov 10:30>"


def test_a_moment_without_a_known_zone_names_its_zone() -> None:
    assert texts("en").date_token(AT, "time").endswith("^02:30 UTC>")


def test_chinese_dates_have_spaces_and_full_width_brackets() -> None:
    assert texts("zh-CN").local_time(AT, "Asia/Singapore") == "11 月 3 日（周二）10:30"
    assert texts("zh-TW").local_time(AT, "Asia/Taipei", "day") == "11 月 3 日（週二）"


def test_an_unknown_locale_reads_english() -> None:
    assert texts("fr-FR")("Acknowledge") == "Acknowledge"
    assert texts(None)("Acknowledge") == "Acknowledge"


def test_where_the_language_cannot_be_known_both_are_said() -> None:
    t = texts(BOTH)
    assert t("Acknowledge") == "Acknowledge / 接手"
    long = t("{key} has closed by itself: nobody objected to the resolution", key="ESC-1")
    assert long.splitlines() == [
        "ESC-1 has closed by itself: nobody objected to the resolution",
        "ESC-1 已自动关闭：没有人对处理结果提出异议",
    ]
    assert t.n("{n} follower", "{n} followers", 2) == "2 followers / 2 位关注者"


def test_numbers_choose_their_form() -> None:
    t = texts("en")
    assert t.n("{n} follower", "{n} followers", 1) == "1 follower"
    assert t.n("{n} follower", "{n} followers", 3) == "3 followers"
    assert texts("zh_Hans").n("{n} follower", "{n} followers", 1) == "1 位关注者"


def test_what_a_person_typed_is_never_read_as_a_template() -> None:
    assert texts("zh_Hans")("Reason: {why}", why="{0} {key} %s {") == "原因：{0} {key} %s {"


def test_several_things_in_a_row_are_joined_as_the_language_does() -> None:
    assert texts("en").series(["the owner", "a lead"]) == "the owner and a lead"
    assert texts("zh_Hans").series(["处理人", "主管"]) == "处理人和主管"
