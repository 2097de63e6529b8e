"""From the project's data to a :class:`RenderPlan`: pure, and the same for preview and export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from viralclip_desktop.compose.branding import brand_overlays, logo_assets
from viralclip_desktop.compose.footage import Footage, placed_of, planned_parts
from viralclip_desktop.compose.in_play import clip_faces, clip_lines, clip_words
from viralclip_desktop.compose.mixing import DubSound, bus_plan, dub_layer, heard_layers, sound_layer, talk_of
from viralclip_desktop.compose.moving_crop import moves_of
from viralclip_desktop.compose.name_line import name_line_of
from viralclip_desktop.compose.plan import Bookend, LoudnessPlan, Overlay, PlannedPart, RenderPlan
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import Asset, Stem
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import Placed
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.frame_plan import FramePlan
from viralclip_desktop.domain.layers import DrawnLayer, PictureLayer, ProgressLayer, TitleLayer
from viralclip_desktop.domain.media import Source, VideoStream
from viralclip_desktop.domain.mix import SPEECH, OwnSound
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
_FADE_IN, _FADE_OUT = Time.from_seconds(0.04), Time.from_seconds(0.25)


def plan_clip(
    source: Source | None,
    transcript: Transcript | None,
    clip: Clip,
    style: CaptionStyle | None,
    *,
    fps: Fraction | None = None,
    aspect: Aspect | None = None,
    kit: BrandKit | None = None,
    assets: Mapping[str, Asset] | None = None,
    faces: Sequence[FacesSeen] = (),
    translation: Translation | None = None,
    others: Iterable[Footage] = (),
    frame: FramePlan | None = None,
    backgrounds: Mapping[str, Stem] | None = None,
    cleaned: Mapping[str, Stem] | None = None,
    dub: DubSound | None = None,
) -> RenderPlan:
    """The plan of a clip. ``source`` is its home recording (None without one), with its transcript;
    ``others`` are the further recordings that its parts are from. ``fps`` None takes the home recording's
    rate (or that of the first part with one) as a common constant one, ``aspect`` None the clip's own shape;
    ``style`` None, or captions switched off, leaves the captions out.

    ``kit`` is the clip's brand kit. ``assets``: the files that stills, layers and the kit name
    (:func:`asset_ids`); what is missing there is left out. ``faces`` (source time, in order) are what
    captions keep off where the style asks for it, and where the frame follows them. ``translation`` is shown
    with the captions. ``frame``: how the frame follows who speaks, for clips that ask for it and have no
    keys of the user's; without it they stand. ``backgrounds``, ``cleaned``: the
    recordings without their voices and without their noise, by their assets; they are heard where the mix
    asks for that. ``dub``: a voice that speaks over all of it.
    """
    home = [] if source is None else [Footage(source, transcript, translation, faces)]
    footage = _with_stems([*others, *home], backgrounds or {}, cleaned or {})
    assets = assets or {}
    parts = planned_parts(clip, footage, assets)
    shown = _Shown(parts, tuple(footage.values()))
    look = style if clip.captions_on and shown.is_told else None
    plan = RenderPlan(
        parts=parts,
        aspect=aspect or clip.aspect,
        fps=min(fps, HIGHEST_FPS) if fps else output_rate(_leading_video(source, parts)),
        framing=clip.framing,
        centre_x=clip.centre_x,
        words=shown.words() if look is not None else (),
        style=look,
        fade_in=ZERO,
        fade_out=ZERO,
        loudness=LoudnessPlan(),
        second_lines=shown.lines() if look is not None else (),
        moves=moves_of(clip),
        shots=frame.shots if frame is not None and clip.follows_people else (),
        language=shown.language(),
        faces=shown.faces() if look is not None and look.keep_off_faces else (),
    )
    spoken = shown.words(heard=True) if clip.mix.own_sound is OwnSound.ALL else ()
    return _finished(plan, clip, kit, assets, spoken=spoken, dub=dub)


def _with_stems(
    footage: Iterable[Footage], backgrounds: Mapping[str, Stem], cleaned: Mapping[str, Stem]
) -> dict[str, Footage]:
    """Footage by its assets, with what its sound was made into."""
    known = ((one.source.asset_id, one) for one in footage)
    return {
        asset_id: replace(
            one,
            background=backgrounds.get(asset_id, one.background),
            cleaned=cleaned.get(asset_id, one.cleaned),
        )
        for asset_id, one in known
    }


class _Shown:
    """What is known of the recordings, where their parts play."""

    def __init__(self, parts: Sequence[PlannedPart], footage: Iterable[Footage]) -> None:
        self._parts = parts
        placed = ((one, placed_of(parts, one.source.asset_id)) for one in footage)
        self._footage = [(one, where) for one, where in placed if where]

    @property
    def is_told(self) -> bool:
        """Whether anything that was said is known in any language."""
        return any(one.transcript is not None or one.translation is not None for one, _ in self._footage)

    def words(self, *, heard: bool = False) -> tuple[Word, ...]:
        """The words in the order they are spoken; with ``heard`` only where they can be heard."""
        words: list[Word] = []
        for one, where in self._footage:
            if one.transcript is not None:
                words += clip_words(one.transcript, *(self._heard(where) if heard else where))
        return tuple(sorted(words, key=lambda word: word.start))

    def _heard(self, where: Iterable[Placed]) -> list[Placed]:
        return [one for one in where if self._parts[one.index].audio_stream is not None]

    def language(self) -> str:
        """The language of the first recording whose words are known."""
        told = (one.transcript.language for one, _ in self._footage if one.transcript is not None)
        return next(told, "")

    def lines(self) -> tuple[TranslatedLine, ...]:
        """The lines of the second language, in order."""
        lines: list[TranslatedLine] = []
        for one, where in self._footage:
            if one.translation is not None:
                lines += clip_lines(one.translation, *where)
        return tuple(sorted(lines, key=lambda line: line.range.start))

    def faces(self) -> tuple[FacesSeen, ...]:
        """The looks, in order. A part of which none is known begins with one that saw nobody."""
        looks: list[FacesSeen] = []
        known = set[int]()
        for one, where in self._footage:
            if one.faces:
                looks += clip_faces(one.faces, *where)
                known |= {place.index for place in where}
        if not looks:
            return ()
        at = ZERO
        for index, planned in enumerate(self._parts):
            if index not in known:
                looks.append(FacesSeen(at, ()))
            at += planned.part.duration
        return tuple(sorted(looks, key=lambda look: look.at))


def _leading_video(source: Source | None, parts: Iterable[PlannedPart]) -> VideoStream | None:
    """The picture track whose rate is the clip's."""
    if source is not None and source.info.video is not None:
        return source.info.video
    films = (planned for planned in parts if planned.recording and not planned.recording.is_still)
    return next((planned.video for planned in films if planned.video is not None), None)


def _finished(
    plan: RenderPlan,
    clip: Clip,
    kit: BrandKit | None,
    assets: Mapping[str, Asset],
    *,
    spoken: Sequence[Word],
    dub: DubSound | None,
) -> RenderPlan:
    """The plan with what lies over the parts, beside them and around them."""
    quarter = Time(plan.duration.ticks // 4)
    overlays = [_overlay(layer, assets) for layer in clip.layers if isinstance(layer, PictureLayer)]
    heard = heard_layers(clip, assets)
    talk = talk_of(heard, (TimeRange(word.start, word.end) for word in spoken), dub)
    sounds = [sound_layer(layer, asset, clip.mix, talk) for layer, asset in heard]
    if dub is not None and clip.mix.is_heard(dub.bus):
        sounds.append(dub_layer(dub, plan.duration, clip.mix, talk))
    fonts = _paths(kit.fonts if kit is not None else (), assets)
    return replace(
        plan,
        fade_in=min(_FADE_IN, quarter),
        fade_out=min(_FADE_OUT, quarter),
        overlays=(
            *(overlay for overlay in overlays if overlay is not None),
            *brand_overlays(kit, plan.aspect, plan.duration, assets),
        ),
        sounds=tuple(sounds),
        own_level=bus_plan(clip.mix, SPEECH, talk) if plan.has_own_sound else plan.own_level,
        titles=tuple(layer for layer in clip.layers if isinstance(layer, TitleLayer)),
        progress=tuple(layer for layer in clip.layers if isinstance(layer, ProgressLayer)),
        name_line=name_line_of(kit, plan.duration, fonts),
        fonts=fonts,
        intro=_bookend(kit.intro if kit is not None else "", assets),
        outro=_bookend(kit.outro if kit is not None else "", assets),
    )


def asset_ids(clip: Clip, kit: BrandKit | None) -> tuple[str, ...]:
    """The assets besides the home recording that a clip is made of, each once."""
    parts = [part.asset_id for part in clip.parts if part.asset_id != clip.asset_id]
    layers = [layer.asset_id for layer in clip.layers if not isinstance(layer, DrawnLayer)]
    brand = [] if kit is None else [*logo_assets(kit), kit.intro, kit.outro, *kit.fonts]
    return tuple(dict.fromkeys(filter(None, [*parts, *layers, *brand])))


def _paths(ids: Iterable[str], assets: Mapping[str, Asset]) -> tuple[str, ...]:
    return tuple(assets[one].path for one in ids if one in assets)


def _bookend(asset_id: str, assets: Mapping[str, Asset]) -> Bookend | None:
    asset = assets.get(asset_id)
    return None if asset is None or asset.info is None else Bookend(asset.path, asset.info)


def _overlay(layer: PictureLayer, assets: Mapping[str, Asset]) -> Overlay | None:
    asset = assets.get(layer.asset_id)
    if asset is None or asset.info is None or asset.info.video is None:
        return None
    return Overlay(
        path=asset.path,
        info=asset.info,
        range=layer.range,
        x=layer.x,
        y=layer.y,
        width=layer.width,
        source_start=layer.source_start,
        opacity=layer.opacity,
        fade=layer.fade,
        id=layer.id,
        motion=layer.motion,
    )


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
