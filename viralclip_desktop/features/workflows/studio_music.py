"""Music of the studio: composed by a job in a process of its own, kept as a few takes to be compared, and put
into the library, a file or a folder of stems from there.

Takes lie in the cache, named by what they were made of: the same wishes are the same take. Those that nobody
kept go when newer ones come.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core.errors import BadInput, NotFound
from viralclip_desktop.core.file_names import free_path, safe_name
from viralclip_desktop.core.files import make_folder, write_whole, written_beside
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.library import LibraryEntry
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.library import Making
from viralclip_desktop.features.music.composing import check_wishes
from viralclip_desktop.features.music.wishes import settings_of, wishes_from
from viralclip_desktop.features.music.worker import TARGET
from viralclip_desktop.features.workflows.studio import composing_of, copy_out, keep_music, music_title
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.jobs.worker import run_in_worker
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.workdir import scratch
from viralclip_desktop.music.composer import Wishes
from viralclip_desktop.music.presets import presets

MOST_TAKES: Final = 6
LANE: Final = "compose"
_DROPPED: Final = ".dropped"
_WHAT: Final = "composer"


@dataclass(frozen=True)
class ComposeOrder:
    """What to compose, as ``settings_of`` of ``features/music/wishes.py`` has it."""

    settings: dict[str, Any]


@dataclass(frozen=True)
class StemsOrder:
    """What to compose once more, and the folder in which a new folder for its stems is made."""

    settings: dict[str, Any]
    folder: Path


@dataclass(frozen=True)
class TakeMade:
    """The key of the take."""

    key: str


@dataclass(frozen=True)
class StemsMade:
    """The folder, with a file for each stem and one for the whole."""

    folder: Path


@dataclass(frozen=True)
class Take:
    """A piece that was composed. ``key``: names it; ``music_key``: as ``A:min``; ``tempo``: beats a minute;
    ``sections``: name, and from when on in seconds; ``wave``: its outline in thousandths."""

    key: str
    sound: Path
    wishes: Wishes
    preset: str
    mood: str
    music_key: str
    tempo: float
    duration_s: float
    sections: tuple[tuple[str, float], ...]
    wave: tuple[int, ...]

    @property
    def title(self) -> str:
        """As the library and files call it: ``Calm ambient, A minor, 4711``."""
        return music_title(self.preset, self.music_key, self.wishes.seed)


def submit_music(services: Services, wishes: Wishes) -> Job:
    """Queue it, or take up the one that is under way. Raises UsageError for wishes that cannot be."""
    check_wishes(wishes)
    return services.jobs.submit(COMPOSE, ComposeOrder(settings_of(wishes)), once=True)


def submit_stems(services: Services, take: Take, folder: Path) -> Job:
    """Queue the stems of a take, into a new folder within ``folder``."""
    return services.jobs.submit(COMPOSE_STEMS, StemsOrder(settings_of(take.wishes), folder), once=True)


def takes(paths: DataPaths) -> list[Take]:
    """The last few takes, the newest first; what is damaged or gone is left out."""
    found = (_take(paths, path.stem) for path in _newest_first(_folder(paths)))
    return [take for take in found if take is not None]


def take_named(paths: DataPaths, key: str) -> Take:
    """One take. Raises NotFound."""
    found = _take(paths, key)
    if found is None:
        raise NotFound("This piece is not there any more.", "Compose it again with the same settings.")
    return found


def drop_take(paths: DataPaths, key: str) -> None:
    """Leave a take out of the last few; what was kept of it stays. Its files stay, too, until another piece
    is composed or :func:`forget_dropped`."""
    _rename(_told(paths, key), _dropped(paths, key))


def restore_take(paths: DataPaths, key: str) -> None:
    """Have a dropped take among the last few again, where it was. Raises NotFound."""
    _rename(_dropped(paths, key), _told(paths, key))
    take_named(paths, key)


def forget_dropped(paths: DataPaths) -> None:
    """Delete what was dropped."""
    for path in _folder(paths).glob(f"*{_DROPPED}"):
        _delete(paths, path.stem)


def kept_of(services: Services, take: Take) -> LibraryEntry | None:
    """Where a take is in the library."""
    making = composing_of(take.wishes)
    found = (entry for entry in services.store.library() if Making.of(entry.asset) == making)
    return next((entry for entry in found if is_there(entry.asset.path)), None)


def keep_take(services: Services, take: Take) -> LibraryEntry:
    """A take in the library, put there unless it is there. Raises Faults of the disk."""
    return kept_of(services, take) or keep_music(services, take.wishes, take.sound, take.title)


def save_take(services: Services, take: Take, out: Path) -> None:
    """Copy a take to where the user wants it. Raises NotFound where it is gone, BadInput for a place that is
    taken by something else, and Faults of the disk."""
    take_named(services.paths, take.key)
    copy_out(services, take.sound, out)


def _compose(services: Services, order: ComposeOrder, context: JobContext) -> TakeMade:
    paths, wishes = services.paths, wishes_from(order.settings)
    key = key_of(order.settings)
    _rename(_dropped(paths, key), _told(paths, key))
    if _take(paths, key) is None:
        with scratch(paths.render_work) as work:
            request = {"settings": settings_of(wishes), "out": str(work / "take.wav")}
            made = _made(request, context.progress, context.cancel)
            put_take(paths, key, work / "take.wav", request["settings"], made)
    os.utime(_told(paths, key))
    forget_dropped(paths)
    for old in _newest_first(_folder(paths))[MOST_TAKES:]:
        _delete(paths, old.stem)
    return TakeMade(key)


def _stems(services: Services, order: StemsOrder, context: JobContext) -> StemsMade:
    wishes = wishes_from(order.settings)
    with scratch(services.paths.render_work) as work:
        files = work / "stems"
        request = {"settings": settings_of(wishes), "out": str(files / "whole.wav"), "stems": str(files)}
        composed = _made(request, context.progress, context.cancel)["composed"]
        name = safe_name(f"{presets()[composed['preset']].title} {wishes.seed}", "Music", 80)
        folder = free_path(partial(_numbered, name), order.folder, Path.exists)
        try:
            _moved(files, folder)
        except OSError as error:
            raise disk_fault(error, folder) from error
    return StemsMade(folder)


COMPOSE = JobKind("compose_music", LANE, ComposeOrder, TakeMade, _compose)
COMPOSE_STEMS = JobKind("compose_stems", LANE, StemsOrder, StemsMade, _stems)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _made(request: Mapping[str, Any], progress: Progress, cancel: CancelToken) -> dict[str, Any]:
    Path(request["out"]).parent.mkdir(exist_ok=True)
    return run_in_worker(TARGET, dict(request), progress, cancel, name=_WHAT)


def _moved(files: Path, folder: Path) -> None:
    """All files of a folder into another one, each whole or not at all."""
    make_folder(folder)
    for path in sorted(files.iterdir()):
        with written_beside(folder / path.name) as beside:
            shutil.copyfile(path, beside)


def put_take(paths: DataPaths, key: str, sound: Path, settings: object, made: Mapping[str, Any]) -> None:
    """Keep what the worker made (``composed`` and ``wave``) as a take; its file is moved. Raises Faults of
    the disk."""
    told = {"settings": settings, "composed": made["composed"], "wave": made["wave"]}
    try:
        make_folder(_folder(paths))
        with written_beside(_sound(paths, key)) as beside:
            shutil.move(sound, beside)
        write_whole(_told(paths, key), json.dumps(told).encode())
    except OSError as error:
        raise disk_fault(error, _folder(paths)) from error


def _take(paths: DataPaths, key: str) -> Take | None:
    sound = _sound(paths, key)
    try:
        told = read_json(_told(paths, key).read_bytes())
        composed = told["composed"]
        take = Take(
            key,
            sound,
            wishes_from(told["settings"]),
            presets()[composed["preset"]].id,
            str(composed["mood"]),
            str(composed["key"]),
            float(composed["tempo"]),
            float(composed["duration_s"]),
            tuple((str(name), float(at)) for name, at in composed["sections"]),
            tuple(int(one) for one in told["wave"]),
        )
    except (OSError, BadInput, *JSON_FAULTS):
        return None
    return take if sound.is_file() else None


def key_of(settings: Mapping[str, Any]) -> str:
    """The key of the take that is made of some settings."""
    return sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:24]


def _delete(paths: DataPaths, key: str) -> None:
    for path in (_told(paths, key), _dropped(paths, key), _sound(paths, key)):
        path.unlink(missing_ok=True)


def _rename(path: Path, other: Path) -> None:
    """Where it is there."""
    try:
        path.replace(other)
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_fault(error, path) from error


def _newest_first(folder: Path) -> list[Path]:
    try:
        found = [(path.stat().st_mtime_ns, path) for path in folder.glob("*.json")]
    except OSError:
        return []
    return [path for _, path in sorted(found, reverse=True)]


def _folder(paths: DataPaths) -> Path:
    return paths.cache / "takes"


def _told(paths: DataPaths, key: str) -> Path:
    return _folder(paths) / f"{key}.json"


def _dropped(paths: DataPaths, key: str) -> Path:
    return _folder(paths) / f"{key}{_DROPPED}"


def _sound(paths: DataPaths, key: str) -> Path:
    return _folder(paths) / f"{key}.wav"
