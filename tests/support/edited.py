"""Clips, words and layers for the tests of edits, in round numbers of seconds."""

from __future__ import annotations

from hypothesis import strategies as st

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, parts_of
from viralclip_desktop.domain.edits.cuts import SHORTEST_CLIP, normalised, outside
from viralclip_desktop.domain.layers import Layer, LayerKind, MusicLayer, PictureLayer, VoiceLayer
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word


def s(seconds: float) -> Time:
    """A time."""
    return Time.from_seconds(seconds)


def span(start_s: float, end_s: float) -> TimeRange:
    """A range."""
    return TimeRange.from_seconds(start_s, end_s)


def a_clip(
    *cuts: tuple[float, float], start_s: float = 10, end_s: float = 40, layers: tuple[Layer, ...] = ()
) -> Clip:
    """A clip of the recording's 10 s to 40 s."""
    played = outside(span(start_s, end_s), sorted((span(*cut) for cut in cuts), key=lambda cut: cut.start))
    return Clip(
        "clip_1", "proj_1", "src_1", "batch_1", 1, parts_of("asset_1", *played), "A title", 90, (), "First.",
        "Last.", layers=layers, asset_id="asset_1",
    )  # fmt: skip


def a_layer(
    start_s: float,
    end_s: float,
    kind: LayerKind = LayerKind.PICTURE,
    layer_id: str = "layer_1",
    source_start: Time = ZERO,
) -> PictureLayer | MusicLayer | VoiceLayer:
    """Something over a clip."""
    within = span(start_s, end_s)
    if kind is LayerKind.MUSIC:
        return MusicLayer(layer_id, "asset_over", within, source_start, duck_db=-12.0)
    if kind is LayerKind.VOICE:
        return VoiceLayer(layer_id, "asset_over", within, source_start)
    return PictureLayer(layer_id, "asset_over", within, source_start)


def a_transcript(*sentences: str, every_s: float = 1.0, length_s: float = 0.6) -> Transcript:
    """Sentences of words that begin at 0, 1, 2... seconds and take 0.6 s each."""
    words: list[Word] = []
    spans: list[Sentence] = []
    for sentence in sentences:
        first = len(words)
        for text in sentence.split():
            start = s(len(words) * every_s)
            words.append(Word(text, start, start + s(length_s), 0.5, "Ann"))
        spans.append(Sentence(first, len(words)))
    return Transcript("test", "en", tuple(words), tuple(spans))


def ranges(low_s: float = 0, high_s: float = 50) -> st.SearchStrategy[TimeRange]:
    """Any ranges of time, also empty ones."""
    ticks = st.integers(s(low_s).ticks, s(high_s).ticks)
    return st.tuples(ticks, ticks).map(lambda pair: TimeRange(Time(min(pair)), Time(max(pair))))


@st.composite
def cut_clips(draw: st.DrawFn) -> Clip:
    """Clips with any lawful cuts."""
    clip = a_clip()
    cuts = normalised(draw(st.lists(ranges(), max_size=6)), clip.range)
    cut = a_clip(*[(one.start.seconds, one.end.seconds) for one in cuts])
    return cut if cut.duration >= SHORTEST_CLIP else clip
