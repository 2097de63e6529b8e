"""What a worker process runs to fetch a video with yt-dlp: an address in, a file out.

yt-dlp is loaded here and nowhere else, so that one that is broken or old never takes the program down. Its
partial files (``.part``) stay in the folder it was given, and the next run goes on from them.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.messages import FileSize, say
from viralclip_desktop.core.progress import TimeLeft
from viralclip_desktop.engines.sites.address import host_of
from viralclip_desktop.engines.sites.faults import (
    Advice,
    live_fault,
    missing_fault,
    playlist_fault,
    site_fault,
    too_large_fault,
    upcoming_fault,
)
from viralclip_desktop.engines.sites.renewal import age_days

TARGET = "viralclip_desktop.engines.sites.worker:run"

_log = logging.getLogger(__name__)
_STEM = "video"
_TIMEOUT_S = 20.0
_RETRIES = 3  # of a connection that broke off, each going on where the last one ended
_MOST = 1e15
"""Of bytes and seconds: what is more is a mistake."""
_STEP = 0.002  # the least progress that is told
_STEP_BYTES = 1_000_000  # likewise where the size is not known
_RUNTIMES = ("deno", "node", "quickjs", "bun")

Emit = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Manifest:
    """What is to be fetched, and how."""

    address: str
    folder: Path
    """For this video alone: what an interrupted run left there is taken up."""
    height: int
    """The most lines the picture may have where there is a choice (the shorter side); 0 for the best."""
    subtitles: str
    """The language of the site's subtitles to bring too; empty for none."""
    ffmpeg: Path
    cache: Path
    most_bytes: int
    wheel: Path | None = None
    """A newer yt-dlp than the installed one."""

    def request(self) -> dict[str, Any]:
        """The request for :func:`run`, as JSON values."""
        paths = {name: str(getattr(self, name)) for name in ("folder", "ffmpeg", "cache")}
        plain = {name: getattr(self, name) for name in ("address", "height", "subtitles", "most_bytes")}
        return plain | paths | {"wheel": str(self.wheel) if self.wheel else ""}


def run(data: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Fetch a video; a cancel is the end of the process.

    Returns ``path``, ``title``, ``licence``, ``chapters`` (pairs of seconds and title), ``subtitles``
    (codes), ``subtitle_file`` and the ``version`` of yt-dlp. Raises the faults of ``engines.sites.faults``.
    """
    library = _library(data["wheel"])
    log = _Log()
    version = str(library.version.__version__)
    options = _options(data, log, _Reporter(emit, data["most_bytes"]))
    try:
        with library.YoutubeDL(options) as fetcher:
            return _fetched(fetcher, data, emit) | {"version": version}
    except library.utils.YoutubeDLError as error:
        if isinstance(error.__cause__, Fault):
            raise error.__cause__ from error
        advice = Advice(log.wants_runtime, age_days(version, date.today()))
        kind = type((getattr(error, "exc_info", None) or (error, error))[1]).__name__
        raise site_fault(_plain(str(error)), host_of(data["address"]), kind, advice) from error


def _library(wheel: str) -> Any:
    """yt-dlp: the renewed one where there is one that can be loaded, else the installed one."""
    os.environ["YTDLP_NO_PLUGINS"] = "1"  # what else is installed here is not ours to run
    if wheel:
        sys.path.insert(0, wheel)
        try:
            return _imported()
        except Exception:  # noqa: BLE001 - whatever is wrong with it, the installed one may do
            _log.exception("the renewed yt-dlp cannot be loaded")
            sys.path.remove(wheel)
            for name in [name for name in sys.modules if name.split(".")[0] == "yt_dlp"]:
                del sys.modules[name]
    try:
        return _imported()
    except ImportError as error:
        raise missing_fault() from error


def _imported() -> Any:
    import yt_dlp
    import yt_dlp.version

    return yt_dlp


def _options(data: dict[str, Any], log: _Log, reporter: _Reporter) -> dict[str, Any]:
    """What yt-dlp is told. The order of preference: at most so many lines, then what every editor and every
    player decodes quickly."""
    height = [f"res:{data['height']}"] if data["height"] else ["res"]
    return {
        "logger": log,
        "color": "no_color",
        "noprogress": True,
        "progress_hooks": [reporter],
        "paths": {"home": data["folder"]},
        "outtmpl": {"default": f"{_STEM}.%(ext)s"},
        "format": "bv*+ba/b",
        "format_sort": [*height, "fps", "vcodec:h264", "acodec:aac"],
        "merge_output_format": "mp4/mkv",
        "ffmpeg_location": data["ffmpeg"],
        "cachedir": data["cache"],
        "js_runtimes": {name: {} for name in _RUNTIMES},
        "noplaylist": True,
        "extract_flat": "in_playlist",
        "playlist_items": "1:2",
        "socket_timeout": _TIMEOUT_S,
        "retries": _RETRIES,
        "fragment_retries": _RETRIES,
        "extractor_retries": 1,
        "skip_unavailable_fragments": False,
        "updatetime": False,
        "subtitlesformat": "vtt/srt/best",
    }


def _fetched(fetcher: Any, data: dict[str, Any], emit: Emit) -> dict[str, Any]:
    emit(_progress(None, say("Asking {host}", host=host_of(data["address"]))))
    info = _one_video(fetcher, fetcher.extract_info(data["address"], download=False))
    _check(info, data["most_bytes"])
    written, automatic = _codes(info, "subtitles"), _codes(info, "automatic_captions")
    language = subtitle_language(data["subtitles"], written, automatic)
    if language:
        fetcher.params |= {"writesubtitles": True, "writeautomaticsub": True, "subtitleslangs": [language]}
    done = fetcher.process_ie_result(info, download=True)
    (file,) = done["requested_downloads"]
    subtitle = (done.get("requested_subtitles") or {}).get(language) or {}
    return told_of(info) | {
        "path": file["filepath"],
        "subtitle_file": str(subtitle.get("filepath") or ""),
    }


def told_of(info: dict[str, Any]) -> dict[str, Any]:
    """What a site tells of a video, as far as it makes sense."""
    listed = info.get("chapters")
    chapters = listed if isinstance(listed, list) else []
    return {
        "title": _title(info),
        "licence": str(info.get("license") or ""),
        "chapters": [
            [float(chapter["start_time"]), str(chapter.get("title") or "")]
            for chapter in chapters
            if isinstance(chapter, dict) and _is_amount(chapter.get("start_time"))
        ],
        "subtitles": _codes(info, "subtitles"),
    }


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= _MOST


def _one_video(fetcher: Any, info: dict[str, Any]) -> dict[str, Any]:
    """What an address leads to; raises a fault for several videos. A page that plays one is that one."""
    if info.get("_type") not in ("playlist", "multi_video"):
        return info
    entries = [entry for entry in info.get("entries") or () if entry]
    if len(entries) != 1:
        raise playlist_fault()
    found: dict[str, Any] = fetcher.process_ie_result(entries[0], download=False)
    if found.get("_type") in ("playlist", "multi_video"):
        raise playlist_fault()
    return found


def _title(info: dict[str, Any]) -> str:
    """A page without an extractor of its own has its videos numbered, also where there is one."""
    title = str(info.get("title") or host_of(str(info.get("webpage_url") or "")))
    return title.removesuffix(" (1)") if info.get("extractor") in ("generic", "html5") else title


def _check(info: dict[str, Any], most_bytes: int) -> None:
    """Raises a fault for what is not to be fetched, before anything is."""
    if info.get("live_status") == "is_upcoming":
        raise upcoming_fault()
    if info.get("is_live") or info.get("live_status") == "is_live":
        raise live_fault()
    if (expected_bytes(info) or 0) > most_bytes:
        raise too_large_fault()


def expected_bytes(info: dict[str, Any]) -> int | None:
    """How large the chosen files are together, as far as the site says."""
    listed = info.get("requested_formats")
    files = listed if isinstance(listed, list) and listed else [info]
    told = [file.get("filesize") or file.get("filesize_approx") for file in files if isinstance(file, dict)]
    sizes = [size for size in told if size and _is_amount(size)]
    return int(sum(sizes)) if len(sizes) == len(files) else None


def subtitle_language(wanted: str, written: Iterable[str], automatic: Iterable[str]) -> str:
    """Which of a site's subtitles are those in a language, by their code: ``en`` is also ``en-GB``; written
    ones go before those that the site makes by itself. Empty where there are none."""
    if not wanted:
        return ""
    for codes in (list(written), list(automatic)):
        for fits in (str.__eq__, _is_kind_of):
            found = next((code for code in codes if fits(code.lower(), wanted.lower())), "")
            if found:
                return found
    return ""


def _is_kind_of(code: str, wanted: str) -> bool:
    return code.partition("-")[0] == wanted.partition("-")[0]


def _codes(info: dict[str, Any], which: str) -> list[str]:
    listed = info.get(which)
    return [code for code in listed if code != "live_chat"] if isinstance(listed, dict) else []


class _Reporter:
    """Turns yt-dlp's progress into ours, and stops what would fill the disk."""

    def __init__(self, emit: Emit, most_bytes: int) -> None:
        self._emit, self._most = emit, most_bytes
        self._left = TimeLeft()
        self._ended: dict[str, int] = {}
        self._told = -1.0

    def __call__(self, event: dict[str, Any]) -> None:
        here = int(event.get("downloaded_bytes") or 0)
        if event["status"] == "finished":
            self._ended[str(event.get("filename"))] = here or int(event.get("total_bytes") or 0)
            return
        done = here + sum(self._ended.values())
        if done > self._most:
            raise too_large_fault()
        of_file = event.get("total_bytes") or event.get("total_bytes_estimate")
        whole = expected_bytes(event.get("info_dict") or {}) or of_file
        self._tell(done, max(whole, done) if whole else None)

    def _tell(self, done: int, whole: float | None) -> None:
        steps = done / whole / _STEP if whole else done / _STEP_BYTES
        if 0 <= steps - self._told < 1:
            return
        self._told = steps
        if whole is None:
            self._emit(_progress(None, say("{done} fetched", done=FileSize(done))))
            return
        message = say("{done} of {whole} fetched", done=FileSize(done), whole=FileSize(int(whole)))
        self._emit(_progress(done / whole, message) | {"time_left_s": self._left(done / whole)})


def _progress(fraction: float | None, message: str) -> dict[str, Any]:
    return {"type": "progress", "stage": "fetch", "fraction": fraction, "message": message}


@dataclass
class _Log:
    """Where yt-dlp says things; it warns here where a site needs JavaScript that nothing can run."""

    wants_runtime: bool = field(default=False)

    def debug(self, text: str) -> None:
        """Everything it would print."""
        _log.debug("%s", text)

    def warning(self, text: str) -> None:
        """Warnings."""
        self.wants_runtime |= "javascript runtime" in text.lower()
        _log.info("%s", text)

    def error(self, text: str) -> None:
        """Failures, which are raised as well."""
        _log.info("%s", text)


def _plain(text: str) -> str:
    return text.removeprefix("ERROR:").strip()
