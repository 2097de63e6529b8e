"""Fetching a video with yt-dlp, from a site on this machine. Without yt-dlp these are skipped."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.loopback_site import LoopbackSite, loopback_site
from support.patience import LIMIT_S
from support.projects import make_recording, make_services

from viralclip_desktop.core.errors import BadInput, Cancelled, EnvironmentLacks
from viralclip_desktop.core.progress import CancelToken, ProgressEvent, ignore_progress
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.links import fetching
from viralclip_desktop.features.links.fetching import Link, fetch_video
from viralclip_desktop.features.links.incoming import sweep_abandoned, work_folder

pytest.importorskip("yt_dlp")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_recording(tmp_path_factory.mktemp("film") / "talk.mp4", 3).read_bytes()


@pytest.fixture
def site(film: bytes) -> Iterator[LoopbackSite]:
    page = b'<html><head><title>A talk</title></head><body><video src="talk.mp4"></video></body></html>'
    two = page.replace(b"</body>", b'<video src="other.mp4"></video></body>')
    files = {"talk.mp4": film, "page.html": page, "two.html": two, "other.mp4": film}
    files |= {"text.html": b"<html><body>Hello</body></html>", "paper.pdf": b"%PDF-1.4 " + b"x" * 9000}
    with loopback_site(files) as running:
        yield running


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


def fetch(
    services: Services, link: Link, cancel: CancelToken | None = None, progress: Any = ignore_progress
) -> Any:
    return fetch_video(services, link, progress, cancel or CancelToken())


def left(services: Services) -> list[str]:
    folder = services.paths.home / "media" / "links"
    return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def test_a_file_arrives_whole_and_tells_how_far_it_is(services, site, film) -> None:
    told: list[ProgressEvent] = []
    video = fetch(services, Link(site.address("talk.mp4")), progress=told.append)
    assert video.path == services.paths.home / "media" / "links" / "talk.mp4"
    assert video.path.read_bytes() == film
    assert (video.title, video.licence, video.address) == ("talk", "unknown", site.address("talk.mp4"))
    shares = [event.fraction for event in told if event.fraction is not None]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert left(services) == ["talk.mp4"]


def test_a_page_that_plays_one_video_is_that_video(services, site, film) -> None:
    video = fetch(services, Link(site.address("page.html")))
    assert video.title == "A talk"
    assert video.path.read_bytes() == film


def test_another_video_of_the_same_name_stands_beside_it(services, site) -> None:
    fetch(services, Link(site.address("page.html")))
    again = fetch(services, Link(site.address("page.html"), 480))
    assert again.path.name == "A talk 2.mp4"
    assert left(services) == ["A talk 2.mp4", "A talk.mp4"]


def test_a_connection_that_breaks_in_the_middle_is_taken_up_at_that_byte(services, site, film) -> None:
    site.cut_after = [len(film), 20_000, 5_000]  # the first answer is only looked at
    video = fetch(services, Link(site.address("talk.mp4")))
    assert video.path.read_bytes() == film
    assert site.starts("talk.mp4")[-3:] == [0, 20_000, 25_000]


def test_what_has_arrived_is_not_fetched_again_by_the_next_try(services, site, film) -> None:
    site.cut_after = [len(film), 20_000, *[0] * 3]
    with pytest.raises(EnvironmentLacks) as caught:
        fetch(services, Link(site.address("talk.mp4")))
    assert caught.value.message == "The download broke off."
    assert left(services) == ["video.mp4.part"]
    tried, site.cut_after = len(site.asked), []
    assert fetch(services, Link(site.address("talk.mp4"))).path.read_bytes() == film
    assert site.starts("talk.mp4")[tried:][-1] == 20_000
    assert left(services) == ["talk.mp4"]


def test_cancelled_in_the_middle_only_the_part_stays_and_is_gone_on_from(services, site, film) -> None:
    site.stall_after = len(film) // 2
    cancel = CancelToken()

    def cancel_when_it_stalls(event: ProgressEvent) -> None:
        if (event.fraction or 0.0) > 0.2:
            cancel.cancel()

    with pytest.raises(Cancelled):
        fetch(services, Link(site.address("talk.mp4")), cancel, cancel_when_it_stalls)
    assert left(services) == ["video.mp4.part"]
    site.stall_after = None
    assert fetch(services, Link(site.address("talk.mp4"))).path.read_bytes() == film
    assert site.starts("talk.mp4")[-1] > 0


def test_a_server_that_says_nothing_more_keeps_nobody_waiting_after_a_cancel(services, site) -> None:
    site.stall_after = 0
    cancel = CancelToken()
    ended: list[BaseException] = []

    def work() -> None:
        try:
            fetch(services, Link(site.address("talk.mp4")), cancel)
        except Cancelled as cancelled:
            ended.append(cancelled)

    thread = threading.Thread(target=work)
    thread.start()
    assert site.stalled.wait(30)
    cancel.cancel()
    thread.join(10)
    assert ended


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none.mp4", "There is no video at this address any more."),
        ("secret.mp4", "127.0.0.1 does not give this video out."),
        ("two.html", "This is the address of several videos."),
        ("text.html", "There is no video that can be fetched at this address."),
    ],
)
def test_what_is_not_to_be_had_is_one_sentence_and_leaves_nothing(services, site, name, sentence) -> None:
    site.refuses["secret.mp4"] = 403
    with pytest.raises(BadInput) as caught:
        fetch(services, Link(site.address(name)))
    assert caught.value.message == sentence
    assert caught.value.hint
    assert left(services) == []


def test_a_file_that_is_no_film_leaves_nothing(services, site) -> None:
    with pytest.raises(BadInput):
        fetch(services, Link(site.address("paper.pdf")))
    assert left(services) == []


def test_a_server_that_nobody_runs_is_named(services, site) -> None:
    with pytest.raises(EnvironmentLacks) as caught:
        fetch(services, Link("http://127.0.0.1:1/talk.mp4"))
    assert caught.value.message == "127.0.0.1 cannot be reached."


def test_a_file_that_never_ends_stops_before_the_disk_is_full(services, site, monkeypatch) -> None:
    site.files["endless.mp4"], site.endless = b"", "endless.mp4"
    real = fetching.worker.Manifest
    monkeypatch.setattr(
        fetching.worker, "Manifest", lambda **told: replace(real(**told), most_bytes=3_000_000)
    )
    with pytest.raises(EnvironmentLacks) as caught:
        fetch(services, Link(site.address("endless.mp4")))
    assert caught.value.message == "The disk has no room for this video."


def test_offline_nothing_is_asked(services, site) -> None:
    services.gate.offline = True
    with pytest.raises(EnvironmentLacks) as caught:
        fetch(services, Link(site.address("talk.mp4")))
    assert caught.value.message == (
        "Fetching from 127.0.0.1 needs the network, and the offline switch is on."
    )
    assert site.asked == []


def test_the_offline_switch_stops_what_is_under_way(services, site, film) -> None:
    site.stall_after = len(film) // 2

    def go_offline(event: ProgressEvent) -> None:
        services.gate.offline = services.gate.offline or (event.fraction or 0.0) > 0.2

    with pytest.raises(EnvironmentLacks) as caught:
        fetch(services, Link(site.address("talk.mp4")), progress=go_offline)
    assert caught.value.message.endswith("needs the network, and the offline switch is on.")
    assert left(services) == ["video.mp4.part"]


def test_a_folder_of_ones_own_can_be_set(services, site, tmp_path) -> None:
    services.settings.set(**{"links.folder": str(tmp_path / "films")})
    assert fetch(services, Link(site.address("talk.mp4"))).path == tmp_path / "films" / "talk.mp4"


def test_a_broken_yt_dlp_in_the_data_folder_gives_way_to_the_installed_one(
    services, site, film, tmp_path, monkeypatch
) -> None:
    (tmp_path / "broken" / "yt_dlp").mkdir(parents=True)
    (tmp_path / "broken" / "yt_dlp" / "__init__.py").write_text("raise RuntimeError('broken')")
    monkeypatch.setattr(fetching, "renewed_wheel", lambda _folder: tmp_path / "broken")
    assert fetch(services, Link(site.address("talk.mp4"))).path.read_bytes() == film


def test_two_programs_that_want_the_same_video_fetch_it_once(services, site, film) -> None:
    link = Link(site.address("talk.mp4"))
    under_way, waits, go_on = threading.Event(), threading.Event(), threading.Event()
    videos: dict[str, Any] = {}

    def hold(event: ProgressEvent) -> None:
        if event.fraction is not None:
            under_way.set()
            assert go_on.wait(LIMIT_S)

    def tell(event: ProgressEvent) -> None:
        if event.message == "Another program is fetching this video":
            waits.set()

    def work(name: str, progress: Any) -> threading.Thread:
        run = threading.Thread(target=lambda: videos.update({name: fetch(services, link, progress=progress)}))
        run.start()
        return run

    first = work("first", hold)
    assert under_way.wait(LIMIT_S)
    second = work("second", tell)
    assert waits.wait(LIMIT_S)
    asked = len(site.asked)
    go_on.set()
    first.join(LIMIT_S)
    second.join(LIMIT_S)
    assert videos["first"] == videos["second"]
    assert videos["first"].path.read_bytes() == film
    assert len(site.asked) == asked
    assert left(services) == ["talk.mp4"]


def test_what_another_program_left_unfinished_is_gone_on_with(services, site, film) -> None:
    link = Link(site.address("talk.mp4"))
    folder, waits = services.paths.home / "media" / "links", threading.Event()
    videos: list[Any] = []

    def tell(event: ProgressEvent) -> None:
        waits.set()

    with work_folder(folder, link.address, link.height, ignore_progress, CancelToken()):
        run = threading.Thread(target=lambda: videos.append(fetch(services, link, progress=tell)))
        run.start()
        assert waits.wait(LIMIT_S)
        assert site.asked == []
    run.join(LIMIT_S)
    assert videos[0].path.read_bytes() == film
    assert left(services) == ["talk.mp4"]


def test_waiting_for_another_program_can_be_cancelled(services, site) -> None:
    link, cancel = Link(site.address("talk.mp4")), CancelToken()
    folder = services.paths.home / "media" / "links"
    with work_folder(folder, link.address, link.height, ignore_progress, CancelToken()):
        with pytest.raises(Cancelled):
            fetch(services, link, cancel, lambda event: cancel.cancel())
        assert site.asked == []


def test_what_was_abandoned_is_swept_and_what_is_in_use_or_young_stays(services, site, tmp_path) -> None:
    folder = services.paths.home / "media" / "links"
    incoming, week_ago = folder / ".incoming", time.time() - 8 * 24 * 3600
    for name in ("abandoned", "young"):
        (incoming / name).mkdir(parents=True)
        (incoming / name / "video.mp4.part").write_bytes(b"half")
    for path in (incoming / "abandoned" / "video.mp4.part", incoming / "abandoned"):
        os.utime(path, (week_ago, week_ago))
    with work_folder(folder, "http://127.0.0.1/in_use.mp4", 0, ignore_progress, CancelToken()) as used:
        (used.folder / "video.mp4.part").write_bytes(b"half")
        for path in (used.folder / "video.mp4.part", used.folder):
            os.utime(path, (week_ago, week_ago))
        make_services(tmp_path).close()
        assert sorted(path.name for path in incoming.iterdir() if path.is_dir()) == sorted(
            [used.folder.name, "young"]
        )
    sweep_abandoned(services)
    assert [path.name for path in incoming.iterdir()] == ["young"]
