"""Caption plans from plain text, and pictures of captions drawn by the real ffmpeg."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from viralclip_desktop.compose.captions.document import caption_document
from viralclip_desktop.compose.plan import LoudnessPlan, RenderPlan, parts_of_file
from viralclip_desktop.core.geometry import Aspect, frame_size
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.media.locate import ffmpeg_path


def spoken(texts: str | Sequence[str], every_s: float = 0.4, start_s: float = 0.0) -> tuple[Word, ...]:
    """Words at an even pace, each followed by the next at once."""
    parts = texts.split() if isinstance(texts, str) else texts
    times = [Time.from_seconds(start_s + every_s * number) for number in range(len(parts) + 1)]
    return tuple(Word(text, times[n], times[n + 1]) for n, text in enumerate(parts))


def caption_plan(
    words: Sequence[Word], style: str | CaptionStyle = "karaoke", aspect: Aspect = Aspect.VERTICAL
) -> RenderPlan:
    """A plan that is nothing but captions, a second longer than its words."""
    look = caption_styles()[style] if isinstance(style, str) else style
    length = (words[-1].end if words else ZERO) + Time.from_seconds(1)
    info = MediaInfo("mp4", length, ZERO, None, (), 0)
    return RenderPlan(
        parts_of_file("", info, None, TimeRange(ZERO, length)),
        aspect,
        Fraction(30),
        Framing.CROP,
        0.5,
        tuple(words),
        look,
        ZERO,
        ZERO,
        LoudnessPlan(),
    )


def picture(plan: RenderPlan, at_s: float, short_side: int = 540, background: str = "0x808080") -> np.ndarray:
    """The captions of a plan at a time over a plain colour: rows, columns, RGB as whole numbers."""
    size = frame_size(plan.aspect, short_side)
    document = caption_document(plan)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "captions.ass").write_text(document.ass_text, encoding="utf-8")
        (work / "fonts").mkdir()
        for font in document.fonts:
            shutil.copy(font, work / "fonts")
        filters = (
            "format=yuv444p,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv,"
            f"setpts=PTS+{at_s}/TB,ass=captions.ass:fontsdir=fonts"
        )
        source = f"color=c={background}:s={size.width}x{size.height}:r=30:d=1"
        command = [str(ffmpeg_path()), "-v", "error", "-f", "lavfi", "-i", source, "-vf", filters]
        command += ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
        done = subprocess.run(command, cwd=work, capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.uint8).reshape(size.height, size.width, 3).astype(np.int32)


def ink(image: np.ndarray, least: int = 60) -> np.ndarray:
    """Where a picture differs from the colour of its corner."""
    found: np.ndarray = np.abs(image - image[0, 0]).max(axis=2) > least
    return found


def near(image: np.ndarray, colour: str, within: int = 40) -> np.ndarray:
    """Where a picture has about the colour ``#RRGGBB``."""
    wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
    found: np.ndarray = np.abs(image - wanted).max(axis=2) <= within
    return found


def bounds(mask: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom (exclusive) of what is set."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
