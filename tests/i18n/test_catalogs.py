"""The catalogs are complete, and the check finds everything that could be wrong with them."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.i18n import LOCALES, check, extract
from bot.i18n.catalogs import read
from bot.i18n.sources import messages


def test_nothing_is_wrong_with_the_catalogs() -> None:
    assert list(check.findings()) == []


def test_extracting_again_changes_nothing() -> None:
    wanted = extract.template()
    for locale in LOCALES:
        before = {m.id: m.string for m in read(locale) if m.id}
        after = {m.id: m.string for m in extract.updated(locale, wanted) if m.id}
        assert after == before


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_a_new_message_comes_without_a_translation(locale: str) -> None:
    new = "A sentence that nobody has said yet"
    assert extract.updated("en", the_template(new))[new].string == new
    assert not extract.updated(locale, the_template(new))[new].string


def a_catalog(locale: str, msgid: str, msgstr: str, *, fuzzy: bool = False) -> Catalog:
    catalog = Catalog(locale)
    catalog.add(msgid, msgstr, flags=("fuzzy",) if fuzzy else ())
    return catalog


def the_template(*msgids: str) -> Catalog:
    catalog = Catalog()
    for msgid in msgids:
        catalog.add(msgid)
    return catalog


@pytest.mark.parametrize(
    ("msgid", "msgstr", "finding"),
    [
        ("Say {what} now", "", "not translated"),
        ("Say {what} now", "Say {what} now", "still in English"),
        ("Say {what} now", "现在说", "has the fields"),
        ("Say {what} now", "现在说 {who}", "has the fields"),
        ("Say {what} now", "现在说{what}", "no space between Chinese and Latin"),
        ("Say hello", "说hello", "no space between Chinese and Latin"),
        ("Say hello", "你好 世界", "a space between Chinese and Chinese"),
        ("Say hello", "你好, 世界", "half-width punctuation"),
        ("Say hello", "你好(世界)", "half-width punctuation"),
        ("Say hello", "你好： 世界", "full-width punctuation"),
        ("Say 95%", "达到 95 %", "a space before %"),
        ("Say hello", "這樣", "characters of the other script"),
        ("Acknowledge", "确认收到", "should say 接手"),
        ("Within the rules", "符合合规要求", "should not say 合规"),
        ("Thank you for your patience. Please wait.", "已为您升级处理。", "a customer never reads 升级"),
    ],
)
def test_a_bad_translation_is_found(msgid: str, msgstr: str, finding: str) -> None:
    found = list(check.in_catalog(a_catalog("zh_Hans", msgid, msgstr), the_template(msgid), "zh_Hans"))
    assert any(finding in one for one in found), found


def test_missing_superfluous_and_fuzzy_messages_are_found() -> None:
    catalog = a_catalog("zh_Hans", "Old", "旧", fuzzy=True)
    found = "\n".join(check.in_catalog(catalog, the_template("New one"), "zh_Hans"))
    assert "'New one': missing" in found
    assert "'Old': no longer in the code" in found
    fuzzy = "\n".join(check.in_catalog(catalog, the_template("Old"), "zh_Hans"))
    assert "fuzzy" in fuzzy


def test_simplified_characters_are_found_in_a_traditional_catalog() -> None:
    found = "\n".join(check.in_catalog(a_catalog("zh_Hant", "Go", "处理"), the_template("Go"), "zh_Hant"))
    assert "characters of the other script" in found


def test_a_good_translation_passes() -> None:
    msgid = "{who} acknowledged {key} ({percent}%)"
    catalog = a_catalog("zh_Hans", msgid, "{who} 已接手 {key}（{percent}%）")
    assert not list(check.in_catalog(catalog, the_template(msgid), "zh_Hans"))


def test_messages_are_found_in_code_and_those_that_are_no_literal_too(tmp_path: Path) -> None:
    room = tmp_path / "handlers"
    room.mkdir()
    (room / "a.py").write_text(
        't("One")\nself.t("Two " "halves")\nreader.t.n("{n} x", "{n} xs", 2)\nt(name)\nother("No")\n'
    )
    found = [(m.line, m.msgid, m.plural) for m in messages(tmp_path)]
    assert found == [(1, "One", None), (2, "Two halves", None), (3, "{n} x", "{n} xs"), (4, None, None)]
