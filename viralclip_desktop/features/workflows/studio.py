"""What is made in the studio goes into the library with its settings, and is made again of these."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.library import LibraryEntry, LibraryKind
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.targets import check_target
from viralclip_desktop.features.library import Making, keep_sound
from viralclip_desktop.features.music import compose_music
from viralclip_desktop.features.music.wishes import settings_of, wishes_from
from viralclip_desktop.features.voices import (
    SpeechRequest,
    find_voice,
    is_mark,
    lasting_voice_id,
    price_of,
    save_speech,
)
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.workdir import scratch
from viralclip_desktop.music.composer import Wishes
from viralclip_desktop.music.presets import presets
from viralclip_desktop.music.theory import read_key

SPEECH: Final = "speech"
MUSIC: Final = "music"
_TITLE_WORDS, _LONGEST_TITLE = 8, 80  # words, letters
_OWN: Final = "ViralClip"

Maker = Callable[[Services, Mapping[str, object], Path, Progress, CancelToken | None], object]


def keep_speech(services: Services, request: SpeechRequest, sound: Path, title: str = "") -> LibraryEntry:
    """Put what was spoken into the library, by its first words where it has no ``title``."""
    title, making = title.strip() or speech_title(request.text), speaking_of(services, request)
    origin = TTS.info(str(making.settings["voice"]).partition(":")[0]).name
    return keep_sound(services, sound, LibraryKind.VOICE, making, title=title, origin=origin)


def speaking_of(services: Services, request: SpeechRequest) -> Making:
    """How a text is spoken, as the library notes it. Raises UsageError for a voice of one's own that is
    gone."""
    return Making(SPEECH, replace(request, voice=lasting_voice_id(services, request.voice)).settings())


def speech_title(text: str) -> str:
    """The first words of a text."""
    words = " ".join(line for line in text.splitlines() if not is_mark(line)).split()
    title = " ".join(words[:_TITLE_WORDS])[:_LONGEST_TITLE]
    return title + ("…" if len(title) < len(" ".join(words)) else "")


def music_title(preset: str, key: str, seed: int) -> str:
    """As the library and files call a piece: ``Sad piano, A minor, 4711``. ``key``: as ``A:min``."""
    return f"{presets()[preset].title}, {read_key(key, '').words}, {seed}"


def keep_music(services: Services, wishes: Wishes, sound: Path, title: str) -> LibraryEntry:
    """Put what was composed into the library."""
    making = composing_of(wishes)
    return keep_sound(services, sound, LibraryKind.MUSIC, making, title=title, origin=_OWN)


def composing_of(wishes: Wishes) -> Making:
    """How a song of these wishes is made, as the library notes it."""
    return Making(MUSIC, settings_of(wishes))


def copy_out(services: Services, sound: Path, out: Path) -> None:
    """Copy a sound to where the user says. Raises BadInput for a place that is taken by something else, and
    Faults of the disk."""
    check_target(services.store, services.paths, out, (".wav",))
    try:
        with written_beside(out) as partial:
            shutil.copyfile(sound, partial)
    except OSError as error:
        raise disk_fault(error, out) from error


def make_again(
    services: Services,
    entry: LibraryEntry,
    out: Path,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Make a sound of the library again, into a file, with the settings that made it. Raises BadInput for one
    that was brought, or that nothing here can make; Faults and Cancelled."""
    making = Making.of(entry.asset)
    if making is None:
        raise BadInput(
            say("{title} was not made here.", title=entry.asset.title),
            "Only what the program made can be made again.",
        )
    maker = MAKERS.get(making.by)
    if maker is None:
        raise BadInput(
            say(
                "{title} cannot be made again: it was made by “{maker}”.",
                title=entry.asset.title,
                maker=making.by,
            ),
            "Another version of the program may know that.",
        )
    maker(services, making.settings, out, progress, cancel)


@dataclass(frozen=True)
class AgainOrder:
    """Which sound of the library, by its id and as it is called."""

    sound: str
    title: str = ""


@dataclass(frozen=True)
class AgainDone:
    """The sound that was made, by its id in the library. ``same``: it is the one that was there, as what was
    made is not another; nothing new is kept."""

    sound: str
    same: bool = False


def price_again(services: Services, entry: LibraryEntry) -> float:
    """What making a sound again costs at most, in US dollars: what was spoken before is not paid for again.
    Raises BadInput for a voice that there is not any more."""
    making = Making.of(entry.asset)
    if making is None or making.by != SPEECH:
        return 0.0
    request = SpeechRequest.of(making.settings)
    return price_of(services, find_voice(services, request.voice), [request.text])


def submit_again(services: Services, entry: LibraryEntry) -> Job:
    """Queue the making anew of a sound of the library, or take up what is under way. What is made comes
    beside the old one; where it is the same, it only takes the place of a file that is gone."""
    return services.jobs.submit(MAKE_AGAIN, AgainOrder(entry.id, entry.asset.title), once=True)


def _again(services: Services, request: AgainOrder, context: JobContext) -> AgainDone:
    entry = services.store.library_entry(request.sound)
    asset, making = entry.asset, Making.of(entry.asset)
    with scratch(services.paths.render_work) as work:
        out = work / "again.wav"
        make_again(services, entry, out, context.progress, context.cancel)
        assert making is not None
        if is_there(asset.path) and fingerprint(out) == asset.fingerprint:
            return AgainDone(entry.id, same=True)
        made = keep_sound(
            services,
            out,
            entry.item.kind,
            making,
            title=asset.title,
            origin=asset.origin,
            tags=asset.tags,
            folder=entry.item.folder,
            licence=asset.licence,
        )
    return AgainDone(made.id)


MAKE_AGAIN = JobKind("make_sound_again", "make_sound_again", AgainOrder, AgainDone, _again)


def _speak(
    services: Services,
    settings: Mapping[str, object],
    out: Path,
    progress: Progress,
    cancel: CancelToken | None,
) -> None:
    save_speech(services, SpeechRequest.of(settings), out, progress=progress, cancel=cancel)


def _compose(
    _services: Services,
    settings: Mapping[str, object],
    out: Path,
    progress: Progress,
    cancel: CancelToken | None,
) -> None:
    compose_music(wishes_from(settings), out, progress=progress, cancel=cancel)


MAKERS: Final[dict[str, Maker]] = {SPEECH: _speak, MUSIC: _compose}
"""By what a sound notes that it was made by."""
