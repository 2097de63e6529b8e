"""A newer yt-dlp than the one the program came with: a wheel in the data folder, checked by its checksum.

Sites change every few weeks, and yt-dlp follows; the program itself need not be installed anew for that. The
wheel's address is a setting and names its own checksum, as ``https://.../yt_dlp-2026.10.26-....whl#sha256=...``;
the program has no address of its own to offer.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urldefrag

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.engines.gate import NetworkGate

if TYPE_CHECKING:
    import httpx

_NOTE = "yt-dlp.json"
_NAME = re.compile(r"yt_dlp-(\d{4}\.\d{1,2}\.\d{1,2}(?:\.\d+)?)-.*\.whl")
_PROGRAMS = {"deno": "Deno", "node": "Node.js", "qjs": "QuickJS", "bun": "Bun"}


@dataclass(frozen=True, slots=True)
class Standing:
    """The yt-dlp that is used."""

    version: str
    """Empty: there is none."""
    age_days: int = 0
    renewed: bool = False
    """Whether it is the one in the data folder."""


def wheel_folder(home: Path) -> Path:
    """Where a renewed yt-dlp lies in the data folder."""
    return home / "tools" / "yt-dlp"


def standing(folder: Path, today: date) -> Standing:
    """Which yt-dlp is used; ``folder`` holds the renewed one."""
    wheel = renewed_wheel(folder)
    found = _version_of(wheel.name) if wheel is not None else _installed()
    return Standing(found, age_days(found, today), wheel is not None)


def age_days(found: str, today: date) -> int:
    """How old a version of yt-dlp is, which is named by its day (``2026.10.26``); 0 where it is not."""
    try:
        year, month, day = (int(part) for part in found.split(".")[:3])
        return max(0, (today - date(year, month, day)).days)
    except ValueError:
        return 0


def javascript_runtime(which: Callable[[str], str | None]) -> str:
    """The JavaScript runtime that yt-dlp would find here, by its name; empty for none."""
    return next((name for program, name in _PROGRAMS.items() if which(program)), "")


def renewed_wheel(folder: Path) -> Path | None:
    """The renewed yt-dlp: the wheel that was noted when it came, unchanged since, and newer than the
    installed one; None otherwise."""
    from viralclip_desktop.engines.downloads.fetch import file_sha256

    try:
        note = read_json((folder / _NOTE).read_text(encoding="utf-8"))
        path = folder / str(note["file"])
        if file_sha256(path) != note["sha256"]:
            return None
    except (OSError, *JSON_FAULTS):
        return None
    return path if _day(_version_of(path.name)) > _day(_installed()) else None


def renew(folder: Path, address: str, gate: NetworkGate, progress: Progress, cancel: CancelToken) -> Path:
    """Bring the wheel at ``address`` into ``folder`` and use it from the next video on; returns its path.

    Raises EnvironmentLacks without an address, offline and where the network fails, :class:`BadInput` for an
    address without a checksum and for what is no wheel of yt-dlp, Damaged for another checksum, Cancelled.
    """
    from viralclip_desktop.engines.downloads.fetch import RemoteFile, fetch, new_client

    url, name, sha256 = _checked(address)
    gate.check("Renewing yt-dlp")
    folder.mkdir(parents=True, exist_ok=True)
    with new_client(gate) as client:
        file = RemoteFile(name, url, _size(client, url), sha256)
        fetch(client, file, folder / name, lambda done: progress(_event(done / file.size)), cancel)
    if not _holds_the_library(folder / name):
        (folder / name).unlink()
        raise BadInput(say("{name} is not yt-dlp.", name=name), "Give the address of a wheel of yt-dlp.")
    write_whole(folder / _NOTE, json.dumps({"file": name, "sha256": sha256}).encode())
    for other in folder.glob("yt_dlp-*.whl"):
        if other.name != name:
            other.unlink()
    return folder / name


def _event(fraction: float) -> ProgressEvent:
    return ProgressEvent("renew", fraction, "Fetching yt-dlp")


def _checked(address: str) -> tuple[str, str, str]:
    """Address, file name and checksum."""
    if not address:
        raise EnvironmentLacks(
            "No address is set that yt-dlp could be renewed from.",
            "Put the address of a wheel of yt-dlp, ending in #sha256= and its checksum, into the setting "
            "links.renewal_address.",
        )
    url, fragment = urldefrag(address.strip())
    name, sums = url.rsplit("/", 1)[-1], parse_qs(fragment).get("sha256", [""])
    if not _NAME.fullmatch(name):
        raise BadInput(
            say("“{name}” is not the name of a wheel of yt-dlp.", name=name),
            "Such a name begins with yt_dlp- and a date and ends in .whl.",
        )
    if not re.fullmatch(r"[0-9a-fA-F]{64}", sums[0]):
        raise BadInput(
            "The address of the new yt-dlp names no checksum.",
            "Add #sha256= and its 64 digits to the address.",
        )
    return url, name, sums[0].lower()


def _size(client: httpx.Client, url: str) -> int:
    import httpx

    try:
        answer = client.head(url)
    except httpx.HTTPError as error:
        raise EnvironmentLacks(
            "The new yt-dlp could not be fetched.", "Check the network and try again.", str(error)
        ) from error
    size = answer.headers.get("content-length", "")
    if answer.status_code >= 400 or not size.isdigit() or size == "0":
        raise EnvironmentLacks(
            "The new yt-dlp could not be fetched.",
            "Check the setting links.renewal_address.",
            f"HTTP {answer.status_code}",
        )
    return int(size)


def _holds_the_library(wheel: Path) -> bool:
    try:
        with zipfile.ZipFile(wheel) as archive:
            return "yt_dlp/YoutubeDL.py" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _installed() -> str:
    try:
        return version("yt-dlp")
    except PackageNotFoundError:
        return ""


def _version_of(name: str) -> str:
    found = _NAME.fullmatch(name)
    return found.group(1) if found else ""


def _day(found: str) -> tuple[int, ...]:
    return tuple(int(part) for part in found.split(".") if part.isdigit())
