"""Reading a portable project file that nobody vouches for.

Nothing is taken from it but the members its manifest lists, each by a name of our own form, of the size and
SHA-256 the manifest says; nothing is ever unpacked to a place the file names. Sizes and ratios are looked at
before a byte is inflated, and zipfile gives out no more than the size it was told.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import check_is_file
from viralclip_desktop.core.messages import say
from viralclip_desktop.features.portable import form
from viralclip_desktop.features.portable.contents import decoded
from viralclip_desktop.features.portable.form import Member

_FIRST_BYTES = b"PK\x03\x04"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED = 0x1


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a project file. Raises :class:`BadInput` with what is wrong with it."""
    _check_start(path)
    try:
        with form.damage_told(path):
            opened = zipfile.ZipFile(path)
    except OSError as error:
        raise BadInput(
            say("{name} cannot be read.", name=path.name), "Check the disk it is on.", str(error)
        ) from error
    with opened:
        yield Archive(path, opened)


def _check_start(path: Path) -> None:
    if path.is_dir():
        raise BadInput(
            say("{value} is a folder.", value=path.name or path),
            say("Choose a file that ends in {suffix}.", suffix=form.SUFFIX),
        )
    check_is_file(path)
    try:
        with path.open("rb") as file:
            start = file.read(len(_FIRST_BYTES))
    except FileNotFoundError as error:
        raise BadInput(
            say("There is no file at {path}.", path=path), "Check the name and the folder."
        ) from error
    except (OSError, ValueError) as error:
        raise BadInput(
            say("{name} cannot be read.", name=path.name), "Check its permissions.", str(error)
        ) from error
    if not start:
        raise BadInput(say("{name} is empty (0 bytes).", name=path.name), "Copy or download it again.")
    if start != _FIRST_BYTES:
        raise form.foreign(path)


class Archive:
    """An open project file whose members can be asked for by name."""

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        """Raises :class:`BadInput` unless everything about it is as it should be."""
        self.path = path
        self._zip = opened
        infos = opened.infolist()
        self._infos = {info.filename: info for info in infos}
        self._check_names(infos)
        self._check_sizes(infos)
        with form.damage_told(path):
            self.members = self._manifest()

    def _check_names(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > form.MOST_MEMBERS:
            raise form.unsafe(self.path, f"{len(infos)} members")
        if len(self._infos) != len(infos):
            raise form.unsafe(self.path, "two members of one name")
        for info in infos:
            name = info.orig_filename
            parts = name.replace("\\", "/").split("/")
            if ".." in parts or parts[0] == "" or ":" in name or "\0" in name or "\\" in name:
                raise form.unsafe(self.path, f"member {name!r}")
        if form.MANIFEST not in self._infos or form.PROJECT not in self._infos:
            raise form.foreign(self.path)

    def _check_sizes(self, infos: list[zipfile.ZipInfo]) -> None:
        texts = [info for info in infos if not info.filename.startswith("media/")]
        for info in infos:
            if info.flag_bits & _IS_ENCRYPTED or info.compress_type not in _METHODS:
                raise form.unsafe(self.path, f"member {info.filename!r} is encrypted or packed otherwise")
            ratio = info.file_size / max(1, info.compress_size)
            if info.file_size > form.RATIO_FROM_BYTES and ratio > form.MOST_RATIO:
                raise form.unsafe(self.path, f"member {info.filename!r} grows {ratio:.0f} times")
        # as many bytes packed as the file has: members that share bytes are another kind of bomb
        if sum(info.compress_size for info in infos) > self.path.stat().st_size:
            raise form.damaged(self.path, "members are longer than the file")
        if any(info.file_size > form.MOST_JSON_BYTES for info in texts):
            raise form.unsafe(self.path, "a text of more than a text's size")
        if sum(info.file_size for info in texts) > form.MOST_JSON_BYTES_IN_ALL:
            raise form.unsafe(self.path, "texts of more than a project's size")

    def _manifest(self) -> dict[str, Member]:
        document = decoded(self._bytes(form.MANIFEST))
        if document.get("format") != form.FORMAT:
            raise form.foreign(self.path)
        if int(document["version"]) > form.VERSION:
            details = f"form {document['version']}, written by {document.get('program')}"
            raise form.newer(self.path, details)
        listed = {
            str(name): Member(str(entry["sha256"]), int(entry["size"]))
            for name, entry in document["members"].items()
        }
        for name, member in listed.items():
            if not form.MEMBER_NAME.fullmatch(name):
                raise form.unsafe(self.path, f"member {name!r} in the manifest")
            if self._infos[name].file_size != member.size:
                raise form.damaged(self.path, f"{name} has another size")
        return listed

    def json(self, name: str) -> Any:
        """The document in a member."""
        return decoded(self.read(name))

    def read(self, name: str) -> bytes:
        """The bytes of a text member. Raises :class:`BadInput` when they are not those that were packed."""
        with form.damage_told(self.path):
            member, data = self.members[name], self._bytes(name)
            if hashlib.sha256(data).hexdigest() != member.sha256:
                raise form.damaged(self.path, f"{name} has another checksum")
        return data

    def _bytes(self, name: str) -> bytes:
        try:
            return self._zip.read(name)
        except OSError as error:  # a place before the file's beginning, say
            raise form.damaged(self.path, str(error)) from error

    def size(self, name: str) -> int:
        """How many bytes a recording has. Raises :class:`BadInput` for a member that is none."""
        info = self._infos.get(name)
        if name not in self.members or info is None or not name.startswith("media/"):
            raise form.damaged(self.path, f"there is no recording {name!r}")
        if info.compress_type != zipfile.ZIP_STORED:
            raise form.unsafe(self.path, f"recording {name!r} is not stored as it is")
        return info.file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """A recording piece by piece; raises :class:`BadInput` at its end when it is not what was packed."""
        self.size(name)
        digest = hashlib.sha256()
        with self._member(name) as member:
            while chunk := self._chunk(member):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != self.members[name].sha256:
            raise form.damaged(self.path, f"{name} has another checksum")

    def _member(self, name: str) -> Any:
        try:
            with form.damage_told(self.path):
                return self._zip.open(name)
        except OSError as error:  # as above
            raise form.damaged(self.path, str(error)) from error

    def _chunk(self, member: BinaryIO) -> bytes:
        try:
            with form.damage_told(self.path):
                return member.read(form.CHUNK_BYTES)
        except OSError as error:
            raise form.damaged(self.path, str(error)) from error
