"""The export dialog and the queue: presets, several shapes, names, limits, pause, the last word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from support.shown import says, words_on
from support.window_parts import export_dialog_of

from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.domain.exports import Export, ExportSettings, SoundFormat, WorkState
from viralclip_desktop.features.exporting.estimate import estimate
from viralclip_desktop.features.exporting.presets import export_presets
from viralclip_desktop.features.workflows.exports import LANE, export_clip
from viralclip_desktop.gui.jobs.end_notice import EndNotice
from viralclip_desktop.gui.jobs.export_row import what_words
from viralclip_desktop.gui.sizes import size_words


@pytest.fixture
def dialog(qtbot, clips_window):
    clips_window.actions_by_id["export_as"].trigger()
    shown = export_dialog_of(clips_window)
    assert shown.isVisible()
    return shown


def test_a_preset_fills_in_the_form(qtbot, dialog) -> None:
    dialog.choose("facebook")
    assert [order.aspect for order in dialog.orders()] == [Aspect.PORTRAIT]
    dialog.choose("everywhere")
    assert [order.aspect for order in dialog.orders()] == list(Aspect)
    assert dialog.go.text().strip() == "Export 4 files"
    dialog.choose("podcast")
    (order,) = dialog.orders()
    assert order.audio_only
    assert not dialog.form.shapes.isVisible()
    assert (order.sound_format, order.target_lufs) == (SoundFormat.M4A, -14)
    qtbot.mouseClick(dialog.form.sound.button(SoundFormat.MP3), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.form.loudness.button(-16.0), Qt.MouseButton.LeftButton)
    (order,) = dialog.orders()
    assert (order.suffix, order.target_lufs) == (".mp3", -16)
    dialog.choose("limit")
    assert not dialog.form.sound.isVisible()
    assert dialog.orders()[0].target_lufs == -14
    assert dialog.orders()[0].max_size_mb == 10
    qtbot.mouseClick(dialog.form.shapes.button(Aspect.SQUARE), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.form.shapes.button(Aspect.WIDE), Qt.MouseButton.LeftButton)
    assert [order.aspect for order in dialog.orders()] == [Aspect.SQUARE, Aspect.WIDE]
    qtbot.waitUntil(lambda: dialog.estimate.text().startswith("2 files"), timeout=5000)
    dialog.reject()


def test_names_follow_the_template_and_a_wrong_one_is_told(qtbot, dialog, tmp_path) -> None:
    form = dialog.form
    form.folder.use(str(tmp_path))
    assert form.template.isVisible()
    form.template.setText("{title} {resolution}")
    assert says(form.names_row, "1080p.mp4")
    form.template.setText("{titel}")
    assert says(form.names_row, "{titel}")
    assert not dialog.go.isEnabled()
    form.template.setText("{rank}")
    assert dialog.go.isEnabled()
    dialog.reject()


def test_several_shapes_at_once_under_names_of_the_users(qtbot, clips_window, dialog, tmp_path) -> None:
    out, services = tmp_path / "Finished", clips_window.services
    dialog.form.folder.use(str(out))
    dialog.choose("square")
    qtbot.mouseClick(dialog.form.shapes.button(Aspect.PORTRAIT), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.form.sizes.button(Resolution.P720), Qt.MouseButton.LeftButton)
    dialog.form.template.setText("{rank} {aspect} {resolution}")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    queue = clips_window.queue
    qtbot.waitUntil(lambda: len(queue.rows) == 2, timeout=5000)
    qtbot.waitUntil(
        lambda: all(row.export.status is WorkState.COMPLETED for row in queue.rows), timeout=60000
    )
    assert sorted(path.name for path in out.iterdir()) == ["01 1x1 720p.mp4", "01 4x5 720p.mp4"]
    assert services.settings.values.name_template == "{rank} {aspect} {resolution}"
    found = estimate(services.store, clips_window.session.clips, [ExportSettings()])
    assert found.files == 4
    assert found.seconds
    assert found.seconds > 0
    clips_window.actions_by_id["export_as"].trigger()
    again = export_dialog_of(clips_window)
    assert [order.aspect for order in again.orders()] == [Aspect.SQUARE]  # the preset is remembered
    again.reject()


def test_a_clip_too_long_for_a_platform_is_told(qtbot, clips_window, dialog, monkeypatch) -> None:
    clip = clips_window.session.clip
    short = next(preset for preset in export_presets() if preset.id == "shorts")
    assert short.max_length_s == 180
    dialog.choose("shorts")
    assert not dialog.caution.isVisible()
    dialog.reject()
    strict = replace(short, max_length_s=clip.duration.seconds - 1)
    monkeypatch.setattr("viralclip_desktop.gui.exporting.export_dialog.export_presets", lambda: (strict,))
    clips_window.actions_by_id["export_as"].trigger()
    dialog = export_dialog_of(clips_window)
    assert dialog.caution.isVisible()
    assert "One clip is longer" in dialog.caution.text()
    dialog.reject()


def test_the_queue_waits_while_it_is_paused(qtbot, clips_window) -> None:
    services, queue = clips_window.services, clips_window.queue
    assert not queue.pause.isVisibleTo(queue)
    services.jobs.pause(LANE)
    small = ExportSettings(resolution=Resolution.P720, aspect=Aspect.SQUARE)
    export = export_clip(services, clips_window.session.clips[0].id, small)
    qtbot.waitUntil(lambda: len(queue.rows) == 1, timeout=5000)
    queue.toggle()
    qtbot.waitUntil(lambda: words_on(queue.rows[0])[1].startswith("Paused"), timeout=5000)
    assert queue.pause.accessibleName() == "Go on exporting"
    qtbot.mouseClick(queue.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: services.store.export(export.id).status is WorkState.COMPLETED, timeout=60000)
    qtbot.waitUntil(lambda: not queue.pause.isVisible(), timeout=5000)
    row = queue.rows[0]
    assert row.drag_data().urls()[0].toLocalFile() == export.output_path
    Path(export.output_path).unlink()
    assert row.drag_data() is None


def test_the_system_is_told_once_when_all_has_ended(qtbot, clips_window) -> None:
    told: list[tuple[str, str]] = []
    queue = clips_window.queue
    notice = EndNotice(queue, lambda title, text: told.append((title, text)))
    done = Export("exp_1", "clip", ExportSettings(), WorkState.COMPLETED, "x.mp4", 0, 0)
    notice.take(done)
    notice.take(done)
    notice.take(Export("exp_2", "clip", ExportSettings(), WorkState.FAILED, "y.mp4", 0, 0))
    clips_window.hide()
    notice.all_ended()
    notice.all_ended()
    assert told == [("Export finished", "2 clips are ready. One export failed.")]


def test_an_order_in_words() -> None:
    assert what_words(ExportSettings()) == "1080p"
    assert what_words(ExportSettings(aspect=Aspect.WIDE)) == "1080p, 16:9"
    assert what_words(ExportSettings(audio_only=True)) == "M4A sound"
    assert what_words(ExportSettings(max_size_mb=10)) == "under 10 MB"
    assert [size_words(size) for size in (400_000, 18_200_000, 1_620_000_000)] == [
        "0.4 MB",
        "18 MB",
        "1.6 GB",
    ]
