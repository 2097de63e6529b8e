"""Whether a folder can take finished files, asked before the work rather than after it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.messages import say
from viralclip_desktop.media.faults import disk_fault


def check_folder(folder: Path) -> None:
    """Raise BadInput for a place that is no folder or cannot be one, EnvironmentLacks where nothing may be
    written. Nothing is created: of a folder that does not exist yet, its nearest parent is tried."""
    folder = from_home(folder).absolute()
    if folder.exists() and not folder.is_dir():
        raise BadInput(
            say("{folder} is a file, not a folder.", folder=folder), "Give a folder for the finished clips."
        )
    parent = next(place for place in (folder, *folder.parents) if place.exists())
    if not parent.is_dir():
        raise BadInput(
            say("{parent} is a file, not a folder.", parent=parent), "Give a folder for the finished clips."
        )
    try:
        with tempfile.TemporaryFile(dir=parent):
            pass
    except OSError as error:
        raise disk_fault(error, parent) from error
