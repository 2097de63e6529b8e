"""A batch: every version of every clip once, one that fails among others, stopped and gone on with."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.patience import patiently
from support.projects import add_project, make_recording, make_services

from viralclip_desktop.cli.options import ready_asked
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.domain.exports import ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.layers import TitleLayer
from viralclip_desktop.features import editing
from viralclip_desktop.features.batches import EVERYTHING, NO_HOOK, Readiness, Version, combinations
from viralclip_desktop.features.common.orders import MainJobOptions, export_order, main_job_options
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.exporting.exporting import create_export
from viralclip_desktop.features.workflows.batch import BATCH, batch_clips, recordings_of, submit_batch
from viralclip_desktop.features.workflows.batch_orders import everything
from viralclip_desktop.features.workflows.batch_recording import RECORDING, BatchOrder
from viralclip_desktop.features.workflows.exports import export_once
from viralclip_desktop.features.workflows.standing_watch import StandingWatch
from viralclip_desktop.features.workflows.versions import titled
from viralclip_desktop.features.workflows.watching import FolderWatch, watch_folder
from viralclip_desktop.media.fingerprint import fingerprint

LONG_S = 180.0
BOTH = [Aspect.VERTICAL, Aspect.SQUARE]
THAI = """1
00:00:00,500 --> 00:00:04,000
ไม่มีใครบอกคุณ
"""


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


@pytest.fixture
def talk(services: Services, tmp_path: Path) -> Path:
    """A recording with words and one clip, in a folder of its own."""
    (tmp_path / "in").mkdir()
    path = make_recording(tmp_path / "in" / "talk.mp4", 7)
    source = add_project(services, path, clips=1)
    editing.rename_clip(services.store, services.store.clips(source.id)[0].id, "A secret")
    return path


def order(tmp_path: Path, versions: list[Version]) -> BatchOrder:
    export = ExportSettings(resolution=Resolution.P720, folder=str(tmp_path / "in" / "out"))
    return BatchOrder(MainJobOptions(count=2), versions, export)


def done(services: Services, inputs: list[Path], wanted: BatchOrder) -> Job:
    return services.jobs.wait(submit_batch(services, inputs, wanted).id, LONG_S)


def films(tmp_path: Path) -> dict[str, int]:
    """The finished files and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in (tmp_path / "in" / "out").glob("*.mp4")}


def test_every_version_is_made_once_and_a_bad_file_stops_no_other(
    services: Services, talk: Path, tmp_path: Path
) -> None:
    (talk.parent / "notes.mp4").write_text("not a film")
    (source,) = services.store.sources()
    (clip,) = services.store.clips(source.id)
    wanted = order(tmp_path, combinations(BOTH, ["karaoke", "pop"]))
    job = done(services, [talk.parent], wanted)
    assert (job.state, job.error) == (WorkState.FAILED, "1 of 2 recordings could not be finished.")
    notes, made = recordings_of(services, job)
    assert (notes.state, made.state) == (WorkState.FAILED, WorkState.COMPLETED)
    assert notes.error.startswith("notes.mp4 is a text file")

    labels = ("9x16, Karaoke", "9x16, Pop", "1x1, Karaoke", "1x1, Pop")
    written = films(tmp_path)
    assert set(written) == {f"01 A secret ({label}).mp4" for label in labels}
    assert services.store.clip(clip.id) == clip, "the clip itself stays as it was"
    copies = [one for one in services.store.clips(source.id) if one.id != clip.id]
    assert {(one.aspect, one.caption_style) for one in copies} == {
        (aspect, style) for aspect in BOTH for style in ("karaoke", "pop")
    }
    assert {one.title for one in copies} == {f"A secret ({label})" for label in labels}

    assert done(services, [talk.parent], wanted).id == job.id, "the same batch is gone on with"
    assert done(services, [talk], wanted).state is WorkState.COMPLETED
    assert films(tmp_path) == written, "nothing is made twice"
    assert len(services.store.exports()) == 4
    assert len(services.store.clips(source.id)) == 5
    next((tmp_path / "in" / "out").glob("*1x1, Pop*")).unlink()
    assert done(services, [talk], wanted).state is WorkState.COMPLETED
    assert set(films(tmp_path)) == set(written), "a file that was deleted comes again"


def test_of_one_recording_the_batch_says_what_was_wrong(services: Services, tmp_path: Path) -> None:
    (tmp_path / "notes.mp4").write_text("not a film")
    job = done(services, [tmp_path / "notes.mp4"], order(tmp_path, [Version()]))
    assert job.error.startswith("notes.mp4 is a text file")
    assert batch_clips(services, job) == []


def test_without_a_hook_a_version_has_the_rest_of_the_finish(
    services: Services, talk: Path, tmp_path: Path
) -> None:
    wanted = replace(order(tmp_path, combinations(hooks=[None, NO_HOOK])), ready=Readiness(finish=True))
    job = done(services, [talk], wanted)
    assert job.state is WorkState.COMPLETED, job.error
    made = {clip.title: {str(layer.element) for layer in clip.layers} for clip in batch_clips(services, job)}
    assert made == {"A secret (with a hook)": {"hook", "progress"}, "A secret (without a hook)": {"progress"}}


def test_what_lies_in_the_usual_folder_is_not_made_again(
    services: Services, talk: Path, tmp_path: Path
) -> None:
    usual = replace(services, paths=replace(services.paths, videos=tmp_path / "Videos"))
    (source,) = services.store.sources()
    (clip,) = services.store.clips(source.id)
    export = create_export(services.store, usual.paths, clip.id, ExportSettings())
    Path(export.output_path).parent.mkdir()
    Path(export.output_path).write_bytes(b"film")
    with services.store.transaction("Export", clip.project_id, undoable=False) as tx:
        tx.put(replace(export, status=WorkState.COMPLETED))
    assert export_once(usual, clip.id, ExportSettings()).id == export.id


def test_everything_is_the_same_for_the_command_line_and_the_window(services: Services) -> None:
    typed = argparse.Namespace(
        everything=True, tighten=False, finish=False, package=False, keep_off_faces=False
    )
    wanted = everything(services.settings.values)
    assert ready_asked(typed) == (wanted.ready, wanted.package) == (EVERYTHING, True)
    assert wanted.search == main_job_options(services.settings.values)
    assert wanted.export == export_order(services.settings.values)


def test_the_only_version_is_the_clip_itself(services: Services, talk: Path, tmp_path: Path) -> None:
    (source,) = services.store.sources()
    wanted = order(tmp_path, combinations(hooks=["Nobody tells you"]))
    for _ in range(2):
        assert done(services, [talk], wanted).state is WorkState.COMPLETED
    (clip,) = services.store.clips(source.id)
    assert [layer.text for layer in clip.layers if isinstance(layer, TitleLayer)] == ["Nobody tells you"]
    assert [export.clip_id for export in services.store.exports()] == [clip.id]


def test_captions_keep_off_faces_and_a_second_language_is_shown_and_nothing_is_made_twice(
    services: Services, talk: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.srt"
    second.write_text(THAI, encoding="utf-8")
    plain = order(tmp_path, combinations())
    wanted = replace(
        plain, ready=Readiness(keep_off_faces=True), second_subtitles=second, second_language="th"
    )
    assert done(services, [talk], wanted).state is WorkState.COMPLETED
    (source,) = services.store.sources()
    (clip,) = services.store.clips(source.id)
    assert clip.caption_override is not None
    assert clip.caption_override.keep_off_faces
    assert clip.second_language == "th"
    written = films(tmp_path)
    assert len(written) == 1
    assert done(services, [talk], wanted).state is WorkState.COMPLETED
    assert films(tmp_path) == written
    assert len(services.store.exports()) == 1


def test_a_caption_language_that_is_not_there_is_told(services: Services, talk: Path, tmp_path: Path) -> None:
    (source,) = services.store.sources()
    talk.with_suffix(".th.srt").write_text(THAI, encoding="utf-8")
    (recording,) = recordings_of(
        services, done(services, [talk], order(tmp_path, combinations(languages=["en", "th", "ja"])))
    )
    made = RECORDING.result_of(recording)
    assert made.message == "There are no captions in Japanese for talk.mp4."
    languages = [services.store.clip(one.clip_id).second_language for one in made.clips[0].versions]
    assert languages == ["", "th"], "its own language needs no translation"
    assert [one.language for one in services.store.translations(source.id)] == ["th"]

    (recording,) = recordings_of(
        services, done(services, [talk], order(tmp_path, combinations(languages=["ja"])))
    )
    assert (recording.state, recording.error) == (
        WorkState.FAILED,
        "There are no captions in Japanese for talk.mp4.",
    )


def test_cancelled_it_stops_whole_and_goes_on_with_the_same_request(
    services: Services, talk: Path, tmp_path: Path
) -> None:
    wanted = order(tmp_path, combinations(BOTH))
    job = submit_batch(services, [talk], wanted)
    assert patiently(lambda: any(export.status is WorkState.RUNNING for export in services.store.exports()))
    services.jobs.cancel(job.id)
    assert services.jobs.wait(job.id, LONG_S).state is WorkState.CANCELLED
    assert all(one.state.ended for one in services.jobs.list()), "it ends after its parts"
    assert {export.status for export in services.store.exports()} <= {
        WorkState.CANCELLED,
        WorkState.COMPLETED,
    }
    again = done(services, [talk], wanted)
    assert (again.id, again.state) == (job.id, WorkState.COMPLETED)
    assert len(films(tmp_path)) == len(services.store.exports()) == 2


def test_a_folder_without_recordings_is_told(services: Services, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    job = done(services, [tmp_path / "in"], order(tmp_path, [Version()]))
    assert (job.error, job.result["exit_code"]) == ("There are no recordings in in.", BadInput.exit_code)


def test_a_watched_folder_remembers_what_was_done(services: Services, talk: Path, tmp_path: Path) -> None:
    folder, wanted, now = talk.parent, order(tmp_path, [Version()]), [1000.0]
    worked: list[str] = []

    def work(path: Path) -> None:
        worked.append(path.name)
        done(services, [path], wanted)

    def look(watch: FolderWatch) -> None:
        def pause() -> None:
            now[0] += 2.0

        watch_folder(watch, work, once=True, clock=lambda: now[0], pause=pause)

    (folder / "notes.mp4").write_text("not a film")
    watch = FolderWatch(services, folder, wanted, quiet_s=5.0)
    look(watch)
    assert worked == ["notes.mp4", "talk.mp4"]
    assert now[0] == 1006.0, "both had to rest first"
    look(watch)
    look(FolderWatch(services, folder, wanted, quiet_s=5.0))
    talk.rename(folder / "the same.mp4")
    look(FolderWatch(services, folder, wanted, quiet_s=5.0))
    assert len(worked) == 2, "also after a start, under another name, and beside what was made"
    other = replace(wanted, versions=combinations([Aspect.SQUARE]))
    assert len(FolderWatch(services, folder, other, quiet_s=0.0).look(now[0])) == 2, "other versions are new"


def test_a_file_that_is_still_growing_is_left_alone(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    film = folder / "film.mp4"
    film.write_bytes(b"1")
    watch = FolderWatch(services, folder, order(tmp_path, [Version()]), quiet_s=5.0)
    assert watch.look(100.0) == []
    film.write_bytes(b"12")
    assert watch.look(106.0) == []
    assert watch.look(112.0) == [film]
    assert watch.look(120.0) == [], "it is told once"
    film.write_bytes(b"123")
    watch.look(121.0)
    assert watch.look(127.0) == [film], "written again it is another one"


def test_another_recording_under_an_old_name_is_a_new_one(services: Services, tmp_path: Path) -> None:
    folder, now = tmp_path / "in", [100.0]
    folder.mkdir()
    talk = make_recording(folder / "talk.mp4", 2)
    other = make_recording(tmp_path / "other.mp4", 3, "testsrc").read_bytes()
    (folder / "itself").symlink_to(folder)
    services.settings.set(watch=True, watch_folder=str(folder), export_folder=str(tmp_path / "out"))

    def look(after_s: float) -> tuple[Path, ...]:
        now[0] += after_s
        looked = watch.look()
        return looked.new if looked is not None else ()

    watch = StandingWatch(services, lambda: now[0], quiet_s=5.0)
    began = watch.look()
    assert began is not None
    assert (began.began, began.left_alone) == (True, 1), "a link to the folder itself brings nothing"
    watch = StandingWatch(services, lambda: now[0], quiet_s=5.0)  # as after a restart
    talk.rename(folder / "the same.mp4")
    (folder / "the same.mp4").touch()
    assert (look(1.0), look(6.0), look(6.0)) == ((), (), ())
    talk.write_bytes(other[:5000])
    assert look(1.0) == ()
    talk.write_bytes(other)
    assert (look(4.0), look(4.0)) == ((), ()), "it was growing a moment ago"
    assert look(2.0) == (talk,)
    (batch,) = [job for job in services.jobs.list() if BATCH.is_of(job)]
    (recording,) = recordings_of(services, services.jobs.wait(batch.id, LONG_S))
    assert RECORDING.request_of(recording).fingerprint == fingerprint(talk)
    assert (look(6.0), look(6.0)) == ((), ())


@pytest.mark.parametrize("title", ["A long title " * 12, "ไม่มีใครบอกคุณเรื่องนี้" * 6])
def test_a_long_title_is_cut_but_what_tells_versions_apart_is_not(title: str) -> None:
    whole = titled(title, "9x16, Karaoke")
    assert whole.endswith(" (9x16, Karaoke)")
    assert title.startswith(whole.removesuffix(" (9x16, Karaoke)"))
    assert len(f"01 {whole}.mp4") <= 120
    assert len(f"01 {whole}.mp4".encode()) <= 200
