"""Work folders: the caption file and its fonts, made once per look and shared by every still, preview
and export of it. ffmpeg runs inside such a folder, so that no path ever has to be escaped."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from viralclip_desktop.compose import wave_picture
from viralclip_desktop.compose.graph import CAPTIONS_FILE, FONTS_FOLDER, TITLES_FILE, build
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.processes import is_running
from viralclip_desktop.core.time import Time
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.run import run_ffmpeg

_LOOK_PREFIX, _SCRATCH_PREFIX = "look_", "work_"
_KEEP_S = 24 * 3600.0  # a day's work is at hand; making a folder again costs a few milliseconds
_KEEP_FOLDERS = 200


def prepare(root: Path, plan: RenderPlan) -> Path:
    """The folder under ``root`` with the captions and fonts of ``plan``; made if it is not there yet.

    Raises :class:`EnvironmentLacks` where it cannot be written.
    """
    folder = root / (_LOOK_PREFIX + _look_key(plan))
    try:
        if not (folder / FONTS_FOLDER).is_dir():
            _make(folder, plan)
        os.utime(folder)
    except OSError as error:
        raise disk_fault(error, folder) from error
    return folder


def _look_key(plan: RenderPlan) -> str:
    """Only what decides the caption file: the rest of a plan may change without making it again."""
    drawn = repr(plan.parts) if _draws_wave(plan) else None
    look = repr((plan.words, plan.style, plan.aspect, plan.duration, drawn, plan.fonts, plan.name_line))
    look += plan.language
    if plan.second_lines:
        look += repr(plan.second_lines)
    if plan.faces:
        look += repr((plan.faces, plan.framing, plan.centre_x, plan.moves, plan.shots))
    if len(plan.lettered) > (plan.name_line is not None):
        cards = [(place.start, planned.part) for planned, place in plan.placed()]
        look += repr((plan.titles, plan.progress, cards, plan.fps))
    return blake2b(look.encode(), digest_size=12).hexdigest()


def _draws_wave(plan: RenderPlan) -> bool:
    return any(planned.is_sound_alone for planned in plan.parts)


def _make(folder: Path, plan: RenderPlan) -> None:
    """Built aside and moved into place, so that two threads cannot see a half-made folder."""
    building = folder.with_name(new_id(folder.name))
    fonts = building / FONTS_FOLDER
    fonts.mkdir(parents=True)
    _write_texts(plan, building)
    if _draws_wave(plan):
        _draw_wave(plan, building)
    try:
        building.rename(folder)
    except OSError:
        shutil.rmtree(building, ignore_errors=True)
        if not folder.is_dir():
            raise
    tidy(folder.parent)


def _write_texts(plan: RenderPlan, folder: Path) -> None:
    """The captions, and the name line with titles and cards, and the fonts of all."""
    documents = {}
    if plan.captioned:
        from viralclip_desktop.compose.captions.document import caption_document

        documents[CAPTIONS_FILE] = caption_document(plan)
    if plan.lettered:
        from viralclip_desktop.compose.titles import titles_document

        documents[TITLES_FILE] = titles_document(plan)
    for name, document in documents.items():
        (folder / name).write_text(document.ass_text, encoding="utf-8", newline="\n")
    for font in {font for document in documents.values() for font in document.fonts}:
        link_or_copy(font, folder / FONTS_FOLDER / font.name)


def _draw_wave(plan: RenderPlan, folder: Path) -> None:
    """The still parts of the picture of a clip that is sound alone. Hears the clip once."""
    import numpy as np

    samples = np.frombuffer(_heard(plan, folder), np.float32)
    levels = wave_picture.levels_of(samples, plan.duration, wave_picture.bar_count(plan.aspect))
    drawing = wave_picture.draw(levels, plan.aspect)
    files = {
        wave_picture.BASE_FILE: drawing.base,
        wave_picture.WAITING_FILE: drawing.waiting,
        wave_picture.PLAYED_FILE: drawing.played,
        wave_picture.MASK_FILE: drawing.mask,
    }
    for name, pixels in files.items():
        kind = "P6" if pixels.ndim == 3 else "P5"  # Netpbm's binary colour and grey
        head = f"{kind} {pixels.shape[1]} {pixels.shape[0]} 255\n".encode()
        (folder / name).write_bytes(head + np.ascontiguousarray(pixels).tobytes())


def _heard(plan: RenderPlan, folder: Path) -> bytes:
    """The sound of a plan as it was recorded: mono 32-bit floats at 8 kHz."""
    plain = replace(plan.loudness, gain_db=None)
    bare = replace(plan, loudness=plain, fade_in=Time(0), fade_out=Time(0), sounds=(), intro=None, outro=None)
    graph = build(bare, Size(2, 2), video=False)
    blocks: list[bytes] = []
    args = [*graph_args(graph, folder), "-map", str(graph.audio)]
    run_ffmpeg([*args, "-ac", "1", "-ar", "8000", "-f", "f32le", "pipe:1"], cwd=folder, stdout=blocks.append)
    return b"".join(blocks)


def link_or_copy(source: Path, target: Path) -> None:
    """Have a file in a second place, which stays when the first one goes. Raises OSError."""
    try:
        os.link(source, target)
    except OSError:  # another disk, or a file system without links
        shutil.copyfile(source, target)


@contextlib.contextmanager
def scratch(root: Path) -> Iterator[Path]:
    """A folder of one's own under ``root``, removed at the end; the id of this process is in its name."""
    folder = root / new_id(f"{_SCRATCH_PREFIX}{os.getpid()}")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise disk_fault(error, folder) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tidy(root: Path, now: float | None = None) -> None:
    """Remove work folders that have not been used for a day, the oldest beyond 200."""
    now = time.time() if now is None else now
    with contextlib.suppress(OSError):
        ages = sorted((now - entry.stat().st_mtime, entry) for entry in root.iterdir() if entry.is_dir())
        looks = [(age, entry) for age, entry in ages if entry.name.startswith(_LOOK_PREFIX)]
        old = [entry for number, (age, entry) in enumerate(looks) if age > _KEEP_S or number >= _KEEP_FOLDERS]
        for entry in old:
            shutil.rmtree(entry, ignore_errors=True)


def drop_abandoned(root: Path) -> None:
    """Remove what programs that have died were rendering under ``root``: whole encoded pictures."""
    with contextlib.suppress(OSError):
        for entry in root.iterdir():
            if entry.name.startswith(_SCRATCH_PREFIX) and not _is_in_use(entry.name):
                shutil.rmtree(entry, ignore_errors=True)


def _is_in_use(name: str) -> bool:
    pid = name.removeprefix(_SCRATCH_PREFIX).split("_")[0]
    return pid.isdecimal() and is_running(int(pid))
