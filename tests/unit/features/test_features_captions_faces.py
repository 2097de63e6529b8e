"""Captions kept off faces, from the switch to the finished file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray
from support.faces import Head, face_of, make_film
from support.projects import add_project, make_services
from support.rendered import luma, rgb_of, ssim

from viralclip_desktop.compose.picture_place import picture_place
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.geometry import Resolution, Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import ExportSettings, WorkState
from viralclip_desktop.features import editing
from viralclip_desktop.features.captions import caption_style, style_from_data
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.faces import finding
from viralclip_desktop.features.faces.job import FACES, FIND_FACES, start_face_search
from viralclip_desktop.features.preview import exact_frame
from viralclip_desktop.features.workflows.exports import export_clip
from viralclip_desktop.features.workflows.preview import preview_plan
from viralclip_desktop.store.codec import from_plain, to_plain

LONG_S = 60.0
HEAD = Head(0.5, 0.5, 0.55)
SIZE = Size(640, 360)
FRAME = Size(360, 640)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_film(tmp_path_factory.mktemp("faces") / "talk.mp4", [(9.0, [HEAD])], SIZE.width, SIZE.height)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


@pytest.fixture
def clip(services: Services, film: Path) -> Clip:
    """A clip whose captions stand in the middle of the only face."""
    source = add_project(services, film, clips=1)
    clip = services.store.clips(source.id)[0]
    middle = replace(caption_style("karaoke"), position=0.5)
    return editing.override_captions(services.store, clip.id, middle)


def keep_off_faces(services: Services, clip: Clip) -> None:
    assert clip.caption_override is not None
    editing.override_captions(services.store, clip.id, replace(clip.caption_override, keep_off_faces=True))


def wait_for_faces(services: Services) -> None:
    for job in services.jobs.list():
        if FIND_FACES.is_of(job):
            assert services.jobs.wait(job.id, LONG_S).state is WorkState.COMPLETED


def searches(services: Services) -> int:
    return sum(FIND_FACES.is_of(job) for job in services.jobs.list())


def frame(services: Services, plan: RenderPlan, at_s: float) -> NDArray[np.uint8]:
    pixels = exact_frame(services.paths, plan, FRAME, Time.from_seconds(at_s))
    return np.frombuffer(pixels, np.uint8).reshape(FRAME.height, FRAME.width, 3)


def ink(services: Services, plan: RenderPlan, at_s: float) -> NDArray[np.bool_]:
    """Where the captions change the picture."""
    bare = replace(plan, words=(), faces=())
    apart = frame(services, plan, at_s).astype(int) - frame(services, bare, at_s).astype(int)
    return np.asarray(np.abs(apart).max(axis=2) > 12)


def in_the_face(plan: RenderPlan, marked: NDArray[np.bool_]) -> int:
    """How many marked pixels lie in the face as it was drawn."""
    video = plan.parts[0].video
    assert video is not None
    place, face = picture_place(plan, video, FRAME, Time(0)), face_of(HEAD, SIZE.width, SIZE.height)
    rows = slice(int(place.top + face.top * place.height), int(place.top + face.bottom * place.height))
    columns = slice(int(place.left + face.left * place.width), int(place.left + face.right * place.width))
    return int(marked[rows, columns].sum())


def test_captions_leave_the_face_when_asked_and_come_back(services: Services, clip: Clip) -> None:
    before = preview_plan(services.store, services.paths, clip.id)
    assert in_the_face(before, ink(services, before, 1.0)) > 100, "they cover it"
    assert searches(services) == 0, "nobody asked"
    keep_off_faces(services, clip)
    assert start_face_search(services, clip.id) is not None
    wait_for_faces(services)
    plan, rows = preview_plan(services.store, services.paths, clip.id), set[int]()
    for at_s in (0.4, 1.5, 2.6, 3.7, 4.8):
        marked = ink(services, plan, at_s)
        assert marked.sum() > 300, "there are captions"
        assert in_the_face(plan, marked) == 0
        rows.add(round(float(np.flatnonzero(marked.any(axis=1)).mean()) / 40))
    assert len(rows) <= 2, "and they stand still"
    services.store.undo(services.store.source(clip.source_id).project_id)
    assert preview_plan(services.store, services.paths, clip.id) == before


def test_showing_a_clip_starts_no_work_and_hears_when_faces_are_known(services: Services, clip: Clip) -> None:
    heard: list[Changes] = []
    services.store.changes.subscribe(heard.append)
    keep_off_faces(services, clip)
    services.jobs.pause(FACES)
    assert preview_plan(services.store, services.paths, clip.id).faces == ()
    assert searches(services) == 0, "reading starts nothing"
    start_face_search(services, clip.id)
    start_face_search(services, clip.id)
    assert searches(services) == 1, "one search, however often it is asked for"
    assert not any(changes.ids(FACES) for changes in heard)
    services.jobs.resume(FACES)
    wait_for_faces(services)
    assert [changes.ids(FACES) for changes in heard if changes.ids(FACES)] == [{clip.source_id}]
    assert any(look.faces for look in preview_plan(services.store, services.paths, clip.id).faces)
    editing.trim_clip(services.store, clip.id, clip.range.start, clip.range.end - Time.from_seconds(1))
    assert preview_plan(services.store, services.paths, clip.id).faces
    assert start_face_search(services, clip.id) is None
    assert searches(services) == 1, "a part of what is known is known"


def test_a_search_that_was_stopped_is_not_begun_again_by_itself(services: Services, clip: Clip) -> None:
    keep_off_faces(services, clip)
    services.jobs.pause(FACES)
    start_face_search(services, clip.id)
    (job,) = [job for job in services.jobs.list() if FIND_FACES.is_of(job)]
    services.jobs.cancel(job.id)
    assert start_face_search(services, clip.id) is None
    assert searches(services) == 1


def test_the_export_finds_them_itself_and_is_the_preview(
    services: Services, clip: Clip, tmp_path: Path
) -> None:
    keep_off_faces(services, clip)
    wanted = ExportSettings(resolution=Resolution.P720, folder=str(tmp_path / "out"))
    export = export_clip(services, clip.id, wanted)
    assert services.jobs.wait(export.job_id, LONG_S).state is WorkState.COMPLETED
    assert searches(services) == 0
    plan = preview_plan(services.store, services.paths, clip.id)
    assert searches(services) == 0, "what the export found is kept"
    size, at = frame_size(plan.aspect, 720), 60
    (made,) = rgb_of(Path(services.store.export(export.id).output_path), size, [at])
    pixels = exact_frame(services.paths, plan, size, Time.from_frames(at, plan.fps))
    shown = np.frombuffer(pixels, np.uint8).reshape(size.height, size.width, 3)
    assert ssim(luma(shown), luma(made)) > 0.97
    assert in_the_face(plan, ink(services, plan, at / float(plan.fps))) == 0


def test_without_a_face_finder_the_export_is_made_and_the_user_told(
    services: Services, clip: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_setup: object) -> None:
        raise EnvironmentLacks("No face finder works here.", "Install the program again.")

    monkeypatch.setattr(finding, "VISION", SimpleNamespace(best=missing))
    told: list[str] = []
    services.notices.listen(lambda notice: told.append(notice.message))
    keep_off_faces(services, clip)
    assert preview_plan(services.store, services.paths, clip.id).faces == ()
    export = export_clip(services, clip.id, ExportSettings(resolution=Resolution.P720))
    assert services.jobs.wait(export.job_id, LONG_S).state is WorkState.COMPLETED
    assert any("may cover faces" in message for message in told)


def test_a_look_that_was_stored_before_there_was_a_choice_stays_where_it_is() -> None:
    style = caption_style("karaoke")
    stored = to_plain(style)
    assert stored.pop("keep_off_faces") is False
    assert from_plain(CaptionStyle, stored) == style
    assert style_from_data(stored) == style
