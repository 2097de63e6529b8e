"""What a job does, in a few words."""

from __future__ import annotations

from pathlib import Path

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import errands
from viralclip_desktop.gui.text import tr


def job_words(job: Job) -> str:
    """``Finding clips in Talk.mp4``, ``Exporting``, ``Installing the model small``..."""
    name = Path(str(job.payload.get("path", ""))).name
    model = str(job.payload.get("model", ""))
    folder = Path(str(job.payload.get("folder", ""))).name
    words = {
        "export": tr("Exporting"),
        "find_clips": tr("Finding clips in {name}", name=name),
        errands.INSTALL_MODEL: tr("Installing the model {name}", name=model),
        errands.TRY_SAMPLE: tr("Making the sample talk"),
        errands.RELINK: tr("Looking for recordings in {name}", name=folder),
        errands.IMPORT_PROJECT: tr("Importing {name}", name=name),
        errands.FIND_FACES: tr("Looking for faces"),
        errands.EXPORT_PROJECT: tr("Writing {name}", name=name),
    }
    return words.get(job.kind, tr("Working"))
