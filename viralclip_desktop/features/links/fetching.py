"""Fetching one video: the gate is asked first, a worker process does it, and only whole files get a name."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.file_names import free_path, safe_name
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.private import as_users
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.domain.site_video import UNKNOWN_LICENCE, Chapter, SiteVideo, height_of
from viralclip_desktop.engines.sites import worker
from viralclip_desktop.engines.sites.address import host_of, site_address
from viralclip_desktop.engines.sites.renewal import renewed_wheel, wheel_folder
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.links.incoming import links_folder, work_folder
from viralclip_desktop.jobs.worker import run_in_worker
from viralclip_desktop.media.locate import ffmpeg_path
from viralclip_desktop.media.probe import probe

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.settings.file import SettingsStore
    from viralclip_desktop.store.store import Store

_BEST = "best"
_SPARE_BYTES = 1_000_000_000  # left free beside a video: its sound, its clips
_UNNAMED = ".unknown_video"  # yt-dlp's ending for a file whose server doesn't say what it is


@dataclass(frozen=True, slots=True)
class Link:
    """A video on a site, and what of it is wanted."""

    address: str
    height: int = 1080
    """The most lines of its picture; 0 for the best there is."""
    subtitles: str = ""
    """The language of the site's subtitles that are to be the transcript; empty transcribes."""


def link_of(
    settings: SettingsStore, address: str, quality: str | None = None, subtitles: str | None = None
) -> Link:
    """A pasted address as an order: what was asked, the settings for the rest. Raises BadInput for what is no
    address, UsageError for a quality that is none."""
    asked = settings.value("links.quality") if quality is None else quality_of(settings, quality)
    language = settings.value("links.subtitles") if subtitles is None else subtitles
    return Link(site_address(address), 0 if asked == _BEST else int(asked), language.strip())


def quality_of(settings: SettingsStore, text: str) -> str:
    """A typed quality as the setting has it: ``720p`` is 720. Raises UsageError."""
    quality: str = settings.find("links.quality").parse(text.strip().lower().removesuffix("p"))
    return quality


def known_video(store: Store, link: Link) -> Source | None:
    """The recording that was fetched from this address before, where its file is still there."""
    for source in store.sources():
        asset = source.asset
        same = asset.origin == link.address and height_of(asset) == link.height
        if same and not link.subtitles and is_there(asset.path):
            return source
    return None


def fetch_video(services: Services, link: Link, progress: Progress, cancel: CancelToken) -> SiteVideo:
    """Bring a video into the data folder (or the folder of the settings).

    What an interrupted run has of it is not fetched again, and one that another program is fetching is waited
    for. Raises EnvironmentLacks offline, without network or room, BadInput for what is no video or may not be
    had, Cancelled within 2 s.
    """
    purpose = say("Fetching from {host}", host=host_of(link.address))

    def report(event: ProgressEvent) -> None:
        services.gate.check(purpose)  # the switch may be turned while it comes
        progress(event)

    services.gate.check(purpose)
    folder = links_folder(services)
    with work_folder(folder, link.address, link.height, report, cancel) as work:
        brought = work.brought_by_another(link.subtitles)
        if brought is not None:
            return _site_video(link, brought)
        fetched = run_in_worker(
            worker.TARGET,
            _manifest(services.paths, link, work.folder).request(),
            report,
            cancel,
            name="video download",
        )
        placed = _put_in_place(fetched, folder, work.folder)
        work.tell_others(link.subtitles, placed)
        return _site_video(link, placed)


def _manifest(paths: DataPaths, link: Link, incoming: Path) -> worker.Manifest:
    return worker.Manifest(
        address=link.address,
        folder=incoming,
        height=link.height,
        subtitles=link.subtitles,
        ffmpeg=ffmpeg_path(),
        cache=paths.cache / "sites",
        most_bytes=max(0, shutil.disk_usage(incoming).free - _SPARE_BYTES),
        wheel=renewed_wheel(wheel_folder(paths.home)),
    )


def _put_in_place(fetched: dict[str, Any], folder: Path, incoming: Path) -> dict[str, Any]:
    """Look whether it is a film or a sound at all, then give it its name; what was fetched, as it is now."""
    arrived = Path(fetched["path"])
    try:
        info = probe(arrived)
    except Exception:
        shutil.rmtree(incoming, ignore_errors=True)
        raise
    suffix = f".{info.container.split(',')[0]}" if arrived.suffix == _UNNAMED else arrived.suffix
    name = safe_name(fetched["title"], "Video")
    place = free_path(lambda n: f"{name}{suffix}" if n == 1 else f"{name} {n}{suffix}", folder, Path.exists)
    as_users(arrived)
    arrived.replace(place)
    subtitle_file = ""
    if fetched["subtitle_file"]:
        arrived_subtitles = Path(fetched["subtitle_file"])
        as_users(arrived_subtitles)
        subtitle_file = str(arrived_subtitles.replace(place.with_suffix(arrived_subtitles.suffix)))
    shutil.rmtree(incoming, ignore_errors=True)
    return fetched | {"path": str(place), "subtitle_file": subtitle_file}


def _site_video(link: Link, fetched: dict[str, Any]) -> SiteVideo:
    return SiteVideo(
        path=Path(fetched["path"]),
        address=link.address,
        title=fetched["title"],
        licence=fetched["licence"] or UNKNOWN_LICENCE,
        chapters=tuple(Chapter(start_s, title) for start_s, title in fetched["chapters"]),
        subtitles=tuple(fetched["subtitles"]),
        subtitle_file=Path(fetched["subtitle_file"]) if fetched["subtitle_file"] else None,
        height=link.height,
    )
