"""Which files go into a project file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.errors import BadInput, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.portable.contents import Contents
from viralclip_desktop.features.portable.files import named_in
from viralclip_desktop.media.fingerprint import fingerprint

_MOST_BYTES_UNASKED = 64 << 20  # a logo of more than this is a film


@dataclass(frozen=True)
class Cargo:
    """Files to pack, each once; ``known`` has the fingerprint of every other file that is named, by path."""

    recordings: dict[str, Path]
    """By source; empty when they stay here."""
    known: dict[str, str]
    packed: list[Path]
    total_bytes: int


def cargo_of(contents: Contents, with_media: bool) -> Cargo:
    """What to pack. Raises :class:`BadInput` when a recording to be packed is not what was imported; other
    files that are gone are left out, as they are missing here too."""
    recordings = {source.id: _recording(source) for source in contents.sources} if with_media else {}
    known, packed = {}, dict.fromkeys(recordings.values())
    for name, always in named_in(contents.entities.values()).items():
        with suppress(Fault, OSError, ValueError):
            path = Path(name)
            known[name] = fingerprint(path)
            if with_media or (always and path.stat().st_size <= _MOST_BYTES_UNASKED):
                packed[path] = None
    return Cargo(recordings, known, list(packed), sum(path.stat().st_size for path in packed))


def _recording(source: Source) -> Path:
    path = Path(source.path)
    if not path.is_file():
        raise BadInput(
            say("The recording is not where it was: {path}", path=source.path),
            "Connect its disk or put the file back, or export the project without its recordings.",
        )
    if fingerprint(path) != source.fingerprint:
        raise BadInput(
            say("{name} has changed since it was imported.", name=path.name),
            "Put the original back, or export the project without its recordings.",
        )
    return path
