"""The recording's own sound: which track and channels of it are heard, and whether and how loud in a clip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import AudioStream, ChannelUse, Source
from viralclip_desktop.domain.mix import MUTE_DB
from viralclip_desktop.domain.properties.sound import NOISE, OWN_VOLUME, TONE
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.editing import reduce_noise, set_original_volume, set_voice_tone
from viralclip_desktop.features.media_import.own_sound import choose_sound, other_track
from viralclip_desktop.features.separation.job import CLEAN
from viralclip_desktop.features.transcription.job import start_transcribing
from viralclip_desktop.gui.common.property_controls import property_choice, property_slider
from viralclip_desktop.gui.common.work_line import WorkLine
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.messages import Banner
from viralclip_desktop.gui.widgets.setting_row import setting_row

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession

_NAME_PX = 68


def _uses() -> list[tuple[object, str]]:
    return [
        (ChannelUse.BOTH, tr("Original")),
        (ChannelUse.LEFT, tr("Left on both sides")),
        (ChannelUse.RIGHT, tr("Right on both sides")),
        (ChannelUse.INVERTED, tr("Right one turned over")),
    ]


def _track_words(number: int, track: AudioStream) -> str:
    """``2: Microphone``, ``2: eng``, ``Track 2``."""
    name = track.title or track.language
    return f"{number + 1}: {name}" if name else tr("Track {number}", number=number + 1)


class OwnSound(QFrame):
    """A switch and a slider, stored as they move; hidden for a recording without sound. Where there is a
    choice it offers the sound tracks and the use of the channels, for all clips of the recording."""

    def __init__(self, session: ClipSession, context: Context) -> None:
        super().__init__()
        self._session, self._context = session, context
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Original sound"))
        self.heard = Switch(tr("Original sound"))
        self.volume = property_slider(OWN_VOLUME, 0)
        self.volume.field.setFixedWidth(72)
        self._volume_row = setting_row(tr("Volume"), self.volume, name_px=_NAME_PX)
        self.noise, self.tone = property_choice(NOISE), property_choice(TONE)
        self._noise_row = setting_row(tr(NOISE.label), self.noise, name_px=_NAME_PX)
        self._tone_row = setting_row(tr(TONE.label), self.tone, name_px=_NAME_PX)
        self.cleaning = WorkLine(
            context, CLEAN, tr("Taking the noise away…"), lambda job: CLEAN.request_of(job).clip_id
        )
        top = setting_row(tr("Original sound"), self.heard, wide=False, name_px=150)
        self.track, self.channels = DropDown(tr("Sound track")), DropDown(tr("Channels"))
        self.channels.show_choices(_uses())
        self._track_row = setting_row(tr("Sound track"), self.track, name_px=_NAME_PX)
        self._channels_row = setting_row(tr("Channels"), self.channels, name_px=_NAME_PX)
        self.other_words = Banner("caution")
        self.other_words.acted.connect(self._transcribe)
        sound = (self._volume_row, self._noise_row, self.cleaning, self._tone_row)
        rows = (top, *sound, self._track_row, self._channels_row, self.other_words)
        self.setLayout(column(*rows, gap=6, margins=(12, 10, 12, 10)))
        self.track.chosen.connect(lambda index: self._choose(index=index))
        self.channels.chosen.connect(lambda use: self._choose(use=use))
        self.noise.chosen.connect(lambda value: self._session.edit(reduce_noise, value))
        self.tone.chosen.connect(lambda value: self._session.edit(set_voice_tone, value))
        self.heard.clicked.connect(lambda on: self._set(0.0 if on else MUTE_DB))
        self.volume.scaled.connect(lambda value, gesture: self._set(value, f"own-sound-{gesture}"))

    def show_clip(self, clip: Clip | None) -> None:
        """The clip as it is stored."""
        loaded = self._session.loaded
        self.setVisible(loaded is None or loaded.source.audio is not None)
        if loaded is not None and loaded.source.audio_index is not None:
            self._show_source(loaded.source, loaded.source.audio_index)
            self._show_words(loaded.source, loaded.transcript)
        self.cleaning.follow(clip.id if clip is not None else "")
        if clip is not None:
            self.heard.setChecked(clip.original_volume_db > MUTE_DB)
            for one in (self._volume_row, self._noise_row, self._tone_row):
                one.setVisible(clip.original_volume_db > MUTE_DB)
            self.noise.show_value(clip.mix.noise)
            self.tone.show_value(clip.mix.tone)
            self.volume.show_number(clip.original_volume_db)

    def _show_source(self, source: Source, index: int) -> None:
        tracks = source.info.audio
        self._track_row.setVisible(len(tracks) > 1)
        self.track.show_choices(
            [(number, _track_words(number, track)) for number, track in enumerate(tracks)]
        )
        self.track.show_value(index)
        self._channels_row.setVisible(tracks[index].channels == 2)
        self.channels.show_value(tracks[index].channel_use)

    def _show_words(self, source: Source, transcript: Transcript | None) -> None:
        other = other_track(source, transcript)
        words = "" if other is None else tr_message(other)
        hint = tr("Captions and clips go by its words. Your corrections of them stay in the history.")
        self.other_words.show_message("caution", words, hint, tr("Transcribe this track"))

    def _transcribe(self) -> None:
        """The activity panel shows how far it is; the store then reports the change."""
        services, source_id = self._context.services, self._session.source_id
        self._context.tasks.run(lambda: start_transcribing(services, source_id), failed=self._context.trouble)

    def _choose(self, **wanted: Any) -> None:
        """Reading the sound anew takes a while; the store then reports the change."""
        services, source_id = self._context.services, self._session.source_id
        self.setEnabled(False)
        self._context.tasks.run(
            lambda: choose_sound(services.store, services.paths, source_id, **wanted),
            lambda _source: self.setEnabled(True),
            self._not_chosen,
        )

    def _not_chosen(self, error: Exception) -> None:
        self.setEnabled(True)
        self.show_clip(self._session.clip)
        self._context.trouble(error)

    def _set(self, volume_db: float, gesture: str | None = None) -> None:
        self._session.edit(set_original_volume, volume_db, gesture=gesture)
