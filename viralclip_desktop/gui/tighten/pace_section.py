"""The pace of a clip: slow parts played a little faster, each with a way back, and cuts moved to the beat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import Placed, placed
from viralclip_desktop.domain.edits.pacing import Stretch, is_paced, on_beat, pace, unpaced
from viralclip_desktop.features.editing import cut_to_beat, pace_clip, switch_pace, unpace
from viralclip_desktop.features.tighten import DEFAULT_STRENGTH, Listened, slow_in
from viralclip_desktop.features.workflows.pacing import clip_beats, clip_words
from viralclip_desktop.gui.text import decimal, plural, tr, tr_fault
from viralclip_desktop.gui.tighten.cut_list import CutList, PaceRow
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.controls import NumberSlider
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.transcript import Word
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player

Hear = Callable[[Clip, CancelToken], Sequence[Listened]]
"""Hears a clip's recordings, off the window's thread; quick where they were heard before."""
_LEAD = Time.from_seconds(1)
Found = TypeVar("Found")


class PaceSection(QWidget):
    """Follows the selected clip, as the panel tells it."""

    def __init__(self, session: ClipSession, context: Context, player: Player, hear: Hear) -> None:
        super().__init__()
        self._session, self._context, self._player, self._hear = session, context, player, hear
        self._working: Ticket | None = None
        self.strength = NumberSlider(tr("How much faster"), 0, 100, round(DEFAULT_STRENGTH * 100), " %")
        self.saved = label("", "section", wrap=True)
        self.trouble = label("", "quiet", wrap=True)
        self.faster = Button(tr("Play slow parts faster"), icon="gauge")
        self.stretches = CutList(tr("Faster parts"))
        self.as_recorded = Button(tr("Play all as recorded"))
        self.beat = Button(tr("Cut to the beat"), icon="music-notes")
        told = label(
            tr("Pauses and slow words play a little faster; the voice keeps its pitch."), "quiet", wrap=True
        )
        strength = setting_row(tr("Strength"), self.strength, name_px=68)
        buttons = (self.as_recorded, self.beat)
        rows = (told, strength, self.saved, self.faster, self.stretches, *buttons, self.trouble)
        self.setLayout(column(*rows, gap=8))
        self.strength.moved.connect(self._moved)
        on_click(self.faster, self._pace)
        on_click(self.as_recorded, lambda: self._session.edit(unpace))
        on_click(self.beat, lambda: to_beat(self._session, self._context, self._failed))
        self.stretches.switched.connect(lambda place, on: self._session.edit(switch_pace, int(place), on))
        self.stretches.asked.connect(self._play)

    def show_clip(self, clip: Clip | None) -> None:
        """The clip as it is stored."""
        self._show_trouble("")
        parts = [] if clip is None else [one for one in placed(clip) if is_paced(one.part)]
        self.stretches.show_rows([_row(one) for one in parts])
        for shown in (self.stretches, self.as_recorded):
            shown.setVisible(bool(parts))
        self.faster.setVisible(not parts)
        if clip is not None and parts:
            self._tell(clip)
        else:
            self.plan()

    def plan(self) -> None:
        """Say what the strength would save; of a clip that has its pace, the list does."""
        clip, share = self._session.clip, self.strength.value / 100
        if clip is not None and not any(map(is_paced, clip.parts)) and self.isVisible():
            self._run(clip, lambda heard: pace(clip, slow_in(heard, share)), self._tell)

    def _moved(self, _value: int, gesture: int) -> None:
        clip = self._session.clip
        if clip is not None and any(map(is_paced, clip.parts)):
            self._pace(f"pace-{gesture}")
        else:
            self.plan()

    def _pace(self, gesture: str | None = None) -> None:
        clip, share = self._session.clip, self.strength.value / 100
        if clip is None:
            return

        def play_faster(found: list[Stretch]) -> None:
            self._session.do(pace_clip, clip.id, found, gesture=gesture)

        self._run(clip, lambda heard: slow_in(heard, share), play_faster)

    def _run(
        self, clip: Clip, work: Callable[[Sequence[Listened]], Found], done: Callable[[Found], None]
    ) -> None:
        if self._working is not None:
            self._working.forget()
        cancel = CancelToken()
        self._working = self._context.tasks.run(
            lambda: work(self._hear(clip, cancel)), done, self._failed, cancel
        )

    def _tell(self, clip: Clip) -> None:
        found = [part for part in clip.parts if is_paced(part)]
        self.faster.setEnabled(bool(found))
        if not found:
            self.saved.setText(tr("Nothing is slow at this strength"))
            return
        saved = decimal((unpaced(clip).duration - clip.duration).seconds)
        self.saved.setText(
            plural(len(found), "\u2212{saved} s, {n} part", "\u2212{saved} s, {n} parts", saved=saved)
        )

    def _play(self, place: str) -> None:
        for one in self.stretches.rows:
            if one.id == place:
                self._player.seek(max(ZERO, one.at - _LEAD))
                self._player.play()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Fault):
            self.saved.setText("")
            self._show_trouble(tr_fault(error))
        else:
            self._context.trouble(error)

    def _show_trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


def _row(one: Placed) -> PaceRow:
    recorded = one.part.range.duration
    saved_s = recorded.seconds * (1 - 1 / float(one.part.paced))
    return PaceRow(one.index, one.start, float(one.part.paced), saved_s, one.part.speed == one.part.paced)


def to_beat(
    session: ClipSession, context: Context, failed: Callable[[Exception], None] | None = None
) -> None:
    """Move the selected clip's cuts and pictures to the beat of its music, and say how many lie there."""
    clip, services = session.clip, context.services
    if clip is None:
        return

    def look() -> tuple[tuple[Time, ...], dict[str, tuple[Word, ...]]]:
        beats = clip_beats(services.store, services.paths, clip, CancelToken())
        return beats, clip_words(services.store, clip)

    def cut(found: tuple[tuple[Time, ...], dict[str, tuple[Word, ...]]]) -> None:
        session.do(cut_to_beat, clip.id, *found).then(lambda after: told(after, found[0]))

    def told(after: Clip, beats: Sequence[Time]) -> None:
        count = on_beat(after, beats)
        text = plural(count, "{n} cut or picture lies on a beat", "{n} cuts and pictures lie on a beat")
        changed = after != clip
        context.tell(ToastText(text, action=tr("Undo") if changed else "", then=session.undo))

    context.tasks.run(look, cut, failed)
