"""Hearing a voice: a job speaks a short text, and it is played when it is there."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.common.outline import outline_of_pcm
from viralclip_desktop.features.workflows.voice_sample import TRY_VOICE, samples_of, submit_sample
from viralclip_desktop.gui.bridge.later import later
from viralclip_desktop.gui.session.sound import BYTES_A_SECOND, RATE_HZ, SoundOut
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.session.player import Player

_BARS = 48  # bars of a small waveform
_AFTER_MS = 500  # what the device has in hand is heard, too


def no_sound() -> ToastText:
    """Said where there is no sound device."""
    hint = tr("Connect headphones or loudspeakers, and try again.")
    return ToastText(tr("This computer plays no sound."), hint, kind="caution")


def _read(sound: Path) -> tuple[bytes, tuple[int, ...]]:
    """A file as the sound device takes it, and its outline."""
    samples = samples_of(sound, RATE_HZ)
    return samples, outline_of_pcm(samples, columns=_BARS)


class Samples(QObject):
    """One voice at a time: the next one asked for is heard in the place of the one before. ``moved`` tells
    that another voice is awaited, or none."""

    moved = Signal()
    heard = Signal(str, object)
    """The id of a voice that is played now, and the outline of its sample."""

    def __init__(self, context: Context, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._player = context, player
        self._job_id = ""
        self._ended: dict[str, Job] = {}
        self._asking: Ticket | None = None
        self._sound: SoundOut | None = None
        self.awaited = ""
        """The id of the voice that is being spoken with; empty for none."""
        context.events.job_moved.connect(self._take)

    def hear(self, voice_id: str, text: str = "") -> None:
        """Speak with a voice, and play it. Without a ``text`` it counts to five."""
        self.stop()
        services = self._context.services
        self._await(voice_id)
        self._asking = self._context.tasks.run(
            lambda: submit_sample(services, voice_id, text), self._asked, self._failed
        )

    def stop(self) -> None:
        """Play nothing more, and wait for nothing."""
        if self._asking is not None:
            self._asking.forget()
        self._asking, self._job_id = None, ""
        if self._sound is not None:
            self._sound.close()
            self._sound = None
        self._await("")

    def _await(self, voice_id: str) -> None:
        if voice_id != self.awaited:
            self.awaited = voice_id
            self.moved.emit()

    def _asked(self, job: Job) -> None:
        """It may have ended by now."""
        self._job_id = job.id
        self._take(self._ended.get(job.id, job))

    def _take(self, job: Job) -> None:
        if not TRY_VOICE.is_of(job) or not job.state.ended:
            self._ended.pop(job.id, None)
            return
        self._ended[job.id] = job
        if job.id != self._job_id:
            return
        self._job_id = ""
        if job.state is WorkState.COMPLETED:
            sound = TRY_VOICE.result_of(job).sound
            self._asking = self._context.tasks.run(lambda: _read(sound), self._play, self._failed)
        else:
            self._await("")
            if job.state is WorkState.FAILED:
                self._context.trouble(Fault(job.error, job.hint, job.details))

    def _play(self, read: tuple[bytes, tuple[float, ...]]) -> None:
        samples, outline = read
        self.heard.emit(self.awaited, outline)
        self._await("")
        self._player.pause()
        self._sound = SoundOut(volume=self._player.volume)
        if self._sound.works:
            self._sound.write(samples)
            later(
                self,
                round(1000 * len(samples) / BYTES_A_SECOND) + _AFTER_MS,
                partial(self._over, self._sound),
            )
        else:
            self._context.tell(no_sound())

    def _over(self, sound: SoundOut) -> None:
        """The device is let go, unless something else is heard by now."""
        if self._sound is sound:
            self._sound = None
            sound.close()

    def _failed(self, error: Exception) -> None:
        self._await("")
        self._context.trouble(error)
