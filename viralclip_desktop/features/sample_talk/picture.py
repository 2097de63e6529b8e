"""The picture of the sample talk: which camera is on, and how the heads move, as lists for ffmpeg."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from viralclip_desktop.features.sample_talk.recording import Recording
from viralclip_desktop.features.sample_talk.scenes import HEAD_AT
from viralclip_desktop.features.sample_talk.script import Script

FPS: Final = 30
_MOUTH_FRAMES: Final = 3  # a mouth changes ten times a second, as in hand-drawn animation
_BLINK_EVERY: Final = 38  # mouth steps: 3.8 s, the human average is 3 to 5
_CUT_LEAD_S: Final = 0.2  # the cut comes a little before the voice, as an editor does it


def cuts(recording: Recording, script: Script) -> list[tuple[float, str]]:
    """When each camera comes on, on frame boundaries; the first at 0."""
    found: list[tuple[float, str]] = []
    for spoken in recording.lines:
        camera = script.speakers[spoken.line.speaker].camera
        if not found:
            found.append((0.0, camera))
        elif found[-1][1] != camera:
            found.append((round((spoken.start_s - _CUT_LEAD_S) * FPS) / FPS, camera))
    return found


def write_lists(recording: Recording, script: Script, folder: Path) -> None:
    """Write ``rooms.txt`` and ``heads.txt`` for ffmpeg's concat demuxer, naming the scenes' files."""
    changes = cuts(recording, script)
    total = _steps(recording.duration_s)
    rooms = _on_camera(changes, total)
    faces = _faces(recording, script, rooms)
    step_s = _MOUTH_FRAMES / FPS
    _write(folder / "rooms.txt", _joined([f"room-{camera}.pam" for camera in rooms]), step_s)
    heads = [f"head-{camera}-{face}.pam" for camera, face in zip(rooms, faces, strict=True)]
    _write(folder / "heads.txt", _joined(heads), step_s)


def filters() -> str:
    """The graph: the head over the room, nodding; the camera drifting by hand."""
    x, y = HEAD_AT
    return (
        f"[0:v]fps={FPS},format=yuv420p[room];[1:v]format=yuva420p[head];"
        f"[room][head]overlay=x='{x}+3*sin(t*1.7)+2*sin(t*0.6)':y='{y}+4*sin(t*2.3)+3*sin(t*0.9)'"
        ":eof_action=repeat:shortest=0,"
        "crop=1280:720:x='32+20*sin(t*0.31)':y='18+10*sin(t*0.23)',setsar=1[picture]"
    )


def _steps(duration_s: float) -> int:
    return max(1, int(np.ceil(duration_s * FPS / _MOUTH_FRAMES)))


def _on_camera(changes: list[tuple[float, str]], total: int) -> list[str]:
    """The camera of each step."""
    result = []
    for step in range(total):
        now_s = step * _MOUTH_FRAMES / FPS
        result.append([camera for at, camera in changes if at <= now_s + 1e-6][-1])
    return result


def _faces(recording: Recording, script: Script, rooms: list[str]) -> list[str]:
    """The face of each step: the mouth follows the sound when its own voice speaks."""
    faces = ["closed"] * len(rooms)
    hop = recording.rate_hz * _MOUTH_FRAMES // FPS
    for spoken in recording.lines:
        first, last = (int(at * FPS / _MOUTH_FRAMES) for at in (spoken.start_s, spoken.end_s))
        for step in range(first, min(last + 1, len(faces))):
            level = float(np.std(recording.samples[step * hop : (step + 1) * hop]))
            if spoken.line.speaker in _shown(script, rooms[step]):
                faces[step] = "open" if level > 0.10 else "half" if level > 0.03 else "closed"
    for step in range(_BLINK_EVERY // 2, len(faces), _BLINK_EVERY):
        if faces[step] == "closed" or rooms[step] != rooms[max(0, step - 1)]:
            faces[step] = "blink"
    return faces


def _shown(script: Script, camera: str) -> set[str]:
    """Whose mouth a camera shows: the first speaker it belongs to (a visitor asks from behind it)."""
    return {next(name for name, speaker in script.speakers.items() if speaker.camera == camera)}


def _joined(names: list[str]) -> list[tuple[str, int]]:
    """Equal neighbours as one entry with their number of steps."""
    runs: list[tuple[str, int]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    return runs


def _write(path: Path, runs: list[tuple[str, int]], step_s: float) -> None:
    lines = ["ffconcat version 1.0"]
    for name, steps in runs:
        lines += [f"file {name}", f"duration {steps * step_s:.6f}"]
    lines.append(f"file {runs[-1][0]}")  # the demuxer drops the last duration unless the file comes again
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
