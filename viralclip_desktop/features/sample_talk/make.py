"""Making the sample talk: text in, a three-minute film with sound out, all of it drawn and spoken here."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.features.sample_talk.script import Script, load_script


def make_sample(
    out: Path,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    script: Script | None = None,
) -> Path:
    """Make the sample talk (1280x720, 30 fps, H.264 and AAC in MP4) at ``out`` and return its path.

    ``script`` replaces the text in ``resources/sample``. Written beside ``out`` and moved there when whole.
    Raises Cancelled, EnvironmentLacks (no voice, no ffmpeg, no space).
    """
    from viralclip_desktop.features.sample_talk import picture, recording, scenes

    cancel, script = cancel or CancelToken(), script or load_script()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sample-talk-") as folder:
        work = Path(folder)
        progress(ProgressEvent("speak", 0.0, "Speaking the sample talk"))
        sound = recording.record(script, work, _part(progress, 0.0, 0.15), cancel)
        recording.write_wav(sound, work / "talk.wav")
        progress(ProgressEvent("draw", 0.15, "Drawing the two cameras"))
        scenes.draw_scenes(work)
        cancel.raise_if_cancelled()
        picture.write_lists(sound, script, work)
        _film(work, sound.duration_s, _part(progress, 0.25, 1.0), cancel)
        _move(work / "talk.mp4", out)
    progress(ProgressEvent("film", 1.0))
    return out


def _film(work: Path, duration_s: float, progress: Progress, cancel: CancelToken) -> None:
    from viralclip_desktop.features.sample_talk.picture import filters
    from viralclip_desktop.media.run import run_ffmpeg

    def report(done_s: float, _speed: float | None) -> None:
        progress(ProgressEvent("film", min(1.0, done_s / duration_s), "Filming the sample talk"))

    lists = [arg for name in ("rooms", "heads") for arg in ("-f", "concat", "-i", f"{name}.txt")]
    run_ffmpeg(
        [
            *(*lists, "-i", "talk.wav", "-filter_complex", filters(), "-map", "[picture]", "-map", "2:a"),
            *("-t", f"{duration_s:.3f}", "-r", "30", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20"),
            *("-g", "60", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2"),
            *("-movflags", "+faststart", "-y", "talk.mp4"),
        ],
        cwd=work,
        on_progress=report,
        cancel=cancel,
    )


def _part(progress: Progress, start: float, end: float) -> Progress:
    """A stretch of the whole, keeping each event's own stage."""

    def report(event: ProgressEvent) -> None:
        fraction = None if event.fraction is None else start + (end - start) * event.fraction
        progress(ProgressEvent(event.stage, fraction, event.message, event.time_left_s))

    return report


def _move(made: Path, out: Path) -> None:
    """Put the film in its place, whole or not at all."""
    with written_beside(out) as partial:
        shutil.copyfile(made, partial)
