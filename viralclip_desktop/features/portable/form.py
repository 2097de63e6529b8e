"""The form of a portable project file: its members, its manifest, its limits, its faults.

A zip with ``manifest.json`` (form, version, program, size and SHA-256 of every other member),
``project.json``, ``transcripts/N.json``, and files as ``media/N.mp4``, stored as they are: logos and fonts of
brand kits always, recordings and all else where they were asked for. JSON members hold domain values as the
store writes them (times as ticks, fractions as text).
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say

SUFFIX = ".viralclip"
FORMAT = "viralclip-project"
VERSION = 3
"""2: the order of parts, the level of a clip's own sound, second languages. 3: assets, parts, a mix. Raised
by one whenever a program of today could not read what is written then, or would lose some of it; what the
values inside look like is the schema's version (``store.upgrades``)."""
MANIFEST, PROJECT = "manifest.json", "project.json"
MEMBER_NAME = re.compile(r"project\.json|transcripts/\d{1,6}\.json|media/\d{1,6}(\.[a-z0-9]{1,10})?")
CHUNK_BYTES = 1 << 20  # the most of a recording that is in memory at a time

MOST_MEMBERS = 20_000
MOST_JSON_BYTES = 64 << 20  # a transcript of about 80 hours of speech
MOST_JSON_BYTES_IN_ALL = 512 << 20
MOST_RATIO = 200  # deflated transcripts are 5 to 30 times smaller, zip bombs about 1000 times
RATIO_FROM_BYTES = 1 << 20  # below this a high ratio harms nobody (a short JSON of spaces)

_AGAIN = "Copy or download it again, or export the project once more."
# What zipfile, json and cattrs raise for bytes that are not what they should be.
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    ExceptionGroup,
)


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest says of a member."""

    sha256: str
    size: int


def damaged(path: Path, details: str = "") -> BadInput:
    """The fault for a project file that is cut short or altered."""
    return BadInput(say("{name} is damaged or incomplete.", name=path.name), _AGAIN, details)


def unsafe(path: Path, details: str) -> BadInput:
    """The fault for a file that was made to do harm, or looks as if it was."""
    hint = "Ask whoever sent it to export the project again."
    return BadInput(
        say("{name} holds what a project file never holds, so it was not opened.", name=path.name),
        hint,
        details,
    )


def newer(path: Path, details: str) -> BadInput:
    """The fault for a file that only a later program can read."""
    hint = "Update ViralClip and import it again."
    return BadInput(say("{name} was made by a newer version of ViralClip.", name=path.name), hint, details)


def foreign(path: Path) -> BadInput:
    """The fault for any other kind of file."""
    return BadInput(
        say("{name} is not a ViralClip project.", name=path.name),
        say("Choose a file that ends in {suffix}.", suffix=SUFFIX),
    )


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Turn whatever damaged bytes make libraries raise into one :class:`BadInput`."""
    try:
        yield
    except _DAMAGE as error:
        raise damaged(path, f"{type(error).__name__}: {error}") from error


def is_project_file(path: Path) -> bool:
    """Whether a file is a portable project (of any version, by its manifest's presence)."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {MANIFEST, PROJECT} <= set(archive.namelist())
    except (OSError, *_DAMAGE):
        return False
