"""The start page: search, lost recordings, project files, what comes in by drop."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from support.drops import drop
from support.projects import add_project, make_recording
from support.shown import says

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.features.relink.relinking import find_missing, relink_folder
from viralclip_desktop.gui.common.incoming import sort_incoming
from viralclip_desktop.gui.projects.highlight import matches
from viralclip_desktop.gui.projects.project_cards import EntryRole, state_words
from viralclip_desktop.gui.session.navigation import Page

# --- what is bold in a result ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("snippet", "query", "bold"),
    [
        ("Because a number on a screen", "numb", ["numb"]),
        ("A number is a Number", "NUMBER", ["number", "Number"]),
        ("Une idée très claire", "idee tres", ["idée", "très"]),
        ("Renumbered", "number", []),
        ("ทำไมตัวเลขบนหน้าจอ", "ตัวเลข", ["ตัวเลข"]),
        ("Nothing of it", "zebra", []),
        ("What is 50 % of it?", "% 50", ["50"]),
    ],
)
def test_what_was_searched_for_is_bold(snippet: str, query: str, bold: list[str]) -> None:
    assert [snippet[start:end] for start, end in matches(snippet, query)] == bold


# --- search ------------------------------------------------------------------------------------------------


def test_a_hit_opens_the_clip_that_says_it(qtbot, services, open_window, recording) -> None:
    add_project(services, recording, clips=8)
    window = open_window()
    home = window.home_page
    chosen: list[tuple] = []
    home.hit_chosen.connect(lambda *values: chosen.append(values))
    home.search.field.setFocus()
    qtbot.keyClicks(home.search.field, "smart peo")
    qtbot.waitUntil(lambda: len(home.search.model.hits) == 1, timeout=5000)
    assert home.search.view.isVisible()
    hit = home.search.model.hits[0]
    assert hit.snippet == "Why does that keep happening to smart people?"
    assert [hit.snippet[start:end] for start, end in hit.marked] == ["smart", "peo"]
    assert hit.project == "Talk about numbers"
    qtbot.keyClick(home.search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.clip is not None, timeout=5000)
    assert chosen == [(hit.source_id, hit.clip_id, hit.at)]
    assert window.session.clip.id == hit.clip_id
    assert window.session.clip.range.contains(hit.at)


def test_words_that_are_in_no_clip_can_be_cut(qtbot, services, open_window, recording) -> None:
    source = add_project(services, recording, clips=0)
    window = open_window()
    search = window.home_page.search
    search.field.setText("spreadsheet")
    qtbot.waitUntil(lambda: len(search.model.hits) == 1, timeout=5000)
    hit = search.model.hits[0]
    assert hit.clip_id == ""
    qtbot.mouseClick(
        search.view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=search.view.visualRect(search.model.index(0)).center(),
    )
    qtbot.waitUntil(lambda: bool(window.toasts.shown), timeout=5000)
    window.toasts.shown[-1].text.then()
    qtbot.waitUntil(lambda: len(services.store.clips(source.id)) == 1, timeout=5000)
    assert services.store.clips(source.id)[0].range.contains(hit.at)
    qtbot.waitUntil(lambda: window.session.clip is not None, timeout=5000)


def test_nothing_found_is_said_and_escape_goes_back(qtbot, services, open_window, recording) -> None:
    add_project(services, recording)
    window = open_window()
    home = window.home_page
    home.search.field.setText("zebra")
    qtbot.waitUntil(lambda: says(home, "Nobody said “zebra”."), timeout=5000)
    assert not home.cards.isVisible()
    qtbot.keyClick(home.search.field, Qt.Key.Key_Escape)
    assert home.search.field.text() == ""
    qtbot.waitUntil(home.cards.isVisible, timeout=5000)


def test_a_project_is_found_by_its_name(qtbot, services, open_window, recording) -> None:
    source = add_project(services, recording)
    window = open_window()
    search = window.home_page.search
    search.field.setFocus()
    qtbot.keyClicks(search.field, "talk num")
    qtbot.waitUntil(lambda: len(search.model.hits) == 1, timeout=5000)
    hit = search.model.hits[0]
    assert (hit.snippet, hit.source_id) == ("Talk about numbers", source.id)
    assert search.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Project  ·  4 clips")
    assert says(search, "One project")
    qtbot.keyClick(search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS, timeout=5000)
    assert window.session.source_id == source.id


def test_results_can_be_walked_by_keyboard(qtbot, services, open_window, recording) -> None:
    add_project(services, recording, clips=8)
    window = open_window()
    search = window.home_page.search
    search.field.setText("number")
    qtbot.waitUntil(lambda: len(search.model.hits) == 3, timeout=5000)  # the project, and two sentences
    qtbot.keyClick(search.field, Qt.Key.Key_Down)
    assert search.view.currentIndex().row() == 0
    qtbot.keyClick(search.view, Qt.Key.Key_Down)
    assert search.view.currentIndex().row() == 1
    qtbot.keyClick(search.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.loaded is not None, timeout=5000)


# --- lost recordings ---------------------------------------------------------------------------------------


def test_lost_recordings_are_told_quietly_and_found_again(qtbot, services, open_window, tmp_path) -> None:
    film = make_recording(tmp_path / "Film.mp4", 3)
    source = add_project(services, film, clips=1)
    elsewhere = tmp_path / "elsewhere" / "deeper"
    elsewhere.mkdir(parents=True)
    film.rename(elsewhere / "Renamed.mp4")
    window = open_window()
    home = window.home_page
    qtbot.waitUntil(home.missing.isVisible, timeout=5000)
    assert home.missing.message == "One recording is not where it was"
    entry = home.model.index(0).data(EntryRole)
    assert state_words(entry).startswith("Recording missing")
    home.source_chosen.emit(source.id)  # nothing keeps anybody from opening it
    qtbot.waitUntil(lambda: window.page is Page.CLIPS, timeout=5000)
    window.navigation.go_home()
    home.project_actions.relink(tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: not home.missing.isVisible(), timeout=10000)
    assert Path(services.store.source(source.id).path) == elsewhere / "Renamed.mp4"
    qtbot.waitUntil(
        lambda: any("was found" in toast.text.message for toast in window.toasts.shown), timeout=5000
    )


# --- projects as files -------------------------------------------------------------------------------------


def test_a_project_goes_out_and_comes_in_by_drop(qtbot, services, open_window, recording, tmp_path) -> None:
    add_project(services, recording, clips=2)
    window = open_window()
    home = window.home_page
    qtbot.waitUntil(lambda: home.model.rowCount() == 1, timeout=5000)
    dialog = home.project_actions.export(home.model.index(0).data(EntryRole))
    out = tmp_path / "Talk.viralclip"
    dialog.order(str(out))
    qtbot.waitUntil(
        lambda: any(str(out.name) in toast.text.message for toast in window.toasts.shown), timeout=10000
    )
    assert out.is_file()
    drop(window, out)
    qtbot.waitUntil(lambda: home.model.rowCount() == 2, timeout=10000)
    names = sorted(home.model.index(number).data(EntryRole).name for number in range(2))
    assert names == ["Talk about numbers", "Talk about numbers (2)"]
    qtbot.waitUntil(
        lambda: any("was imported" in toast.text.message for toast in window.toasts.shown), timeout=5000
    )


def test_a_file_that_is_no_project_is_told(qtbot, services, open_window, tmp_path) -> None:
    fake = tmp_path / "Fake.viralclip"
    fake.write_text("not a project", encoding="utf-8")
    window = open_window()
    drop(window, fake)
    qtbot.waitUntil(lambda: bool(window.toasts.shown), timeout=5000)
    assert window.toasts.shown[-1].text.kind == "bad"
    assert "Fake.viralclip" in window.toasts.shown[-1].text.message
    assert not services.store.projects()


def test_a_project_is_renamed_and_that_can_be_undone(qtbot, services, open_window, recording) -> None:
    source = add_project(services, recording)
    window = open_window()
    home = window.home_page
    qtbot.waitUntil(lambda: home.model.rowCount() == 1, timeout=5000)
    dialog = home.project_actions.rename(home.model.index(0).data(EntryRole))
    dialog.field.setText("  Numbers  ")
    qtbot.mouseClick(dialog.rename, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: services.store.project(source.project_id).name == "Numbers", timeout=5000)
    qtbot.waitUntil(lambda: home.model.index(0).data() == "Numbers", timeout=5000)
    assert services.store.undo(source.project_id) == "Rename project"
    assert services.store.project(source.project_id).name == "Talk about numbers"


# --- what comes in -----------------------------------------------------------------------------------------


def test_folders_are_looked_through(tmp_path: Path) -> None:
    deep = tmp_path / "shoot" / "day 2"
    deep.mkdir(parents=True)
    (tmp_path / "shoot" / ".hidden").mkdir()
    for name in ("b.MOV", "day 2/a.mp4", "notes.txt", ".hidden/c.mp4", "._b.MOV"):
        (tmp_path / "shoot" / name).write_bytes(b"x")
    (tmp_path / "shoot" / "empty.mp4").touch()
    project = tmp_path / "Old.viralclip"
    project.write_bytes(b"x")
    found = sort_incoming([tmp_path / "shoot", project])
    assert [path.name for path in found.recordings] == ["b.MOV", "a.mp4"]
    assert found.projects == (project,)


def test_a_folder_without_recordings_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no recordings"):
        sort_incoming([tmp_path])


def test_search_finds_what_was_said(services, recording) -> None:
    source = add_project(services, recording)
    assert [hit.source_id for hit in services.store.search("neighbour")] == [source.id]
    assert find_missing(services.store) == []
    report = relink_folder(services.store, recording.parent, None, ignore_progress, CancelToken())
    assert dict(report.found) == {}
