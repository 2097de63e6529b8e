"""A look at the boxes of an MP4 or QuickTime file (ISO/IEC 14496-12), where ffmpeg's errors say too little:
is its index there, are its tracks encrypted?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_FIRST_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp", b"moof"}
_TO_SAMPLE_ENTRIES = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
# Common Encryption's entries, and the two of the old iTunes shop.
_PROTECTED = {b"encv", b"enca", b"enct", b"encs", b"drms", b"drmi"}
_MOST_BOXES = 100_000  # a fragmented ten-hour recording has about 20,000 at the top


@dataclass(frozen=True, slots=True)
class Mp4Facts:
    """``is_mp4``: the file begins like one. ``has_index``: a ``moov`` box is there. ``protected``: DRM.
    ``cut_short``: the box that holds picture and sound says it is longer than the file."""

    is_mp4: bool
    has_index: bool = False
    protected: bool = False
    cut_short: bool = False


def mp4_facts(path: Path) -> Mp4Facts:
    """Read the box structure (a few kilobytes, whatever the file's size). Raises :class:`OSError`."""
    with path.open("rb") as file:
        end = path.stat().st_size
        kinds = {kind: stop for kind, _, stop in _boxes(file, 0, end)}
        if not kinds or next(iter(kinds)) not in _FIRST_BOXES:
            return Mp4Facts(is_mp4=False)
        entries = set(_sample_entries(file, 0, end, _TO_SAMPLE_ENTRIES))
        cut_short = any(kinds.get(kind, 0) > end for kind in (b"mdat", b"moov"))
        return Mp4Facts(True, b"moov" in kinds, bool(entries & _PROTECTED), cut_short)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, content start and stated content end of each box that starts between two byte positions."""
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        file.seek(start)
        header = file.read(16)
        size, kind, content = int.from_bytes(header[:4], "big"), header[4:8], start + 8
        if size == 1:
            size, content = int.from_bytes(header[8:16], "big"), start + 16
        elif size == 0:
            size = end - start
        if size < content - start:
            return
        yield kind, content, start + size
        start += size


def _sample_entries(file: BinaryIO, start: int, end: int, wanted: tuple[bytes, ...]) -> Iterator[bytes]:
    if not wanted:  # inside stsd: version and flags, a count, then one box for each sample entry
        yield from (kind for kind, _, _ in _boxes(file, start + 8, end))
        return
    for kind, low, high in _boxes(file, start, end):
        if kind == wanted[0]:
            yield from _sample_entries(file, low, min(high, end), wanted[1:])
