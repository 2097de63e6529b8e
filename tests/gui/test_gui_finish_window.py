"""Finishing a clip in the real window: what is asked for one clip is done to that clip, and nothing typed is
lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from support import stored
from support.makers import make_sound, make_still

from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element, LayerKind
from viralclip_desktop.gui.timeline.model import Kind

PIZZA = "So it is so and pizza was so and so it is and it is so it is."


@pytest.fixture
def window(qtbot: Any, clips_window: Any) -> Any:
    """The editor on the first clip, the finish panel in front."""
    window = clips_window
    window.navigation.open_editor()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.player.current and window.editor.settled)
    window.actions_by_id["panel_finish"].trigger()
    _settle(qtbot, window)
    return window


def _settle(qtbot: Any, window: Any) -> None:
    """Wait until every edit is stored and shown, and what was asked for has come."""
    context = window.context
    qtbot.waitUntil(lambda: context.tasks.idle and context.edits.last.settled)
    QTest.qWait(0)
    qtbot.waitUntil(lambda: context.tasks.idle and context.edits.last.settled)


def _stored(window: Any, clip_id: str = "") -> Clip:
    return window.services.store.clip(clip_id or window.session.clip.id)


def _switch_on(qtbot: Any, window: Any, element: Element) -> None:
    window.editor.panel("finish").cards[element].switch.click()
    qtbot.waitUntil(lambda: any(one.element is element for one in _stored(window).layers))
    _settle(qtbot, window)


def test_the_sound_panel_shows_the_sound_effects_of_a_finish(qtbot, window) -> None:
    _switch_on(qtbot, window, Element.CARD)
    _switch_on(qtbot, window, Element.EFFECTS)
    window.actions_by_id["panel_audio"].trigger()
    _settle(qtbot, window)
    effects = {layer.id for layer in _stored(window).layers if layer.kind is LayerKind.EFFECT}
    assert effects
    assert set(window.editor.panel("audio").cards) == effects


def _song_of_the_finish(window: Any, tmp_path: Path) -> None:
    window.editor.panel("finish").add_music(make_sound(tmp_path / "song.mp3", 4))


def _song_beside_the_speech(window: Any, tmp_path: Path) -> None:
    window.actions_by_id["panel_audio"].trigger()
    window.editor.panel("audio").add_file(make_sound(tmp_path / "song.mp3", 4), LayerKind.MUSIC)


def _picture_over_the_clip(window: Any, tmp_path: Path) -> None:
    window.actions_by_id["panel_frame"].trigger()
    window.editor.panel("frame").pictures.add_file(make_still(tmp_path / "still.png"))


def _file_on_the_timeline(window: Any, tmp_path: Path) -> None:
    still = make_still(tmp_path / "still.png")
    window.editor.panel("timeline").take_files([still], ZERO, Kind.PICTURE)


WAYS = (_song_of_the_finish, _song_beside_the_speech, _picture_over_the_clip, _file_on_the_timeline)


@pytest.mark.parametrize("way", WAYS)
def test_a_file_goes_to_the_clip_it_was_chosen_for(qtbot, window, tmp_path, way) -> None:
    asked, other = (clip.id for clip in window.session.clips[:2])
    way(window, tmp_path)
    window.actions_by_id["next_clip"].trigger()
    assert window.session.clip.id == other
    _settle(qtbot, window)
    assert len(_stored(window, asked).layers) == 1
    assert not _stored(window, other).layers


def test_another_emoji_goes_to_the_clip_it_was_chosen_for(qtbot, window) -> None:
    store, first = window.services.store, window.session.clip
    with store.transaction("Say", first.project_id) as tx:
        tx.put_transcript(first.source_id, stored.transcript(PIZZA))
    _settle(qtbot, window)
    _switch_on(qtbot, window, Element.EMOJI)
    other = window.session.clips[1].id
    [row] = window.editor.panel("finish").emoji.rows.values()
    row.choice.chosen.emit("rocket")
    window.actions_by_id["next_clip"].trigger()
    _settle(qtbot, window)
    [layer] = _stored(window, first.id).layers
    assert store.asset(layer.asset_id).path.endswith("rocket.png")
    assert not _stored(window, other).layers


def test_a_file_for_a_clip_that_is_deleted_meanwhile_is_dropped_in_silence(qtbot, window, tmp_path) -> None:
    _song_of_the_finish(window, tmp_path)
    window.actions_by_id["delete_clip"].trigger()
    _settle(qtbot, window)
    assert [toast.text.kind for toast in window.toasts.shown] == ["info"]
    assert not any(clip.layers for clip in window.services.store.clips(window.session.source_id))
