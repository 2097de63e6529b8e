"""The command palette: a few letters find an action, Enter does it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from support.shown import says
from support.window_parts import open_palette, palette_of

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.features import editing
from viralclip_desktop.gui.common.fuzzy import match, ranked
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.settings.feature import settings_dialog
from viralclip_desktop.gui.shell.features import ACTIONS
from viralclip_desktop.gui.theme.theme import theme


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("split", "split"),
        ("fsp", "full_preview"),
        ("snap", "snap"),
        ("reset lay", "reset_layout"),
        ("histo", "panel_history"),
        ("exp all", "export_all"),
        ("shortc", "shortcuts"),
        ("undo", "undo"),
        ("ripple del", "ripple_delete"),
    ],
)
def test_a_few_letters_find_the_action(query: str, best: str) -> None:
    assert ranked(query, [(spec.title, spec.id) for spec in ACTIONS])[0][0] == best


def test_letters_must_come_in_order_and_their_places_are_known() -> None:
    assert match("tilps", "Split here") is None
    assert match("SH", "Split here").places == (0, 6)
    assert match("", "Split here").places == ()
    assert match("lit", "Split here").places == (2, 3, 4)


def test_every_icon_of_the_table_exists(qapp) -> None:
    for spec in ACTIONS:
        if spec.icon:
            assert not theme().icon(spec.icon).isNull(), spec.icon


@pytest.fixture
def palette(qtbot, clips_window):
    """The palette over the clips page."""
    clips_window.activateWindow()
    qtbot.keyClick(clips_window.clips_page, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = palette_of(clips_window)
    qtbot.waitUntil(lambda: palette is not None and palette.isVisible(), timeout=2000)
    return palette


def _titles(palette) -> list[str]:
    return [row.action.objectName() for row in palette.model.rows]


def test_every_action_is_in_it_with_its_keys(palette) -> None:
    assert set(_titles(palette)) == {spec.id for spec in ACTIONS} - {"palette"}
    play = next(row for row in palette.model.rows if row.action.objectName() == "play")
    assert play.keys == "Space"
    assert "Space" in palette.model.index(palette.model.rows.index(play)).data(
        Qt.ItemDataRole.AccessibleTextRole
    )


def test_what_makes_no_sense_here_comes_last_and_cannot_be_chosen(qtbot, palette) -> None:
    enabled = [row.action.isEnabled() for row in palette.model.rows]
    assert enabled == sorted(enabled, reverse=True)
    qtbot.keyClicks(palette.field, "split here")
    assert _titles(palette)[0] == "split"
    assert not palette.model.flags(palette.model.index(0)) & Qt.ItemFlag.ItemIsEnabled
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_enter_does_it_and_puts_the_palette_away(qtbot, clips_window, palette) -> None:
    qtbot.keyClicks(palette.field, "edit the")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clips_window.page is Page.EDITOR, timeout=3000)
    assert not palette.isVisible()


def test_arrows_walk_and_keys_do_not_reach_the_window(qtbot, clips_window, palette) -> None:
    aspect = clips_window.session.clip.aspect
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 2
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClicks(palette.field, "c j l")
    assert not clips_window.player.playing
    assert clips_window.session.clip.captions_on
    assert (clips_window.session.clip.aspect, aspect) == (Aspect.VERTICAL, Aspect.VERTICAL)
    qtbot.keyClick(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_nothing_found_says_so_and_the_latest_used_comes_first(qtbot, clips_window, palette) -> None:
    qtbot.keyClicks(palette.field, "zzzz")
    assert palette.model.rowCount() == 0
    assert says(palette, "Nothing is called that. Try another word.")
    palette.field.clear()
    qtbot.keyClicks(palette.field, "next clip")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clips_window.session.clip.rank == 2, timeout=3000)
    open_palette(clips_window)
    assert _titles(palette)[0] == "next_clip"


def test_it_keeps_its_shape_while_one_types(qtbot, palette) -> None:
    shape = palette.geometry()
    for typed in ("s", "sp", "split here", "zzzz", ""):
        palette.field.setText(typed)
        qtbot.wait(20)
        assert palette.geometry() == shape


def _row(palette, name: str):
    return next(row for row in palette.model.rows if row.spec.id == name)


def test_switches_tell_whether_they_are_on(qtbot, clips_window, palette) -> None:
    assert (_row(palette, "captions").state, _row(palette, "full_screen").state) == ("On", "Off")
    assert _row(palette, "play").state == ""
    index = palette.model.index(palette.model.rows.index(_row(palette, "captions")))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Captions on or off, On, C"
    palette.hide()
    clips_window.session.edit(editing.switch_captions, False)
    qtbot.waitUntil(lambda: not clips_window.session.clip.captions_on, timeout=3000)
    open_palette(clips_window)
    assert _row(palette, "captions").state == "Off"
    palette.hide()
    clips_window.navigation.open_editor()
    clips_window.actions_by_id["snap"].trigger()
    open_palette(clips_window)
    assert _row(palette, "snap").state == "Off"


def test_what_cannot_be_chosen_says_why(palette) -> None:
    assert _row(palette, "split").reason == "In the editor"
    assert _row(palette, "redo").reason == "Nothing to redo"
    assert _row(palette, "play").reason == ""
    index = palette.model.index(palette.model.rows.index(_row(palette, "redo")))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("Nothing to redo")
    for row in palette.model.rows:
        assert row.action.isEnabled() or row.reason, row.spec.id


def test_what_stands_there_as_typed_beats_scattered_letters() -> None:
    titles = ["Split into two clips", "Split here", "Save place in the timeline"]
    assert ranked("split", [(title, title) for title in titles])[0][0] == "Split here"
    assert match("two cl", "Split into two clips").places == (11, 12, 13, 14, 15, 16)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dark", "dark_theme"),
        ("light", "light_theme"),
        ("theme", "system_theme"),
        ("logo", "panel_brand"),
        ("brand kit", "panel_brand"),
        ("hook", "panel_finish"),
        ("language", "language"),
        ("music", "panel_audio"),
        ("subtitles", "panel_captions"),
    ],
)
def test_what_people_look_for_is_found(qtbot, clips_window, palette, typed: str, found: str) -> None:
    palette.hide()
    clips_window.navigation.open_editor()
    kit = editing.put_brand_kit(clips_window.services.store, BrandKit("kit", "Ours"))
    clips_window.session.do(editing.apply_brand_kit, kit.id, [clips_window.session.clip.id])
    qtbot.waitUntil(lambda: clips_window.actions_by_id["undo"].text() == "Undo: Apply brand kit")
    open_palette(clips_window)
    qtbot.keyClicks(palette.field, typed)
    assert _titles(palette)[0] == found
    assert "undo" not in _titles(palette)


@pytest.mark.parametrize("typed", ["blurgh", "delight", "loan", "hoped", "tcs"])
def test_letters_from_the_middles_of_words_find_nothing(palette, qtbot, typed: str) -> None:
    qtbot.keyClicks(palette.field, typed)
    assert _titles(palette) == []
    assert says(palette, "Nothing is called that. Try another word.")


def test_names_in_other_languages_are_found() -> None:
    assert match("คำบรรยาย", "แสดงคำบรรยาย") is not None
    assert match("บรร", "แสดงคำบรรยาย").places == (6, 7, 8)
    assert match("pilkan", "Menampilkan linimasa") is not None
    assert match("tampilkan lini", "Tampilkan linimasa") is not None


def test_the_theme_and_the_language_are_reached_by_their_names(qtbot, clips_window, palette) -> None:
    qtbot.keyClicks(palette.field, "light")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not theme().dark)
    qtbot.waitUntil(lambda: clips_window.services.settings.values.theme == "light")
    open_palette(clips_window)
    qtbot.keyClicks(palette.field, "language")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    dialog = settings_dialog(clips_window.work)
    qtbot.waitUntil(dialog.isVisible)
    assert says(dialog, "Language")
    dialog.close()
