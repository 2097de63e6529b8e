"""What lies on the timeline, in clip time: lanes of items in time-sorted arrays. No Qt in here.

A :class:`Lane` never holds two items at the same time, so that one bisect finds what is under a pixel or in
a window, however many there are. Texts are made when they are asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Marker, Part, Transition
from viralclip_desktop.domain.clip_time import placed
from viralclip_desktop.domain.layers import Layer, LayerKind, ProgressLayer, TitleLayer
from viralclip_desktop.domain.properties.parts import TRANSITIONS
from viralclip_desktop.domain.transcript import Transcript, join_words
from viralclip_desktop.gui.text import decimal, tr
from viralclip_desktop.gui.timeline.clip_times import ClipTimes, Ticks


class Kind(StrEnum):
    """What an item is."""

    VIDEO = "video"  # a kept part of the recording
    CAPTION = "caption"  # a sentence as it is captioned
    PICTURE = "picture"
    VOICE = "voice"
    MUSIC = "music"
    CUT = "cut"  # a join where something was taken out
    TRANSITION = "transition"  # how a part comes, where that is no plain cut
    MARKER = "marker"
    BEAT = "beat"
    ADD = "add"  # no item: the one row in the place of tracks that are empty


LAYERS = {Kind.PICTURE: LayerKind.PICTURE, Kind.VOICE: LayerKind.VOICE, Kind.MUSIC: LayerKind.MUSIC}
"""Item kinds that are layers of the clip."""
TRACK_OF = {
    LayerKind.PICTURE: Kind.PICTURE,
    LayerKind.TITLE: Kind.PICTURE,
    LayerKind.PROGRESS: Kind.PICTURE,
    LayerKind.VOICE: Kind.VOICE,
    LayerKind.EFFECT: Kind.VOICE,
    LayerKind.MUSIC: Kind.MUSIC,
}
"""On which track each kind of layer lies."""


@dataclass(frozen=True, slots=True)
class Key:
    """Which item: its kind, and an identifier that survives edits of everything else. For captions the index
    of the first word, for parts, cuts and markers the source time in ticks, for beats the clip time in ticks,
    for layers their id; for transitions, and parts of other recordings, cards and stills, their place."""

    kind: Kind
    id: str

    @property
    def number(self) -> int:
        """The identifier as a number (all but layers)."""
        return int(self.id)


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``range`` is in clip time; cuts, transitions, markers and beats have no length."""

    key: Key
    range: TimeRange
    text: str


class Lane:
    """Items of one kind, in order of time, none over another."""

    def __init__(
        self, kind: Kind, starts: Ticks, ends: Ticks, ids: Sequence[str], text: Callable[[int], str]
    ) -> None:
        self.kind, self.starts, self.ends, self._ids, self._text = kind, starts, ends, ids, text

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Item]:
        return (self.item(index) for index in range(len(self)))

    def between(self, start: int, end: int) -> tuple[int, int]:
        """First and one past the last index of the items that touch ``start``..``end`` (ticks)."""
        first = int(np.searchsorted(self.ends, start, side="left"))
        last = int(np.searchsorted(self.starts, end, side="right"))
        return first, max(first, last)

    def at(self, ticks: int, reach: int = 0) -> int | None:
        """The item at a time, or the nearest one at most ``reach`` ticks away."""
        first, last = self.between(ticks - reach, ticks + reach)
        if first == last:
            return None
        away = np.maximum(self.starts[first:last] - ticks, ticks - self.ends[first:last])
        return last - 1 - int(np.argmin(away[::-1]))  # where two meet, the later one

    def key(self, index: int) -> Key:
        """Which item it is."""
        return Key(self.kind, self._ids[index])

    def item(self, index: int) -> Item:
        """One item."""
        within = TimeRange(Time(int(self.starts[index])), Time(int(self.ends[index])))
        return Item(self.key(index), within, self._text(index))

    def index_of(self, key: Key) -> int | None:
        """Where an item is; None when it is not in this lane."""
        return self._places.get(key.id) if key.kind is self.kind else None

    @cached_property
    def _places(self) -> dict[str, int]:
        return {id_: index for index, id_ in enumerate(self._ids)}


class Spoken:
    """A transcript as arrays (source ticks), made once for a recording."""

    def __init__(self, transcript: Transcript) -> None:
        words = transcript.words
        self.transcript = transcript
        self.starts: Ticks = np.array([word.start.ticks for word in words], dtype=np.int64)
        self.ends: Ticks = np.array([word.end.ticks for word in words], dtype=np.int64)
        lengths = [sentence.last - sentence.first for sentence in transcript.sentences]
        self.sentence_of = np.repeat(np.arange(len(lengths)), lengths)[: len(words)]

    def text(self, words: Sequence[int]) -> str:
        """Some words as running text."""
        return join_words([self.transcript.words[index].text for index in words])


@dataclass(frozen=True)
class Cues:
    """The captions of a clip. ``words`` are the indexes of the words in it; cue ``n`` holds
    ``words[bounds[n]:bounds[n + 1]]``. Word times are clip ticks."""

    lane: Lane
    words: Ticks
    bounds: Ticks
    word_starts: Ticks
    word_ends: Ticks

    def words_of(self, cue: int) -> list[int]:
        """The indexes (in the transcript) of a cue's words."""
        found: list[int] = self.words[self.bounds[cue] : self.bounds[cue + 1]].tolist()
        return found


@dataclass(frozen=True)
class TimelineModel:
    """Everything on the timeline of one clip."""

    clip: Clip
    times: ClipTimes
    spoken: Spoken | None
    video: Lane
    cues: Cues
    pictures: tuple[Lane, ...]
    voices: tuple[Lane, ...]
    music: tuple[Lane, ...]
    cuts: Lane
    transitions: Lane
    markers: Lane
    beats: Lane
    """Of the music whose beats are known."""

    @property
    def duration(self) -> Time:
        """Length of the clip."""
        return self.times.duration

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """All lanes, from the top of the timeline down; cuts, transitions, markers and beats last."""
        return (
            self.video, self.cues.lane, *self.pictures, *self.voices, *self.music, self.cuts,
            self.transitions, self.markers, self.beats,
        )  # fmt: skip

    def find(self, key: Key) -> Item | None:
        """The item of a key; None when it is gone."""
        for lane in self.lanes:
            index = lane.index_of(key)
            if index is not None:
                return lane.item(index)
        return None

    def layer(self, key: Key) -> Layer | None:
        """The layer behind an item; None for anything else."""
        if key.kind not in LAYERS:
            return None
        return next((layer for layer in self.clip.layers if layer.id == key.id), None)

    def words_of(self, key: Key) -> list[int]:
        """The words of a caption, as indexes in the transcript; empty for anything else."""
        cue = self.cues.lane.index_of(key)
        return [] if cue is None else self.cues.words_of(cue)

    def source_ranges(self, key: Key) -> list[TimeRange]:
        """The source time an item stands on; empty for what has no length, and for what is gone."""
        item = self.find(key)
        if item is None or key.kind in (Kind.CUT, Kind.TRANSITION, Kind.MARKER, Kind.BEAT):
            return []
        return self.times.source_ranges(item.range)


_NONE: Ticks = np.zeros(0, dtype=np.int64)


def build_model(
    clip: Clip, spoken: Spoken | None, beats: Ticks = _NONE, file_of: Callable[[str], str] = str
) -> TimelineModel:
    """Lay out a clip; ``beats`` are those of its music, in clip time; ``file_of``: where an asset's file
    lies."""
    times = ClipTimes.of(clip)
    return TimelineModel(
        clip=clip,
        times=times,
        spoken=spoken,
        video=_video(clip, file_of),
        cues=_cues(times, spoken),
        pictures=_layer_lanes(clip, Kind.PICTURE, file_of),
        voices=_layer_lanes(clip, Kind.VOICE, file_of),
        music=_layer_lanes(clip, Kind.MUSIC, file_of),
        cuts=_cuts(clip, times),
        transitions=_transitions(clip),
        markers=_markers(clip, times),
        beats=Lane(Kind.BEAT, beats, beats, [str(ticks) for ticks in beats.tolist()], lambda _index: ""),
    )


def _video(clip: Clip, file_of: Callable[[str], str]) -> Lane:
    lengths = [part.duration.ticks for part in clip.parts]
    ends: Ticks = np.cumsum(np.array(lengths, dtype=np.int64)).astype(np.int64)
    ids = list[str]()
    for index, part in enumerate(clip.parts):
        home = str(part.range.start.ticks)
        ids.append(home if is_home(clip, part) and home not in ids else f"part {index}")
    return Lane(Kind.VIDEO, ends - lengths, ends, ids, lambda index: _part_name(clip, index, file_of))


def is_home(clip: Clip, part: Part) -> bool:
    """Whether a part is of the clip's home recording."""
    return part.card is None and part.asset_id == clip.asset_id


def _part_name(clip: Clip, index: int, file_of: Callable[[str], str]) -> str:
    """The text of a card, the file of another recording or a still; the home recording goes without."""
    part = clip.parts[index]
    if part.card is not None:
        return part.card.text
    return "" if is_home(clip, part) else base_name(file_of(part.asset_id))


def _cues(times: ClipTimes, spoken: Spoken | None) -> Cues:
    none: Ticks = np.zeros(0, dtype=np.int64)
    if spoken is None:
        return Cues(Lane(Kind.CAPTION, none, none, [], str), none, none, none, none)
    words: Ticks = np.flatnonzero(times.inside((spoken.starts + spoken.ends) // 2)).astype(np.int64)
    starts, ends = times.spans(spoken.starts[words], spoken.ends[words])
    heard = np.argsort(starts, kind="stable")
    words, starts, ends = words[heard], starts[heard], ends[heard]
    sentence = spoken.sentence_of[words]
    firsts = np.flatnonzero(np.diff(sentence, prepend=-1)).astype(np.int64)
    bounds: Ticks = np.append(firsts, len(words)).astype(np.int64)
    ids = [str(index) for index in words[firsts].tolist()]

    def text(cue: int) -> str:
        return spoken.text(words[bounds[cue] : bounds[cue + 1]].tolist())

    lane = Lane(Kind.CAPTION, starts[firsts], ends[bounds[1:] - 1], ids, text)
    return Cues(lane, words, bounds, starts, ends)


def _layer_lanes(clip: Clip, kind: Kind, file_of: Callable[[str], str]) -> tuple[Lane, ...]:
    """As few lanes as hold the layers of a kind without one over another (first fit by start time)."""
    rows: list[list[Layer]] = []
    layers = [layer for layer in clip.layers if TRACK_OF[layer.kind] is kind]
    for layer in sorted(layers, key=lambda layer: (layer.range.start, layer.id)):
        free = next((row for row in rows if row[-1].range.end <= layer.range.start), None)
        if free is None:
            rows.append([layer])
        else:
            free.append(layer)
    return tuple(_layer_lane(kind, row, file_of) for row in rows)


def _layer_lane(kind: Kind, layers: list[Layer], file_of: Callable[[str], str]) -> Lane:
    starts = np.array([layer.range.start.ticks for layer in layers], dtype=np.int64)
    ends = np.array([layer.range.end.ticks for layer in layers], dtype=np.int64)
    ids = [layer.id for layer in layers]
    return Lane(kind, starts, ends, ids, lambda index: layer_name(layers[index], file_of))


def layer_name(layer: Layer, file_of: Callable[[str], str]) -> str:
    """A title's text, or the name of a layer's file."""
    if isinstance(layer, ProgressLayer):
        return tr("Progress bar")
    if isinstance(layer, TitleLayer):
        return " · ".join(layer.text.splitlines())
    return base_name(file_of(layer.asset_id))


def base_name(path: str) -> str:
    """The name of a file, from a path of whatever system."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _cuts(clip: Clip, times: ClipTimes) -> Lane:
    shown = [cut for cut in clip.cuts if cut.overlaps(clip.range)]
    at = times.clip_ticks(np.array([cut.start.ticks for cut in shown], dtype=np.int64))
    shown, at = [shown[index] for index in np.argsort(at, kind="stable")], np.sort(at)
    ids = [str(cut.start.ticks) for cut in shown]
    return Lane(Kind.CUT, at, at, ids, lambda index: decimal(shown[index].duration.seconds))


def _transitions(clip: Clip) -> Lane:
    """Where parts come by more than a cut; each known by its part's place."""
    words = dict(TRANSITIONS)
    shown = [one for one in placed(clip) if one.index and one.part.transition is not Transition.CUT]
    at = np.array([one.start.ticks for one in shown], dtype=np.int64)
    ids = [str(one.index) for one in shown]
    return Lane(Kind.TRANSITION, at, at, ids, lambda index: tr(words[shown[index].part.transition]))


def _markers(clip: Clip, times: ClipTimes) -> Lane:
    """A marker in something that was cut out waits there until that is restored."""
    shown = [(times.to_clip(marker.at), marker) for marker in clip.markers]
    known = ((at.ticks, marker) for at, marker in shown if at is not None)
    in_order = sorted(known, key=lambda pair: pair[0])
    at = np.array([ticks for ticks, _marker in in_order], dtype=np.int64)
    ids = [str(marker.at.ticks) for _ticks, marker in in_order]
    return Lane(Kind.MARKER, at, at, ids, lambda index: _marker_name(in_order[index][1]))


def _marker_name(marker: Marker) -> str:
    return marker.label or (tr("Cover") if marker.is_cover else "")


def cut_of(clip: Clip, key: Key) -> TimeRange | None:
    """The removed range (source time) behind a cut mark."""
    index = bisect_left([cut.start.ticks for cut in clip.cuts], key.number)
    if index < len(clip.cuts) and clip.cuts[index].start.ticks == key.number:
        return clip.cuts[index]
    return None


def word_at(cues: Cues, ticks: int) -> int | None:
    """The position (in ``cues.words``) of the word at a clip time; None between words."""
    index = bisect_right(cues.word_starts, ticks) - 1
    return index if index >= 0 and ticks < cues.word_ends[index] else None
