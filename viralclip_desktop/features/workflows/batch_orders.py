"""What a batch is to make where little or nothing is said: the same for the window and the command line."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.features.batches import EVERYTHING, Readiness, Version
from viralclip_desktop.features.common.orders import export_order, main_job_options
from viralclip_desktop.features.workflows.batch_recording import SUBTITLES, BatchOrder

if TYPE_CHECKING:
    from viralclip_desktop.core.paths import DataPaths
    from viralclip_desktop.domain.exports import ExportSettings
    from viralclip_desktop.settings.declaration import Settings
    from viralclip_desktop.store.store import Store


def batch_order(
    settings: Settings,
    versions: Sequence[Version] = (Version(),),
    ready: Readiness | None = None,
    *,
    package: bool = False,
    export: ExportSettings | None = None,
    **asked: Any,
) -> BatchOrder:
    """What was ``asked`` of the search (fields of :class:`MainJobOptions`), and the settings for the rest.
    Raises :class:`UsageError` for what cannot be made."""
    search = main_job_options(settings, **asked)
    usual = export_order(settings) if export is None else export
    return BatchOrder(search, list(versions), usual, ready or Readiness(), package)


def everything(settings: Settings, **asked: Any) -> BatchOrder:
    """All that can be done without a decision: ``make --everything``, and the window with “Do it all”."""
    return batch_order(settings, ready=EVERYTHING, package=True, **asked)


def check_place(paths: DataPaths, order: BatchOrder) -> None:
    """Better now than in an hour: raises where finished files cannot go to."""
    from viralclip_desktop.features.exporting.target import check_folder

    folder = order.export.folder or paths.videos
    if folder is not None:
        check_folder(Path(folder))


def caption_languages(store: Store, paths: Iterable[Path]) -> list[tuple[str, str]]:
    """The languages in which there are captions for some recordings, each with its name: what is spoken in
    known ones, their translations, and subtitle files beside them such as ``talk.th.srt``."""
    from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_name

    found: dict[str, None] = {}
    for path in paths:
        found |= dict.fromkeys(_languages_of(store, path))
    return [(code, language_name(code)) for code in found if code in LANGUAGE_NAMES]


def _languages_of(store: Store, path: Path) -> list[str]:
    codes = [
        file.name.removeprefix(f"{path.stem}.").partition(".")[0]
        for ending in SUBTITLES
        for file in path.parent.glob(f"{glob.escape(path.stem)}.*.{ending}")
    ]
    known = [source for source in store.sources() if Path(source.path) == path]
    for source in known:
        transcript = store.transcript(source.id)
        codes += [transcript.language] if transcript is not None else []
        codes += [one.language for one in store.translations(source.id)]
    return codes
