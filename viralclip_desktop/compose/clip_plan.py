"""From the project's data to a :class:`RenderPlan`: pure, and the same for preview and export."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

from viralclip_desktop.compose.branding import brand_overlays, logo_files
from viralclip_desktop.compose.moving_crop import moves_of
from viralclip_desktop.compose.name_line import name_line_of
from viralclip_desktop.compose.plan import Bookend, LoudnessPlan, Overlay, RenderPlan, SoundLayer
from viralclip_desktop.compose.sound_layers import talking
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import MUTE_DB, Clip, Layer, LayerKind
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.media import MediaInfo, Source, VideoStream
from viralclip_desktop.domain.transcript import Transcript, Word
from viralclip_desktop.domain.translation import TranslatedLine, Translation

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
_SHORTEST_LINE = Time.from_seconds(Fraction(5, 6))  # the shortest showing of a subtitle (Netflix's guide)
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
    faces: Sequence[FacesSeen] = (),
    translation: Translation | None = None,
) -> RenderPlan:
    """The plan of a clip. ``fps`` None takes the source's rate as a common constant one, ``aspect`` None
    the clip's own shape; ``style`` None, or captions switched off, leaves the captions out.

    ``kit`` is the clip's brand kit. ``files``: what is in the files that the clip's layers and the kit refer
    to (:func:`file_paths`); what is missing there is left out. ``faces`` (source time, in order) are what
    captions keep off where the style asks for it. ``translation`` is shown with the captions.
    """
    files = files or {}
    kept = kept_ranges(source, clip)
    told = transcript is not None or translation is not None
    captioned = style is not None and clip.captions_on and told
    words = clip_words(transcript, *kept) if transcript is not None else ()
    heard = source.audio is not None and clip.original_volume_db > MUTE_DB
    plan = RenderPlan(
        source_path=source.path,
        info=source.info,
        audio_stream=source.audio.index if source.audio is not None and heard else None,
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
        second_lines=clip_lines(translation, *kept) if captioned and translation is not None else (),
        moves=moves_of(clip),
        faces=clip_faces(faces, *kept) if captioned and style is not None and style.keep_off_faces else (),
        own_volume_db=clip.original_volume_db if heard else 0.0,
    )
    return _finished(plan, clip, kit, files, spoken=words if heard else ())


def _finished(
    plan: RenderPlan,
    clip: Clip,
    kit: BrandKit | None,
    files: Mapping[str, MediaInfo],
    *,
    spoken: Sequence[Word],
) -> RenderPlan:
    """The plan with what lies over the recording, beside it and around it."""
    quarter = Time(plan.duration.ticks // 4)
    pictures = tuple(_overlay(layer, files) for layer in _layers(clip, files, LayerKind.PICTURE))
    beside = _layers(clip, files, LayerKind.MUSIC, LayerKind.VOICE)
    talk = [layer.range for layer in beside if layer.kind is LayerKind.VOICE]
    talk += [TimeRange(word.start, word.end) for word in spoken]
    return replace(
        plan,
        fade_in=min(_FADE_IN, quarter),
        fade_out=min(_FADE_OUT, quarter),
        overlays=pictures + brand_overlays(kit, plan.aspect, plan.duration, files),
        sounds=tuple(_sound(layer, files) for layer in beside),
        speech=talking(talk) if beside else (),
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
        loop=layer.loop and layer.kind is LayerKind.MUSIC,
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
    joined = _joined(parts)
    return tuple(_on_a_frame(part, source, last=part is joined[-1]) for part in joined)


def _joined(parts: Sequence[TimeRange]) -> list[TimeRange]:
    """Parts that play on from one another are one: a split changes no pixel and no sample."""
    joined: list[TimeRange] = []
    for part in parts:
        if joined and joined[-1].end == part.start:
            joined[-1] = TimeRange(joined[-1].start, part.end)
        else:
            joined.append(part)
    return joined


def _on_a_frame(part: TimeRange, source: Source, *, last: bool) -> TimeRange:
    video = source.info.video
    start = part.start if video is None or video.variable_rate else part.start.snapped(video.fps)
    stop = part.end if last else start + part.duration
    return TimeRange(min(start, stop), stop)


def clip_words(transcript: Transcript, *kept: TimeRange) -> tuple[Word, ...]:
    """The words spoken in the kept ranges, in clip time and in the order they are heard, held inside the
    clip. A word of which less than half is kept was cut out."""
    starts = accumulate((part.duration for part in kept), initial=ZERO)
    recorded = sorted(zip(kept, starts, strict=False), key=lambda placed: placed[0].start)
    ends = [part.end.ticks for part, _ in recorded]
    words = []
    for word in transcript.words_between(TimeRange(recorded[0][0].start, recorded[-1][0].end)):
        pieces = []
        for part, offset in recorded[bisect_right(ends, word.start.ticks) :]:
            if part.start >= word.end:
                break
            start, end = max(word.start, part.start), min(word.end, part.end)
            pieces.append(TimeRange(start, end).shifted(offset - part.start))
        heard = sum(piece.duration.ticks for piece in pieces)
        if heard and 2 * heard >= (word.end - word.start).ticks - _ROUNDING:
            whole = _heard_as(pieces)
            words.append(replace(word, start=whole.start, end=whole.end))
    return tuple(sorted(words, key=lambda word: word.start))


def _heard_as(pieces: Sequence[TimeRange]) -> TimeRange:
    """Where a word is heard: the pieces a cut left of it follow each other; of those that play apart, the
    longest."""
    if all(one.end == other.start for one, other in pairwise(pieces)):
        return TimeRange(pieces[0].start, pieces[-1].end)
    return max(pieces, key=lambda piece: piece.duration)


def clip_lines(translation: Translation, *kept: TimeRange) -> tuple[TranslatedLine, ...]:
    """The lines of a translation that can be read in the kept ranges, in clip time and in the order they are
    heard. A line of which less than half is kept, and less than a subtitle's shortest time, was cut out."""
    found: list[tuple[TranslatedLine, TimeRange]] = []
    offset = ZERO
    for part in kept:
        for line in translation.lines:
            piece = line.range.intersection(part)
            if piece is None:
                continue
            placed = piece.shifted(offset - part.start)
            if found and found[-1][0] is line and found[-1][1].end == placed.start:
                placed = TimeRange(found.pop()[1].start, placed.end)
            found.append((line, placed))
        offset += part.duration
    return tuple(
        TranslatedLine(placed, line.text)
        for line, placed in found
        if placed.duration >= min(_SHORTEST_LINE, Time(line.range.duration.ticks // 2))
    )


def clip_faces(seen: Sequence[FacesSeen], *kept: TimeRange) -> tuple[FacesSeen, ...]:
    """The looks that count in the kept ranges (in order), in clip time: those within one, and the last one
    before its start, as if it had been taken there."""
    times = [look.at for look in seen]
    found, offset = [], ZERO
    for part in kept:
        first = max(0, bisect_right(times, part.start) - 1)
        for look in seen[first : bisect_right(times, part.end)]:
            found.append(replace(look, at=offset + max(ZERO, look.at - part.start)))
        offset += part.duration
    return tuple(found)


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
