"""The tighten panel: how much goes, what that saves, and every cut with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import nearest_clip_times
from viralclip_desktop.domain.edits.tightening import with_state
from viralclip_desktop.features.common.orders import new_clip_look
from viralclip_desktop.features.tighten import (
    DEFAULT_STRENGTH,
    Listened,
    Outcome,
    cut_again,
    listen,
    listen_to_clip,
    outcome,
    planned,
    restore_cut,
    tighten_clip,
    tighten_source,
    untighten,
)
from viralclip_desktop.features.workflows.whole_recording import tighten_whole
from viralclip_desktop.gui.text import decimal, plural, tr, tr_fault
from viralclip_desktop.gui.tighten.cut_list import CutList, CutRow
from viralclip_desktop.gui.tighten.pace_section import PaceSection
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.controls import NumberSlider
from viralclip_desktop.gui.widgets.fold import Fold
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row, scrolled
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player

Result = TypeVar("Result")
_LEAD = Time.from_seconds(1.5)
"""What is heard before a join: long enough to know the sentence."""


@dataclass(frozen=True)
class _Ears:
    """A clip's recordings as they were heard, as long as its clip and its words are the same."""

    clip_id: str
    words: object
    listened: Sequence[Listened]


class TightenPanel(QWidget):
    """Plans off the window's thread as the strength moves; in a tightened clip, moving it cuts anew."""

    def __init__(self, session: ClipSession, context: Context, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self._ears: _Ears | None = None
        self._working: Ticket | None = None
        self.strength = NumberSlider(tr("Strength"), 0, 100, round(DEFAULT_STRENGTH * 100), " %")
        self.saved = label("", "section", wrap=True)
        self.trouble = label("", "quiet", wrap=True)
        self.tighten = Button(tr("Tighten this clip"), "primary", icon="scissors")
        self.tighten_all = Button(tr("Tighten all clips"))
        self.tighten_whole = Button(tr("Tighten the whole recording"))
        self.tighten_whole.setToolTip(tr("Makes one clip of all of it, without what is cut"))
        self.hear = Button(tr("Hear it"), icon="play")
        self.restore_all = Button(tr("Restore all"))
        self.cuts = CutList(tr("Cuts"))
        self.pace = PaceSection(session, context, player, self._hear_clip)
        self.pace_fold = Fold(tr("Pace"), self.pace)
        self._lay_out()
        self._wire()
        self.show_clip(session.clip)

    def _lay_out(self) -> None:
        told = label(
            tr("Takes out silence, fillers, words said twice and failed takes. Every cut can be restored."),
            "quiet",
            wrap=True,
        )
        both = column(self.tighten, self.tighten_all)
        below = row(gap=8)
        below.addWidget(self.hear, 1)
        below.addWidget(self.restore_all, 1)
        strength = setting_row(tr("Strength"), self.strength, name_px=68)
        above = (told, strength, self.saved, self.trouble, both, self.tighten_whole)
        layout = column(*above, gap=12, margins=(16, 16, 16, 16))
        layout.addWidget(self.cuts, 100)
        layout.addLayout(below)
        layout.addWidget(self.pace_fold)
        layout.addStretch(1)
        inside = QWidget()
        inside.setLayout(layout)
        self.setLayout(column(scrolled(inside), gap=0))

    def _wire(self) -> None:
        self.strength.moved.connect(self._moved)
        self.pace_fold.toggled.connect(lambda _unfolded: self.pace.plan())
        on_click(self.tighten, self._cut)
        on_click(self.tighten_all, self._cut_all)
        on_click(self.tighten_whole, self._cut_whole)
        on_click(self.hear, lambda: self._play(self.cuts.current_id))
        on_click(self.restore_all, lambda: self._session.edit(untighten))
        self.cuts.switched.connect(self._switch)
        self.cuts.asked.connect(self._play)
        self._session.selected.connect(self.show_clip)
        self._session.clip_changed.connect(self._refresh)
        self._session.reread.connect(lambda _loaded: self._plan())

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever looks at the panel learns what the strength would save."""
        super().showEvent(event)
        self._plan()

    def show_clip(self, clip: Clip | None) -> None:
        """Another clip."""
        self.setEnabled(clip is not None)
        self._show_trouble("")
        self.saved.setText("")
        self._show_cuts(clip)
        self.pace.show_clip(clip)
        self._plan()

    def _refresh(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self._show_cuts(clip)
            self.pace.show_clip(clip)

    def _show_cuts(self, clip: Clip | None) -> None:
        rows = [] if clip is None else _rows(clip)
        self.cuts.show_rows(rows)
        for part in (self.cuts, self.hear, self.restore_all):
            part.setVisible(bool(rows))
        self.tighten.setVisible(not rows)
        if clip is not None and rows:
            self._tell(outcome(clip))

    # --- planning

    @property
    def _share(self) -> float:
        return self.strength.value / 100

    def _plan(self) -> None:
        """Say what the strength would save. Not of a clip that is tightened: there the list says it."""
        clip = self._session.clip
        if clip is not None and not clip.tightened and self.isVisible():
            share = self._share
            self._with_ears(clip, lambda ears: planned(clip, ears.listened, share), self._tell)

    def _moved(self, _value: int, gesture: int) -> None:
        clip = self._session.clip
        if clip is not None and clip.tightened:
            self._cut(f"strength-{gesture}")
        else:
            self._plan()

    def _cut(self, gesture: str | None = None) -> None:
        """Tighten the clip; all steps of a gesture are one edit."""
        clip, share = self._session.clip, self._share
        if clip is None:
            return

        def cut(ears: _Ears) -> None:
            self._session.do(tighten_clip, clip.id, ears.listened, share, gesture=gesture)

        self._with_ears(clip, lambda ears: ears, cut)

    def _cut_all(self) -> None:
        loaded, share, cancel = self._session.loaded, self._share, CancelToken()
        if loaded is None:
            return
        services, source = self._context.services, loaded.source

        def cut(listened: Listened) -> None:
            self._session.do(tighten_source, listened, share).then(lambda made: self._told_all(len(made[0])))

        self._run(lambda: listen(services.store, services.paths, source, cancel=cancel), cut, cancel)

    def _cut_whole(self) -> None:
        loaded, share, cancel = self._session.loaded, self._share, CancelToken()
        if loaded is None:
            return
        services, source = self._context.services, loaded.source
        look = new_clip_look(services.settings.values)

        def told(clip: Clip) -> None:
            text = tr("The whole recording is a clip: {saved}", saved=_saved(outcome(clip)))
            show = partial(self._session.select, clip.id)
            self._context.tell(ToastText(text, action=tr("Show it"), then=show))

        def cut(listened: Listened) -> None:
            self._session.do(tighten_whole, listened, look, share).then(told)

        self._run(lambda: listen(services.store, services.paths, source, cancel=cancel), cut, cancel)

    def _told_all(self, count: int) -> None:
        self._context.tell(ToastText(plural(count, "Tightened {n} clip", "Tightened {n} clips")))

    def _with_ears(
        self, clip: Clip, work: Callable[[_Ears], Result], done: Callable[[Result], object]
    ) -> None:
        """Do something with what is heard in a clip, off the window's thread; heard once for each clip."""
        cancel = CancelToken()
        self._run(lambda: work(self._ears_of(clip, cancel)), done, cancel)

    def _hear_clip(self, clip: Clip, cancel: CancelToken) -> Sequence[Listened]:
        return self._ears_of(clip, cancel).listened

    def _ears_of(self, clip: Clip, cancel: CancelToken) -> _Ears:
        """Off the window's thread."""
        services, loaded, known = self._context.services, self._session.loaded, self._ears
        words = None if loaded is None else loaded.transcript
        if known is None or known.clip_id != clip.id or known.words is not words:
            heard = listen_to_clip(services.store, services.paths, clip, cancel=cancel)
            known = self._ears = _Ears(clip.id, words, heard)
        return known

    def _run(self, work: Callable[[], Result], done: Callable[[Result], object], cancel: CancelToken) -> None:
        if self._working is not None:
            self._working.forget()

        def finish(result: Result) -> None:
            self._show_trouble("")
            done(result)

        self._working = self._context.tasks.run(work, finish, self._failed, cancel)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            self._context.trouble(error)
            return
        self.saved.setText("")
        self._show_trouble(tr_fault(error))

    def _show_trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _tell(self, found: Outcome) -> None:
        self.tighten.setEnabled(bool(found.cuts))
        if not found.cuts:
            self.saved.setText(tr("Nothing to take out at this strength"))
            return
        self.saved.setText(_saved(found))

    # --- the cuts

    def _switch(self, cut_id: str, made: bool) -> None:
        self._session.edit(cut_again if made else restore_cut, cut_id)

    def _play(self, cut_id: str) -> None:
        """Play over a join, from a little before it."""
        for one in self.cuts.rows:
            if one.id == cut_id:
                self._player.seek(max(ZERO, one.at - _LEAD))
                self._player.play()


def _saved(found: Outcome) -> str:
    saved = decimal((found.before - found.after).seconds)
    return plural(len(found.cuts), "\u2212{saved} s, {n} cut", "\u2212{saved} s, {n} cuts", saved=saved)


def _rows(clip: Clip) -> list[CutRow]:
    rows: list[CutRow] = []
    states = with_state(clip)
    for asset_id in dict.fromkeys(cut.asset_id for cut, _made in states):
        own = [(cut, made) for cut, made in states if cut.asset_id == asset_id]
        times = nearest_clip_times(clip, [cut.range.start for cut, _made in own], asset_id)
        rows += [CutRow(cut, at, made) for (cut, made), at in zip(own, times, strict=True)]
    return sorted(rows, key=lambda row: row.at)
