"""An XTTS server of one's own (xtts-api-server): voices copied from samples that lie in its folder."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.file_names import safe_name
from viralclip_desktop.core.files import from_home, written_beside
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.provider import NETWORK, Need, ProviderInfo
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_code
from viralclip_desktop.engines.tts.base import ClonedFrom, Voice
from viralclip_desktop.engines.tts.remote import RemoteVoices, Sound
from viralclip_desktop.settings.declaration import provider_setting

if TYPE_CHECKING:
    from viralclip_desktop.engines.http.client import HttpSync

_AT: Final = "@"
"""Between a speaker and the server's code of the language: it speaks each of its languages in each voice."""


class XttsVoices(RemoteVoices):
    """Every speaker in every language of the server."""

    takes = ".wav"
    longest = 240  # characters; the model loses words of longer texts
    info = ProviderInfo(
        "xtts",
        "XTTS server",
        "tts",
        needs=(Need("address", "address", "the server"), NETWORK),
        capabilities=("clones",),
        settings=(
            provider_setting("address", "", "Server address", "Such as http://127.0.0.1:8020."),
            provider_setting(
                "speakers",
                "",
                "Folder of speakers",
                "Where the server keeps its samples, if that can be reached from here.",
            ),
        ),
    )

    def _at(self) -> Service:
        return Service("XTTS server", str(self._option("address")).strip())

    def clone(self, origin: ClonedFrom, cancel: CancelToken) -> str:
        """See :class:`~viralclip_desktop.engines.tts.base.ClonesVoices`. The server takes no samples over the
        network: they go into its folder, by us where that is known, else by the user."""
        speaker, voice = _speaker(origin.name), f"{_speaker(origin.name)}{_AT}{origin.language or 'en'}"
        place = self._place(speaker)
        if place is not None:
            put_samples(origin.samples, place)
        with self._http(self._listing) as http:
            listed = {one.name: one for one in self._listed(http)}
        cancel.raise_if_cancelled()
        if voice in listed:
            return voice
        if place is not None:
            raise EnvironmentLacks(
                say("The XTTS server does not list the speaker {name} yet.", name=speaker),
                say(
                    "Its samples lie in {folder}. Check that this is the server's folder.",
                    folder=str(place),
                ),
            )
        raise EnvironmentLacks(
            say(
                "An XTTS server takes no samples over the network: put them into its folder of speakers, in "
                "one named {name}, and add the voice again.",
                name=speaker,
            ),
            "Or say where that folder is in the setting providers.xtts.speakers.",
        )

    def forget(self, voice: str, cancel: CancelToken) -> bool:  # noqa: ARG002 - nothing is asked
        """See :class:`~viralclip_desktop.engines.tts.base.ClonesVoices`: its samples are taken out of the
        server's folder where that is known."""
        place = self._place(voice.rpartition(_AT)[0])
        if place is None:
            return False
        drop_samples(place)
        return not place.exists()

    def _place(self, speaker: str) -> Path | None:
        folder = str(self._option("speakers")).strip()
        # what a name from elsewhere would lead out of the folder is none of ours
        return from_home(folder) / speaker if folder and speaker == _speaker(speaker) else None

    def _listed(self, http: HttpSync) -> list[Voice]:
        languages = http.request("GET", "languages").value("languages", kind=dict)
        speakers = [str(one) for one in http.request("GET", "speakers_list").value(kind=list)]
        return [
            Voice(self.info.id, f"{speaker}{_AT}{told}", code, label=speaker)
            for told in map(str, languages.values())
            if (code := language_code(told)) in LANGUAGE_NAMES
            for speaker in speakers
        ]

    def _sound(self, http: HttpSync, text: str, voice: str, cancel: CancelToken) -> Sound:
        speaker, _, language = voice.rpartition(_AT)
        asked = {"text": text, "speaker_wav": speaker, "language": language}
        answer = http.request("POST", "tts_to_audio/", json=asked, repeatable=True, cancel=cancel)
        return self._wav(answer.binary("audio/"))


_OURS: Final = "viralclip-"
"""The samples in the server's folder that are ours begin with that."""


def _speaker(name: str) -> str:
    """A name as a folder of the server has it."""
    return safe_name(name.replace(_AT, " "), "voice", 60)


def put_samples(samples: Sequence[Path], place: Path) -> None:
    """Copy a speaker's samples into the server's folder. Raises EnvironmentLacks where that may not be."""
    try:
        for number, sample in enumerate(samples, 1):
            with written_beside(place / f"{_OURS}{number}{sample.suffix}") as partial:
                shutil.copyfile(sample, partial)
    except OSError as error:
        raise EnvironmentLacks(
            say("The samples could not be put into {folder}.", folder=str(place)),
            "Check the folder of speakers in the settings.",
            str(error),
        ) from error


def drop_samples(place: Path) -> None:
    """Take them out again, and the folder where nothing else is in it."""
    with suppress(OSError):
        for sample in place.glob(f"{_OURS}*"):
            sample.unlink(missing_ok=True)
        place.rmdir()
