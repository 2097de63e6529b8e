"""A video on a site becomes a recording with its clips. Without yt-dlp these are skipped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.command_line import CommandLine
from support.loopback_site import LoopbackSite, loopback_site
from support.projects import SPOKEN, make_recording, make_services

from viralclip_desktop.core.notices import Notice
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.links.fetching import Link, link_of
from viralclip_desktop.features.workflows.link import FETCH_LINK, open_link, start_link
from viralclip_desktop.features.workflows.main_job import MAIN_JOB

pytest.importorskip("yt_dlp")

LONG_S = 120.0
SECONDS = 40
OPTIONS = MainJobOptions(min_length_s=8, max_length_s=30)


def _subtitles() -> bytes:
    """The spoken text as a site has it, a sentence every few seconds."""
    sentences = SPOKEN.replace("?", "?|").replace(".", ".|").split("|")
    cues = [sentence.strip() for sentence in sentences if sentence.strip()]
    step = SECONDS / len(cues)
    lines = [
        f"00:00:{step * number:06.3f} --> 00:00:{step * (number + 0.9):06.3f}\n{cue}\n"
        for number, cue in enumerate(cues)
    ]
    return ("WEBVTT\n\n" + "\n".join(lines)).encode()


def _with_chapters(url: str) -> bytes:
    parts = [("Hello", 0, 10), ("The number", 10, 25), ("Who made it", 25, SECONDS)]
    clips = [
        {"@type": "Clip", "name": name, "startOffset": start, "endOffset": end} for name, start, end in parts
    ]
    video = {"@context": "https://schema.org", "@type": "VideoObject", "name": "A talk in chapters"}
    video |= {"contentUrl": f"{url}/talk.mp4", "duration": f"PT{SECONDS}S", "hasPart": clips}
    script = f'<script type="application/ld+json">{json.dumps(video)}</script>'
    return f"<html><head><title>A page</title>{script}</head><body></body></html>".encode()


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_recording(tmp_path_factory.mktemp("film") / "talk.mp4", SECONDS).read_bytes()


@pytest.fixture
def site(film: bytes) -> Iterator[LoopbackSite]:
    tracks = b'<track kind="subtitles" srclang="en-GB" src="talk.vtt">'
    tracks += b'<track kind="subtitles" srclang="id" src="talk.vtt">'
    page = (
        b'<html><head><title>A talk</title></head><body><video src="talk.mp4">'
        + tracks
        + b"</video></body></html>"
    )
    with loopback_site({"talk.mp4": film, "talk.html": page, "talk.vtt": _subtitles()}) as running:
        running.files["chapters.html"] = _with_chapters(running.url)
        yield running


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


def made(services: Services, link: Link, options: MainJobOptions = OPTIONS) -> Source:
    """The recording that comes of a link, its clips found."""
    fetched = services.jobs.wait(start_link(services, link, options).id, LONG_S)
    assert fetched.state is WorkState.COMPLETED, (fetched.error, fetched.details)
    done = services.jobs.wait(FETCH_LINK.result_of(fetched).job_id, LONG_S)
    assert done.state is WorkState.COMPLETED, (done.error, done.details)
    return services.store.source(MAIN_JOB.result_of(done).source_id)


def test_the_recording_knows_where_it_comes_from(services, site) -> None:
    link = Link(site.address("talk.html"), subtitles="en")
    source = made(services, link)
    assert (source.title, source.asset.title) == ("A talk", "A talk")
    assert (source.asset.origin, source.asset.licence) == (link.address, "unknown")
    assert services.store.project(source.project_id).name == "A talk"


def test_the_sites_subtitles_become_the_transcript_where_they_are_asked_for(services, site) -> None:
    source = made(services, Link(site.address("talk.html"), subtitles="en"))
    transcript = services.store.transcript(source.id)
    assert " ".join(word.text for word in transcript.words) == SPOKEN
    assert transcript.engine != "sphinx"
    assert services.store.clips(source.id)
    assert Path(source.path).with_suffix(".vtt").is_file()


def test_the_sites_subtitles_are_offered_otherwise(services, site) -> None:
    told: list[Notice] = []
    services.notices.listen(told.append)
    job = services.jobs.wait(start_link(services, Link(site.address("talk.html")), OPTIONS).id, LONG_S)
    services.jobs.cancel(FETCH_LINK.result_of(job).job_id)
    assert "The site has subtitles of its own: en-GB, id" in [notice.message for notice in told]


def test_subtitles_that_the_site_has_not_are_said_to_be_missing(services, site) -> None:
    told: list[Notice] = []
    services.notices.listen(told.append)
    link = Link(site.address("talk.html"), subtitles="th")
    job = services.jobs.wait(start_link(services, link, OPTIONS).id, LONG_S)
    services.jobs.cancel(FETCH_LINK.result_of(job).job_id)
    assert [(notice.message, notice.hint) for notice in told if "subtitles" in notice.message] == [
        ("The site has no subtitles in “th”.", "It has: en-GB, id")
    ]


def test_chapters_of_the_site_mark_the_clips(services, site, tmp_path) -> None:
    own = tmp_path / "own.vtt"
    own.write_bytes(_subtitles())
    options = replace(OPTIONS, subtitles=str(own))
    source = made(services, Link(site.address("chapters.html")), options)
    assert source.title == "A talk in chapters"
    begins = {"Hello": Time(0), "The number": Time.from_seconds(10), "Who made it": Time.from_seconds(25)}
    clips = services.store.clips(source.id)
    assert clips
    for clip in clips:
        inside = {name for name, at in begins.items() if clip.range.contains(at)}
        assert {marker.label for marker in clip.markers} == inside
    assert any(clip.markers for clip in clips)


def test_the_same_link_again_opens_what_is_there(services, site) -> None:
    source = made(services, Link(site.address("talk.html"), subtitles="en"))
    asked = len(site.asked)
    opened = open_link(services, Link(site.address("talk.html")), OPTIONS)
    assert isinstance(opened, Source)
    assert opened.id == source.id
    assert len(site.asked) == asked


def test_a_link_that_broke_off_is_tried_again_from_there(services, site, film) -> None:
    site.cut_after = [len(film), 30_000, *[0] * 3]
    job = services.jobs.wait(start_link(services, Link(site.address("talk.mp4")), OPTIONS).id, LONG_S)
    assert (job.state, job.error) == (WorkState.FAILED, "The download broke off.")
    site.cut_after = []
    services.jobs.retry(job.id)
    done = services.jobs.wait(job.id, LONG_S)
    assert done.state is WorkState.COMPLETED
    services.jobs.cancel(FETCH_LINK.result_of(done).job_id)
    assert site.starts("talk.mp4")[-1] == 30_000


def test_a_link_is_imported_and_made_into_clips_from_the_command_line(
    services, site, capsys, tmp_path
) -> None:
    cli = CommandLine(services, capsys)
    address = site.address("talk.html")
    imported = cli.json("import", address)
    source = services.store.source(imported["id"])
    assert (source.title, source.asset.origin) == ("A talk", address)
    found = cli.json(
        *("make", address, "--site-subtitles", "en", "--site-quality", "480p", "--count", "1"),
        *("--min-length", "8", "--max-length", "30", "--out", str(tmp_path / "out"), "--resolution", "720p"),
    )
    assert [Path(export["path"]).is_file() for clip in found["clips"] for export in clip["exports"]] == [True]


def test_what_only_an_address_has_is_refused_for_a_file(services, site, capsys) -> None:
    code, _out, err = CommandLine(services, capsys)("import", "talk.mp4", "--site-quality", "720")
    assert code == 2
    assert "are for videos on sites" in err


def test_quality_and_subtitles_come_from_the_settings_unless_they_are_asked_for(services) -> None:
    address = "https://site.example/a"
    assert link_of(services.settings, address) == Link(address, 1080, "")
    services.settings.set(**{"links.quality": "best", "links.subtitles": "id"})
    assert link_of(services.settings, address) == Link(address, 0, "id")
    assert link_of(services.settings, address, "720p", "") == Link(address, 720, "")
