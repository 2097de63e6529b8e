"""A link on the start page: pasted, refused, fetched. What needs yt-dlp is skipped without it."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from support.loopback_site import loopback_site
from support.projects import SPOKEN, add_project, make_recording
from support.shown import button, says

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.workflows.batch import BATCH
from viralclip_desktop.features.workflows.link import FETCH_LINK
from viralclip_desktop.gui.projects.project_cards import state_words
from viralclip_desktop.gui.session.navigation import Page

needs_yt_dlp = pytest.mark.skipif(importlib.util.find_spec("yt_dlp") is None, reason="needs yt-dlp")


def test_what_is_no_address_is_said_at_the_field(qtbot, open_window) -> None:
    window = open_window()
    link = window.home_page.link
    qtbot.keyClicks(link.field, "hello there")
    qtbot.keyClick(link.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: says(link, "“hello there” is not the address of a video."))
    assert window.page is Page.HOME
    qtbot.keyClicks(link.field, "x")
    assert not says(link, "is not the address")
    qtbot.keyClick(link.field, Qt.Key.Key_Escape)
    assert link.field.text() == ""
    assert not button(link, "Get the video").isEnabled()


def test_a_pasted_address_is_fetched_and_the_offline_switch_holds(qtbot, services, open_window) -> None:
    services.gate.offline = True
    window = open_window()
    QGuiApplication.clipboard().setText(" https://site.example/watch?v=1\n")
    window.actions_by_id["paste_link"].trigger()
    qtbot.waitUntil(lambda: window.page is Page.WORKING)
    page = window.working_page
    qtbot.waitUntil(lambda: page.job.state is WorkState.FAILED)
    assert says(page, "site.example/watch?v=1")
    assert says(page, "Fetching from site.example needs the network, and the offline switch is on.")
    assert button(page, "Try again").isVisible()
    assert window.home_page.link.field.text() == ""


@needs_yt_dlp
def test_a_video_under_way_has_a_card_and_is_cancelled(qtbot, services, open_window, recording) -> None:
    with loopback_site({"talk.mp4": recording.read_bytes()}) as site:
        site.stall_after = 300_000
        window = open_window()
        home = window.home_page
        home.link.take(site.address("talk.mp4"))
        qtbot.waitUntil(lambda: window.page is Page.WORKING)
        page = window.working_page
        qtbot.waitUntil(lambda: page.job.fraction > 0)
        assert page.stages.stages["fetch"].state == "now"
        window.navigation.go_home()
        qtbot.waitUntil(lambda: bool(home.model.entries))
        (entry,) = home.model.entries
        assert entry.name == site.address("talk.mp4").removeprefix("http://")
        assert state_words(entry).startswith("Fetching the video")
        window.navigation.watch_job(entry.job)
        button(page, "Cancel").click()
        qtbot.waitUntil(lambda: page.job.state is WorkState.CANCELLED)
        qtbot.waitUntil(lambda: home.model.entries == [])
    left = [path.name for path in (services.paths.home / "media").rglob("*") if path.is_file()]
    assert left == ["video.mp4.part"]


@needs_yt_dlp
def test_when_it_is_there_the_main_job_is_watched(qtbot, services, open_window, recording) -> None:
    with loopback_site({"talk.mp4": recording.read_bytes()}) as site:
        window = open_window()
        window.home_page.link.take(site.address("talk.mp4"))
        qtbot.waitUntil(lambda: window.page is Page.WORKING)
        page = window.working_page
        qtbot.waitUntil(lambda: not FETCH_LINK.is_of(page.job))
        qtbot.waitUntil(lambda: page.job.state.ended)
    assert Path(page.job.payload["path"]).name == "talk.mp4"
    assert page.stages.stages["fetch"].state == "done"


@needs_yt_dlp
def test_with_do_it_all_a_link_comes_finished_into_the_review(qtbot, services, open_window, tmp_path) -> None:
    seconds = 40
    film = make_recording(tmp_path / "talk.mp4", seconds).read_bytes()
    page = b'<html><head><title>A talk</title></head><body><video src="talk.mp4">'
    page += b'<track kind="subtitles" srclang="en" src="talk.vtt"></video></body></html>'
    services.settings.set(
        hands_off=True, clip_count=1, min_length_s=8, max_length_s=30, resolution=Resolution.P720,
        export_folder=str(tmp_path / "out"), **{"links.subtitles": "en"},
    )  # fmt: skip
    with loopback_site({"talk.mp4": film, "talk.html": page, "talk.vtt": _cues(seconds)}) as site:
        window = open_window()
        assert window.home_page.drop_zone.hands_off.isChecked()
        window.home_page.link.take(site.address("talk.html"))
        qtbot.waitUntil(lambda: window.page is Page.WORKING)
        qtbot.waitUntil(lambda: BATCH.is_of(window.working_page.job))
        assert window.working_page.batch_stages.isVisible()
        qtbot.waitUntil(lambda: window.page is not Page.WORKING or window.working_page.job.state.ended)
        (batch,) = [job for job in services.jobs.list() if BATCH.is_of(job)]
        assert batch.state is WorkState.COMPLETED, batch.error
        qtbot.waitUntil(lambda: window.page is Page.REVIEW)
        (source,) = services.store.sources()
        assert (source.asset.origin, source.title) == (site.address("talk.html"), "A talk")
        assert " ".join(word.text for word in services.store.transcript(source.id).words) == SPOKEN
        (export,) = services.store.exports()
        assert export.clip_id in window.review_page.queue.ids
        assert Path(export.output_path).is_file()


@needs_yt_dlp
def test_with_do_it_all_a_link_that_is_known_opens_and_is_finished_meanwhile(
    qtbot, services, open_window, tmp_path
) -> None:
    video = make_recording(tmp_path / "talk.mp4", 7)
    source = add_project(services, video, clips=1)
    address = "https://site.example/watch?v=1"
    with services.store.transaction("Fetch", source.project_id) as tx:
        tx.put(replace(source, asset=replace(source.asset, origin=address, made_with={"height": 720})))
    services.settings.set(
        hands_off=True, resolution=Resolution.P720, export_folder=str(tmp_path / "out"),
        **{"links.quality": "720"},
    )  # fmt: skip
    window = open_window()
    window.home_page.link.take(address)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS and window.session.source_id == source.id)
    qtbot.waitUntil(lambda: any(one.status is WorkState.COMPLETED for one in services.store.exports()))
    qtbot.waitUntil(lambda: all(job.state.ended for job in services.jobs.list()))
    assert not any(FETCH_LINK.is_of(job) for job in services.jobs.list())


def _cues(seconds: float) -> bytes:
    """The spoken text as subtitles of a site, a sentence at a time."""
    said = [one.strip() for one in SPOKEN.replace("?", "?|").replace(".", ".|").split("|") if one.strip()]
    step = seconds / len(said)
    cues = (
        f"00:00:{step * n:06.3f} --> 00:00:{step * (n + 0.9):06.3f}\n{one}\n" for n, one in enumerate(said)
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()
