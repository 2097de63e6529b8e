"""Exporting against the best commands one could type for the same result: the same frames, captions and
loudness. ``VIRALCLIP_TEST_MEDIA`` adds a real recording."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from benchmarks.rows import Row

from viralclip_desktop.compose.branding import brand_overlays
from viralclip_desktop.compose.clip_plan import output_rate
from viralclip_desktop.compose.levels import ATTACK, RELEASE, talking
from viralclip_desktop.compose.overlays import placed
from viralclip_desktop.compose.plan import (
    Duck,
    Level,
    LoudnessPlan,
    RenderPlan,
    SoundLayer,
    parts_of_file,
)
from viralclip_desktop.core.geometry import Aspect, frame_size
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.brand import BrandKit, Logo
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.features.workflows.exports import exports_at_once
from viralclip_desktop.media import encoders
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.loudness import parse_meter
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.render import render_export
from viralclip_desktop.media.run import input_args, run_ffmpeg
from viralclip_desktop.media.segments import Kept
from viralclip_desktop.media.workdir import prepare

SECONDS, ROUNDS, MANY = 20, 3, 10
SIZE = frame_size(Aspect.VERTICAL, 1080)
TEXT = "so here is the thing that nobody ever told me about making short clips from long talks"
X264 = encoders.named(encoders.FALLBACK)


def run() -> list[Row]:
    """One clip, ten at once, and one that was changed, of a film made here; one clip of a real recording if
    there is one."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        film = make_film(work / "film.mp4", 60)
        rows = [
            _one(film, 12.3, work, "moving, grainy 720p made here"),
            _dressed(film, work),
            _ten(film, work),
            _again(film, work),
        ]
        real = Path(os.environ.get("VIRALCLIP_TEST_MEDIA", "")) / "talk-sample-42s.mp4"
        return [*rows, _one(real, 3.0, work, "still recorded picture")] if real.is_file() else rows


def make_film(path: Path, seconds: int, size: str = "1280x720", gop: int = 60) -> Path:
    """A soft moving picture with a little grain, as cameras make, and sound that swells like speech."""
    picture = f"testsrc2=size={size}:rate=30:duration={seconds},gblur=sigma=3,noise=alls=4:allf=t"
    voice = "(0.2+0.8*abs(sin(3*t)))*gt(mod(t,1.7),0.3)*(0.2*sin(1000*t)+0.05*random(0))"
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"aevalsrc='{voice}':s=48000:d={seconds}"]
    group = ["-g", str(gop), "-keyint_min", str(gop), "-sc_threshold", "0"] if gop > 60 else ["-g", str(gop)]
    run_ffmpeg([*inputs, "-preset", "veryfast", *group, "-pix_fmt", "yuv420p", "-shortest", str(path)])
    return path


def captioned(film: Path, start_s: float, seconds: float = SECONDS) -> RenderPlan:
    """A vertical clip with captions all the way."""
    info = probe(film)
    words = tuple(
        Word(word, Time.from_seconds(at), Time.from_seconds(at + 0.33))
        for at, word in zip((n * 0.35 for n in range(int(seconds / 0.35))), TEXT.split() * 99, strict=False)
    )
    return RenderPlan(
        parts=parts_of_file(
            str(film), info, info.audio[0].index, TimeRange.from_seconds(start_s, start_s + seconds)
        ),
        aspect=Aspect.VERTICAL,
        fps=output_rate(info.video),
        framing=Framing.CROP,
        centre_x=0.5,
        words=words,
        style=caption_styles()["karaoke"],
        fade_in=Time.from_seconds(0.04),
        fade_out=Time.from_seconds(0.25),
        loudness=LoudnessPlan(),
    )


def by_hand(plan: RenderPlan, out: Path, folder: Path) -> None:
    """What an expert types: measure the sound, then everything in one command."""
    [kept] = plan.kept
    begin, length = f"{kept.start.seconds:.6f}", f"{plan.duration.seconds:.6f}"
    source = ["-ss", begin, "-t", length, *input_args(plan.recordings[0].path)]
    meter = "ebur128=peak=true:framelog=quiet"
    log = run_ffmpeg([*source, "-vn", "-af", meter, "-f", "null", "-"], loglevel="info")
    gain = -14 - (parse_meter(log).integrated_lufs or -14)
    picture = f"crop=ih*9/16:ih,scale={SIZE.width}:{SIZE.height}:flags=bicubic,setsar=1"
    picture += ",ass=captions.ass:fontsdir=fonts,format=yuv420p"
    sound = f"volume={gain}dB,aresample=192000,alimiter=limit=0.794:level=false,aresample=48000"
    sound += f",afade=t=in:d=0.04,afade=t=out:st={plan.duration.seconds - 0.25}:d=0.25"
    coded = [*encoders.video_args(X264, Fraction(plan.fps)), "-c:a", "aac", "-b:a", "192k", "-ac", "2"]
    args = [*source, "-vf", picture, "-af", sound, *coded, "-movflags", "+faststart", str(out)]
    run_ffmpeg(args, cwd=folder)


def dressed(plan: RenderPlan, work: Path) -> RenderPlan:
    """The plan with a logo on it, and music that goes down under the words."""
    logo, music = work / "logo.png", work / "music.m4a"
    disc = "color=c=red@0:s=600x300,format=rgba,geq=r=230:g=60:b=40:a='255*lt(hypot(X-300,2*Y-300),280)'"
    run_ffmpeg(["-f", "lavfi", "-i", disc, "-frames:v", "1", "-update", "1", str(logo)])
    chords = "aevalsrc='0.1*(sin(1382*t)+sin(1741*t)+sin(2073*t))':s=48000:d=30"
    run_ffmpeg(["-f", "lavfi", "-i", chords, str(music)])
    everywhere = TimeRange(Time(0), plan.duration)
    kit = BrandKit("", "Bench", logo=Logo("logo"))
    picture = Asset("logo", AssetKind.PICTURE, str(logo), info=examine(logo))
    talk = talking(TimeRange(word.start, word.end) for word in plan.words)
    under_talk = Level(ducks=(Duck(talk, -12.0, ATTACK, RELEASE),))
    return replace(
        plan,
        overlays=brand_overlays(kit, plan.aspect, plan.duration, {"logo": picture}),
        sounds=(SoundLayer(str(music), examine(music), everywhere, volume_db=-12.0, bus=under_talk),),
    )


def by_hand_dressed(plan: RenderPlan, out: Path, folder: Path) -> None:
    """The same, typed: the mix measured, then one command with overlay and sidechain compressor."""
    [kept], [logo], [music] = plan.kept, plan.overlays, plan.sounds
    begin, length = f"{kept.start.seconds:.6f}", f"{plan.duration.seconds:.6f}"
    source = ["-ss", begin, "-t", length, *input_args(plan.recordings[0].path)]
    beside = ["-t", length, *input_args(music.path)]
    x, y, place = placed(logo, SIZE)
    mix = f"[0:a]asplit[talk][key];[1:a]volume={music.volume_db}dB[bed];"
    mix += "[bed][key]sidechaincompress=threshold=0.02:ratio=8:attack=150:release=400[low];"
    mix += "[talk][low]amix=inputs=2:duration=first:normalize=0"
    measured = ["-vn", "-filter_complex", f"{mix},ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    log = run_ffmpeg([*source, *beside, *measured], loglevel="info")
    gain = -14 - (parse_meter(log).integrated_lufs or -14)
    picture = f"[0:v]crop=ih*9/16:ih,scale={SIZE.width}:{SIZE.height}:flags=bicubic,setsar=1[film];"
    picture += f"[2:v]scale={place.width}:{place.height}[logo];[film][logo]overlay={x}:{y},"
    picture += "ass=captions.ass:fontsdir=fonts,format=yuv420p[picture]"
    sound = f"{mix},volume={gain}dB,aresample=192000,alimiter=limit=0.794:level=false,aresample=48000"
    sound += f",afade=t=in:d=0.04,afade=t=out:st={plan.duration.seconds - 0.25}:d=0.25[sound]"
    coded = [*encoders.video_args(X264, Fraction(plan.fps)), "-c:a", "aac", "-b:a", "192k", "-ac", "2"]
    mapped = ["-filter_complex", f"{picture};{sound}", "-map", "[picture]", "-map", "[sound]"]
    inputs = [*source, *beside, *input_args(logo.path)]
    run_ffmpeg([*inputs, *mapped, *coded, "-movflags", "+faststart", str(out)], cwd=folder)


def _dressed(film: Path, work: Path) -> Row:
    plan = dressed(captioned(film, 12.3), work)
    look = prepare(work / "work", plan)
    ways: tuple[Callable[[], object], ...] = (
        lambda: by_hand_dressed(plan, work / "hand.mp4", look),
        lambda: _ours(plan, work, work / "ours.mp4"),
    )
    hand, ours = _best(ways, ROUNDS)
    note = f"the same film, {SECONDS} s: by hand {hand:.1f} s, check of the file included in ours only"
    return Row("export with captions, logo and music", ours / hand, "x", 1.05, note)


def _one(film: Path, start_s: float, work: Path, what: str) -> Row:
    plan = captioned(film, start_s)
    look = prepare(work / "work", plan)
    ways: tuple[Callable[[], object], ...] = (
        lambda: by_hand(plan, work / "hand.mp4", look),
        lambda: _ours(plan, work, work / "ours.mp4"),
    )
    hand, ours = _best(ways, ROUNDS)
    note = f"{what}, {SECONDS} s at {SIZE}: by hand {hand:.1f} s, check of the file included in ours only"
    return Row("export of a captioned clip", ours / hand, "x", 1.05, note)


def _ten(film: Path, work: Path) -> Row:
    """Ten short clips of one source: as many side by side as the program runs, and by hand at the
    parallelism that is best here."""
    plans = [captioned(film, 1.0 + 5 * number, 4) for number in range(MANY)]
    look = prepare(work / "work", plans[0])

    def by_hands(at_once: int) -> None:
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(lambda n: by_hand(plans[n], work / f"hand{n}.mp4", look), range(MANY)))

    def ours() -> None:
        _fresh(work, plans[0])
        with ThreadPoolExecutor(exports_at_once()) as pool:
            list(pool.map(lambda n: _export(plans[n], work, work / f"{n}.mp4"), range(MANY)))

    one, two, mine = _best((lambda: by_hands(1), lambda: by_hands(2), ours), ROUNDS - 1)
    note = f"{MANY} clips of 4 s: by hand {one:.1f} s one by one, {two:.1f} s two at once"
    return Row("export of ten clips of one source", mine / min(one, two), "x", 1.05, note)


def _again(film: Path, work: Path) -> Row:
    """A clip of a minute, exported, then exported again with one word of its captions changed."""
    plan = captioned(film, 0.0, 60)
    word = plan.words[len(plan.words) // 2]
    words = tuple(replace(one, text="changed") if one is word else one for one in plan.words)
    first = _seconds(lambda: _ours(plan, work, work / "first.mp4"))
    second = _seconds(lambda: _export(replace(plan, words=words), work, work / "second.mp4"))
    note = f"60 s at {SIZE}: first {first:.1f} s, then {second:.1f} s"
    return Row("export after one caption was changed", second / first, "of the first", 0.333, note)


def _ours(plan: RenderPlan, work: Path, out: Path) -> None:
    """An export of which nothing is known from before."""
    _fresh(work, plan)
    _export(plan, work, out)


def _export(plan: RenderPlan, work: Path, out: Path) -> None:
    render_export(plan, SIZE, out, X264, work / "work", kept=_kept(work))


def _kept(work: Path) -> Kept:
    return Kept(work / "segments", 2_000_000_000)


def _fresh(work: Path, plan: RenderPlan) -> None:
    """A work folder that remembers no loudness, and nothing kept of any picture: every export does all, as
    the first one does."""
    folder = work / "work"
    for memory in (*(folder / "loudness").glob("*.json"), *_kept(work).folder.glob("*")):
        memory.unlink()
    prepare(folder, plan)


def _best(ways: tuple[Callable[[], object], ...], rounds: int) -> list[float]:
    """The best of each, tried in turns: what else the machine does then hits all alike."""
    times = [[_seconds(way) for way in ways] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]


def _seconds(way: Callable[[], object]) -> float:
    started = time.perf_counter()
    way()
    return time.perf_counter() - started
