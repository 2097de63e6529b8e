"""Finishing and tightening a clip from the command palette, with no panel open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from support.projects import add_project
from support.shown import says
from support.tight_talk import filler, film_of, pause, say, talk_of
from support.window_parts import open_palette

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import parts_of
from viralclip_desktop.domain.edits.tightening import listed
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.domain.transcript import Sentence, Transcript


def choose(qtbot, window, name: str) -> None:
    """What a user does who knows the name of an action."""
    palette = open_palette(window)
    qtbot.keyClicks(palette.field, name)
    assert palette.model.rows[0].action.text() == name
    place = palette.list.visualRect(palette.model.index(0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_clip_is_finished_from_the_palette(qtbot, clips_window) -> None:
    session = clips_window.session
    choose(qtbot, clips_window, "Finish this clip")
    qtbot.waitUntil(lambda: Element.HOOK in {layer.element for layer in session.clip.layers})
    qtbot.waitUntil(lambda: says(clips_window.toasts.parent(), "is finished."))
    qtbot.waitUntil(lambda: clips_window.context.idle)


@pytest.fixture
def talk_window(qtbot, services, open_window, tmp_path):
    """The window on a talk with a long silence and a filler in its clip."""
    items = [say("This is how it began."), pause(1.8), say("We were"), pause(0.2), filler("um"), pause(0.2)]
    talk = talk_of([*items, say("three people in a room.")], tmp_path)
    source = add_project(services, film_of(talk, tmp_path / "talk.mov"), clips=1)
    words = talk.heard_by()
    with services.store.transaction("Set up", source.project_id, undoable=False) as tx:
        tx.put_transcript(source.id, Transcript("test", "en", words, (Sentence(0, len(words)),)))
        for clip in services.store.clips(source.id):
            whole = TimeRange(Time(0), source.info.duration)
            tx.put(replace(clip, parts=parts_of(source.asset_id, whole)))
    window = open_window()
    window.navigation.open_source(source.id)
    qtbot.waitUntil(lambda: window.session.clip is not None and window.context.idle)
    return window


def test_a_clip_is_tightened_from_the_palette(qtbot, talk_window) -> None:
    choose(qtbot, talk_window, "Tighten this clip")
    qtbot.waitUntil(lambda: [cut.kind for cut in listed(talk_window.session.clip)] == ["silence", "filler"])
    qtbot.waitUntil(lambda: says(talk_window.toasts.parent(), "2 cuts"))
    qtbot.waitUntil(lambda: talk_window.context.idle)
