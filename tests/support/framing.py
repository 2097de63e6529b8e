"""Films made from the two people of ``two-hosts-40s.mp4``, and how well a framing of them holds who
speaks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import FrameKey
from viralclip_desktop.domain.crop_path import between, crop_shares, held_inside
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.domain.frame_plan import FramePlan, FrameShot, ShotMode
from viralclip_desktop.features.reframe.scenes import Seen
from viralclip_desktop.features.reframe.watching import Recording, seen_between, watch
from viralclip_desktop.media.audio import extract_speech
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import run_ffmpeg

GRACE_S = 0.4
"""After a change of speaker: not counted."""
_LEFT, _RIGHT = "crop=640:640:160:260", "crop=640:640:1120:260"
_INSIDE = 0.97  # of a face's area


@dataclass(frozen=True)
class Turn:
    """Who is heard. ``place``: the middle of that person (shares of the picture); None where several are."""

    start_s: float
    end_s: float
    place: tuple[float, float] | None
    still: bool = True
    """Whether the listener's lips are still."""


@dataclass(frozen=True)
class Film:
    """A film and what is heard in it."""

    name: str
    turns: tuple[Turn, ...]
    make: Callable[[Path, Path], None]
    """From two-hosts-40s.mp4 to a file."""
    modes: tuple[ShotMode, ...] = (ShotMode.CROP,)
    """How its shots may be framed."""


@dataclass(frozen=True)
class Score:
    """Shares of frames (None where there are none such), the largest lag and the shortest shot in seconds."""

    still: float | None
    moving: float | None
    some_face: float
    lag_s: float
    shortest_s: float
    shots: int
    modes: tuple[str, ...]


LEFT_AT, RIGHT_AT = (0.25, 0.54), (0.75, 0.54)
HOSTS = (
    Turn(0, 8, LEFT_AT),
    Turn(8, 16, RIGHT_AT),
    Turn(16, 24, LEFT_AT, still=False),
    Turn(24, 32, RIGHT_AT, still=False),
    Turn(32, 40, (0.5, 0.5)),
)


def _filtered(graph: str, *more: str) -> Callable[[Path, Path], None]:
    def make(hosts: Path, out: Path) -> None:
        end = [] if "-an" in more else ["-c:a", "aac"]
        args = ["-i", str(hosts), "-filter_complex", graph, "-map", "[v]", "-map", "[a]"]
        run_ffmpeg(
            [*args, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", *end, *more, f"file:{out}"]
        )

    return make


def _pieces(pieces: Sequence[tuple[float, float]], after: str = "") -> str:
    """A graph that plays pieces of the film one after the other."""
    parts = [
        f"[0:v]trim={a}:{b},setpts=PTS-STARTPTS[v{n}];[0:a]atrim={a}:{b},asetpts=PTS-STARTPTS[a{n}]"
        for n, (a, b) in enumerate(pieces)
    ]
    joined = "".join(f"[v{n}][a{n}]" for n in range(len(pieces)))
    return ";".join([*parts, f"{joined}concat=n={len(pieces)}:v=1:a=1[cv][a];[cv]{after or 'null'}[v]"])


def _turns(
    pieces: Sequence[tuple[float, float]],
    *,
    still: bool,
    places: tuple[tuple[float, float], tuple[float, float]],
) -> tuple[Turn, ...]:
    found, at = [], 0.0
    for a, b in pieces:
        found.append(Turn(at, at + b - a, places[int(a // 8) % 2], still))
        at += b - a
    return tuple(found)


_QUICK = [(0.4, 3.0), (8.3, 11.0), (3.0, 5.4), (11.0, 13.6), (5.4, 7.9), (13.6, 15.9)]
_QUICK_MOVING = [(16.3, 19.5), (24.3, 27.6), (19.5, 23.8), (27.6, 31.8)]
_TWO = f"split[x][y];[x]{_LEFT}[l];[y]{_RIGHT}[r]"


def _beside(canvas: str, size: int, one: str, other: str, span: str = "0:16") -> str:
    """Both people on a canvas, each ``size`` pixels, at places like ``100:200``."""
    return (
        f"[0:v]trim={span},setpts=PTS-STARTPTS,{_TWO};[l]scale={size}:-2[ls];[r]scale={size}:-2[rs];"
        f"color={canvas}:r=25:c=0x556070[b];[b][ls]overlay={one}:shortest=1[m];[m][rs]overlay={other}[v];"
        f"[0:a]atrim={span},asetpts=PTS-STARTPTS[a]"
    )


def _rotated(hosts: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        turned = Path(folder) / "turned.mp4"
        _filtered("[0:v]trim=0:16,transpose=clock[v];[0:a]atrim=0:16[a]")(hosts, turned)
        run_ffmpeg(["-display_rotation", "90", "-i", str(turned), "-c", "copy", f"file:{out}"])


def _walking(hosts: Path, out: Path) -> None:
    walk = "x='if(lt(t,3),100,if(lt(t,7),100+(t-3)*200,900))':y=260"
    _filtered(
        f"[0:v]trim=32:40,setpts=PTS-STARTPTS,crop=1080:1080:420:0,scale=640:640[p];"
        f"color=size=1920x1080:r=25:c=0x556070[b];[b][p]overlay={walk}:shortest=1[v];"
        f"[0:a]atrim=32:40,asetpts=PTS-STARTPTS[a]"
    )(hosts, out)


def _screen(hosts: Path, out: Path) -> None:
    lines = ",".join(
        f"drawgrid=w={w}:h={h}:t=1:c=black@0.7:x={x}:y={x}"
        for w, h, x in ((9, 28, 3), (31, 14, 0), (17, 56, 5))
    )
    _filtered(
        f"[0:v]trim=32:40,setpts=PTS-STARTPTS,crop=1080:1080:420:0,scale=300:300[p];"
        f"color=size=1920x1080:r=25:c=white,{lines}[b];[b][p]overlay=1600:760:shortest=1[v];"
        f"[0:a]atrim=32:40,asetpts=PTS-STARTPTS[a]"
    )(hosts, out)


def _far_off_in_stereo(hosts: Path, out: Path) -> None:
    """Both so small that no mouth can be read; the left one is heard from the left."""
    graph = _beside("size=1920x1080", 180, "300:450", "1440:450")
    sides = "aformat=channel_layouts=stereo,aeval='val(0)*if(lt(t,8),1,0.4)|val(1)*if(lt(t,8),0.4,1)':c=same"
    _filtered(graph.removesuffix("[a]") + f",{sides}[a]")(hosts, out)


def _three(hosts: Path, out: Path) -> None:
    """Three people far from each other; the middle one, who only listens, is the left one turned over and
    standing still."""
    _filtered(
        f"[0:v]trim=0:16,setpts=PTS-STARTPTS,split=3[x][y][z];[x]{_LEFT},scale=420:420[l];"
        f"[y]{_RIGHT},scale=420:420[r];[z]{_LEFT},scale=420:420,hflip,loop=-1:1:0,trim=0:16[m];"
        "color=size=1920x1080:r=25:c=0x556070[b];[b][l]overlay=40:330:shortest=1[o];"
        "[o][m]overlay=750:330:shortest=1[p];[p][r]overlay=1460:330[v];[0:a]atrim=0:16,asetpts=PTS-STARTPTS[a]"
    )(hosts, out)


def _leaves(hosts: Path, out: Path) -> None:
    """The close shot of somebody who is gone after four seconds of eight."""
    _filtered(
        "[0:v]trim=32:40,setpts=PTS-STARTPTS,crop=1080:1080:420:0,scale=640:640[p];"
        "color=size=1920x1080:r=25:c=0x556070[b];[b][p]overlay=200:260:shortest=1:enable='lt(t,4)'[v];"
        "[0:a]atrim=32:40,asetpts=PTS-STARTPTS[a]"
    )(hosts, out)


def _off_screen(hosts: Path, out: Path) -> None:
    """An interview: one alone in the picture, who speaks and then is asked by a voice nobody sees."""
    _filtered(
        f"[0:v]trim=0:16,setpts=PTS-STARTPTS,{_LEFT}[p];color=size=1920x1080:r=25:c=0x556070[b];"
        "[b][p]overlay=160:260:shortest=1[v];[0:a]atrim=0:16,asetpts=PTS-STARTPTS[a]"
    )(hosts, out)


def _nobody(hosts: Path, out: Path) -> None:
    _filtered("[0:v]trim=0:8,setpts=PTS-STARTPTS,gblur=sigma=60[v];[0:a]atrim=0:8,asetpts=PTS-STARTPTS[a]")(
        hosts, out
    )


def _both_talk(hosts: Path, out: Path) -> None:
    _filtered(
        f"[0:v]trim=0:8,setpts=PTS-STARTPTS,{_LEFT}[l];[0:v]trim=8:16,setpts=PTS-STARTPTS,{_RIGHT}[r];"
        "color=size=1920x1080:r=25:c=0x556070[b];[b][l]overlay=160:260:shortest=1[m];[m][r]overlay=1120:260[v];"
        "[0:a]atrim=0:8,asetpts=PTS-STARTPTS[c];[0:a]atrim=8:16,asetpts=PTS-STARTPTS[d];[c][d]amix=2[a]"
    )(hosts, out)


FILMS = (
    Film("hosts", HOSTS, lambda hosts, out: out.write_bytes(hosts.read_bytes()) and None),
    Film(
        "mirrored",
        tuple(
            Turn(t.start_s, t.end_s, (1 - t.place[0], t.place[1]) if t.place else None, t.still)
            for t in HOSTS[:4]
        ),
        _filtered("[0:v]trim=0:32,hflip[v];[0:a]atrim=0:32[a]"),
    ),
    Film(
        "quick turns",
        _turns(_QUICK, still=True, places=(LEFT_AT, RIGHT_AT)),
        _filtered(_pieces(_QUICK)),
    ),
    Film(
        "quick, moving lips",
        _turns(_QUICK_MOVING, still=False, places=(LEFT_AT, RIGHT_AT)),
        _filtered(_pieces(_QUICK_MOVING)),
        (ShotMode.CROP, ShotMode.SPLIT),
    ),
    Film(
        "small and wide",
        (Turn(0, 8, (0.1, 0.5)), Turn(8, 16, (0.9, 0.5))),
        _filtered(_beside("size=1920x1080", 320, "40:380", "1560:380")),
    ),
    Film(
        "near each other",
        (Turn(0, 8, (0.4, 0.5)), Turn(8, 16, (0.6, 0.5))),
        _filtered(_beside("size=1920x1080", 280, "680:400", "960:400")),
    ),
    Film(
        "720p, 30 a second, 4:3",
        (Turn(0, 8, (0.25, 0.5)), Turn(8, 16, (0.75, 0.5))),
        _filtered(_beside("size=960x720", 440, "20:140", "500:140").replace("[v];", ",fps=30[v];")),
    ),
    Film("rotated", HOSTS[:2], _rotated),
    Film(
        "variable rate",
        HOSTS[:2],
        _filtered(r"[0:v]trim=0:16,select='mod(n\,7)*mod(n\,11)'[v];[0:a]atrim=0:16[a]", "-fps_mode", "vfr"),
    ),
    Film(
        "60 a second",
        HOSTS[:2],
        _filtered("[0:v]trim=0:16,fps=60[v];[0:a]atrim=0:16[a]"),
    ),
    Film(
        "noise",
        HOSTS[:4],
        _filtered(
            "[0:v]trim=0:32[v];anoisesrc=d=32:c=pink:a=0.05[n];[0:a]atrim=0:32[s];[s][n]amix=2:normalize=0[a]"
        ),
    ),
    Film("both talk", (Turn(0, 8, None),), _both_talk, (ShotMode.CROP, ShotMode.SPLIT)),
    Film("far off in stereo", (Turn(0, 8, (0.2, 0.5)), Turn(8, 16, (0.8, 0.5))), _far_off_in_stereo),
    Film("three", (Turn(0, 8, (0.13, 0.5)), Turn(8, 16, (0.87, 0.5))), _three, (ShotMode.CROP, ShotMode.FIT)),
    Film("one leaves", (Turn(0, 4, None),), _leaves, (ShotMode.CROP, ShotMode.FIT)),
    Film("asked from off screen", (Turn(0, 16, LEFT_AT),), _off_screen),
    Film("no face", (Turn(0, 8, None),), _nobody, (ShotMode.FIT,)),
    Film("walking", (Turn(0, 8, None),), _walking),
    Film("screen", (Turn(0, 8, None),), _screen, (ShotMode.SPLIT,)),
)


def seen_of(film: Path, models: Path, folder: Path) -> Seen:
    """What is seen in a whole film. ``folder`` keeps what was seen for another time."""
    info, paths = probe(film), DataPaths(folder, models)
    wav = extract_speech(film, info.audio[0].index, folder / f"{film.stem}.wav", info=info)
    stereo = info.audio[0].index if info.audio[0].channels == 2 else None
    recording = Recording("film", film, info, fingerprint(film), wav, stereo)
    whole = TimeRange(Time(0), info.duration)
    watch(paths, recording, [whole])
    seen = seen_between(paths, recording, whole)
    assert seen is not None
    return seen


def score(plan: FramePlan, film: Film, seen: Seen, aspect: Aspect = Aspect.VERTICAL) -> Score:
    """How well a plan holds the film's speakers, look by look."""
    counted: dict[bool, list[bool]] = {True: [], False: []}
    some, lags = [], [0.0]
    for number, look in enumerate(seen.looks):
        at = Time.from_frames(seen.first + number, seen.rate)
        shown = [_share_inside(plan, face.face, at, seen, aspect) >= _INSIDE for face in look.faces]
        if shown:
            some.append(any(shown))
        turn = next((turn for turn in film.turns if turn.start_s <= at.seconds < turn.end_s), None)
        if turn is None or turn.place is None or not look.faces:
            continue
        place = turn.place
        who = min(range(len(shown)), key=lambda n: _far(look.faces[n].face, place))
        if at.seconds - turn.start_s >= GRACE_S or turn is film.turns[0]:
            counted[turn.still].append(shown[who])
        if not shown[who]:
            lags.append(at.seconds - turn.start_s if at.seconds - turn.start_s < 3 else 0.0)
    return Score(
        _mean(counted[True]),
        _mean(counted[False]),
        float(np.mean(some)) if some else 1.0,
        max(lags),
        min(shot.range.duration.seconds for shot in plan.shots),
        len(plan.shots),
        tuple(shot.mode.value for shot in plan.shots),
    )


def _mean(row: Sequence[bool]) -> float | None:
    return float(np.mean(row)) if row else None


def _far(face: Face, place: tuple[float, float]) -> float:
    return float(np.hypot((face.left + face.right) / 2 - place[0], (face.top + face.bottom) / 2 - place[1]))


def _share_inside(plan: FramePlan, face: Face, at: Time, seen: Seen, aspect: Aspect) -> float:
    """How much of a face shows in the frame (in the better one of two panels)."""
    shot = next((shot for shot in plan.shots if shot.range.contains(at)), plan.shots[-1])
    if shot.mode is ShotMode.FIT:
        return 1.0
    return max(_inside(face, crop) for crop in crops_at(shot, at, seen, aspect))


def crops_at(shot: FrameShot, at: Time, seen: Seen, aspect: Aspect) -> list[Face]:
    """The crops of a shot at a clip time, as boxes in shares of the picture."""
    ratio = float(aspect.ratio) * len(shot.panels)
    boxes = []
    for path in shot.panels:
        key = _key_at(path, at)
        width, height = crop_shares(seen.size, ratio, key.zoom)
        key = held_inside(key, width, height)
        boxes.append(
            Face(
                key.centre_x - width / 2,
                key.centre_y - height / 2,
                key.centre_x + width / 2,
                key.centre_y + height / 2,
            )
        )
    return boxes


def _key_at(path: Sequence[FrameKey], at: Time) -> FrameKey:
    before = [key for key in path if key.at <= at]
    if not before:
        return path[0]
    if len(before) == len(path):
        return path[-1]
    return between(before[-1], path[len(before)], at)


def _inside(face: Face, crop: Face) -> float:
    width = min(face.right, crop.right) - max(face.left, crop.left)
    height = min(face.bottom, crop.bottom) - max(face.top, crop.top)
    return max(0.0, width) * max(0.0, height) / max(1e-9, face.area)
