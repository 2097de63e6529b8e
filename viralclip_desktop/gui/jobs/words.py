"""What a job does, in a few words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.faces.job import FIND_FACES
from viralclip_desktop.features.models import INSTALL_MODEL
from viralclip_desktop.features.portable.job import EXPORT_PROJECT, IMPORT_PROJECT
from viralclip_desktop.features.preview.job import MAKE_PROXY
from viralclip_desktop.features.reframe.job import WATCH
from viralclip_desktop.features.relink.job import RELINK
from viralclip_desktop.features.separation.job import CLEAN
from viralclip_desktop.features.transcription.job import TRANSCRIBE
from viralclip_desktop.features.workflows.batch import BATCH
from viralclip_desktop.features.workflows.batch_recording import RECORDING
from viralclip_desktop.features.workflows.dub import DUB
from viralclip_desktop.features.workflows.exports import EXPORT
from viralclip_desktop.features.workflows.link import FETCH_LINK, fetching_address, short_address
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.features.workflows.sample import TRY_SAMPLE
from viralclip_desktop.features.workflows.studio import MAKE_AGAIN, speech_title
from viralclip_desktop.features.workflows.studio_clone import ADD_VOICE
from viralclip_desktop.features.workflows.studio_music import COMPOSE, COMPOSE_STEMS
from viralclip_desktop.features.workflows.studio_speech import SPEAK
from viralclip_desktop.features.workflows.translate import TRANSLATE
from viralclip_desktop.features.workflows.voice_sample import TRY_VOICE
from viralclip_desktop.gui.text import plural, tr, tr_message


def _batch_words(job: Job) -> str:
    """A batch by its one recording or folder, or by how many there are."""
    inputs = [str(one) for one in job.payload.get("inputs", ())]
    if len(inputs) == 1:
        return tr("Making the clips of {name}", name=Path(inputs[0]).name)
    return plural(len(inputs), "Making the clips of {n} recording", "Making the clips of {n} recordings")


def _dub_words(job: Job) -> str:
    """A dub by its languages."""
    asked = job.payload.get("languages", ())
    codes = [str(one.get("code", "")) for one in asked if isinstance(one, dict)]
    names = ", ".join(tr_message(language_name(code)) for code in codes)
    return tr("Dubbing into {languages}", languages=names)


_WORDS: dict[str, Callable[[Job], str]] = {
    EXPORT.name: lambda _job: tr("Exporting"),
    MAIN_JOB.name: lambda job: tr("Finding clips in {name}", name=_file(job, "path")),
    BATCH.name: _batch_words,
    RECORDING.name: lambda job: tr("Making the clips of {name}", name=_file(job, "path")),
    FETCH_LINK.name: lambda job: tr("Fetching {address}", address=short_address(fetching_address(job))),
    INSTALL_MODEL.name: lambda job: tr("Installing the model {name}", name=_asked(job, "model")),
    TRY_SAMPLE.name: lambda _job: tr("Making the sample talk"),
    RELINK.name: lambda job: tr("Looking for recordings in {name}", name=_file(job, "folder")),
    IMPORT_PROJECT.name: lambda job: tr("Importing {name}", name=_file(job, "path")),
    FIND_FACES.name: lambda _job: tr("Looking for faces"),
    CLEAN.name: lambda _job: tr("Taking the noise away"),
    WATCH.name: lambda _job: tr("Looking for who speaks"),
    TRANSCRIBE.name: lambda _job: tr("Writing down what is said"),
    TRANSLATE.name: lambda job: tr(
        "Translating into {language}", language=tr_message(language_name(_asked(job, "language")))
    ),
    DUB.name: _dub_words,
    SPEAK.name: lambda job: tr("Speaking “{title}”", title=speech_title(_asked(job, "text"))),
    COMPOSE.name: lambda _job: tr("Composing music"),
    COMPOSE_STEMS.name: lambda _job: tr("Composing the stems of music"),
    ADD_VOICE.name: lambda job: tr("Making the voice {name}", name=_asked(job, "name")),
    TRY_VOICE.name: lambda _job: tr("Trying a voice"),
    MAKE_AGAIN.name: lambda job: tr("Making “{title}” again", title=_asked(job, "title")),
    MAKE_PROXY.name: lambda _job: tr("Making a quick copy for the player"),
    EXPORT_PROJECT.name: lambda job: tr("Writing {name}", name=_file(job, "path")),
}


def job_words(job: Job) -> str:
    """``Finding clips in Talk.mp4``, ``Exporting``, ``Installing the model small``..."""
    words = _WORDS.get(job.kind)
    return words(job) if words is not None else tr("Working")


def _asked(job: Job, field: str) -> str:
    """What the job was asked, as far as it can be read: a list names work of other versions, too."""
    return str(job.payload.get(field, ""))


def _file(job: Job, field: str) -> str:
    return Path(_asked(job, field)).name
