"""Which letters can't be drawn here: libass is asked, which draws captions and knows the system's fonts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from viralclip_desktop.compose.captions.ass import Event, document, escape
from viralclip_desktop.compose.captions.fonts import GENERAL
from viralclip_desktop.compose.graph import CAPTIONS_FILE
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.media import workdir
from viralclip_desktop.media.run import run_ffmpeg

_NO_GLYPH = re.compile(r"failed to find any fallback with glyph 0x([0-9A-Fa-f]+)")
_SIZE = Size(64, 64)
_SOURCE = f"color=s={_SIZE.width}x{_SIZE.height}:r=1:d=1"


@cache
def undrawn(letters: frozenset[str], work: Path) -> frozenset[str]:
    """Those of ``letters`` that no font of this computer has. ``work`` is the root of the work folders.

    Raises what :func:`run_ffmpeg` raises. Asked once for the same letters.
    """
    event = Event(0, 0, 100, "Any", "", escape(" ".join(sorted(letters))))
    text = document(_SIZE, {"Any": (GENERAL.name, 20.0, 0.0)}, [event])
    with workdir.scratch(work) as folder:
        (folder / CAPTIONS_FILE).write_text(text, encoding="utf-8")
        picture = ["-f", "lavfi", "-i", _SOURCE, "-vf", f"ass={CAPTIONS_FILE}", "-f", "null", "-"]
        log = run_ffmpeg(picture, cwd=folder, log_lines=10_000)
    return letters & {chr(int(code, 16)) for code in _NO_GLYPH.findall(log)}
