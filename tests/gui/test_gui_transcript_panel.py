"""The transcript panel: read, choose, play, cut, correct, find. What a user sees and what is sent off."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from support.quiet_session import QuietPlayer, QuietSession, make_clip, make_words

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip_time import to_source_time
from viralclip_desktop.domain.edits import cuts, transcripts
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.transcript.keys import Command
from viralclip_desktop.gui.transcript.model import WordState
from viralclip_desktop.gui.transcript.row_painter import chip_colours, selected_ground

THAI = ["เพราะ", "ตัวเลข", "บน", "หน้าจอ", "ให้", "ความรู้สึก", "เหมือน", "ข้อเท็จจริง", "และ", "เพื่อนบ้าน。"]
ARABIC = [
    "لأن",
    "الرقم",
    "على",
    "الشاشة",
    "يبدو",
    "كحقيقة،",
    "ثم",
    "قال",
    "جاري",
    "شيئا",
    "ما",
    "زلت",
    "أفكر",
    "فيه",
    "كل",
    "يوم.",
]

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def panel(qtbot: Any, dark_theme: None) -> Any:
    """A panel on 400 words, its clip the words 14 to 60."""
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel

    session, player, told = QuietSession(), QuietPlayer(), []
    context: Any = SimpleNamespace(tell=told.append)
    made = TranscriptPanel(session, context, player, {})  # type: ignore[arg-type]
    made.told, made.session, made.player = told, session, player
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    transcript = make_words(400, speakers=("Anna", "Bo"))
    session.show_words(transcript, make_clip(transcript, 14, 46))
    made.view.verticalScrollBar().setValue(0)
    made.view.setFocus()
    qtbot.waitUntil(made.view.hasFocus)
    return made


def _at(panel: Any, word: int) -> QPoint:
    panel.view.reveal(word)
    return panel.view.word_rect(word).center()


def _click(qtbot: Any, panel: Any, word: int, held: Held = Held.NoModifier) -> None:
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, held, _at(panel, word))


def _press(qtbot: Any, panel: Any, key: Key, held: Held = Held.NoModifier) -> None:
    qtbot.keyClick(panel.view, key, held)


def test_a_panel_made_for_a_chosen_clip_begins_at_its_words(qtbot: Any, dark_theme: None) -> None:
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel

    session, transcript = QuietSession(), make_words(400)
    session.show_words(transcript, make_clip(transcript, 300, 40))
    context: Any = SimpleNamespace(tell=lambda _text: None)
    made = TranscriptPanel(session, context, QuietPlayer(), {})  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    assert made.view.viewport().rect().contains(made.view.word_rect(300))


# --- choosing --------------------------------------------------------------------------------------------


def test_click_puts_the_caret_shift_click_selects(qtbot: Any, panel: Any) -> None:
    _click(qtbot, panel, 20)
    assert panel.view.selection.caret == 20
    assert panel.view.selection.words is None
    _click(qtbot, panel, 25, Held.ShiftModifier)
    assert panel.view.selection.words == range(20, 26)
    assert panel.footer.words.text().startswith("6 words")


def test_drag_selects_words(qtbot: Any, panel: Any) -> None:
    start, end = _at(panel, 16), _at(panel, 23)
    port = panel.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(port, start + (end - start) * step / 5)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    assert panel.view.selection.words == range(16, 24)


def test_arrows_walk_and_select(qtbot: Any, panel: Any) -> None:
    _click(qtbot, panel, 14)
    _press(qtbot, panel, Key.Key_Right)
    _press(qtbot, panel, Key.Key_Right, Held.ShiftModifier)
    assert panel.view.selection.words == range(15, 17)
    _press(qtbot, panel, Key.Key_Down)
    below = panel.view.selection.caret
    assert below > 17
    _press(qtbot, panel, Key.Key_Up)
    assert panel.view.selection.caret == 16
    _press(qtbot, panel, Key.Key_End, Held.ControlModifier)
    assert panel.view.selection.caret == 399
    assert panel.view.viewport().rect().contains(panel.view.word_rect(399))
    _press(qtbot, panel, Key.Key_Home, Held.ControlModifier)
    assert panel.view.selection.caret == 0


def test_keys_that_the_words_need_are_kept_from_the_window(panel: Any) -> None:
    def kept(key: Key) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Held.NoModifier)
        event.ignore()
        QApplication.sendEvent(panel.view, event)
        return event.isAccepted()

    panel.view.choose(range(20, 21))
    assert not kept(Key.Key_Space)  # plays the clip, as everywhere
    assert not kept(Key.Key_J)
    assert kept(Key.Key_Left)
    assert kept(Key.Key_Delete)
    panel.view.choose(range(20, 24))
    assert kept(Key.Key_Space)


# --- playing ---------------------------------------------------------------------------------------------


def test_double_click_and_time_go_there(qtbot: Any, panel: Any) -> None:
    words = panel.model.transcript.words
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=_at(panel, 30))
    assert to_source_time(panel.session.clip, panel.player.position) == words[30].start
    row = panel.view.row_at(_at(panel, 24).y())
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=row.time_box.center())
    assert to_source_time(panel.session.clip, panel.player.position) == words[row.words.start].start


def test_a_word_outside_offers_to_extend_the_clip(qtbot: Any, panel: Any) -> None:
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=_at(panel, 70))
    told = panel.told[-1]
    assert "not in the clip" in told.message
    told.then()
    name, _clip, start, end = panel.session.calls[-1]
    assert name == "trim_clip"
    assert start == panel.session.clip.range.start
    assert panel.model.word(70).end < end <= panel.model.word(71).start


def test_space_plays_the_selection_and_stops_behind_it(qtbot: Any, panel: Any) -> None:
    panel.view.choose(range(20, 24))
    _press(qtbot, panel, Key.Key_Space)
    player, words = panel.player, panel.model.transcript.words
    start = panel.session.clip.range.start
    assert player.playing
    assert player.position == words[20].start - start
    player.seek(words[22].start - start)
    assert player.playing
    player.seek(words[23].end - start)
    assert not player.playing


def test_the_spoken_word_is_lit_and_the_view_follows(qtbot: Any, panel: Any) -> None:
    panel.player.play()
    words, start = panel.model.transcript.words, panel.session.clip.range.start
    panel.player.seek(words[58].start - start)
    lights = panel.view.lights
    assert (lights.spoken, lights.playing) == (58, True)
    assert panel.view.viewport().rect().contains(panel.view.word_rect(58))
    image = panel.view.grab().toImage()
    ratio = image.devicePixelRatio()
    corner = panel.view.word_rect(58).topLeft() + QPoint(-1, 6)
    assert image.pixelColor(corner * ratio) == QColor(theme().colours.accent_fill)


def test_a_word_that_was_cut_is_never_lit(panel: Any) -> None:
    words, clip = panel.model.transcript.words, panel.session.clip
    gone = TimeRange(words[20].start, words[20].end)
    panel.session.show_words(panel.model.transcript, cuts.cut(clip, [gone]))
    panel.player.seek(gone.start - clip.range.start)  # the silence behind the cut word
    assert panel.view.lights.spoken is None


def test_scrolling_by_hand_ends_following_until_the_word_is_back(qtbot: Any, panel: Any) -> None:
    panel.player.play()
    words, start = panel.model.transcript.words, panel.session.clip.range.start
    bar = panel.view.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMaximum)
    before = bar.value()
    panel.player.seek(words[30].start - start)
    assert bar.value() == before
    bar.setValue(0)
    panel.player.seek(words[20].start - start)
    assert panel.view.follows


# --- cutting ---------------------------------------------------------------------------------------------


def test_delete_cuts_backspace_restores(qtbot: Any, panel: Any) -> None:
    panel.view.choose(range(20, 24))
    _press(qtbot, panel, Key.Key_Delete)
    assert panel.session.calls == [("cut_words", "clip", [20, 21, 22, 23])]
    assert [panel.model.state(n) for n in (19, 20, 23, 24)] == [
        WordState.PLAYS,
        WordState.CUT,
        WordState.CUT,
        WordState.PLAYS,
    ]
    assert not panel.can(Command.CUT)
    _press(qtbot, panel, Key.Key_Backspace)
    assert panel.session.calls[-1] == ("restore_words", "clip", [20, 21, 22, 23])
    assert panel.model.state(21) is WordState.PLAYS


def test_backspace_cuts_a_selection_where_there_is_no_delete_key(qtbot: Any, panel: Any) -> None:
    panel.view.choose(range(30, 33))
    _press(qtbot, panel, Key.Key_Backspace)
    assert panel.session.calls == [("cut_words", "clip", [30, 31, 32])]


def test_words_outside_are_not_cut(qtbot: Any, panel: Any) -> None:
    panel.view.choose(range(100, 103))
    _press(qtbot, panel, Key.Key_Delete)
    assert panel.session.calls == []
    assert "not in the clip" in panel.told[-1].message


def test_a_cut_keeps_the_place_and_the_selection(qtbot: Any, panel: Any) -> None:
    panel.view.choose(range(40, 44))
    before = panel.view.word_rect(40)
    _press(qtbot, panel, Key.Key_Delete)
    assert panel.view.word_rect(40).top() == before.top()
    assert panel.view.selection.words == range(40, 44)


# --- words and sentences ---------------------------------------------------------------------------------


def test_enter_corrects_a_word_where_it_stands(qtbot: Any, panel: Any) -> None:
    _click(qtbot, panel, 20)
    _press(qtbot, panel, Key.Key_Return)
    field = panel.spelling.field
    assert field.text() == panel.model.word(20).text
    field.setText("everyone")
    qtbot.keyClick(field, Key.Key_Return)
    assert panel.session.calls == [("correct_words", "source", {20: "everyone"})]
    assert panel.spelling.field is None
    assert panel.view.hasFocus()


def test_tab_goes_on_spelling_and_escape_leaves_a_word_alone(qtbot: Any, panel: Any) -> None:
    _click(qtbot, panel, 20)
    _press(qtbot, panel, Key.Key_F2)
    panel.spelling.field.setText("x")
    qtbot.keyClick(panel.spelling.field, Key.Key_Tab)
    assert panel.session.calls == [("correct_words", "source", {20: "x"})]
    assert panel.view.selection.caret == 21
    panel.spelling.field.setText("never")
    qtbot.keyClick(panel.spelling.field, Key.Key_Escape)
    assert len(panel.session.calls) == 1


def test_the_field_goes_along_when_the_words_move(qtbot: Any, panel: Any) -> None:
    panel.view.choose(range(20, 21))
    panel.do(Command.EDIT)
    top = panel.spelling.field.y()
    panel.view.verticalScrollBar().setValue(30)
    assert panel.spelling.field.y() == top - 30
    panel.spelling.field.leave(keep=False)


def test_split_and_merge(qtbot: Any, panel: Any) -> None:
    _click(qtbot, panel, 16)
    _press(qtbot, panel, Key.Key_Return, Held.ControlModifier)
    assert panel.session.calls == [("split_sentence", "source", 16)]
    first = panel.model.sentence(2).first
    _click(qtbot, panel, first)
    _press(qtbot, panel, Key.Key_Backspace)
    assert panel.session.calls[-1] == ("merge_sentence", "source", 1)
    assert not panel.can(Command.SPLIT)
    _click(qtbot, panel, first + 1)
    _press(qtbot, panel, Key.Key_Backspace)  # in the middle of a sentence it does nothing
    assert len(panel.session.calls) == 2


def test_an_edit_from_elsewhere_keeps_place_and_caret(panel: Any) -> None:
    panel.view.choose(range(60, 61))
    top = panel.view.word_rect(60).top()
    after = transcripts.split_sentence(panel.model.transcript, 150)
    panel.session.show_transcript(after)
    assert panel.model.transcript is after
    assert panel.view.selection.caret == 60
    assert panel.view.word_rect(60).top() == top


# --- speakers --------------------------------------------------------------------------------------------


def test_a_click_on_the_name_assigns_the_whole_block(qtbot: Any, panel: Any) -> None:
    row = panel.view.laid_out(0)
    assert row.speaker == "Anna"
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=row.head_box.center())
    menu = panel.findChild(QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Anna", "Bo", "Another name…", "Rename Anna everywhere…", "Nobody"]
    menu.actions()[1].trigger()
    assert panel.session.calls == [("assign_speaker", "source", list(range(7)), "Bo")]
    menu.close()


def test_a_new_name_is_typed_over_the_old_one(qtbot: Any, panel: Any) -> None:
    panel.view.choose(range(20, 30))
    panel.spelling.start_speaker(1, [1, 2])
    qtbot.keyClicks(panel.spelling.field, "Cleo")
    qtbot.keyClick(panel.spelling.field, Key.Key_Return)
    assert panel.session.calls == [("assign_speaker", "source", [1, 2], "Cleo")]


# --- finding ---------------------------------------------------------------------------------------------


def test_find_counts_and_steps_around(qtbot: Any, panel: Any) -> None:
    _press(qtbot, panel, Key.Key_F, Held.ControlModifier)
    qtbot.keyClicks(panel.bar.wanted, "number")
    count = len(panel.finding.matches)
    assert panel.bar.count.text() == f"1 of {count}"
    qtbot.keyClick(panel.bar.wanted, Key.Key_Return)
    assert panel.bar.count.text() == f"2 of {count}"
    assert panel.view.selection.caret == panel.finding.matches[1].first
    qtbot.keyClick(panel.bar.wanted, Key.Key_Return, Held.ShiftModifier)
    qtbot.keyClick(panel.bar.wanted, Key.Key_Return, Held.ShiftModifier)
    assert panel.bar.count.text() == f"{count} of {count}"
    qtbot.keyClicks(panel.bar.wanted, "qqq")
    assert panel.bar.count.text() == "Nothing found"
    qtbot.keyClick(panel.bar.wanted, Key.Key_Escape)
    assert panel.bar.isHidden()
    assert panel.view.hasFocus()


def test_replace_one_and_all(qtbot: Any, panel: Any) -> None:
    _press(qtbot, panel, Key.Key_H, Held.ControlModifier)
    assert panel.bar.replacing
    qtbot.keyClicks(panel.bar.wanted, "spreadsheet")
    qtbot.keyClicks(panel.bar.by, "table")
    first = panel.finding.matches[0].first
    qtbot.mouseClick(panel.bar.one, Qt.MouseButton.LeftButton)
    assert panel.session.calls == [("replace_words", "source", first, first + 1, ["table."])]
    panel.session.show_transcript(transcripts.correct_word(panel.model.transcript, first, "table."))
    assert panel.finding.matches[panel.finding.current].first > first
    qtbot.mouseClick(panel.bar.every, Qt.MouseButton.LeftButton)
    assert panel.session.calls[-1] == ("find_replace", "source", "spreadsheet", "table")
    assert "3 times" in panel.told[-1].message


# --- the look, and who cannot see it ---------------------------------------------------------------------


def test_warnings_and_tooltips_tell_the_number(panel: Any) -> None:
    first = panel.model.row_of(20)
    own = panel.model.words_of(first)
    words = [replace(word, confidence=1.0) for word in panel.model.transcript.words]
    start = words[own.start].start
    for number, index in enumerate(own):  # ten words a second
        begin = start + Time.from_seconds(0.1 * number)
        words[index] = replace(words[index], start=begin, end=begin + Time.from_seconds(0.1))
    transcript = replace(panel.model.transcript, words=tuple(words))
    panel.session.show_words(transcript, make_clip(transcript, own.start, 46))
    assert panel.view.check(first).too_fast
    row = panel.view.laid_out(first)
    text, box = row.chips()[0]
    assert text == "fast"
    assert "characters a second" in panel.input.tip_at(box.center())
    assert "to check" in panel.footer.words.text()
    panel.do(Command.NEXT_WARNING)
    assert panel.model.row_of(panel.view.selection.caret) == first


def test_what_is_to_check_is_what_carries_a_mark(panel: Any) -> None:
    words = [replace(word, confidence=1.0) for word in panel.model.transcript.words]
    sure = replace(panel.model.transcript, words=tuple(words))
    panel.session.show_words(sure, make_clip(sure, 20, 46))
    rows = [row for row, _words in panel.model.by_row(panel.model.clip_words)]
    marked = {row for row in rows if not panel.view.check(row).fine}
    dotted = (22, 23, 40)
    for index in dotted:
        words[index] = replace(words[index], confidence=0.2)
    unsure = replace(sure, words=tuple(words))
    panel.session.show_words(unsure, make_clip(unsure, 20, 46))
    marked |= set(map(panel.model.row_of, dotted))
    assert f"{len(marked)} to check" in panel.footer.words.text()
    seen = set()
    for _press in marked:
        panel.do(Command.NEXT_WARNING)
        seen.add(panel.model.row_of(panel.view.selection.caret))
    assert seen == marked


@pytest.mark.parametrize("colours", [tokens.DARK, tokens.LIGHT])
def test_everything_can_be_read(colours: tokens.Colours) -> None:
    ground, ink = chip_colours(colours)
    assert tokens.contrast(ground, ink) >= 4.5
    for focused in (True, False):
        for text in (colours.text, colours.quiet):
            assert tokens.contrast(selected_ground(colours, focused), text) >= 4.5


def test_unsure_words_say_how_sure(panel: Any) -> None:
    unsure = next(n for n in range(14, 40) if panel.model.unsure(n))
    assert "40 % sure" in panel.input.tip_at(_at(panel, unsure))


def test_each_sentence_is_a_row_for_screen_readers(panel: Any) -> None:
    rows = QAccessible.queryAccessibleInterface(panel.view)
    assert rows.text(QAccessible.Text.Name) == "Transcript"
    assert rows.childCount() == len(panel.model.rows)
    said = rows.child(1).text(QAccessible.Text.Name)
    assert said.startswith("0:")
    assert "You will be wrong" in said
    panel.view.choose(range(20, 24))
    panel.do(Command.CUT)
    assert "partly cut" in rows.child(1).text(QAccessible.Text.Name)
    assert panel.view.currentIndex().row() == panel.model.row_of(23)


def test_this_clip_only_and_back(qtbot: Any, panel: Any) -> None:
    everything = len(panel.model.rows)
    panel.view.choose(range(200, 204))
    qtbot.mouseClick(panel.scope.button(True), Qt.MouseButton.LeftButton)
    assert len(panel.model.rows) < everything
    assert set(panel.model.clip_words) <= set(panel.model.shown_words)
    assert panel.view.selection.target is None or panel.view.selection.caret in panel.model.shown_words
    panel.show_word(300)  # a hit of the search elsewhere in the recording
    assert len(panel.model.rows) == everything
    assert panel.view.viewport().rect().contains(panel.view.word_rect(300))


def test_copy_takes_the_words(panel: Any) -> None:
    panel.view.choose(range(14, 17))
    panel.do(Command.COPY)
    assert QGuiApplication.clipboard().text() == "be wrong about"


def test_no_words_says_so(panel: Any) -> None:
    panel.session.show_words(None, None)
    assert panel.model is None
    assert panel.empty.isVisible()
    for command in Command:
        assert not panel.can(command)
        panel.do(command)


@pytest.mark.parametrize(("texts", "language"), [(THAI, "th"), (ARABIC, "ar")])
def test_every_word_of_any_script_can_be_hit(panel: Any, texts: list[str], language: str) -> None:
    transcript = make_words(2 * len(texts), texts, language=language)
    panel.session.show_words(transcript, make_clip(transcript, 0, len(texts)))
    for word in range(len(texts)):
        assert panel.view.word_at(_at(panel, word)) == word
    first, second = panel.view.word_rect(0), panel.view.word_rect(1)
    assert (second.left() < first.left()) == (language == "ar")


def test_left_goes_ahead_where_the_script_runs_to_the_left(qtbot: Any, panel: Any) -> None:
    transcript = make_words(len(ARABIC), ARABIC, language="ar")
    panel.session.show_words(transcript, None)
    panel.view.choose(range(1))
    _press(qtbot, panel, Key.Key_Left)
    assert panel.view.selection.caret == 1


def test_a_narrower_panel_keeps_the_place(panel: Any) -> None:
    panel.view.reveal(250)
    word = panel.view.word_at(QPoint(120, 20), nearest=True)
    panel.resize(280, 700)
    assert panel.model.row_of(panel.view.word_at(QPoint(120, 20), nearest=True)) == panel.model.row_of(word)
