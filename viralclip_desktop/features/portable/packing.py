"""Writing a project file: members with their checksums, the manifest at the end."""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from viralclip_desktop import __version__
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, TimeLeft
from viralclip_desktop.features.portable import form
from viralclip_desktop.features.portable.contents import encoded


class Packer:
    """Writes members and remembers their checksums for the manifest."""

    def __init__(self, file: IO[bytes], total_bytes: int, progress: Progress, cancel: CancelToken) -> None:
        """``total_bytes``: of all files that will be added, for the progress."""
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._progress, self._cancel = progress, cancel
        self._members: dict[str, dict[str, str | int]] = {}
        self._done, self._total = 0, total_bytes or 1
        self._time_left = TimeLeft()

    def __enter__(self) -> Packer:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add(self, name: str, data: bytes) -> str:
        """Add a text, deflated; returns the member's name."""
        self._cancel.raise_if_cancelled()
        self._stream(self._info(name, zipfile.ZIP_DEFLATED, len(data)), [data])
        return name

    def add_files(self, files: Iterable[Path]) -> dict[Path, str]:
        """Add files as they are; returns the member of each."""
        return {path: self._add_file(path, number) for number, path in enumerate(files, start=1)}

    def _add_file(self, path: Path, number: int) -> str:
        name = f"media/{number}{path.suffix.lower()}"
        name = name if form.MEMBER_NAME.fullmatch(name) else f"media/{number}"
        size = path.stat().st_size
        if self._stream(self._info(name, zipfile.ZIP_STORED, size), self._chunks(path)) != size:
            raise BadInput(
                say("{name} changed while it was packed.", name=path.name),
                "Wait until it is complete, and try again.",
            )
        return name

    def finish(self) -> None:
        """Add the manifest."""
        document = {
            "format": form.FORMAT,
            "version": form.VERSION,
            "program": __version__,
            "created_at": time.time(),
            "members": self._members,
        }
        info = self._info(form.MANIFEST, zipfile.ZIP_DEFLATED, 0)
        self._zip.writestr(info, encoded(document), zipfile.ZIP_DEFLATED)
        self._progress(ProgressEvent("pack", 1.0))

    def _info(self, name: str, method: int, size: int) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, time.localtime()[:6])
        info.compress_type, info.file_size = method, size
        info.external_attr = 0o644 << 16  # otherwise unzip makes files nobody may read
        return info

    def _stream(self, info: zipfile.ZipInfo, chunks: Iterable[bytes]) -> int:
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w") as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self._members[info.filename] = {"sha256": digest.hexdigest(), "size": size}
        return size

    def _chunks(self, path: Path) -> Iterator[bytes]:
        try:
            with path.open("rb") as file:
                while chunk := file.read(form.CHUNK_BYTES):
                    self._cancel.raise_if_cancelled()
                    yield chunk
                    self._tell(path, len(chunk))
        except OSError as error:
            raise BadInput(
                say("{name} cannot be read.", name=path.name), "Check the disk it is on.", str(error)
            ) from error

    def _tell(self, path: Path, size: int) -> None:
        self._done += size
        fraction = min(1.0, self._done / self._total)
        left = self._time_left(fraction)
        self._progress(ProgressEvent("pack", fraction, say("Packing {name}", name=path.name), left))
