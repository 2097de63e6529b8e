"""Between the player and the words: which word is being spoken, and playing just the chosen ones."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QObject

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip_time import heard, nearest_clip_time, to_source_time
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.transcript.model import WordState
from viralclip_desktop.gui.transcript.view import TranscriptView


class Following(QObject):
    """Lights up the spoken word in the view as the player moves; plays runs of words."""

    def __init__(self, view: TranscriptView, player: Player) -> None:
        super().__init__(view)
        self._view, self._player = view, player
        self._until: Time | None = None
        self._from: Time | None = None
        player.moved.connect(self._moved)
        player.playing_changed.connect(self._playing_changed)

    def refresh(self) -> None:
        """The words, the cuts or the clip are others now."""
        model = self._view.shown
        word = None
        if model is not None and model.clip is not None:
            word = model.word_at(to_source_time(model.clip, self._player.position))
            if word is not None and model.state(word) is not WordState.PLAYS:
                word = None  # the pause at the beginning of a part belongs to a word that is not heard
        self._view.show_spoken(word, self._player.playing)

    def go_to(self, word: int) -> bool:
        """Put the playhead on a word; False when it doesn't play."""
        model = self._view.shown
        if model is None or model.clip is None or model.state(word) is WordState.OUTSIDE:
            return False
        self._forget()
        self._view.follows = True
        spoken = TimeRange(model.word(word).start, model.word(word).end)
        within = heard(model.clip, spoken)
        self._player.seek(within.start if within else nearest_clip_time(model.clip, spoken.start))
        return True

    def play(self, words: range) -> bool:
        """Play some words and stop behind the last; False when none of them plays."""
        model = self._view.shown
        playing = model.in_state(words, WordState.PLAYS) if model is not None else []
        if model is None or model.clip is None or not playing:
            return False
        spans = [heard(model.clip, TimeRange(model.word(n).start, model.word(n).end)) for n in playing]
        found = list(filter(None, spans))
        if not found:
            return False
        back = next((n for n, (a, b) in enumerate(pairwise(found), 1) if b.start < a.start), len(found))
        self._from, end = found[0].start, found[back - 1].end  # what plays earlier is not waited for
        self._view.follows = True
        self._player.seek(self._from)
        self._player.play()
        self._until = end
        return True

    def _moved(self, position: Time) -> None:
        if self._until is not None and self._from is not None:
            if position >= self._until:
                self._forget()
                self._player.pause()
            elif position + _BACK < self._from:
                self._forget()  # somebody went elsewhere meanwhile
        self.refresh()

    def _playing_changed(self, playing: bool) -> None:
        if playing:
            self._view.follows = True
        else:
            self._forget()
        self.refresh()

    def _forget(self) -> None:
        self._until = self._from = None


_BACK = Time.from_seconds(0.1)  # a seek lands on a frame, which may begin a little earlier
