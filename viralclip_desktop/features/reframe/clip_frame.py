"""A clip's frame: the plan of its shots as far as its recordings were watched, and the watching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.compose.moving_crop import moves_of
from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress, staged
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Easing, FaceLock, FrameKey, Framing
from viralclip_desktop.domain.faces import Faces, FacesSeen
from viralclip_desktop.domain.frame_plan import FaceSpot, FramePlan, FrameShot, ShotMode
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.common.derived import SPEECH_WAV, ensure_sound
from viralclip_desktop.features.common.recordings import recordings_of
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.reframe.director import Wish, direct
from viralclip_desktop.features.reframe.reasons import BY_HAND, FITTED, UNKNOWN
from viralclip_desktop.features.reframe.scenes import Seen, standing
from viralclip_desktop.features.reframe.watching import Recording, seen_between, watch, watched

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

STAGE = "sight"
_CAPTIONS_LOOK_S = 0.4  # captions keep off faces seen this often


def frame_of(store: Store, paths: DataPaths, clip: Clip) -> FramePlan | None:
    """How a clip's frame follows its people; None where it doesn't, or not all of it was watched yet. Never
    watches (see :func:`~viralclip_desktop.features.reframe.job.start_watching`)."""
    if not clip.follows_people:
        return None
    seen = _seen(store, paths, clip)
    return None if seen is None else _directed(seen, _wish(clip))


def plan_told(store: Store, paths: DataPaths, clip: Clip) -> FramePlan:
    """How a clip is framed, whoever decides it, for being told: as :func:`frame_of` where the frame follows
    people, else one shot that says what the user chose."""
    known = frame_of(store, paths, clip)
    if known is not None:
        return known
    whole = TimeRange(ZERO, clip.duration)
    if clip.framing is Framing.FIT:
        return FramePlan((FrameShot(whole, ShotMode.FIT, FITTED),))
    moves = moves_of(clip)
    keys = tuple(dict.fromkeys(key for move in moves for key in (move.one, move.other)))
    if not keys:
        keys = (FrameKey(ZERO, clip.centre_x, easing=Easing.HOLD),)
    return FramePlan(
        (FrameShot(whole, ShotMode.MANUAL, UNKNOWN if clip.follows_people else BY_HAND, (keys,)),)
    )


def faces_of(store: Store, paths: DataPaths, clip: Clip) -> Faces:
    """The faces of a clip whose frame follows them, for its captions; empty while it was not watched."""
    found: dict[str, list[FacesSeen]] = {}
    for source, part in _films(store, clip) if clip.follows_people else ():
        seen = seen_between(paths, _recording(paths, source), part)
        if seen is not None:
            step = max(1, round(_CAPTIONS_LOOK_S * seen.rate))
            found.setdefault(source.id, []).extend(
                FacesSeen(
                    Time.from_frames(seen.first + number, seen.rate),
                    tuple(face.face for face in seen.looks[number].faces),
                )
                for number in range(0, len(seen.looks), step)
            )
    return {
        source_id: tuple({look.at: look for look in sorted(looks, key=lambda look: look.at)}.values())
        for source_id, looks in found.items()
    }


def face_near(
    store: Store, paths: DataPaths, clip: Clip, at: Time, place: tuple[float, float]
) -> FaceLock | None:
    """The face nearest to a place of the home recording's picture at a source time, to lock the frame on;
    None where none was seen."""
    looks = faces_of(store, paths, clip).get(clip.source_id, ())
    look = min((look for look in looks if look.faces), key=lambda one: abs((one.at - at).ticks), default=None)
    if look is None:
        return None
    middles = [((face.left + face.right) / 2, (face.top + face.bottom) / 2) for face in look.faces]
    x, y = min(middles, key=lambda one: (one[0] - place[0]) ** 2 + (one[1] - place[1]) ** 2)
    return FaceLock(look.at, x, y)


def watch_clip(
    services: Services,
    clip_id: str,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Watch what a clip's frame needs, wherever that was not done yet. Takes about a third of its length.

    Where that fails the frame stands in the middle, with a notice. Raises Cancelled.
    """
    clip = services.store.clip(clip_id)
    try:
        for source in unwatched(services.store, services.paths, clip):
            watch_parts(services, source, clip.ranges_of(source.asset_id), progress, cancel or CancelToken())
    except Cancelled:
        raise
    except Fault as fault:
        services.notices.caution(
            say("The frame cannot follow who speaks: {message}", message=say(fault.message)), fault.hint
        )


def _wish(clip: Clip) -> Wish:
    lock = clip.face_lock
    spot = None if lock is None else FaceSpot(lock.asset_id or clip.asset_id, lock.at.seconds, lock.x, lock.y)
    return Wish(float(clip.aspect.ratio), clip.framing is Framing.SPLIT, spot)


@lru_cache(maxsize=32)
def _directed(seen: tuple[Seen, ...], wish: Wish) -> FramePlan:
    return direct(seen, wish)


def _seen(store: Store, paths: DataPaths, clip: Clip) -> tuple[Seen, ...] | None:
    """What is known of every part of a clip, in order; None unless all was watched."""
    sources = {source.asset_id: source for source in recordings_of(store, clip)}
    found = []
    for part in clip.parts:
        source = sources.get(part.asset_id)
        if source is None or part.card is not None or source.info.video is None:
            found.append(standing(part.asset_id, part.range, part.speed))
            continue
        seen = seen_between(paths, _recording(paths, source), part.range, part.speed)
        if seen is None:
            return None
        found.append(replace(seen, voices=_voices(store.transcript(source.id), seen)))
    return tuple(found)


def _voices(transcript: Transcript | None, seen: Seen) -> tuple[str, ...]:
    """Whose voice is heard in each look, by the names in the transcript; empty where it has none."""
    words = transcript.words_between(seen.part) if transcript is not None else ()
    if not any(word.speaker for word in words):
        return ()
    voices = [""] * len(seen.looks)
    for word in words:
        first, last = (at.frames(seen.rate) - seen.first for at in (word.start, word.end))
        for look in range(max(0, first), min(len(voices), last + 1)):
            voices[look] = word.speaker
    return tuple(voices)


def _films(store: Store, clip: Clip) -> Iterator[tuple[Source, TimeRange]]:
    for source in recordings_of(store, clip):
        if source.info.video is not None:
            yield from ((source, part) for part in clip.ranges_of(source.asset_id))


def unwatched(store: Store, paths: DataPaths, clip: Clip) -> list[Source]:
    """The recordings of a clip whose frame needs more to be watched; empty where it follows nobody."""
    if not clip.follows_people:
        return []
    missing = {
        source.id: source
        for source, part in _films(store, clip)
        if not watched(paths, _recording(paths, source), part)
    }
    return list(missing.values())


def _recording(paths: DataPaths, source: Source) -> Recording:
    speech = paths.source_cache(source.id) / SPEECH_WAV if source.audio is not None else None
    stereo = source.audio.index if source.audio is not None and source.audio.channels == 2 else None
    return Recording(source.asset_id, Path(source.path), source.info, source.fingerprint, speech, stereo)


def watch_parts(
    services: Services, source: Source, parts: Sequence[TimeRange], progress: Progress, cancel: CancelToken
) -> None:
    """Watch ranges of a source, with its sound. Takes about a third of their length."""
    ensure_sound(services.paths, source, staged(progress, STAGE, 0.0, 0.05), cancel)
    share = staged(progress, STAGE, 0.05, 1.0)
    watch(services.paths, _recording(services.paths, source), parts, progress=share, cancel=cancel)
