"""The audio studio's library and the sounds in the editor, as a user meets them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.drops import drop
from support.sounds import tone
from support.window_stage import window_stage

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.layers import EffectLayer, MusicLayer, VoiceLayer
from viralclip_desktop.domain.library import LibraryEntry, LibraryKind
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.library import Making, add_sound, change_sound, keep_sound, remove_sound
from viralclip_desktop.features.workflows import studio
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.shell.place import go_to, place_of
from viralclip_desktop.gui.studio.feature import TABS

SOUNDS = {
    "song": ("Calm river", LibraryKind.MUSIC, 2.0),
    "door": ("Door", LibraryKind.EFFECT, 0.5),
    "word": ("A word", LibraryKind.VOICE, 1.0),
}


@pytest.fixture(scope="module")
def stage(qapp, tmp_path_factory):
    """One window for all tests, in the editor of a clip."""
    with window_stage(tmp_path_factory.mktemp("stage")) as stage:
        stage.enter("editor_timeline")
        yield stage


def fresh_library(services: Services) -> dict[str, LibraryEntry]:
    """The three sounds as they are at first, and nothing else; what a test left of them is taken."""
    folder = services.paths.home.parent / "mine"
    folder.mkdir(exist_ok=True)
    found, made = {Path(entry.asset.path).stem: entry for entry in services.store.library()}, {}
    for name in found.keys() - {name for name, _kind, _length in SOUNDS.values()}:
        remove_sound(services, found[name].id)
    for key, (name, kind, length) in SOUNDS.items():
        path = folder / f"{name}.wav"
        if not path.is_file():
            tone(path, length)
        entry = found.get(name) or add_sound(services, path, kind)
        drop, tags = entry.asset.tags, ["calm"] if key == "song" else []
        folder_name, licence = ("Beds/Slow", "CC0") if key == "song" else ("", "")
        made[key] = change_sound(
            services.store, entry.id, title=name, kind=kind, drop_tags=drop, add_tags=tags,
            folder=folder_name, licence=licence,
        )  # fmt: skip
    return made


@pytest.fixture
def studio_of(stage, qtbot):
    """The window with three sounds in its library, in the editor, as the clip was at first."""
    made, start = fresh_library(stage.services), stage.window.trail.done
    yield Bench(stage, made)
    stage.window.studio_page.tab("library").list.hearing.stop()
    if stage.window.page is Page.STUDIO:
        stage.window.navigation.leave_studio()
    stage.settle()
    if stage.window.trail.done > start:
        stage.window.trail.go_to(start)
        stage.settle()
    for toast in list(stage.window.toasts.shown):
        toast.dismiss()


class Bench:
    """The window, and what its library holds."""

    def __init__(self, stage: Any, made: dict[str, Any]) -> None:
        self.stage, self.window, self.made = stage, stage.window, made

    def library(self) -> Any:
        """The library tab, in front, with all that there is."""
        if self.window.page is not Page.STUDIO:
            self.window.actions_by_id["studio"].trigger()
        tab = self.window.studio_page.tab("library")
        tab.list.reload()
        self.stage.settle()
        tab.list.show_all()
        return tab

    def panel(self) -> Any:
        """The panel in the editor."""
        self.window.navigation.show_panel("sounds")
        panel = self.window.editor.panel("sounds")
        panel.list.reload()
        self.stage.settle()
        panel.list.show_all()
        return panel

    @staticmethod
    def titles(tab: Any) -> list[str]:
        """What the list shows."""
        model = tab.list.model
        return [model.index(row).data() for row in range(model.rowCount())]

    def layers(self) -> list[Any]:
        """The sounds on the clip that came of the library."""
        ids = {entry.id for entry in self.made.values()}
        return [one for one in self.window.session.clip.layers if getattr(one, "asset_id", "") in ids]

    def told(self) -> list[str]:
        """What the toasts say."""
        return [toast.text.message for toast in self.window.toasts.shown]


# --- the page --------------------------------------------------------------------------------------------


def test_the_studio_leads_back_to_where_it_was_opened(studio_of) -> None:
    window, clip = studio_of.window, studio_of.window.session.clip
    window.actions_by_id["studio"].trigger()
    assert window.page is Page.STUDIO
    assert not window.actions_by_id["studio"].isEnabled()
    window.actions_by_id["leave_studio"].trigger()
    assert window.page is Page.EDITOR
    assert window.session.clip == clip
    window.navigation.go_home()
    window.header.studio.click()
    for tab in TABS:
        window.navigation.open_studio(tab.id)
        assert window.studio_page.tab(tab.id).isVisible()
    window.actions_by_id["leave_studio"].trigger()
    assert window.page is Page.HOME
    window.navigation.show_clips()
    window.navigation.open_editor()


def test_another_window_goes_on_in_the_studio(studio_of) -> None:
    window, clip = studio_of.window, studio_of.window.session.clip
    window.navigation.open_studio("library")
    place = place_of(window)
    window.navigation.go_home()
    go_to(window, place)
    studio_of.stage.wait(lambda: window.page is Page.STUDIO)
    window.actions_by_id["leave_studio"].trigger()
    assert window.page is Page.EDITOR
    assert window.session.clip == clip


# --- the library -----------------------------------------------------------------------------------------


def test_sounds_are_found_by_words_kind_folder_and_tags(studio_of) -> None:
    tab = studio_of.library()
    assert studio_of.titles(tab) == ["A word", "Door", "Calm river"]
    QTest.keyClicks(tab.list.search, "beds cc0")
    studio_of.stage.wait(lambda: studio_of.titles(tab) == ["Calm river"])
    tab.list.search.clear()
    tab.list.kinds.button(LibraryKind.VOICE).click()
    tab.list.kinds.button(LibraryKind.EFFECT).click()
    studio_of.stage.wait(lambda: studio_of.titles(tab) == ["A word", "Door"])
    tab.list.show_all()
    assert [value for value, _words in tab.list.folder.choices] == [None, "Beds", "Beds/Slow"]
    QTest.keyClick(tab.list.folder, Qt.Key.Key_Down)
    assert studio_of.titles(tab) == ["Calm river"]
    tab.list.search.setText("nothing like it")
    studio_of.stage.wait(lambda: studio_of.titles(tab) == [])
    assert not tab.list.view.isVisible()


def test_a_sound_is_changed_beside_the_list(studio_of) -> None:
    tab, store, door = studio_of.library(), studio_of.stage.services.store, studio_of.made["door"].id
    tab.list.choose(door)
    for field, text in (
        (tab.details.title, "Front door"),
        (tab.details.tags, "wood, short"),
        (tab.details.folder, "House"),
        (tab.details.licence, "CC BY 4.0"),
    ):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(tab.details.kind, Qt.Key.Key_Up)  # music
    studio_of.stage.wait(lambda: store.library_entry(door).item.kind is LibraryKind.MUSIC)
    entry = store.library_entry(door)
    assert (entry.asset.title, entry.asset.licence, entry.item.folder) == ("Front door", "CC BY 4.0", "House")
    assert entry.asset.tags == ("wood", "short")
    studio_of.stage.wait(lambda: "Front door" in studio_of.titles(tab))
    assert tab.list.current.id == door, "it stays selected"


def test_files_that_are_dropped_come_in_as_what_they_likely_are(studio_of, tmp_path) -> None:
    tab = studio_of.library()
    bell, song = tone(tmp_path / "Bell.wav", 1), tone(tmp_path / "Evening.wav", 31, 90)
    notes = tmp_path / "notes.txt"
    notes.write_text("no sound")
    studio_of.window.studio_page.show_tab("music")
    drop(studio_of.window.studio_page, bell, song, notes, tmp_path / "gone.wav")
    assert studio_of.window.studio_page.shown == "library", "whichever tab they fall on"
    studio_of.stage.wait(lambda: {"Bell", "Evening"} <= set(studio_of.titles(tab)))
    kinds = {entry.asset.title: entry.item.kind for entry in studio_of.stage.services.store.library()}
    assert (kinds["Bell"], kinds["Evening"]) == (LibraryKind.EFFECT, LibraryKind.MUSIC)
    assert "2 sounds were added, 1 of them as music" in studio_of.told()
    assert "These files were not added: gone.wav, notes.txt" in studio_of.told(), "alone"
    assert tab.list.current.entry.asset.title == "Bell"
    drop(studio_of.window.studio_page, bell)
    studio_of.stage.wait(lambda: "“Bell” is in the library already" in studio_of.told())


def test_the_search_of_the_window_looks_among_voices_and_sounds(studio_of) -> None:
    studio_of.library()
    page, find = studio_of.window.studio_page, studio_of.window.actions_by_id["find"]
    for tab, shown, search in (
        ("speech", "speech", "Search voices"),
        ("cloning", "library", "Search sounds"),
    ):
        page.show_tab(tab)
        find.trigger()
        assert studio_of.window.page is Page.STUDIO
        assert page.shown == shown
        assert page.in_front.focusWidget().accessibleName() == search
    page.show_tab("library")


def test_a_file_that_is_gone_is_told_on_its_row(studio_of) -> None:
    Path(studio_of.made["door"].asset.path).unlink()
    tab = studio_of.library()
    tab.list.choose(studio_of.made["door"].id)
    row = tab.list.model.index(tab.list.model.row_of(studio_of.made["door"].id))
    assert "The file is missing" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert tab.details.missing.message == "The file is missing"
    assert not tab.details.place.isEnabled()
    assert not tab.details.hear.isEnabled()


def test_removing_says_where_it_is_used_and_asks(studio_of) -> None:
    tab, store, door = studio_of.library(), studio_of.stage.services.store, studio_of.made["door"]
    tab.list.choose(door.id)
    tab.details.place.click()
    studio_of.stage.wait(lambda: len(studio_of.layers()) == 1)
    tab.list.view.setFocus()
    QTest.keyClick(tab.list.view, Qt.Key.Key_Delete)
    QTest.keyClick(tab.list.view, Qt.Key.Key_Delete)
    studio_of.stage.wait(lambda: tab.question is not None)
    studio_of.stage.settle()
    asked = [one for one in studio_of.window.findChildren(type(tab.question)) if one.isVisible()]
    assert asked == [tab.question], "once, however often the key is pressed"
    words = " ".join(label.text() for label in tab.question.findChildren(type(tab.list.count)))
    assert studio_of.window.session.clip.title in words
    tab.question.stay.click()
    assert store.library_entry(door.id)
    tab.details.remove.click()
    before = tab.question
    studio_of.stage.wait(lambda: tab.question is not before)
    tab.question.go.click()
    studio_of.stage.wait(lambda: "Door" not in studio_of.titles(tab))
    with pytest.raises(NotFound):
        store.library_entry(door.id)
    assert Path(door.asset.path).is_file(), "a file of the user's stays"
    assert store.asset(door.id), "the clip plays it"


@pytest.fixture
def spoken(studio_of, tmp_path, monkeypatch):
    """A sound that was made here, by a voice that says another thing whenever it is asked."""
    services, said = studio_of.stage.services, []

    def speak(_services, settings, out, _progress, _cancel) -> None:
        said.append(settings["text"])
        tone(out, 1, 500 + 10 * len(said))

    monkeypatch.setitem(studio.MAKERS, "speech", speak)
    making = Making("speech", {"text": "Hello", "voice": "espeak:en-us", "speed": 1.2, "pitch_st": 0.0})
    first = tone(tmp_path / "first.wav", 1, 480)
    entry = keep_sound(
        services, first, LibraryKind.VOICE, making, title="Hello", origin="eSpeak NG", tags=["hi"]
    )
    studio_of.made["hello"] = entry
    return entry


def test_what_was_made_here_is_made_again_with_its_settings(studio_of, spoken) -> None:
    tab, store = studio_of.library(), studio_of.stage.services.store
    tab.list.choose(spoken.id)
    assert tab.details.again.isVisible()
    assert "Speed: 1.20×" in tab.details.made.text()
    tab.again.begin(spoken)
    tab.details.again.click()
    studio_of.stage.wait(lambda: studio_of.titles(tab).count("Hello") == 2)
    studio_of.stage.wait(lambda: tab.list.current.id != spoken.id)
    again = store.library_entry(tab.list.current.id)
    assert (again.asset.title, again.asset.tags) == ("Hello", ("hi",))
    assert Making.of(again.asset) == Making.of(spoken.asset)
    assert "“Hello” was made again" in studio_of.told()
    studio_of.made["again"] = again
    tab.list.choose(studio_of.made["door"].id)
    assert not tab.details.again.isVisible(), "only what was made here"


# --- hearing ---------------------------------------------------------------------------------------------


def test_a_sound_is_heard_and_stopped_from_its_row(studio_of, device) -> None:
    made, tab = device, studio_of.library()
    tab.list.choose(studio_of.made["song"].id)
    tab.list.view.setFocus()
    QTest.keyClick(tab.list.view, Qt.Key.Key_Space)
    studio_of.stage.wait(lambda: bool(made) and any(made[-1].ask()))
    assert tab.details.hear.accessibleName() == "Stop"
    studio_of.stage.wait(lambda: tab.list.hearing.share > 0)
    index = tab.list.view.currentIndex()
    at = tab.list.view.visualRect(index).topLeft() + QPoint(24, 26)
    QTest.mouseClick(tab.list.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert tab.list.hearing.heard == ""
    assert tab.details.hear.accessibleName() == "Listen"
    tab.details.hear.click()
    studio_of.stage.wait(lambda: len(made) == 2)
    while made[-1].ask():
        if not tab.list.hearing.heard:
            break
        QApplication.processEvents()
    studio_of.stage.wait(lambda: made[-1].ask() == b"" or tab.list.hearing.heard == "")
    studio_of.stage.wait(lambda: tab.list.hearing.heard == "")
    tab.list.hear(tab.list.current)
    studio_of.window.actions_by_id["leave_studio"].trigger()
    assert tab.list.hearing.heard == "", "who leaves hears no more"


# --- on the timeline -------------------------------------------------------------------------------------


def test_a_sound_goes_to_the_clip_at_the_playhead_and_back(studio_of) -> None:
    window = studio_of.window
    window.player.seek(Time.from_seconds(2))
    studio_of.stage.settle()
    tab = studio_of.library()
    tab.list.choose(studio_of.made["song"].id)
    tab.details.place.click()
    studio_of.stage.wait(lambda: len(studio_of.layers()) == 1)
    (layer,) = studio_of.layers()
    assert isinstance(layer, MusicLayer)
    assert layer.range.start == window.player.clip_position
    assert any(text.startswith("Added to “") for text in studio_of.told())
    window.actions_by_id["leave_studio"].trigger()
    window.actions_by_id["undo"].trigger()
    studio_of.stage.wait(lambda: studio_of.layers() == [])


def test_without_a_clip_it_says_why_not(studio_of) -> None:
    studio_of.window.navigation.go_home()
    tab = studio_of.library()
    assert not tab.details.place.isEnabled()
    assert tab.details.why_not.text().startswith("Open a clip in the editor first")
    studio_of.window.actions_by_id["leave_studio"].trigger()
    studio_of.window.navigation.show_clips()
    studio_of.window.navigation.open_editor()
    studio_of.stage.settle()


def test_the_panel_puts_each_sound_on_its_track_as_one_edit(studio_of) -> None:
    window, panel = studio_of.window, studio_of.panel()
    edits = window.trail.done
    panel.list.choose(studio_of.made["word"].id)
    panel.list.view.setFocus()
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    asked.ignore()
    QApplication.sendEvent(panel.list.view, asked)
    assert not asked.isAccepted(), "it is the key of the player"
    QTest.keyClick(panel.list.view, Qt.Key.Key_Return)
    studio_of.stage.wait(lambda: len(studio_of.layers()) == 1)
    panel.list.choose(studio_of.made["door"].id)
    panel.place.click()
    studio_of.stage.wait(lambda: len(studio_of.layers()) == 2)
    assert {type(layer) for layer in studio_of.layers()} == {VoiceLayer, EffectLayer}
    studio_of.stage.settle()
    assert window.trail.done == edits + 2


def test_a_sound_is_dragged_onto_the_timeline_and_keeps_its_kind(studio_of) -> None:
    panel, timeline = studio_of.panel(), studio_of.window.editor.panel("timeline")
    row = panel.list.model.row_of(studio_of.made["word"].id)
    data: QMimeData = panel.list.model.mimeData([panel.list.model.index(row)])
    assert [url.fileName() for url in data.urls()] == ["A word.wav"]
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier
    timeline.canvas.dropEvent(QDropEvent(QPointF(400, 30), copy, data, left, none))
    studio_of.stage.wait(lambda: len(studio_of.layers()) == 1)
    (layer,) = studio_of.layers()
    assert isinstance(layer, VoiceLayer)
    assert layer.range.start > Time.from_seconds(0.1)
