"""The second language in the captions panel: add, choose, write line by line, undo, save to a file."""

from __future__ import annotations

import pysubs2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from support.gui_bench import bench_on

from viralclip_desktop.features import editing
from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel
from viralclip_desktop.gui.captions.language_dialog import LanguageDialog
from viralclip_desktop.gui.captions.pages import Page
from viralclip_desktop.gui.common.line_painter import LineEditor

THAI = """1
00:00:00,200 --> 00:00:03,300
เรื่องที่ไม่มีใครบอกคุณ

2
00:00:03,600 --> 00:00:06,500
คุณจะคิดผิดเกือบทุกเรื่อง
"""


@pytest.fixture
def bench(qtbot, services, recording):
    with bench_on(qtbot, services, recording) as bench:
        yield bench


@pytest.fixture
def panel(bench):
    return bench.show(CaptionsPanel(bench.session, bench.context, bench.pictures, bench.player), height=2200)


@pytest.fixture
def second(panel):
    panel.pages.show_page(Page.LANGUAGE)
    return panel.second


@pytest.fixture
def thai(tmp_path):
    path = tmp_path / "talk.th.srt"
    path.write_text(THAI, encoding="utf-8")
    return path


def told(bench) -> list[str]:
    found = bench.services.store.translations(bench.clip.source_id)
    return [line.text for line in found[0].lines] if found else []


def editor(second) -> LineEditor:
    found = [one for one in second.lines.findChildren(LineEditor) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def write(second, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field = editor(second)
    field.setPlainText(text)
    QTest.keyClick(field, key)


def test_nothing_but_two_ways_to_begin_shows_before(second) -> None:
    assert not second.from_file.isHidden()
    assert not second.by_hand.isHidden()
    assert second.choice.isHidden()
    assert second.lines.isVisible() is False


def test_a_file_is_added_and_shown_as_one_edit(bench, panel, second, thai) -> None:
    second.add_file(thai)
    bench.wait(lambda: second.translation is not None)
    bench.settle()
    assert bench.clip.second_language == "th"
    assert told(bench) == ["เรื่องที่ไม่มีใครบอกคุณ", "คุณจะคิดผิดเกือบทุกเรื่อง"]
    assert bench.history[-1] == "Add Thai captions"
    assert second.choice.choices == [("", "None"), ("th", "Thai")]
    assert [field.text for field in second.lines.lines.fields] == told(bench)
    bench.wait(lambda: len(bench.player.plan.second_lines) == 2)
    panel.pages.show_page(Page.STYLE)
    assert panel.languages.isVisible()
    bench.undo()
    bench.wait(lambda: second.translation is None)
    assert (bench.clip.second_language, told(bench)) == ("", [])


def test_the_language_is_chosen_and_put_away(bench, second, thai) -> None:
    editing.import_translation(bench.services.store, bench.clip.source_id, thai)
    bench.wait(second.choice.isVisible)
    assert second.translation is None
    QTest.keyClick(second.choice, Qt.Key.Key_Down)
    bench.settle()
    assert bench.clip.second_language == "th"
    assert second.lines.isVisible()
    second.choose("")
    bench.settle()
    assert bench.clip.second_language == ""
    assert bench.history[-2:] == ["Show Thai captions", "Show one language"]


def test_the_language_of_a_file_is_asked_for_where_nothing_tells_it(
    bench, second, tmp_path, monkeypatch
) -> None:
    path = tmp_path / "talk.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nHalo dunia\n", encoding="utf-8")
    asked: list[str] = []

    def answer(dialog: LanguageDialog) -> int:
        asked.append(dialog.windowTitle())
        assert not dialog.go.isEnabled()
        choices = dialog.choice.open_list()
        choices.search.setText("Indonesian")
        QTest.keyClick(choices.search, Qt.Key.Key_Return)
        assert dialog.go.isEnabled()
        assert dialog.focusWidget() is dialog.go  # the next Enter goes on
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(LanguageDialog, "exec", answer)
    second.add_file(path)
    bench.wait(lambda: second.translation is not None)
    assert second.translation.language == "id"
    assert "talk.srt" in asked[0]


def test_writing_goes_from_sentence_to_sentence_by_enter(bench, second) -> None:
    second.write_language("ja")
    bench.wait(lambda: second.translation is not None and bool(second.lines.findChildren(LineEditor)))
    count = len(second.lines.lines.fields)
    assert count >= 2
    assert editor(second).toPlainText() == ""
    assert "So here is the thing" in editor(second).accessibleName()
    write(second, "最初の一年について")
    first = editor(second)
    assert second.lines.currentIndex().row() == 1
    bench.settle()
    assert editor(second) is first, "the news of the first line leaves the second field open"
    write(second, "ほとんど間違える")
    bench.settle()
    assert told(bench) == ["最初の一年について", "ほとんど間違える"]
    assert bench.history[-3:] == ["Add Japanese captions", "Write a line", "Write a line"]
    bench.wait(lambda: len(bench.player.plan.second_lines) == 2)


def test_the_panel_scrolls_along_with_the_line_that_is_written(bench, panel, second) -> None:
    panel.resize(panel.width(), 360)
    second.write_language("ja")
    bench.wait(lambda: second.translation is not None and bool(second.lines.findChildren(LineEditor)))
    for text in ("ichi", ""):
        bench.wait(lambda: editor(second).visibleRegion().boundingRect() == editor(second).rect())
        if text:
            write(second, text)


def test_a_line_is_changed_in_place_and_undone(bench, second, thai) -> None:
    second.add_file(thai)
    bench.wait(lambda: second.translation is not None)
    second.lines.write(1)
    assert editor(second).toPlainText() == "คุณจะคิดผิดเกือบทุกเรื่อง"
    write(second, "ผิดทุกเรื่อง")
    bench.settle()
    assert told(bench)[1] == "ผิดทุกเรื่อง"
    assert bench.history[-1] == "Correct a line"
    second.lines.write(0)
    write(second, "nothing of this", Qt.Key.Key_Escape)
    bench.settle()
    bench.undo()
    bench.wait(lambda: second.lines.lines.fields[1].text == "คุณจะคิดผิดเกือบทุกเรื่อง")
    assert told(bench) == ["เรื่องที่ไม่มีใครบอกคุณ", "คุณจะคิดผิดเกือบทุกเรื่อง"]


def test_looking_at_a_line_changes_nothing(bench, second, thai) -> None:
    second.add_file(thai)
    bench.wait(lambda: second.translation is not None)
    before = bench.history
    for row in range(2):
        second.lines.write(row)
        QTest.keyClick(editor(second), Qt.Key.Key_Tab)
    bench.settle()
    assert bench.history == before


def test_the_preview_goes_to_the_line_that_is_written(bench, second, thai) -> None:
    second.add_file(thai)
    bench.wait(lambda: second.translation is not None)
    second.lines.write(1)
    assert 3.6 < bench.player.position.seconds < 4.5


def test_lines_are_split_joined_and_removed_by_menu_and_key(bench, second, thai) -> None:
    second.add_file(thai)
    bench.wait(lambda: second.translation is not None)
    menu = second.line_menu(second.lines.lines.fields[1])
    assert [action.isEnabled() for action in menu.actions()] == [True, False, True]
    menu.actions()[0].trigger()
    bench.settle()
    assert told(bench)[1:] == ["คุณจะคิดผิด", "เกือบทุกเรื่อง"]
    bench.wait(lambda: len(second.lines.lines.fields) == 3)
    second.line_menu(second.lines.lines.fields[1]).actions()[1].trigger()
    bench.settle()
    assert told(bench)[1:] == ["คุณจะคิดผิดเกือบทุกเรื่อง"]
    second.lines.setFocus()
    second.lines.setCurrentIndex(second.lines.lines.index(0))
    QTest.keyClick(second.lines, Qt.Key.Key_Delete)
    bench.settle()
    assert told(bench) == ["คุณจะคิดผิดเกือบทุกเรื่อง"]


def test_its_look_is_set_for_the_clip_and_seen(bench, second, thai) -> None:
    second.add_file(thai)
    bench.wait(lambda: second.translation is not None)
    second.place.button(True).click()
    second.size_slider.slider.setValue(80)
    second.fill.field.setText("#FFCC00")
    second.fill.field.editingFinished.emit()
    bench.settle()
    look = bench.clip.caption_override
    assert (look.translation_above, look.translation_size, look.translation_fill) == (True, 0.8, "#FFCC00")
    bench.wait(lambda: bench.player.plan.style == look)
    assert bench.history.count("Adjust captions") == 3


def test_removing_is_told_and_undone(bench, second, thai) -> None:
    second.add_file(thai)
    bench.wait(lambda: second.translation is not None)
    assert second.remove.text() == "Remove Thai"
    second.remove.click()
    bench.settle()
    assert (bench.clip.second_language, told(bench)) == ("", [])
    assert "Removed the Thai captions." in bench.told
    bench.undo()
    bench.wait(lambda: second.translation is not None)


def test_the_file_holds_the_language_that_was_asked_for(bench, panel, second, thai, tmp_path) -> None:
    second.add_file(thai)
    bench.wait(lambda: second.translation is not None)
    found = {}
    for languages in ("first", "second", "both"):
        panel.languages.button(languages).click()
        path = tmp_path / f"{languages}.srt"
        panel.languages.show_value(languages)
        panel.write_file(path)
        bench.wait(path.exists)
        bench.settle()
        found[languages] = [event.plaintext for event in pysubs2.load(str(path))]
    assert found["first"][0].isascii()
    assert found["second"] == ["เรื่องที่ไม่มีใครบอกคุณ", "คุณจะคิดผิดเกือบทุกเรื่อง"]
    assert found["both"][0].split("\n")[0] == "So here is the thing nobody"
    assert found["both"][0].split("\n")[1].startswith("เรื่อง")


def test_every_control_has_a_name(second) -> None:
    for control in (second.choice, second.size_slider.slider, second.fill.swatch, second.place, second.lines):
        assert control.accessibleName()
