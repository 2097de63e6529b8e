"""From the project's data to a :class:`RenderPlan`: pure, and the same for preview and export."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

from viralclip_desktop.compose.moving_crop import moves_of
from viralclip_desktop.compose.plan import LoudnessPlan, RenderPlan
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import Source, VideoStream
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
) -> RenderPlan:
    """The plan of a clip. ``fps`` None takes the source's rate as a common constant one, ``aspect`` None
    the clip's own shape; ``style`` None, or captions switched off, leaves the captions out."""
    kept = kept_ranges(source, clip)
    captioned = style is not None and clip.captions_on and transcript is not None
    words = clip_words(transcript, *kept) if captioned and transcript is not None else ()
    plan = RenderPlan(
        source_path=source.path,
        info=source.info,
        audio_stream=None if source.audio is None else source.audio.index,
        kept=kept,
        aspect=aspect or clip.aspect,
        fps=min(fps, HIGHEST_FPS) if fps else output_rate(source.info.video),
        framing=clip.framing,
        centre_x=clip.centre_x,
        words=words,
        style=style if captioned else None,
        fade_in=ZERO,
        fade_out=ZERO,
        loudness=LoudnessPlan(),
        moves=moves_of(clip),
    )
    quarter = Time(plan.duration.ticks // 4)
    return replace(plan, fade_in=min(_FADE_IN, quarter), fade_out=min(_FADE_OUT, quarter))


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
