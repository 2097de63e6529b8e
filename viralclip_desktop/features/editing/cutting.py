"""What a clip shows of its recording: cuts, trims, and the layers over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Layer
from viralclip_desktop.domain.clip_time import to_source_ranges
from viralclip_desktop.domain.edits import clips, cuts, layers
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.editing.editor import ClipEditor

Ranges = Callable[[Clip], Iterable[TimeRange]]


class Cutting:
    """Edits of what plays."""

    def __init__(self, editor: ClipEditor) -> None:
        self._editor = editor
        self._store = editor.store

    def trim_clip(self, clip_id: str, start: Time, end: Time, merge_key: str | None = None) -> Clip:
        """Move the in and out points (source time). Cuts and layers that a drag passes over come back when
        it comes back."""
        duration = self._store.source(self._store.clip(clip_id).source_id).info.duration
        return self._editor.drag(
            clip_id, "Trim clip", lambda clip: clips.trim(clip, start, end, duration), merge_key
        )

    def cut(self, clip_id: str, ranges: Sequence[TimeRange], merge_key: str | None = None) -> Clip:
        """Take ranges of source time out. Raises :class:`UsageError` when under a second would stay."""
        return self._cut(clip_id, "Cut", lambda _: ranges, merge_key)

    def cut_words(self, clip_id: str, indexes: Iterable[int], merge_key: str | None = None) -> Clip:
        """Take the words at ``indexes`` of the transcript out, with the silence around them."""
        wanted = tuple(indexes)
        label = "Cut word" if len(wanted) == 1 else "Cut words"
        return self._cut(
            clip_id, label, lambda clip: cuts.word_ranges(clip, self._words(clip), wanted), merge_key
        )

    def ripple_delete(self, clip_id: str, within: TimeRange, merge_key: str | None = None) -> Clip:
        """Take a range of clip time out; what follows moves up, with everything that lies on it."""
        return self._cut(clip_id, "Ripple delete", lambda clip: to_source_ranges(clip, within), merge_key)

    def _cut(self, clip_id: str, label: str, ranges: Ranges, merge_key: str | None) -> Clip:
        def change(clip: Clip) -> Clip:
            wanted = tuple(ranges(clip))
            if not cuts.can_cut(clip, wanted):
                raise UsageError(
                    "At least one second of a clip has to stay.", "Delete the clip if you don't need it."
                )
            return cuts.cut(clip, wanted)

        return self._editor.edit(clip_id, label, change, merge_key)

    def restore(self, clip_id: str, within: TimeRange, merge_key: str | None = None) -> Clip:
        """Bring back what was cut out in a range of source time; one cut's own range restores that cut."""
        return self._editor.edit(clip_id, "Restore cut", lambda clip: cuts.restore(clip, within), merge_key)

    def restore_words(self, clip_id: str, indexes: Iterable[int], merge_key: str | None = None) -> Clip:
        """Bring words back that were cut out."""
        wanted = tuple(indexes)

        def change(clip: Clip) -> Clip:
            words = self._words(clip)
            for first, last in cuts.runs(wanted):
                clip = cuts.restore(clip, cuts.words_range(words, first, last))
            return clip

        return self._editor.edit(clip_id, "Restore words", change, merge_key)

    def restore_all(self, clip_id: str) -> Clip:
        """Bring back everything that was cut out of a clip."""
        return self._editor.edit(clip_id, "Restore all cuts", lambda clip: cuts.restore(clip, clip.range))

    def _words(self, clip: Clip) -> Sequence[Word]:
        transcript = self._store.transcript(clip.source_id)
        if transcript is None:
            raise BadInput("This recording has no transcript.", "Transcribe it first.")
        return transcript.words


class Layering:
    """Edits of what lies over a clip, and of its own sound under it. Ranges are clip time."""

    def __init__(self, editor: ClipEditor) -> None:
        self._editor = editor

    def put_layer(self, clip_id: str, layer: Layer, merge_key: str | None = None) -> Clip:
        """Add a layer on top, or replace the one with its id."""
        known = {other.id for other in self._editor.store.clip(clip_id).layers}
        label = (
            say("Change {kind}", kind=say(layer.kind))
            if layer.id in known
            else say("Add {kind}", kind=say(layer.kind))
        )
        return self._editor.drag(clip_id, label, lambda clip: layers.put(clip, layer), merge_key)

    def put_layers(self, clip_id: str, added: Sequence[Layer]) -> Clip:
        """Add layers, the last one on top, as one entry in the history."""
        label = (
            say("Add {kind}", kind=say(added[0].kind))
            if len(added) == 1
            else say_n(len(added), "Add {n} layer", "Add {n} layers")
        )

        def change(clip: Clip) -> Clip:
            for layer in added:
                clip = layers.put(clip, layer)
            return clip

        return self._editor.edit(clip_id, label, change)

    def remove_layer(self, clip_id: str, layer_id: str) -> Clip:
        """Take one layer off."""
        return self.remove_layers(clip_id, [layer_id])

    def remove_layers(self, clip_id: str, layer_ids: Iterable[str]) -> Clip:
        """Take layers off; the clip under them stays as it is."""
        wanted = frozenset(layer_ids)
        label = "Remove layer" if len(wanted) == 1 else "Remove layers"
        return self._editor.edit(clip_id, label, lambda clip: layers.remove(clip, wanted))

    def move_layer(self, clip_id: str, layer_id: str, to: TimeRange, merge_key: str | None = None) -> Clip:
        """Slide a layer (same length) or trim it (another one)."""
        return self._editor.drag(
            clip_id, "Move layer", lambda clip: layers.move(clip, layer_id, to), merge_key
        )

    def split_layers(self, clip_id: str, layer_ids: Iterable[str], at: Time) -> Clip:
        """Make two of each layer at a clip time."""
        wanted = tuple(layer_ids)
        label = "Split layer" if len(wanted) == 1 else "Split layers"
        return self._editor.edit(
            clip_id, label, lambda clip: layers.split(clip, wanted, at, lambda: new_id("layer"))
        )

    def lift(self, clip_id: str, within: TimeRange) -> Clip:
        """Take all layers off in a range; the clip under them, and all that follows, stays where it is."""
        return self._editor.edit(
            clip_id, "Lift", lambda clip: layers.lift(clip, within, lambda: new_id("layer"))
        )

    def set_original_volume(self, clip_id: str, volume_db: float, merge_key: str | None = None) -> Clip:
        """Make the recording's own sound in a clip louder or softer; -60 dB and below is silent."""
        return self._editor.edit(
            clip_id, "Change original sound", lambda clip: clips.revolume(clip, volume_db), merge_key
        )
