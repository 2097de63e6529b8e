"""Finished films as a newcomer meets them: where they lie, what they are called, what can be done then."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from support.shown import button, says

from viralclip_desktop.app import build_services
from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features import editing


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    return tmp_path / "Videos" / "ViralClip"


@pytest.fixture
def services(tmp_path: Path, videos: Path):
    services = build_services(DataPaths(tmp_path / "home", tmp_path / "models", videos))
    yield services
    services.close()


def exported(qtbot, window):
    """The exports, once none is under way."""
    qtbot.waitUntil(lambda: bool(window.services.store.exports()))
    qtbot.waitUntil(lambda: all(export.status.ended for export in window.services.store.exports()))
    return window.services.store.exports()


def test_an_export_lands_among_the_users_videos_under_the_clips_title(qtbot, clips_window, videos) -> None:
    assert says(clips_window.clips_page.export_panel, f"Saved in {clips_window.services.paths.videos}")
    clip = clips_window.session.clips[1]
    clips_window.session.select(clip.id)
    clips_window.actions_by_id["export"].trigger()
    (export,) = exported(qtbot, clips_window)
    assert Path(export.output_path) == videos / f"02 {clip.title} (9x16).mp4"
    assert Path(export.output_path).is_file()


def test_the_end_of_an_export_names_the_clip(qtbot, clips_window) -> None:
    clip = clips_window.session.clips[1]
    clips_window.session.select(clip.id)
    clips_window.actions_by_id["export"].trigger()
    exported(qtbot, clips_window)
    qtbot.waitUntil(lambda: says(clips_window.toasts.parent(), f"“{clip.title}” is exported."))


def test_the_card_of_a_finished_film_has_what_one_does_next(qtbot, clips_window) -> None:
    clip = clips_window.session.clips[1]
    clips_window.session.select(clip.id)
    clips_window.actions_by_id["queue"].trigger()
    clips_window.actions_by_id["export"].trigger()
    exported(qtbot, clips_window)
    (card,) = clips_window.queue.rows
    qtbot.waitUntil(card.copy.isVisible)
    assert clip.title in card.accessibleName()
    for name in ("Play", "Show in folder"):
        assert button(card, name).isVisible()
    qtbot.waitUntil(lambda: card.picture.image is not None and not card.picture.image.isNull())
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(button(card, "Copy title and hashtags"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
    title, _, tags = QGuiApplication.clipboard().text().partition("\n\n")
    assert title == clip.title
    assert tags
    assert all(tag.startswith("#") for tag in tags.split())


def test_all_exports_are_cancelled_as_one(qtbot, clips_window) -> None:
    queue = clips_window.queue
    queue.set_paused(True)
    clips_window.actions_by_id["queue"].trigger()
    clips_window.actions_by_id["export_all"].trigger()
    qtbot.waitUntil(lambda: len(queue.rows) == len(clips_window.session.clips))
    qtbot.mouseClick(button(queue, "Cancel all exports"), Qt.MouseButton.LeftButton)
    store = clips_window.services.store
    qtbot.waitUntil(lambda: {one.status for one in store.exports()} == {WorkState.CANCELLED})
    qtbot.waitUntil(lambda: not queue.cancel_all.isVisible())


def test_what_is_still_being_exported_is_told_so_and_shown(qtbot, clips_window) -> None:
    toasts, queue, session = clips_window.toasts.parent(), clips_window.queue, clips_window.session
    queue.set_paused(True)
    clips_window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: says(toasts, f"Exporting “{session.clip.title}”"))
    clips_window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: says(toasts, f"“{session.clip.title}” is being exported already."))
    assert len(clips_window.services.store.exports()) == 1
    clips_window.actions_by_id["messages"].trigger()  # the drawer shows something else
    qtbot.mouseClick(button(clips_window.toasts.shown[-1], "Show"), Qt.MouseButton.LeftButton)
    (card,) = queue.rows
    assert card.isVisible()
    clips_window.actions_by_id["export_all"].trigger()
    qtbot.waitUntil(lambda: says(toasts, "1 clip is being exported already."))
    assert says(toasts, f"Exporting {len(session.clips) - 1} more.")
    assert not says(toasts, "is exported already")


def test_the_same_export_twice_is_not_made_twice(qtbot, clips_window) -> None:
    services, session = clips_window.services, clips_window.session
    services.settings.set(resolution=Resolution.P720)

    def export() -> int:
        clips_window.actions_by_id["export"].trigger()
        qtbot.waitUntil(lambda: clips_window.context.edits.last.settled)
        return len(exported(qtbot, clips_window))

    clip = session.clip
    assert export() == 1
    assert export() == 1
    qtbot.waitUntil(lambda: says(clips_window.toasts.parent(), f"“{clip.title}” is exported already."))
    session.edit(editing.switch_captions, False)
    assert export() == 2
    session.undo()
    assert export() == 2  # as it was at first: that file is there
    Path(services.store.exports(clip.id)[0].output_path).unlink()
    assert export() == 3
    jobs = {one.job_id for one in services.store.exports(clip.id)}
    assert len(jobs) == 3
