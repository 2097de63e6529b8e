"""The runner of ffmpeg."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from support.makers import make_video

from viralclip_desktop.core.errors import BadInput, Cancelled, EnvironmentLacks, Fault
from viralclip_desktop.core.processes import end_tree
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.media.faults import DiskFull, EncoderUnavailable, FfmpegFailed, FfmpegStalled, fault_of
from viralclip_desktop.media.run import in_background, input_args, run_ffmpeg, start_ffmpeg

ENDLESS = ["-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25"]
NOWHERE = ["-f", "null", "-"]


def _children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True) if child.status() != "zombie"}


def test_reports_progress_and_speed() -> None:
    told: list[tuple[float, float | None]] = []
    picture = ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25:duration=2"]
    run_ffmpeg([*picture, *NOWHERE], on_progress=lambda done, speed: told.append((done, speed)))
    assert told[-1][0] == pytest.approx(2.0, abs=0.1)
    assert told[-1][1] is not None


def test_hands_over_everything_it_writes() -> None:
    got = bytearray()
    sine = ["-f", "lavfi", "-i", "sine=sample_rate=8000:duration=3"]
    run_ffmpeg([*sine, "-f", "s16le", "pipe:1"], stdout=got.extend)
    assert len(got) == 3 * 8000 * 2


def test_returns_what_the_filters_log() -> None:
    quiet = ["-f", "lavfi", "-i", "anullsrc=duration=3", "-af", "silencedetect=duration=1"]
    log = run_ffmpeg([*quiet, *NOWHERE], loglevel="level+info")
    assert "silence_start: 0" in log


def test_runs_in_the_folder_it_is_told(tmp_path: Path) -> None:
    run_ffmpeg(["-f", "lavfi", "-i", "sine=duration=0.1", "here.wav"], cwd=tmp_path)
    assert (tmp_path / "here.wav").exists()


def test_what_runs_in_the_background_gives_way() -> None:
    process = start_ffmpeg([*ENDLESS, *NOWHERE], stdout=subprocess.DEVNULL)
    with in_background():
        patient = start_ffmpeg([*ENDLESS, *NOWHERE], stdout=subprocess.DEVNULL)
    after = start_ffmpeg([*ENDLESS, *NOWHERE], stdout=subprocess.DEVNULL)
    started = (process, patient, after)
    try:
        eager, later, eager_too = (psutil.Process(one.pid).nice() for one in started)
    finally:
        for one in started:
            end_tree(one)
    assert eager == eager_too
    assert later != eager


NAMES = [
    "-dash.mp4",
    "two words.mp4",
    "100%d.mp4",
    'it\'s "quoted".mp4',
    "[a](b){c}.mp4",
    "smile 😀 ไทย.mp4",
    "a:b.mp4",
]


@pytest.mark.parametrize("name", NAMES)
def test_opens_any_name(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32" and set(name) & set('":'):
        pytest.skip("not a file name on Windows")
    make_video(tmp_path / name, 0.4)
    monkeypatch.chdir(tmp_path)
    run_ffmpeg([*input_args(Path(name)), *NOWHERE])


def test_never_opens_the_network() -> None:
    playlist = ["-protocol_whitelist", "file,pipe,fd", "-i", "http://127.0.0.1:9/film.mp4"]
    with pytest.raises(BadInput):
        run_ffmpeg([*playlist, *NOWHERE])


def test_cancel_ends_what_would_never_end() -> None:
    before, token = _children(), CancelToken()
    timer = threading.Timer(0.3, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        run_ffmpeg([*ENDLESS, *NOWHERE], cancel=token)
    assert _children() <= before


def test_cancelled_before_the_start_starts_nothing(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        run_ffmpeg(["-f", "lavfi", "-i", "sine=duration=1", str(tmp_path / "x.wav")], cancel=token)
    assert not list(tmp_path.iterdir())


def test_standing_still_ends_it() -> None:
    stuck = ["-f", "lavfi", "-i", "anullsrc,arealtime=speed=0.001"]
    with pytest.raises(FfmpegStalled, match="no progress"):
        run_ffmpeg([*stuck, *NOWHERE], stall_timeout_s=0.4)


def test_what_a_callback_raises_ends_it_and_is_raised() -> None:
    before = _children()

    def refuse(*_: object) -> None:
        raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        run_ffmpeg([*ENDLESS, *NOWHERE], on_progress=refuse)
    with pytest.raises(ValueError, match="enough"):
        run_ffmpeg([*ENDLESS, "-f", "rawvideo", "pipe:1"], stdout=refuse)
    assert _children() <= before


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_whole_process_tree_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrapper = tmp_path / "ffmpeg"
    wrapper.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n")
    wrapper.chmod(0o755)
    monkeypatch.setenv("FFMPEG_BIN", str(wrapper))
    before = _children()
    with pytest.raises(FfmpegStalled):
        run_ffmpeg([], stall_timeout_s=0.3)
    assert _children() <= before


def test_streaming_by_hand() -> None:
    process = start_ffmpeg([*ENDLESS, "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"])
    assert process.stdout is not None
    with process.stdout:
        assert len(process.stdout.read(64 * 64)) == 64 * 64
        end_tree(process)
    assert process.returncode is not None


SINE = ["-f", "lavfi", "-i", "sine=duration=1"]


@pytest.mark.parametrize(
    ("args", "kind", "sentence"),
    [
        (["-i", "file:/no/such/film.mp4", *NOWHERE], BadInput, "cannot be opened"),
        ([*SINE, "-c:a", "no_such_codec", *NOWHERE], EncoderUnavailable, "does not work here"),
        ([*SINE, "-af", "no_such_filter", *NOWHERE], FfmpegFailed, "failed with code"),
    ],
)
def test_failures_have_names(args: list[str], kind: type[Fault], sentence: str) -> None:
    with pytest.raises(kind, match=sentence) as caught:
        run_ffmpeg(args)
    assert caught.value.details


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(DiskFull, match="full"):
        run_ffmpeg([*SINE, "-f", "wav", "/dev/full"])


def test_a_broken_override_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FFMPEG_BIN", str(tmp_path / "gone"))
    with pytest.raises(EnvironmentLacks):
        run_ffmpeg(SINE)


def test_a_warning_is_not_taken_for_the_reason() -> None:
    log = ["[warning] Fontconfig: /cache Permission denied", "[error] something else went wrong"]
    fault = fault_of(1, log)
    assert isinstance(fault, FfmpegFailed)
    assert "something else" in fault.hint


def test_every_reason_gives_its_sentence() -> None:
    assert isinstance(fault_of(1, ["[error] moov atom not found"]), BadInput)
    assert isinstance(fault_of(1, ["[error] out.mp4: Permission denied"]), EnvironmentLacks)
    assert isinstance(fault_of(1, ["[error] Invalid data found when processing input"]), BadInput)
    assert fault_of(3, []).details == ""
