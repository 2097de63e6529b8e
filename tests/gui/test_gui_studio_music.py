"""The studio's music: a form that is understood and remembered, pieces that are compared and kept."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from support.shown import words_on
from support.studio import SHORT, put_piece

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.library import LibraryKind
from viralclip_desktop.features import editing
from viralclip_desktop.features.library import remove_sound
from viralclip_desktop.features.music.wishes import settings_of
from viralclip_desktop.features.workflows import studio_music
from viralclip_desktop.features.workflows.studio_music import COMPOSE, ComposeOrder
from viralclip_desktop.gui.common import hearing
from viralclip_desktop.gui.studio.music_tab import MusicTab
from viralclip_desktop.gui.studio.music_values import MusicValues
from viralclip_desktop.gui.widgets.buttons import Button
from viralclip_desktop.gui.widgets.file_field import ending_in


def tab_of(qtbot: Any, window: Any) -> MusicTab:
    """The tab, in front."""
    window.navigation.open_studio("music")
    qtbot.waitUntil(lambda: window.findChild(MusicTab) is not None)
    tab: MusicTab = window.findChild(MusicTab)
    qtbot.waitUntil(lambda: tab.isVisible() and window.context.idle)
    return tab


class Endless:
    """A sound device that never comes to the end of what it is given."""

    works, drained = True, False

    def __init__(self, **_how: object) -> None:
        self.given = b""

    def write(self, samples: bytes) -> None:
        self.given += samples

    def close(self) -> None:
        self.given = b""

    def played_s(self) -> float:
        return 0.5


def shown(card: Any) -> str:
    return "\n".join(words_on(card))


def retype(form: Any, text: str) -> None:
    """Other words in the place of those that are there."""
    form.prompt.selectAll()
    QTest.keyClick(form.prompt, Qt.Key.Key_Delete)
    QTest.keyClicks(form.prompt, text)


def test_typed_words_fill_the_form_and_say_what_was_understood(qtbot, services, open_window) -> None:
    tab = tab_of(qtbot, open_window())
    QTest.keyClicks(tab.form.prompt, "epic trailer, slow, 45 s, A minor, without drums")
    assert tab.form.told.text().startswith("Understood: Cinematic")
    assert tab.form.gallery.cards["cinematic"].isChecked()
    wishes = tab.form.values.wishes(None)
    assert (wishes.preset, wishes.duration_s, wishes.without) == ("cinematic", 45.0, ("drums",))
    assert (wishes.tonic, wishes.mode, wishes.tempo) == (9, "min", 76.0)
    tab.form.prompt.clear()
    QTest.keyClicks(tab.form.prompt, "carpets")
    assert "None of these words" in tab.form.told.text()


def test_words_that_were_taken_back_ask_for_nothing_any_more(qtbot, services, open_window) -> None:
    tab = tab_of(qtbot, first := open_window())
    form = tab.form
    form.tonic.chosen.emit(2)
    by_hand = form.values
    retype(form, "1 minute loop of hip hop in A minor at 90 bpm")
    assert (form.values.tonic, form.values.mode, form.values.tempo) == (9, "min", 90)
    first.navigation.leave_studio()
    first.close()
    form = tab_of(qtbot, open_window()).form
    assert form.values.tempo == 90
    retype(form, "happy ukulele 20s no drums")
    assert (form.values.tonic, form.values.mode, form.values.tempo) == (2, "", 0)
    assert (form.values.length_s, form.values.as_clip, form.values.loops) == (20, False, False)
    retype(form, "")
    assert form.values == by_hand


def test_a_card_comes_with_its_own_key_and_without_the_words_before(qtbot, services, open_window) -> None:
    tab = tab_of(qtbot, first := open_window())
    tab.form.mode.chosen.emit("min")
    retype(tab.form, "sad piano in A minor, 20 s, no drums")
    tab.form.gallery.cards["happy-ukulele"].click()
    assert tab.form.values == replace(MusicValues(), preset="happy-ukulele", number=tab.number.value())
    first.navigation.leave_studio()
    first.close()
    form = tab_of(qtbot, open_window()).form
    assert (form.prompt.text(), form.told.text()) == ("", "Type a few words, or choose below.")
    assert form.gallery.cards["happy-ukulele"].isChecked()


def test_what_is_set_by_hand_beside_the_words_stays() -> None:
    usual = MusicValues()
    asked = usual.reworded(usual, "sad piano, 20 s")
    moved = replace(asked, length_s=45)
    own = replace(usual, length_s=45, as_clip=False)
    assert moved.reworded(own, "sad piano, 20 s, no bass").length_s == 45
    assert moved.reworded(own, "sad piano, 25 s").length_s == 25
    assert moved.reworded(own, "") == own


def test_what_was_chosen_is_there_after_a_restart(qtbot, services, open_window) -> None:
    tab = tab_of(qtbot, first := open_window())
    tab.form.gallery.cards["funk-pop"].click()
    tab.form.own_tempo.click()
    tab.form.tempo.field.setValue(111)
    tab.form.parts.button("melody").click()
    tab.form.loops.click()
    tab.number.setValue(4711)
    first.navigation.leave_studio()
    first.close()
    form = tab_of(qtbot, open_window()).form
    wishes = form.values.wishes(None)
    assert (wishes.preset, wishes.tempo, wishes.loops, wishes.seed) == ("funk-pop", 111.0, True, 4711)
    assert wishes.without == ("melody",)
    assert form.gallery.cards["funk-pop"].isChecked()
    assert form.tempo.field.isEnabled()


@pytest.mark.parametrize("kept", [{}, {"preset": "polka"}, {"tempo": "fast"}, {"tonic": 99}, {"without": 3}])
def test_what_is_remembered_badly_is_the_usual(kept: dict[str, Any]) -> None:
    assert MusicValues.of_draft(kept) == MusicValues()


def test_the_last_player_stays(qtbot, services, open_window) -> None:
    form = tab_of(qtbot, open_window()).form
    form.gallery.cards["sad-piano"].click()
    for stem in ("drums", "bass", "chords", "pads", "melody"):
        if form.parts.button(stem).isEnabled() and form.parts.button(stem).isChecked():
            form.parts.button(stem).click()
    assert len(form.parts.values) == 1


def test_a_piece_is_composed_apart_kept_placed_and_saved(qtbot, services, clips_window, tmp_path) -> None:
    window = clips_window
    clip = window.session.clip
    window.navigation.open_editor()
    window.session.do(editing.split, clip.id, clip.range.start + Time.from_seconds(1))
    qtbot.waitUntil(lambda: len(window.session.clip.parts) == 2)
    tab = tab_of(qtbot, window)
    tab.form.gallery.cards["sad-piano"].click()
    tab.form.hits.click()
    tab.compose.click()
    assert not tab.compose.isEnabled()
    qtbot.waitUntil(lambda: len(tab.takes.cards) == 1 and not tab.job.running)
    (card,) = tab.takes.cards.values()
    assert "Sad piano" in shown(card)
    assert card.take.wishes.hits_s == (1.0,), "the one cut of the clip"
    assert card.take.duration_s == pytest.approx(clip.duration.seconds, abs=0.01)
    assert card.take.sections[0][1] == 0.0
    assert max(card.take.wave) > 300, "something is heard in it"
    window.player.seek(Time.from_seconds(2))
    assert "At the beginning" in card.place.toolTip()
    card.place.click()
    qtbot.waitUntil(lambda: len(window.session.newest(window.session.clip).layers) == 1)
    assert window.session.newest(window.session.clip).layers[0].range.start == ZERO, (
        "it is as long as the clip"
    )
    assert any("at 0:00.0" in shown(toast) for toast in window.toasts.shown)
    (entry,) = services.store.library()
    assert entry.item.kind is LibraryKind.MUSIC
    assert re.fullmatch(rf"Sad piano, [A-G][b#]? (major|minor), {tab.number.value()}", entry.asset.title)
    qtbot.waitUntil(lambda: not card.keep.isEnabled())
    assert card.keep.accessibleName() == "In the library"
    out = tmp_path / "bed.wav"
    tab.takes.save(card.take, out)
    qtbot.waitUntil(out.is_file)
    assert out.read_bytes() == card.take.sound.read_bytes()
    tab.takes.save_stems(card.take, tmp_path)
    qtbot.waitUntil(
        lambda: bool(list(tmp_path.glob("Sad piano*/chords.wav"))) and not tab.takes.stems.running
    )
    assert list(tmp_path.glob("Sad piano*/whole.wav"))


def test_a_piece_that_is_no_bed_for_all_of_the_clip_is_laid_at_the_playhead(
    qtbot, services, clips_window
) -> None:
    window = clips_window
    put_piece(services)
    window.navigation.open_editor()
    tab = tab_of(qtbot, window)
    qtbot.waitUntil(lambda: len(tab.takes.cards) == 1)
    (card,) = tab.takes.cards.values()
    window.player.seek(Time.from_seconds(2))
    assert "At the playhead" in card.place.toolTip()
    card.place.click()
    qtbot.waitUntil(lambda: len(window.session.newest(window.session.clip).layers) == 1)
    assert window.session.newest(window.session.clip).layers[0].range.start.seconds == pytest.approx(
        2, abs=0.1
    )


def test_takes_are_compared_taken_over_and_removed(qtbot, services, open_window, monkeypatch) -> None:
    monkeypatch.setattr(hearing, "SoundOut", Endless)
    put_piece(services)
    newest = put_piece(services, replace(SHORT, preset="lo-fi", loops=True, seed=8))
    tab = tab_of(qtbot, window := open_window())
    qtbot.waitUntil(lambda: len(tab.takes.cards) == 2)
    assert next(iter(tab.takes.cards)) == newest
    first, second = tab.takes.cards.values()
    assert "A minor · 66 beats a minute · 1 s · loop · number 8" in shown(first)
    assert first.wave.accessibleName() == "Its sections: Intro 0:00.0, Verse 0:00.5"
    first.play.click()
    qtbot.waitUntil(lambda: first.play.accessibleName() == "Stop")
    second.play.click()
    qtbot.waitUntil(lambda: second.play.accessibleName() == "Stop")
    assert first.play.accessibleName() == "Play"
    QTest.mouseClick(first.wave, Qt.MouseButton.LeftButton, pos=QPoint(first.wave.width() * 3 // 4, 10))
    assert tab.takes.hearing.heard == first.take.key
    assert tab.takes.hearing.share == pytest.approx(0.75, abs=0.02), "from where it was clicked"
    assert not first.place.isEnabled()
    assert "Open a clip" in first.place.toolTip()
    first.values_asked.emit()
    assert tab.number.value() == 8
    assert tab.form.values.loops
    before = list(tab.takes.cards)
    first.drop.click()
    qtbot.waitUntil(lambda: list(tab.takes.cards) == [second.take.key])
    assert tab.takes.hearing.heard == ""
    toast = window.toasts.shown[-1]
    assert "“Lo-fi beats, number 8” was removed" in shown(toast)
    next(button for button in toast.findChildren(Button) if button.text() == "Undo").click()
    qtbot.waitUntil(lambda: len(tab.takes.cards) == 2 and window.context.idle)
    assert [take.key for take in studio_music.takes(services.paths)] == before
    assert tab.takes.cards[before[0]].take.sound.is_file()


def test_a_piece_is_kept_once_however_often_that_is_pressed(qtbot, services, open_window) -> None:
    put_piece(services)
    tab = tab_of(qtbot, open_window())
    qtbot.waitUntil(lambda: len(tab.takes.cards) == 1)
    (card,) = tab.takes.cards.values()
    for _ in range(3):
        card.keep_asked.emit()
    qtbot.waitUntil(lambda: card.keep.text().strip() == "In the library")
    (entry,) = services.store.library()
    tab.window().navigation.open_studio("library")
    remove_sound(services, entry.id)
    tab.window().navigation.open_studio("music")
    qtbot.waitUntil(card.keep.isEnabled)


def test_a_file_that_nobody_was_asked_about_stays(tmp_path) -> None:
    (tmp_path / "Talk 2.5.wav").write_bytes(b"mine")
    assert ending_in(tmp_path / "Talk 2.5", ".wav").name == "Talk 2.5 (2).wav"
    assert ending_in(tmp_path / "Talk 2.5.wav", ".wav").name == "Talk 2.5.wav", "the dialog has asked"
    assert ending_in(tmp_path / "Talk", ".wav").name == "Talk.wav"


def test_composing_is_cancelled_and_trouble_is_told(qtbot, services, open_window, monkeypatch) -> None:
    window = open_window()
    tab = tab_of(qtbot, window)
    services.jobs.pause(studio_music.LANE)
    tab.compose.click()
    assert tab.cancel.isVisible()
    tab.cancel.click()
    qtbot.waitUntil(tab.compose.isEnabled)
    assert [job.state for job in services.jobs.list()] == [WorkState.CANCELLED], "at once"
    tab.compose.click()
    qtbot.waitUntil(lambda: bool(services.jobs.list(active_only=True)))
    qtbot.waitUntil(lambda: window.context.idle)
    tab.cancel.click()
    qtbot.waitUntil(tab.compose.isEnabled)
    assert [job.state for job in services.jobs.list()] == [WorkState.CANCELLED] * 2
    services.jobs.resume(studio_music.LANE)
    broken = ComposeOrder(settings_of(replace(SHORT, preset="sad-piano")) | {"mood": "purple"})
    tab.job.start(lambda: services.jobs.submit(COMPOSE, broken))
    qtbot.waitUntil(lambda: any("is not known" in shown(toast) for toast in window.toasts.shown))
    assert tab.compose.isEnabled()


def test_only_the_last_takes_are_kept(services) -> None:
    keys = [put_piece(services, replace(SHORT, seed=seed)) for seed in range(studio_music.MOST_TAKES + 2)]
    assert len(studio_music.takes(services.paths)) == len(keys)
    job = studio_music.submit_music(services, replace(SHORT, seed=0))
    assert services.jobs.wait(job.id, 60).state is WorkState.COMPLETED, "it is there already"
    left = [take.key for take in studio_music.takes(services.paths)]
    assert len(left) == studio_music.MOST_TAKES
    assert left[0] == keys[0], "asked for again, it is the newest"
    damaged: Path = services.paths.cache / "takes" / f"{left[1]}.json"
    damaged.write_text("{")
    assert left[1] not in [take.key for take in studio_music.takes(services.paths)]


def test_what_was_removed_is_deleted_when_another_piece_comes(services) -> None:
    removed, wanted, other = (put_piece(services, replace(SHORT, seed=seed)) for seed in range(3))
    for key in (removed, wanted):
        studio_music.drop_take(services.paths, key)
    job = studio_music.submit_music(services, replace(SHORT, seed=1))
    assert services.jobs.wait(job.id, 60).state is WorkState.COMPLETED
    assert [take.key for take in studio_music.takes(services.paths)] == [wanted, other]
    assert not list((services.paths.cache / "takes").glob(f"{removed}*"))
    with pytest.raises(NotFound, match="not there any more"):
        studio_music.restore_take(services.paths, removed)


def test_the_gallery_is_walked_by_keyboard(qtbot, services, open_window) -> None:
    window = open_window()
    form = tab_of(qtbot, window).form
    window.activateWindow()
    card = form.gallery.cards["corporate-background"]
    card.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(card.hasFocus)
    card.click()
    QTest.keyClick(card, Qt.Key.Key_Right)
    assert form.values.preset == "lo-fi"
    assert form.gallery.cards["lo-fi"].hasFocus()
