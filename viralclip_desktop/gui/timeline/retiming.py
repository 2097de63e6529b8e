"""Caption times: how far a caption may go, and the word times that follow from where it went. No Qt."""

from __future__ import annotations

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.gui.timeline.model import Key, TimelineModel

_SHORTEST_WORD = Time.from_seconds(0.04)


def neighbours(model: TimelineModel, key: Key, edge: str) -> tuple[Time, Time]:
    """Between which clip times one end of a caption may lie: the caption before, the word beside, the one
    behind, and the join of the part it stands in."""
    cues = model.cues
    cue = cues.lane.index_of(key)
    if cue is None:
        return ZERO, model.duration
    low, high = int(cues.bounds[cue]), int(cues.bounds[cue + 1])
    if edge == "start":
        before = Time(int(cues.word_ends[low - 1])) if low else ZERO
        latest = Time(int(cues.word_ends[low])) - _SHORTEST_WORD
        return min(max(before, _part(model, low)[0]), latest), latest
    after = Time(int(cues.word_starts[high])) if high < len(cues.words) else model.duration
    earliest = Time(int(cues.word_starts[high - 1])) + _SHORTEST_WORD
    return earliest, max(min(after, _part(model, high - 1)[1]), earliest)


def _part(model: TimelineModel, word: int) -> tuple[Time, Time]:
    """Clip times between which a word's part of the recording plays."""
    index = model.video.at((int(model.cues.word_starts[word]) + int(model.cues.word_ends[word])) // 2)
    if index is None:
        return ZERO, model.duration
    item = model.video.item(index)
    return item.range.start, item.range.end


def word_edge(model: TimelineModel, key: Key, new: TimeRange, edge: str) -> tuple[int, Time, Time]:
    """The word that follows from one end of a caption moved: its first begins, or its last ends, elsewhere.
    Index in the transcript, start and end in source time."""
    words, item = model.words_of(key), model.find(key)
    assert item is not None
    assert model.spoken is not None
    index = words[0] if edge == "start" else words[-1]
    word = model.spoken.transcript.words[index]
    if edge == "start":
        return index, max(ZERO, word.start + (new.start - item.range.start)), word.end
    return index, word.start, word.end + (new.end - item.range.end)


def word_span(model: TimelineModel, key: Key) -> tuple[int, int]:
    """A caption's words: first, and one past the last index in the transcript."""
    words = model.words_of(key)
    return (words[0], words[-1] + 1) if words else (0, 0)
