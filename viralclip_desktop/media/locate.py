"""Where the ffmpeg program is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say


def ffmpeg_path(environ: Mapping[str, str] = os.environ) -> Path:
    """The ffmpeg to use: ``FFMPEG_BIN`` (a path or a name on the PATH), else the one that ships with
    ``imageio-ffmpeg``, which has every filter and encoder family the program uses.

    Raises :class:`EnvironmentLacks` if there is none.
    """
    named = environ.get("FFMPEG_BIN", "").strip()
    return _named(named) if named else _shipped()


def _named(name: str) -> Path:
    found = shutil.which(os.path.expanduser(name))  # noqa: PTH111 - a bare name is looked up on the PATH
    if found is None:
        raise EnvironmentLacks(
            say("FFMPEG_BIN names {name}, which is not a program that can be run.", name=name),
            "Correct it, or unset it to use the ffmpeg that comes with ViralClip.",
        )
    return Path(found).absolute()


@cache
def _shipped() -> Path:
    hint = "Install ViralClip again, or set FFMPEG_BIN to an ffmpeg of your own."
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        return Path(get_ffmpeg_exe()).absolute()
    except (ImportError, RuntimeError) as error:
        raise EnvironmentLacks("The ffmpeg program is missing.", hint, str(error)) from error
