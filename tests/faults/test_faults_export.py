"""Targets and sources that let an export down: one clear sentence, nothing half-written."""

from __future__ import annotations

import errno
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import makers
from support.rendered import plan_of

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, Fault
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.media import encoders, picture, render, segments, verify
from viralclip_desktop.media.faults import DiskFull, disk_fault
from viralclip_desktop.media.render import render_export
from viralclip_desktop.media.segments import Kept

X264 = encoders.named(encoders.FALLBACK)
SIZE = Size(160, 90)


@pytest.fixture
def plan(tmp_path: Path) -> RenderPlan:
    return plan_of(makers.make_video(tmp_path / "film.mp4"), 0.2, 1.8)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and "look_" not in str(path))


def test_a_full_disk_is_told_before_the_work(
    plan: RenderPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(render.shutil, "disk_usage", lambda path: usage._replace(free=1000))
    with pytest.raises(DiskFull, match="are needed"):
        render_export(plan, SIZE, tmp_path / "out" / "clip.mp4", X264, tmp_path / "work")
    assert left_in(tmp_path / "out") == []


def test_a_disk_that_fills_up_meanwhile(
    plan: RenderPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = render.run_ffmpeg

    def full(args: list[str], **options: object) -> str:
        if "+faststart" in args:
            from viralclip_desktop.media.faults import fault_of

            raise fault_of(228, ["[error] Error writing trailer: No space left on device"])
        return real(args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(render, "run_ffmpeg", full)
    with pytest.raises(DiskFull):
        render_export(plan, SIZE, tmp_path / "out" / "clip.mp4", X264, tmp_path / "work")
    assert left_in(tmp_path / "out") == []


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's own always-full disk")
def test_ffmpegs_own_words_for_a_full_disk_are_understood(plan: RenderPlan, tmp_path: Path) -> None:
    from viralclip_desktop.media.run import input_args, run_ffmpeg

    with pytest.raises(DiskFull):
        run_ffmpeg([*input_args(plan.recordings[0].path), "-c", "copy", "-f", "mpegts", "/dev/full"])


def test_a_target_in_a_file(plan: RenderPlan, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(EnvironmentLacks, match=r"cannot be written|may not be"):
        render_export(plan, SIZE, tmp_path / "file" / "clip.mp4", X264, tmp_path / "work")


def test_a_target_that_is_a_folder(plan: RenderPlan, tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").mkdir()
    with pytest.raises(EnvironmentLacks, match="is a folder"):
        render_export(plan, SIZE, tmp_path / "clip.mp4", X264, tmp_path / "work")


def test_a_target_one_may_not_write(
    plan: RenderPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, data: bytes) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(EnvironmentLacks, match="may not be written"):
        render_export(plan, SIZE, tmp_path / "clip.mp4", X264, tmp_path / "work")


def _vanished(film: Path) -> None:
    film.unlink()


def _emptied(film: Path) -> None:
    film.write_bytes(b"")


def _text(film: Path) -> None:
    makers.make_text(film)


@pytest.mark.parametrize("happens", [_vanished, _emptied, _text])
def test_a_recording_that_changed_since_its_import(
    happens: Callable[[Path], None], plan: RenderPlan, tmp_path: Path
) -> None:
    happens(Path(plan.recordings[0].path))
    with pytest.raises(BadInput):
        render_export(plan, SIZE, tmp_path / "out" / "clip.mp4", X264, tmp_path / "work")
    assert left_in(tmp_path / "out") == []


def test_a_recording_damaged_in_the_middle_still_gives_a_whole_clip(tmp_path: Path) -> None:
    plan = plan_of(makers.make_damaged(tmp_path / "film.mp4"), 0.2, 1.8)
    found = render_export(plan, SIZE, tmp_path / "clip.mp4", X264, tmp_path / "work")
    assert found.report.frames == plan.frame_count


def test_a_file_that_fails_its_check_is_not_handed_over(
    plan: RenderPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "is_faststart", lambda path: False)
    out = tmp_path / "out" / "clip.mp4"
    out.parent.mkdir()
    out.write_text("what was there before", encoding="utf-8")
    with pytest.raises(Fault, match="failed its check"):
        render_export(plan, SIZE, out, X264, tmp_path / "work")
    assert left_in(out.parent) == ["clip.mp4"]
    assert out.read_text(encoding="utf-8") == "what was there before"


KILLED = f"""
import os, signal, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
from support.rendered import plan_of
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.media import encoders, segments
from viralclip_desktop.media.render import render_export

folder, whole, written = Path(sys.argv[1]), segments.write_whole, []

def half(target, data, *, beside):
    if len(written) == 2:
        beside.write_bytes(data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    written.append(target)
    whole(target, data, beside=beside)

segments.write_whole = half
kept = segments.Kept(folder / "segments", 10_000_000)
plan = plan_of(folder / "film.mp4", 0, 8)
render_export(plan, Size(160, 90), folder / "one.mp4", encoders.named("libx264"), folder / "work", kept=kept)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a kill that nothing can catch")
def test_killed_while_segments_are_kept(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4", 8.0), 0, 8)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "one.mp4").exists()
    kept = Kept(tmp_path / "segments", 10_000_000)
    assert len(left_in(kept.folder)) == 2
    found = render_export(plan, SIZE, tmp_path / "one.mp4", X264, tmp_path / "work", kept=kept)
    assert found.reused_s == 4
    assert found.report.frames == 200


def test_a_disk_too_full_to_keep_segments_still_gets_its_clip(
    plan: RenderPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(segments, "write_whole", full)
    kept = Kept(tmp_path / "segments", 10_000_000)
    found = render_export(plan, SIZE, tmp_path / "clip.mp4", X264, tmp_path / "work", kept=kept)
    assert found.report.frames == plan.frame_count
    assert (tmp_path / "clip.mp4").is_file()
    assert not kept.folder.exists()


def test_a_disk_that_fills_up_while_segments_are_put_together(
    plan: RenderPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, real = Kept(tmp_path / "segments", 10_000_000), picture.Joined
    render_export(plan, SIZE, tmp_path / "one.mp4", X264, tmp_path / "work", kept=kept)

    def full(_block: bytes) -> None:
        raise disk_fault(OSError(errno.ENOSPC, "No space left on device"), tmp_path / "picture.nut")

    monkeypatch.setattr(picture, "Joined", lambda _sink, fps: real(full, fps))
    with pytest.raises(DiskFull):
        render_export(plan, SIZE, tmp_path / "two.mp4", X264, tmp_path / "work", kept=kept)
    assert not (tmp_path / "two.mp4").exists()
    monkeypatch.undo()
    again = render_export(plan, SIZE, tmp_path / "two.mp4", X264, tmp_path / "work", kept=kept)
    assert again.reused_s == pytest.approx(1.6)
