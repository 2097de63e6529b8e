"""Captions and titles written anew right on the timeline; of a caption a word where words stand at their own
times, else the block."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QRectF

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.edits.transcripts import place_now
from viralclip_desktop.domain.layers import TitleLayer
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.editing import put_layer, retype_words
from viralclip_desktop.gui.common.inline_field import InlineField
from viralclip_desktop.gui.common.inline_text import InlineText
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.canvas import TimelineCanvas
from viralclip_desktop.gui.timeline.control import TimelineControl
from viralclip_desktop.gui.timeline.model import Key, Lane
from viralclip_desktop.gui.timeline.painting.headers import HEADER_PX
from viralclip_desktop.gui.timeline.painting.items import WORDS_AT


class TimelineTyping(QObject):
    """Opens a field over a caption or a title; what was typed goes off as an edit."""

    def __init__(self, control: TimelineControl, canvas: TimelineCanvas) -> None:
        super().__init__(canvas)
        self._control, self._canvas = control, canvas
        self.field: InlineField | InlineText | None = None
        self._over: tuple[Key, Transcript, Sequence[int]] | None = None
        control.viewed.connect(self._follow)

    def start(self, key: Key, at: Time) -> None:
        """Let the user write a caption anew, or the word of it at a clip time."""
        words = self._control.model.words_of(key)
        if not words or self._control.model.spoken is None:
            return
        self._leave()
        self._control.player.pause()
        self._control.selection.only(key)
        place = self._nearest(key, at)
        if self._control.scene.view.px_per_s >= WORDS_AT:
            self._open(key, [words[place]])
        else:
            self._open(key, words)
            self._mark(words, place)

    def start_title(self, key: Key, title: TitleLayer) -> None:
        """Let the user write a title anew."""
        item = self._control.model.find(key)
        lane = next((one for one in self._control.model.pictures if one.index_of(key) is not None), None)
        box = None if item is None or lane is None else self._box(item.range, lane)
        clip, session = self._control.clip, self._control.session
        if box is None or clip is None:
            return
        self._leave()

        def keep(text: str) -> None:
            self.field = None
            if text != title.text:
                session.do(put_layer, clip.id, replace(title, text=text))

        name, room = tr("Text of the title"), self._canvas.viewport()
        self.field = InlineText(room, name, title.text, box.toAlignedRect(), keep=keep, back=self._canvas)

    def _open(self, key: Key, words: Sequence[int]) -> None:
        spoken, source = self._control.model.spoken, self._control.source_id
        if spoken is None:
            return
        before, seen = spoken.text(words), spoken.transcript

        def keep(text: str, step: int) -> None:
            self.field = None
            if text != before:
                self._control.session.do(retype_words, source, list(words), text, seen=seen)
            here = self._places_now(seen, words)
            if step and len(here) == 1 and len(text.split()) == 1:
                self._go_on(key, here[0], step)

        name = tr("Spelling of {word}", word=before) if len(words) == 1 else tr("Text of the caption")
        box = self._place(key, words) or QRectF()
        room = self._canvas.viewport()
        self._over = key, seen, words
        self.field = InlineField(room, name, before, box.toAlignedRect(), keep=keep, back=self._canvas)

    def _go_on(self, key: Key, word: int, step: int) -> None:
        """The next word of the caption (+1), or the one before it."""
        words = self._control.model.words_of(key)
        place = words.index(word) + step if word in words else -1
        if 0 <= place < len(words):
            self._open(key, [words[place]])

    def _mark(self, words: Sequence[int], place: int) -> None:
        """Select the word that was pointed at."""
        spoken = self._control.model.spoken
        if spoken is not None and isinstance(self.field, InlineField):
            word = spoken.text([words[place]])
            self.field.setSelection(len(spoken.text(words[: place + 1])) - len(word), len(word))

    def _nearest(self, key: Key, at: Time) -> int:
        """Which word of a caption is said at a clip time, or last before it."""
        low, high = self._bounds(key)
        starts: list[int] = self._control.model.cues.word_starts[low:high].tolist()
        return max(0, bisect_right(starts, at.ticks) - 1)

    def _bounds(self, key: Key) -> tuple[int, int]:
        cues = self._control.model.cues
        cue = cues.lane.index_of(key)
        return (0, 0) if cue is None else (int(cues.bounds[cue]), int(cues.bounds[cue + 1]))

    def _place(self, key: Key, words: Sequence[int]) -> QRectF | None:
        """Where words of a caption lie in the viewport, as far as that is in sight; None elsewhere."""
        cues = self._control.model.cues
        low, high = self._bounds(key)
        spans = [n for n in range(low, high) if int(cues.words[n]) in words]
        if not spans:
            return None
        within = TimeRange(Time(int(cues.word_starts[spans[0]])), Time(int(cues.word_ends[spans[-1]])))
        return self._box(within, cues.lane)

    def _box(self, within: TimeRange, lane: Lane) -> QRectF | None:
        scene = self._control.scene
        row = scene.rows.of(lane)
        top, height = (row.top_px, row.height_px) if row is not None else (0, 28)
        box = scene.box(within, top, height)
        box = box.translated(HEADER_PX, -self._canvas.verticalScrollBar().value())
        room = QRectF(self._canvas.viewport().rect()).adjusted(HEADER_PX, 0, 0, 0)
        return box.intersected(room) if box.intersects(room) else None

    def _follow(self) -> None:
        """The captions lie elsewhere now: the field goes along; out of sight what was typed is kept."""
        box = None
        if self._over is not None:
            key, seen, words = self._over
            box = self._place(key, self._places_now(seen, words))
        if isinstance(self.field, InlineField) and box is not None:
            self.field.move_home(box.toAlignedRect())
        else:
            self._leave()

    def _places_now(self, seen: Transcript, words: Sequence[int]) -> list[int]:
        """Where words stand in what is shown now, as far as they are still there."""
        spoken = self._control.model.spoken
        if spoken is None:
            return []
        places = (place_now(seen, spoken.transcript, word) for word in words)
        return [place for place in places if place is not None]

    def _leave(self) -> None:
        """End typing; what was typed is kept."""
        if self.field is not None:
            self.field.leave(keep=True, take_focus=False)
