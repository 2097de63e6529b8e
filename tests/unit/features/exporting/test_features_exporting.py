"""Orders for exports: made, run, kept."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support import stored
from support.rendered import luma, rgb_of, ssim

from viralclip_desktop.compose.plan import Level
from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.geometry import Aspect, Resolution, Size, frame_size
from viralclip_desktop.core.notices import Notice
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.features.common.derived import ensure_sound
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.styles import caption_styles, look_of
from viralclip_desktop.features.exporting import exporting
from viralclip_desktop.features.exporting.exporting import create_export, run_export
from viralclip_desktop.features.exporting.plans import plan_of, preview_plan
from viralclip_desktop.features.preview import save_frame
from viralclip_desktop.features.workflows import exports as workflow
from viralclip_desktop.features.workflows import preview as workflow_preview
from viralclip_desktop.features.workflows.exports import export_clip
from viralclip_desktop.media.run import input_args, run_ffmpeg
from viralclip_desktop.store import Store

SMALL = ExportSettings(resolution=Resolution.P720, aspect=Aspect.SQUARE, encoder="libx264")

LONG_S = 60.0


def run(store: Store, paths: DataPaths, export_id: str) -> None:
    run_export(store, paths, export_id, ignore_progress, CancelToken())


def test_an_order_waits_in_the_clips_own_folder(store: Store, paths: DataPaths) -> None:
    export = create_export(store, paths, "clip_1", SMALL)
    assert store.export(export.id) == export
    assert export.status is WorkState.QUEUED
    assert Path(export.output_path) == paths.home / "media" / "clips" / "clip_1" / f"{export.id}.mp4"
    assert not paths.home.exists()


def test_a_finished_export_tells_what_was_measured(store: Store, paths: DataPaths) -> None:
    export = create_export(store, paths, "clip_1", SMALL)
    before = len(store.history("proj_1"))
    run(store, paths, export.id)
    done = store.export(export.id)
    assert done.result is not None
    assert (done.result.width, done.result.height, done.result.fps) == (720, 720, 25)
    assert done.result.duration_s == pytest.approx(2.0)
    assert done.result.loudness_lufs == pytest.approx(-14, abs=0.5)
    assert done.result.true_peak_dbtp is not None
    assert done.result.true_peak_dbtp <= -1
    assert done.result.size_bytes == Path(done.output_path).stat().st_size
    assert done.result.encoder == "libx264"
    assert len(store.history("proj_1")) == before, "an export is not an edit"


def test_the_users_folder_gets_a_readable_name_of_its_own(
    store: Store, paths: DataPaths, tmp_path: Path
) -> None:
    folder = tmp_path / "My clips"
    settings = replace(SMALL, folder=str(folder))
    first, second = (create_export(store, paths, "clip_1", settings) for _ in range(2))
    assert Path(first.output_path).name == "01 Why “nobody” told me {this} (1x1).mp4"
    assert Path(second.output_path).name == "01 Why “nobody” told me {this} (1x1) 2.mp4"
    run(store, paths, first.id)
    assert [path.name for path in folder.iterdir()] == ["01 Why “nobody” told me {this} (1x1).mp4"]


def test_a_file_that_came_meanwhile_is_not_overwritten(
    store: Store, paths: DataPaths, tmp_path: Path
) -> None:
    export = create_export(store, paths, "clip_1", replace(SMALL, folder=str(tmp_path / "out")))
    Path(export.output_path).parent.mkdir()
    Path(export.output_path).write_text("mine", encoding="utf-8")
    run(store, paths, export.id)
    assert Path(export.output_path).read_text(encoding="utf-8") == "mine"
    assert store.export(export.id).output_path.endswith(" 2.mp4")


def ended(services: Services, export: Export) -> Export:
    """A queued export as its job left it."""
    services.jobs.wait(export.job_id, LONG_S)
    return services.store.export(export.id)


def test_an_export_stands_as_its_job(services: Services) -> None:
    seen: list[WorkState] = []
    services.store.changes.subscribe(
        lambda changes: seen.extend(one.after.status for one in changes.items if one.kind == "export")
    )
    done = ended(services, export_clip(services, "clip_1", SMALL))
    assert (done.status, done.result is not None) == (WorkState.COMPLETED, True)
    order = [state for at, state in enumerate(seen) if at == 0 or seen[at - 1] is not state]
    assert order == [WorkState.QUEUED, WorkState.RUNNING, WorkState.COMPLETED]


def test_cancelled_and_tried_again(services: Services) -> None:
    services.jobs.listen(lambda job: services.jobs.cancel(job.id) if job.stage and not tried else None)
    tried: list[str] = []
    export = ended(services, export_clip(services, "clip_1", SMALL))
    assert export.status is WorkState.CANCELLED
    assert not Path(export.output_path).exists()
    assert list(Path(export.output_path).parent.iterdir()) == []
    tried.append(export.id)
    again = workflow.retry_export(services, export.id)
    assert not again.status.ended
    assert ended(services, again).status is WorkState.COMPLETED


def test_a_failure_is_kept_with_what_to_do(services: Services) -> None:
    Path(services.store.source("src_1").path).unlink()
    failed = ended(services, export_clip(services, "clip_1", SMALL))
    assert failed.status is WorkState.FAILED
    assert failed.error.startswith("The recording is not where it was")
    assert failed.hint


@pytest.mark.logs_errors
def test_our_own_mistakes_end_as_failed_too(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    from viralclip_desktop.features.exporting import exporting

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(exporting, "render_export", broken)
    failed = ended(services, export_clip(services, "clip_1", SMALL))
    assert (failed.status, failed.error) == (WorkState.FAILED, "Something went wrong inside ViralClip.")


def test_another_rate_and_shape_than_the_clips_own(store: Store, paths: DataPaths) -> None:
    export = create_export(store, paths, "clip_1", replace(SMALL, fps=Fraction(50), aspect=Aspect.WIDE))
    run(store, paths, export.id)
    result = store.export(export.id).result
    assert result is not None
    assert (result.width, result.height, result.fps) == (1280, 720, 50)


def test_the_preview_becomes_as_loud_as_the_export(store: Store, paths: DataPaths) -> None:
    assert preview_plan(store, paths, "clip_1").loudness.gain_db is None
    run(store, paths, create_export(store, paths, "clip_1", SMALL).id)
    gain = preview_plan(store, paths, "clip_1").loudness.gain_db
    assert gain is not None
    assert abs(gain) > 1


def test_the_exact_frame_is_in_the_file(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    export = create_export(store, paths, "clip_1", replace(SMALL, aspect=None))
    run(store, paths, export.id)
    size, at = frame_size(Aspect.VERTICAL, 720), Time.from_seconds(1.0)
    png = tmp_path / "frame.png"
    save_frame(paths, preview_plan(store, paths, "clip_1"), size, at, png)
    blocks: list[bytes] = []
    run_ffmpeg([*input_args(png), "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"], stdout=blocks.append)
    still = np.frombuffer(b"".join(blocks), np.uint8).reshape(size.height, size.width, 3)
    [exported] = rgb_of(Path(export.output_path), Size(720, 1280), [25])
    assert ssim(luma(still), luma(exported)) > 0.98


def test_captions_whose_style_is_gone_are_shown_in_the_usual_one(services: Services) -> None:
    """In the preview and in the export alike, with a word to the user."""
    store, told = services.store, list[str]()
    services.notices.listen(lambda notice: told.append(notice.message))
    usual = plan_of(store, replace(store.clip("clip_1"), caption_style="karaoke")).style
    with store.transaction("Lose it", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), caption_style="style_gone"))
    for _ in range(2):
        plan = workflow_preview.preview_plan(store, services.paths, "clip_1", services.notices)
        assert plan.style == usual
    assert look_of(store.clip("clip_1"), caption_styles(store)) == usual, "as in the panel"
    assert ended(services, export_clip(services, "clip_1", SMALL)).status is WorkState.COMPLETED
    assert [message for message in told if "is gone" in message] == told[:1], "said once"


def test_letters_that_no_font_here_has_are_told_before_they_are_burned_in(services: Services) -> None:
    """Letters of a script without a font anywhere, and how to get one, in the preview and in the export."""
    store, told = services.store, list[Notice]()
    services.notices.listen(told.append)
    rare = "".join(map(chr, range(0x10A60, 0x10A64)))  # Old South Arabian
    with store.transaction("Say it", "proj_1") as tx:
        tx.put_transcript("src_1", stored.transcript(*[f"{rare} {rare}"] * 20))
    workflow_preview.preview_plan(store, services.paths, "clip_1", services.notices)
    assert ended(services, export_clip(services, "clip_1", SMALL)).status is WorkState.COMPLETED
    (notice,) = [notice for notice in told if "No font" in notice.message]
    assert "Old South Arabian letters" in notice.message
    assert "Noto Sans Old South Arabian" in notice.hint


def test_an_unknown_encoder_is_refused(services: Services) -> None:
    failed = ended(services, export_clip(services, "clip_1", replace(SMALL, encoder="divx")))
    assert failed.status is WorkState.FAILED
    assert "no encoder" in failed.error


def test_without_a_folder_of_ones_own_films_lie_readable_among_the_users_videos(
    store: Store, paths: DataPaths, tmp_path: Path
) -> None:
    videos = tmp_path / "Videos" / "ViralClip"
    usual = replace(paths, videos=videos)
    title = store.clip("clip_1").title
    first, second = (create_export(store, usual, "clip_1", SMALL) for _ in range(2))
    assert Path(first.output_path) == videos / f"01 {title} (1x1).mp4"
    assert Path(second.output_path) == videos / f"01 {title} (1x1) 2.mp4", "no film takes another's place"
    chosen = create_export(store, usual, "clip_1", replace(SMALL, folder=str(tmp_path / "mine")))
    assert Path(chosen.output_path).parent == tmp_path / "mine"


@pytest.mark.parametrize("form", [SMALL, replace(SMALL, audio_only=True)])
def test_a_silent_file_of_a_recording_that_is_heard_is_not_handed_over(
    store: Store, paths: DataPaths, monkeypatch: pytest.MonkeyPatch, form: ExportSettings
) -> None:
    source = store.source("src_1")
    ensure_sound(paths, source, ignore_progress, CancelToken())
    silenced = replace(plan_of(store, store.clip("clip_1")), own_level=Level(-120.0))
    monkeypatch.setattr(exporting, "plan_of", lambda *_args, **_kwargs: silenced)
    export = create_export(store, paths, "clip_1", form)
    with pytest.raises(Fault, match="came out silent"):
        run(store, paths, export.id)
    assert not Path(export.output_path).exists()
