"""The recordings a clip's parts are from, and the parts as they are read from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from viralclip_desktop.compose.plan import PlannedPart, Recording
from viralclip_desktop.compose.soundtrack import main_sound
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import Asset, Stem
from viralclip_desktop.domain.clip import Clip, Part, Transition
from viralclip_desktop.domain.clip_time import Placed
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.mix import SPEECH, Mix, NoiseReduction, OwnSound
from viralclip_desktop.domain.tightening import crossfade
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.translation import Translation

_TRANSITION_SOUND = Time.from_seconds(0.2)  # longer, and words that were cut off are heard


@dataclass(frozen=True, slots=True)
class Footage:
    """A recording of the project, with what is known of it; times are its own."""

    source: Source
    transcript: Transcript | None = None
    translation: Translation | None = None
    faces: Sequence[FacesSeen] = ()
    """In order."""
    background: Stem | None = None
    """Its sound without the voices, where that was made."""
    cleaned: Stem | None = None
    """Its sound without the noise, where that was made."""

    def recording(self, mix: Mix) -> Recording:
        """The file as the parts of a clip with this mix read it."""
        plain = Recording(self.source.path, self.source.info)
        if not mix.is_heard(SPEECH):
            return plain
        if mix.own_sound is OwnSound.BACKGROUND:
            return _heard_from(plain, self.background) or plain
        track = self.source.audio
        if track is None:
            return plain
        cleaned = self.cleaned if mix.noise is not NoiseReduction.OFF else None
        return _heard_from(plain, cleaned) or replace(plain, audio_stream=track.index)


def _heard_from(recording: Recording, stem: Stem | None) -> Recording | None:
    """A recording that sounds as its stem; None where there is none."""
    info = stem.asset.info if stem is not None else None
    if stem is None or info is None or not info.audio:
        return None
    index = main_sound(info).index
    heard = Recording(stem.asset.path, info, index, begins=stem.begins)
    return replace(recording, audio_stream=index, heard_from=heard)


def planned_parts(
    clip: Clip, footage: Mapping[str, Footage], assets: Mapping[str, Asset]
) -> tuple[PlannedPart, ...]:
    """What plays, in order, each part begun on a frame of a constant-rate recording: its frames then meet the
    clip's in their middle, however the container rounds its time stamps.

    All but the last keep their length when they move, so that the time of everything after them stays. A file
    that is not there leaves its part black and silent. A clip that lies outside its recording altogether
    keeps one empty part.
    """
    recordings = dict(_recordings(clip, footage, assets))
    inside = [_inside(part, recordings.get(part.asset_id)) for part in clip.parts]
    parts = _joined([planned for planned in inside if planned is not None])
    if not parts:
        return (_empty(clip, recordings.get(clip.asset_id)),)
    framed = [_on_a_frame(planned, last=planned is parts[-1]) for planned in parts]
    return (framed[0], *(_faded(clip, before, after) for before, after in pairwise(framed)))


def _recordings(
    clip: Clip, footage: Mapping[str, Footage], assets: Mapping[str, Asset]
) -> Iterator[tuple[str, Recording]]:
    for asset_id in {clip.asset_id, *(part.asset_id for part in clip.parts)}:
        known, asset = footage.get(asset_id), assets.get(asset_id)
        if known is not None:
            yield asset_id, known.recording(clip.mix)
        elif asset is not None and asset.info is not None:
            heard = asset.info.audio and clip.mix.is_heard(SPEECH) and clip.mix.own_sound is OwnSound.ALL
            yield asset_id, Recording(asset.path, asset.info, main_sound(asset.info).index if heard else None)


def _inside(part: Part, recording: Recording | None) -> PlannedPart | None:
    """A part as far as its file reaches; None where it has nothing of it."""
    if part.card is not None or recording is None or recording.is_still:
        return PlannedPart(part, None if part.card is not None else recording)
    within = part.range.intersection(TimeRange(ZERO, recording.info.duration))
    return None if within is None else PlannedPart(replace(part, range=within), recording)


def _joined(parts: Sequence[PlannedPart]) -> list[PlannedPart]:
    """Parts that play on from one another are one: a split changes no pixel and no sample."""
    joined: list[PlannedPart] = []
    for planned in parts:
        plain = planned.part.transition is Transition.CUT
        if joined and plain and joined[-1].part.joins(planned.part):
            whole = TimeRange(joined[-1].range.start, planned.range.end)
            joined[-1] = replace(planned, part=replace(joined[-1].part, range=whole))
        else:
            joined.append(planned)
    return joined


def _on_a_frame(planned: PlannedPart, *, last: bool) -> PlannedPart:
    video, old = planned.video, planned.range
    if planned.recording is None or planned.recording.is_still:
        return planned
    start = old.start if video is None or video.variable_rate else old.start.snapped(video.fps)
    stop = old.end if last else start + old.duration
    return replace(planned, part=replace(planned.part, range=TimeRange(min(start, stop), stop)))


def _faded(clip: Clip, before: PlannedPart, planned: PlannedPart) -> PlannedPart:
    """A part with the crossfade that its transition, or else tightening, wants where it begins."""
    if planned.part.transition is not Transition.CUT:
        return replace(planned, crossfade=_TRANSITION_SOUND)
    alike = before.part.asset_id == planned.part.asset_id and before.range.end < planned.range.start
    if not alike or planned.part.card is not None:
        return planned
    gap = TimeRange(before.range.end, planned.range.start)
    asked = any(one.asset_id == planned.part.asset_id and one.range.overlaps(gap) for one in clip.tightened)
    return replace(planned, crossfade=crossfade(gap)) if asked else planned


def _empty(clip: Clip, recording: Recording | None) -> PlannedPart:
    end = recording.info.duration if recording is not None else ZERO
    edge = clip.range.start.clamped(ZERO, end)
    return PlannedPart(Part(clip.asset_id, TimeRange(edge, edge)), recording)


def placed_of(parts: Sequence[PlannedPart], asset_id: str) -> list[Placed]:
    """The planned parts of one recording, with the clip times they begin at."""
    found, at = [], Time(0)
    for index, planned in enumerate(parts):
        if planned.recording is not None and planned.part.asset_id == asset_id:
            found.append(Placed(planned.part, index, at))
        at += planned.part.duration
    return found
