"""What was generated: heard, spoken again in parts, kept, placed and saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from viralclip_desktop.core.file_names import safe_name
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.library import LibraryEntry
from viralclip_desktop.features.workflows.studio import speech_title
from viralclip_desktop.features.workflows.studio_speech import (
    SpeechDone,
    SpeechOrder,
    keep_spoken,
    kept_speech,
    save_spoken,
    speaks_alike,
)
from viralclip_desktop.gui.common.cancelling import cancel_work
from viralclip_desktop.gui.common.hearing import Hearing
from viralclip_desktop.gui.studio.speech_rows import SoundRow, SoundRows
from viralclip_desktop.gui.studio.speech_run import SpeechRun
from viralclip_desktop.gui.studio.wave_view import WaveView
from viralclip_desktop.gui.text import clock_time, duration, plain, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.file_field import ending_in
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label, timecode_label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import Banner, EmptyState
from viralclip_desktop.gui.widgets.progress import ProgressLine, time_left_words
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.studio.tabs import StudioPlace

_WHOLE = "whole"


class SpeechResult(QWidget):
    """Follows a run: how far it is, why it failed, what came of it."""

    def __init__(self, work: Workspace, place: StudioPlace, run: SpeechRun) -> None:
        super().__init__()
        self._work, self._context, self._place, self.run = work, work.context, place, run
        self._shown_job, self._shown_text = "", ""
        self._current, self._paid, self._ready = SpeechOrder("", ""), False, False
        self._kept: dict[str, LibraryEntry] = {}
        self._keeping: dict[str, list[Callable[[LibraryEntry], object]]] = {}
        self.hearing = Hearing(work.context, work.player, self)
        self._build_work()
        self._build_sound()
        self._build_ways()
        self.empty = EmptyState(
            "speaker-high", tr("Choose a voice, type a text, and generate: it is heard here.")
        )
        parts = (self.working, self.trouble, self.empty, self.sound)
        layout = column(label(tr("Result"), "section"), *parts, gap=12, margins=(16, 16, 16, 16))
        layout.setStretchFactor(self.empty, 1)
        layout.setStretchFactor(self.sound, 1)
        layout.addStretch(0)  # all the room there is while neither of both shows
        self.setLayout(layout)
        run.moved.connect(self._show)
        self.hearing.moved.connect(self._show_place)
        place.changed.connect(self._show_ways)
        self._show()

    # --- what is seen ------------------------------------------------------------------------------------

    def _build_work(self) -> None:
        self.state = ElidedLabel("", "note")
        self.progress = ProgressLine(tr("Progress of the speech"))
        self.cancel = Button(tr("Cancel"))
        self.working, line = QWidget(), row(gap=8)
        line.addWidget(self.state, 1)
        line.addWidget(self.cancel)
        self.working.setLayout(column(line, self.progress, gap=6))
        self.trouble = Banner("bad")
        on_click(self.cancel, self._cancel)

    def _build_sound(self) -> None:
        self.wave = WaveView(tr("What was spoken, to listen from any place"), "track_voice", 56)
        self.play = IconButton("play", tr("Play"))
        self.at = timecode_label("")
        self.rows = SoundRows(tr("Paragraphs"))
        self.rows.setMinimumHeight(120)
        self.again = Button(tr("Speak this paragraph again"), icon="arrow-clockwise")
        self.stale = label(tr("Text, voice or settings have changed since."), "caution", wrap=True)
        self.stale.hide()
        self.wave.sought.connect(self.play_from)
        self.rows.played.connect(self._play_paragraph)
        self.rows.acted.connect(self._play_paragraph)
        self.rows.chosen.connect(lambda _row: self._show_ways())
        on_click(self.play, self.toggle)
        on_click(self.again, self._again)

    def _build_ways(self) -> None:
        self.title = QLineEdit()
        self.title.setAccessibleName(tr("Title in the library"))
        self.title.setPlaceholderText(tr("Title in the library"))
        self.keep = Button(tr("Save to the library"), icon="folder-open")
        self.add = Button(tr("Add at the playhead"), icon="plus")
        self.save = Button(tr("Save as a file…"), icon="download-simple")
        self.sound = QWidget()
        heard = row(self.play, self.at, None)
        ways = column(self.title, self.keep, self.add, self.save, gap=8)
        self.sound.setLayout(column(self.wave, heard, self.stale, self.rows, self.again, 4, ways, gap=8))
        on_click(self.keep, lambda: self._keep(self._told_kept))
        on_click(self.add, self._add)
        on_click(self.save, self._save_as)

    def show_current(self, current: SpeechOrder, *, paid: bool, ready: bool) -> None:
        """What is typed and set now: whether that is what was spoken, whether its voice is ``paid``, and
        whether it can be spoken (``ready``)."""
        self._current, self._paid, self._ready = current, paid, ready
        self.stale.setVisible(self._changed)
        self._show_again()

    @property
    def _changed(self) -> bool:
        return self.run.order is not None and self.run.order != self._current

    def _show(self) -> None:
        run, works = self.run, self.run.work.running
        self.working.setVisible(works)
        if works and self.window().focusWidget() in (self.again, self.keep, self.add, self.save):
            self.cancel.setFocus(Qt.FocusReason.TabFocusReason)
        if works:
            job = run.work.at_work
            told = (tr_message(job.message), time_left_words(job.time_left_s)) if job is not None else ()
            self.state.setText("  ·  ".join(part for part in told if part) or tr("Starting…"))
            self.progress.show_share(job.fraction if job is not None else 0.0)
        fault = None if works else run.work.fault
        message, hint = (tr_message(fault.message), tr_message(fault.hint)) if fault else ("", "")
        self.trouble.show_message("bad", message, hint)
        self.empty.setVisible(run.done is None and not works and fault is None)
        self.sound.setVisible(run.done is not None)
        if run.done is not None and run.result_job != self._shown_job:
            self._show_done(run.done)
        self._show_ways()

    def _show_done(self, done: SpeechDone) -> None:
        self.hearing.stop()
        self._shown_job = self.run.result_job
        self.wave.show_sound(self.run.outline, done.length.seconds)
        number = self.rows.current
        self.rows.show_rows([_row(at, one) for at, one in enumerate(_paragraphs(done), 1)], number or "1")
        text = self.run.order.text if self.run.order is not None else ""
        if text != self._shown_text:  # a title that was typed is that of the text, however it is spoken
            self.title.setText(speech_title(text))
            self.title.setCursorPosition(0)  # its beginning is in sight
        self._shown_text = text
        self._show_place()
        self._look_for_kept()

    def showEvent(self, event: QShowEvent) -> None:
        """What is in the library may have been taken out of it since."""
        super().showEvent(event)
        self._look_for_kept()

    def _look_for_kept(self) -> None:
        """Whether what is shown is in the library."""
        job_id, done, order = self._shown_job, self.run.done, self.run.order
        if done is None or order is None:
            return

        def take(entry: LibraryEntry | None) -> None:
            self._kept.pop(job_id, None)
            if entry is not None:
                self._kept[job_id] = entry
                if job_id == self._shown_job:
                    self.title.setText(entry.asset.title)
                    self.title.setCursorPosition(0)
            self._show_ways()

        services = self._context.services
        self._context.tasks.run(
            lambda: kept_speech(services, order, done.sound), take, lambda _error: take(None)
        )

    def _show_place(self) -> None:
        """Where it is heard, of how much."""
        length = self.run.done.length if self.run.done is not None else Time(0)
        at = Time(round(self.hearing.share * length.ticks))
        self.wave.show_place(at.seconds)
        self.at.setText(f"{clock_time(at)} / {clock_time(length)}")
        self.play.set_icon("stop" if self.hearing.heard else "play")
        self.play.set_name(tr("Stop") if self.hearing.heard else tr("Play"))
        for number, _one in enumerate(self.rows.rows.rows, 1):
            icon = "stop" if self.hearing.heard == str(number) else "play"
            self.rows.rows.change(str(number), icon=icon)

    def _show_ways(self) -> None:
        kept, works = self._shown_job in self._kept, self.run.work.running
        self.keep.setText(tr("In the library") if kept else tr("Save to the library"))
        self.keep.setEnabled(not kept and not works)
        self.title.setEnabled(not kept)
        can_place = self._place.can_place
        self.add.setEnabled(can_place and not works)
        self.add.setToolTip(
            plain("" if can_place else tr("Open a clip in the editor first, then come here from there."))
        )
        self.save.setEnabled(not works)
        self._show_again()

    def _show_again(self) -> None:
        """Whether a paragraph can be spoken again, and what that does or why not."""
        vain = not self._changed and speaks_alike(self._current.voice)
        self.again.setEnabled(
            self._ready and not vain and not self.run.work.running and bool(self.rows.current)
        )
        if vain:
            told = tr(
                "This voice speaks a text the same way each time. Change the text, voice, speed or pitch."
            )
        elif self._paid:
            told = tr("A service speaks it otherwise each time, and is paid for it again.")
        else:
            told = tr("Speaks what is typed and set now.")
        self.again.setToolTip(plain(told))

    # --- what is done ------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Play, or stop."""
        if self.hearing.heard:
            self.hearing.stop()
        else:
            self.play_from(0.0)

    def play_from(self, at_s: float) -> None:
        """Play the whole from a second on."""
        done = self.run.done
        if done is not None:
            self.hearing.hear(_WHOLE, done.sound, done.length, Time.from_seconds(at_s))

    def _play_paragraph(self, number: str) -> None:
        done = self.run.done
        if self.hearing.heard == number:
            self.hearing.stop()
        elif done is not None:
            one = done.paragraphs[int(number) - 1]
            self.hearing.hear(number, done.sound, done.length, one.start, one.end)

    def _again(self) -> None:
        if self.rows.current:
            self.hearing.stop()
            self.run.again(self._current, int(self.rows.current))

    def _cancel(self) -> None:
        job = self.run.work.at_work
        if job is None:
            self.run.work.cancel()
        else:
            jobs = self._context.services.jobs
            stays = tr("What was spoken so far is not spoken, or paid for, again.")
            title = tr("Cancel the speech?")
            cancel_work(self._context, self, [job.id], lambda: jobs.cancel(job.id), title=title, stays=stays)

    def _keep(self, then: Callable[[LibraryEntry], object]) -> None:
        """Put it into the library unless it is there, and go on with what is there; once for each way on,
        however often that is asked for meanwhile."""
        job_id, done, order = self._shown_job, self.run.done, self.run.order
        if job_id in self._kept:
            then(self._kept[job_id])
        elif job_id in self._keeping:
            self._keeping[job_id] += [then] if then not in self._keeping[job_id] else []
        elif done is not None and order is not None:
            self._keeping[job_id] = [then]
            services, title = self._context.services, self.title.text()
            self.keep.setEnabled(False)

            def kept(entry: LibraryEntry) -> None:
                self._kept[job_id] = entry
                self._show_ways()
                self._place.kept.emit(entry)
                for one in self._keeping.pop(job_id):
                    one(entry)

            def failed(error: Exception) -> None:
                del self._keeping[job_id]
                self._show_ways()
                self._context.trouble(error)

            self._context.tasks.run(lambda: keep_spoken(services, order, done.sound, title), kept, failed)

    def _told_kept(self, entry: LibraryEntry) -> None:
        self._context.tell(ToastText(tr("“{title}” is in the library", title=entry.asset.title)))

    def _add(self) -> None:
        self._keep(self._place.place)

    def _save_as(self) -> None:
        folder = Path(self._work.memory.last_folder or Path.home())
        name = f"{safe_name(self.title.text(), tr('Speech'), 80)}.wav"
        words, kind = tr("Save the speech"), "WAV (*.wav)"
        chosen, _filter = QFileDialog.getSaveFileName(self.window(), words, str(folder / name), kind)
        if chosen:
            self.save_to(ending_in(Path(chosen), ".wav"))

    def save_to(self, out: Path) -> None:
        """Write it into a file; the toast shows where that is."""
        services, done = self._context.services, self.run.done
        if done is not None:
            shown = partial(show_in_folder, out, self._context.tell)
            saved = ToastText(tr("Saved “{name}”", name=out.name), action=tr("Show"), then=shown)
            self._context.tasks.run(
                lambda: save_spoken(services, done.sound, out), lambda _none: self._context.tell(saved)
            )


def _paragraphs(done: SpeechDone) -> list[tuple[str, Time, Time]]:
    return [(one.text, one.start, one.end) for one in done.paragraphs]


def _row(number: int, one: tuple[str, Time, Time]) -> SoundRow:
    text, start, end = one
    seconds = Time.from_seconds(max(1, round((end - start).seconds)))
    note = f"{clock_time(start)}  ·  {duration(seconds)}"
    return SoundRow(str(number), f"{number}. {text}", note)
