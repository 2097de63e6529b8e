"""From the project's data to a :class:`RenderPlan`: pure, and the same for preview and export."""

from __future__ import annotations

from fractions import Fraction

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
    within = kept_range(source, clip)
    captioned = style is not None and clip.captions_on and transcript is not None
    words = clip_words(transcript, within) if captioned and transcript is not None else ()
    return RenderPlan(
        source_path=source.path,
        info=source.info,
        audio_stream=None if source.audio is None else source.audio.index,
        kept=(within,),
        aspect=aspect or clip.aspect,
        fps=min(fps, HIGHEST_FPS) if fps else output_rate(source.info.video),
        framing=clip.framing,
        centre_x=clip.centre_x,
        words=words,
        style=style if captioned else None,
        fade_in=_at_most_quarter(_FADE_IN, within),
        fade_out=_at_most_quarter(_FADE_OUT, within),
        loudness=LoudnessPlan(),
    )


def _at_most_quarter(fade: Time, within: TimeRange) -> Time:
    return min(fade, Time(within.duration.ticks // 4))


def kept_range(source: Source, clip: Clip) -> TimeRange:
    """The clip's range inside the source, begun on a frame of a constant-rate source: its frames then
    meet the clip's in their middle, however the container rounds its time stamps."""
    video, end = source.info.video, source.info.duration
    start = clip.range.start.clamped(ZERO, end)
    if video is not None and not video.variable_rate:
        start = start.snapped(video.fps)
    stop = clip.range.end.clamped(ZERO, end)
    return TimeRange(min(start, stop), stop)


def clip_words(transcript: Transcript, within: TimeRange) -> tuple[Word, ...]:
    """The words spoken in a range, in clip time, held inside the clip."""
    words = []
    for word in transcript.words_between(within):
        start = max(word.start, within.start) - within.start
        end = min(word.end, within.end) - within.start
        if start < end:
            words.append(Word(word.text, start, end, word.confidence, word.speaker))
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
