"""From the project's data to a :class:`RenderPlan`: pure, and the same for preview and export."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

from viralclip_desktop.compose.branding import brand_overlays, logo_files
from viralclip_desktop.compose.moving_crop import moves_of
from viralclip_desktop.compose.name_line import name_line_of
from viralclip_desktop.compose.plan import Bookend, LoudnessPlan, Overlay, RenderPlan, SoundLayer
from viralclip_desktop.compose.sound_layers import talking
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip, Layer, LayerKind
from viralclip_desktop.domain.media import MediaInfo, Source, VideoStream
from viralclip_desktop.domain.transcript import Transcript, Word

SOUND_ONLY_FPS = Fraction(30)
HIGHEST_FPS = Fraction(60)
_RATES = tuple(
    Fraction(rate)
    for rate in (Fraction(24000, 1001), 24, 25, Fraction(30000, 1001), 30, 48, 50, Fraction(60000, 1001), 60)
)
_CLOSE = Fraction(3, 10_000)  # tells 23.976 from 24: they lie 0.1 % apart
_ROUGHLY = Fraction(1, 25)  # a phone that means 30 writes 28.9 to 30.5
# Long enough to hide a click, short enough to keep the first consonant; the end may breathe.
_ROUNDING = Time.from_seconds(Fraction(1, 1000)).ticks
_FADE_IN, _FADE_OUT = Time.from_seconds(0.04), Time.from_seconds(0.25)


def plan_clip(
    source: Source,
    transcript: Transcript | None,
    clip: Clip,
    style: CaptionStyle | None,
    *,
    fps: Fraction | None = None,
    aspect: Aspect | None = None,
    kit: BrandKit | None = None,
    files: Mapping[str, MediaInfo] | None = None,
) -> RenderPlan:
    """The plan of a clip. ``fps`` None takes the source's rate as a common constant one, ``aspect`` None
    the clip's own shape; ``style`` None, or captions switched off, leaves the captions out.

    ``kit`` is the clip's brand kit. ``files``: what is in the files that the clip's layers and the kit refer
    to (:func:`file_paths`); what is missing there is left out.
    """
    files = files or {}
    kept = kept_ranges(source, clip)
    captioned = style is not None and clip.captions_on and transcript is not None
    words = clip_words(transcript, *kept) if transcript is not None else ()
    plan = RenderPlan(
        source_path=source.path,
        info=source.info,
        audio_stream=None if source.audio is None else source.audio.index,
        kept=kept,
        aspect=aspect or clip.aspect,
        fps=min(fps, HIGHEST_FPS) if fps else output_rate(source.info.video),
        framing=clip.framing,
        centre_x=clip.centre_x,
        words=words if captioned else (),
        style=style if captioned else None,
        fade_in=ZERO,
        fade_out=ZERO,
        loudness=LoudnessPlan(),
        moves=moves_of(clip),
    )
    quarter = Time(plan.duration.ticks // 4)
    pictures = tuple(_overlay(layer, files) for layer in _layers(clip, files, LayerKind.PICTURE))
    beside = _layers(clip, files, LayerKind.MUSIC, LayerKind.VOICE)
    voices = [layer.range for layer in beside if layer.kind is LayerKind.VOICE]
    return replace(
        plan,
        fade_in=min(_FADE_IN, quarter),
        fade_out=min(_FADE_OUT, quarter),
        overlays=pictures + brand_overlays(kit, plan.aspect, plan.duration, files),
        sounds=tuple(_sound(layer, files) for layer in beside),
        speech=talking([*(TimeRange(word.start, word.end) for word in words), *voices]) if beside else (),
        name_line=name_line_of(kit, plan.duration),
        fonts=kit.fonts if kit is not None else (),
        intro=_bookend(kit.intro if kit is not None else "", files),
        outro=_bookend(kit.outro if kit is not None else "", files),
    )


def file_paths(clip: Clip, kit: BrandKit | None) -> tuple[str, ...]:
    """The files besides the recording that a clip is made of."""
    ends = (kit.intro, kit.outro) if kit is not None else ()
    return (*(layer.path for layer in clip.layers), *logo_files(kit), *filter(None, ends))


def _bookend(path: str, files: Mapping[str, MediaInfo]) -> Bookend | None:
    return Bookend(path, files[path]) if path in files else None


def _layers(clip: Clip, files: Mapping[str, MediaInfo], *kinds: LayerKind) -> list[Layer]:
    return [layer for layer in clip.layers if layer.kind in kinds and layer.path in files]


def _overlay(layer: Layer, files: Mapping[str, MediaInfo]) -> Overlay:
    return Overlay(
        path=layer.path,
        info=files[layer.path],
        range=layer.range,
        x=layer.x,
        y=layer.y,
        width=layer.width,
        source_start=layer.source_start,
        opacity=layer.opacity,
        fade=layer.fade,
    )


def _sound(layer: Layer, files: Mapping[str, MediaInfo]) -> SoundLayer:
    return SoundLayer(
        path=layer.path,
        info=files[layer.path],
        range=layer.range,
        source_start=layer.source_start,
        volume_db=layer.volume_db,
        fade=layer.fade,
        duck_db=min(0.0, layer.duck_db) if layer.kind is LayerKind.MUSIC else 0.0,
    )


def kept_ranges(source: Source, clip: Clip) -> tuple[TimeRange, ...]:
    """What plays of the source, in order, each range begun on a frame of a constant-rate source: its frames
    then meet the clip's in their middle, however the container rounds its time stamps.

    All but the last keep their length when they move, so that the time of everything after them stays. A
    clip that lies outside its source altogether keeps one empty range.
    """
    inside = TimeRange(ZERO, source.info.duration)
    parts = [part for part in (part.intersection(inside) for part in clip.kept) if part is not None]
    if not parts:
        edge = clip.range.start.clamped(ZERO, inside.end)
        return (TimeRange(edge, edge),)
    return tuple(_on_a_frame(part, source, last=part is parts[-1]) for part in parts)


def _on_a_frame(part: TimeRange, source: Source, *, last: bool) -> TimeRange:
    video = source.info.video
    start = part.start if video is None or video.variable_rate else part.start.snapped(video.fps)
    stop = part.end if last else start + part.duration
    return TimeRange(min(start, stop), stop)


def clip_words(transcript: Transcript, *kept: TimeRange) -> tuple[Word, ...]:
    """The words spoken in the kept ranges (in order), in clip time, held inside the clip. A word of which
    less than half is kept was cut out."""
    offsets = list(accumulate((part.duration for part in kept), initial=ZERO))
    ends = [part.end.ticks for part in kept]
    words = []
    for word in transcript.words_between(TimeRange(kept[0].start, kept[-1].end)):
        pieces = []
        for place in range(bisect_right(ends, word.start.ticks), len(kept)):
            if kept[place].start >= word.end:
                break
            start, end = max(word.start, kept[place].start), min(word.end, kept[place].end)
            pieces.append(TimeRange(start, end).shifted(offsets[place] - kept[place].start))
        heard = sum(piece.duration.ticks for piece in pieces)
        if heard and 2 * heard >= (word.end - word.start).ticks - _ROUNDING:
            words.append(replace(word, start=pieces[0].start, end=pieces[-1].end))
    return tuple(words)


def output_rate(video: VideoStream | None) -> Fraction:
    """The constant rate to render at: the source's, as the nearest that players and platforms know, at
    most 60. Even multiples and fractions are taken where they exist (15 -> 30, 120 -> 60): they neither
    drop nor double frames unevenly."""
    if video is None:
        return SOUND_ONLY_FPS
    rate = video.fps
    for step in (1, 2, 3, 4, 5):
        for factor in (Fraction(step), Fraction(1, step)):
            near = _nearest(rate * factor)
            if abs(near - rate * factor) <= near * _CLOSE:
                return near
    if rate > HIGHEST_FPS:
        return HIGHEST_FPS
    near = _nearest(rate)
    if abs(near - rate) <= near * _ROUGHLY and near.denominator == 1:
        return _even_rate(rate) if video.variable_rate else near
    return _even_rate(rate)


def _even_rate(rate: Fraction) -> Fraction:
    """What a phone meant: 30, or 60 for anything well above."""
    return Fraction(30) if rate <= Fraction(63, 2) else Fraction(60)


def _nearest(rate: Fraction) -> Fraction:
    return min(_RATES, key=lambda known: abs(known - rate))
