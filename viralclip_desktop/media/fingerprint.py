"""A file's fingerprint by content, to know it again after it was moved or renamed."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.media.bad_input import check_readable

_CHUNK_BYTES = 1 << 20  # enough to hold an MP4's whole index or its first pictures


def fingerprint(path: Path) -> str:
    """40 hexadecimal digits: BLAKE2b (RFC 7693) over the size and up to 1 MiB each of head, middle and tail.

    Takes a few milliseconds for a file of any length. Raises :class:`BadInput` if it cannot be read.
    """
    check_readable(path)
    try:
        size = path.stat().st_size
        digest = blake2b(size.to_bytes(8, "big"), digest_size=20)
        with path.open("rb") as file:
            for start in (0, max(0, (size - _CHUNK_BYTES) // 2), max(0, size - _CHUNK_BYTES)):
                file.seek(start)
                digest.update(file.read(_CHUNK_BYTES))
    except OSError as error:
        raise BadInput(
            say("{name} cannot be read.", name=path.name), "Check the disk it is on.", str(error)
        ) from error
    return digest.hexdigest()
