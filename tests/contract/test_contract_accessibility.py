"""Every state of the window for those who have no mouse, see little, or listen to it."""

from __future__ import annotations

import itertools

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from support import survey
from support.window_stage import STATES, window_stage

from viralclip_desktop.gui.shortcuts.feature import apply_shortcuts
from viralclip_desktop.gui.theme.tokens import DARK, LIGHT, Colours, contrast

_LOOKED_AT: set[str] = set()


@pytest.fixture(scope="module")
def stage(qapp, tmp_path_factory):
    """One window for all states."""
    with window_stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="module", params=STATES)
def shown(request, stage):
    """The window or dialog of one state."""
    yield stage.enter(request.param)
    stage.leave()


def test_everything_has_a_name(shown) -> None:
    assert survey.badly_named(shown) == []


def test_icons_say_what_they_mean_and_which_keys_do_it(shown, stage) -> None:
    assert survey.without_tooltip(shown) == []
    if not isinstance(shown, QDialog):  # there the window's keys do nothing
        assert survey.without_keys(shown, stage.window.actions_by_id.values()) == []


def test_tab_leads_everywhere_and_on(shown) -> None:
    visited = survey.walk(shown)
    assert visited
    assert len(visited) == 1 or survey.stuck_at(shown) == ""
    assert survey.unreached(shown, visited) == []
    assert set(survey.walk(shown, Qt.Key.Key_Backtab)) == set(visited)


def test_keys_in_tooltips_are_the_users_own(stage) -> None:
    window = stage.enter("editor_timeline")
    for name in ("split", "export", "undo", "play", "marker"):
        window.actions_by_id[name].setShortcut(f"Ctrl+Alt+{name[0].upper()}")
    assert survey.without_keys(window, window.actions_by_id.values()) == []
    apply_shortcuts(window.actions_by_id, window.shortcuts)


def test_focus_can_be_seen(shown) -> None:
    survey.come_forward(shown)
    parts = [part for part in survey.controls(shown) if part.isEnabled() and part.focusPolicy()]
    if len(parts) == 1:
        return  # it always has the focus
    new = survey.first_of_each_class(parts, _LOOKED_AT)
    unseen = [part for part in new if not survey.focus_shows(shown, part)]
    assert [survey.described(part) for part in unseen] == []


def test_the_survey_finds_what_is_missing(qtbot) -> None:
    bad = QWidget()
    qtbot.addWidget(bad)
    icon, trap, unseen = QPushButton(), QPlainTextEdit(), QPushButton("Go")
    icon.setIcon(QIcon(QPixmap(8, 8)))
    trap.setAccessibleName("notes_field")
    unseen.setStyleSheet("QPushButton { border: none; outline: none; }")
    icon.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box = QVBoxLayout(bad)
    for part in (icon, unseen, trap, QLabel("a label is no control")):
        box.addWidget(part)
    bad.show()
    visited = survey.walk(bad)
    assert visited == [trap]
    assert "notes_field" in survey.stuck_at(bad)
    assert len(survey.unreached(bad, visited)) == 2
    assert len(survey.badly_named(bad)) == 2
    assert len(survey.without_tooltip(bad)) == 1
    assert not survey.focus_shows(bad, unseen)


# --- what is painted -------------------------------------------------------------------------------------


def test_the_timeline_is_a_list_as_well(stage) -> None:
    timeline = stage.enter("editor_timeline").editor.panel("timeline")
    spoken = _spoken_rows(timeline.items)
    cues = [line for line in spoken if line.startswith("Caption ")]
    assert cues[0].startswith(f"Caption 1 of {len(cues)}: So here is the thing")
    assert len(spoken) == sum(len(lane) for lane in timeline.control.model.lanes)


def test_the_transcript_reads_as_sentences(stage) -> None:
    view = stage.enter("editor_transcript").editor.panel("transcript").view
    spoken = _spoken_rows(view)
    assert len(spoken) == len(stage.window.session.loaded.transcript.sentences)
    assert "Why does that keep happening to smart people?" in " ".join(spoken)


def test_cards_tell_what_they_show(stage) -> None:
    cards = _spoken_rows(stage.enter("clips").clips_page.cards)
    titles = [clip.title for clip in stage.window.session.clips]
    assert [title in card for title, card in zip(titles, cards, strict=True)] == [True] * len(titles)
    projects = _spoken_rows(stage.enter("home").home_page.cards)
    assert len(projects) == 1
    assert "Talk about numbers" in projects[0]


def test_every_caption_style_is_a_button_with_its_name(stage) -> None:
    gallery = stage.enter("editor_captions").editor.panel("captions").gallery
    names = [survey.spoken_name(tile) for tile in gallery.tiles]
    assert len(set(names)) == len(names) >= 12
    role = QAccessible.queryAccessibleInterface(gallery.tiles[0]).role()
    assert role in (QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.Button)


def test_where_the_playhead_stands_is_told(stage) -> None:
    bar = stage.enter("editor_timeline").editor.preview.transport.bar
    assert survey.spoken_name(bar) == "Position in the clip"
    told = QAccessible.queryAccessibleInterface(bar).text(QAccessible.Text.Description)
    assert "0:02" in told


def _spoken_rows(view) -> list[str]:
    """What a screen reader reads of a list, row by row."""
    model = view.model()
    return [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    ]


# --- colours ---------------------------------------------------------------------------------------------

GROUNDS = ("window", "surface", "raised")


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_text_stands_out(colours: Colours) -> None:
    inks = [(ground, ink) for ground, ink in itertools.product(GROUNDS, ("text", "quiet"))]
    inks += [("accent_fill", "on_accent")]
    poor = {pair: round(_between(colours, *pair), 2) for pair in inks if _between(colours, *pair) < 4.5}
    assert poor == {}


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_controls_and_signals_stand_out(colours: Colours) -> None:
    marks = ("accent", "good", "caution", "bad", "faint")
    pairs = list(itertools.product(("window", "surface"), marks))
    poor = {pair: round(_between(colours, *pair), 2) for pair in pairs if _between(colours, *pair) < 3}
    assert poor == {}


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_tracks_stand_out_from_the_timeline(colours: Colours) -> None:
    tracks = [name for name in colours.as_dict() if name.startswith("track_")]
    poor = {name: round(_between(colours, "surface", name), 2) for name in tracks}
    assert {name: ratio for name, ratio in poor.items() if ratio < 3} == {}


def _between(colours: Colours, ground: str, ink: str) -> float:
    return contrast(getattr(colours, ground), getattr(colours, ink))
