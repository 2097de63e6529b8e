"""The import itself: a file becomes a project's source."""

from __future__ import annotations

import os
import re
import shutil
import time
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, staged
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.media import Project, Source
from viralclip_desktop.features.common.assets import asset_of_file
from viralclip_desktop.features.common.derived import ensure_sound, ensure_thumbnail
from viralclip_desktop.features.media_import.own_sound import choose_sound, track_index
from viralclip_desktop.media.channels import voiced_track, with_channels
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe

if TYPE_CHECKING:
    from viralclip_desktop.domain.site_video import SiteVideo
    from viralclip_desktop.store import Store

_LONGEST_TITLE = 80
_STALE_S = 24 * 3600  # an import that was killed left its cache folder; none runs for a day
# Where the sound's share begins: looking into a file and finding a picture take about a second together.
_LOOKED, _SEEN = 0.02, 0.06


def import_media(
    store: Store,
    paths: DataPaths,
    path: Path,
    progress: Progress,
    cancel: CancelToken,
    *,
    project_id: str | None = None,
    site: SiteVideo | None = None,
    audio_track: int | None = None,
) -> Source:
    """Take a recording in: into a project of its own, or into ``project_id``. ``site``: what the site says
    that it was fetched from.

    Looks into the file, takes a picture, listens through the sound once (speech wav and waveform), and
    stores project and source in one transaction. The recording stays where it is and is not changed. The
    same file again gives the source that is already there, its derived files made again if missing.
    ``audio_track`` (from 1) is the sound track to hear; None takes the one that is heard already, else the
    one the file names, unless that is silent.

    Raises :class:`BadInput` with what is wrong with the file, :class:`UsageError` for a track it does not
    have, :class:`Cancelled`, :class:`NotFound` for an unknown project, and the faults of a full disk; then
    nothing is left behind.
    """
    cancel.raise_if_cancelled()
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would rename what the user chose by a link
    progress(ProgressEvent("import", 0.0, "Looking into the file"))
    info = probe(path)
    chosen = None if audio_track is None else track_index(info, audio_track)
    content = fingerprint(path)
    known = _known(store, path, content, project_id)
    if known is not None:
        if chosen not in (None, known.audio_index):
            known = choose_sound(store, paths, known.id, chosen, progress=progress, cancel=cancel)
        _derive(paths, known, progress, cancel)
        return known
    if project_id is not None:
        store.project(project_id)
    _sweep(store, paths)
    progress(ProgressEvent("import", _LOOKED, "Listening to the sound"))
    info = with_channels(path, info, cancel)
    if chosen is None:
        chosen = voiced_track(path, info, cancel)
    asset = asset_of_file(store, path, AssetKind.RECORDING, info)
    source = _source(asset, path, chosen, project_id or new_id("proj"))
    if site is not None:
        source = _of_site(source, site)
    try:
        _derive(paths, source, progress, cancel)
        _record(store, source, is_new_project=project_id is None)
    except BaseException:
        shutil.rmtree(paths.source_cache(source.id), ignore_errors=True)
        raise
    return source


def tidy_title(path: Path) -> str:
    """A name for people from a file's name: ``my_talk.final-v2.mp4`` becomes ``my talk final-v2``."""
    text = unicodedata.normalize("NFC", path.stem)
    text = "".join(mark if mark.isprintable() else " " for mark in text)
    text = re.sub(r"_|(?<!\d)\.|\.(?!\d)", " ", text)
    if " " not in text.strip() and text.count("-") > 1:
        text = text.replace("-", " ")
    text = " ".join(text.split()).strip("- ")
    return text[:_LONGEST_TITLE].rstrip() or "Recording"


def known_source(store: Store, path: Path) -> Source | None:
    """The source that a file is already, by its place and its content; None for any other file, and one that
    cannot be read."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - as above
    if not any(os.path.normcase(source.path) == os.path.normcase(path) for source in store.sources()):
        return None
    try:
        return _known(store, path, fingerprint(path), None)
    except BadInput:
        return None


def _known(store: Store, path: Path, content: str, project_id: str | None) -> Source | None:
    wanted = os.path.normcase(path)
    for source in store.sources(project_id):
        if source.fingerprint == content and os.path.normcase(source.path) == wanted:
            return source
    return None


def _source(asset: Asset, path: Path, audio_index: int | None, project_id: str) -> Source:
    return Source(
        id=new_id("src"),
        project_id=project_id,
        asset=asset,
        title=tidy_title(path),
        audio_index=audio_index,
        created_at=time.time(),
    )


def _of_site(source: Source, site: SiteVideo) -> Source:
    """A recording with what the site says about it."""
    title = " ".join(site.title.split())[:_LONGEST_TITLE] or source.title
    asset = replace(
        source.asset,
        title=title,
        origin=site.address,
        licence=site.licence,
        made_with=site.made_with(),
    )
    return replace(source, asset=asset, title=title)


def _derive(paths: DataPaths, source: Source, progress: Progress, cancel: CancelToken) -> None:
    progress(ProgressEvent("import", _LOOKED, "Taking a picture"))
    ensure_thumbnail(paths, source, cancel)
    cancel.raise_if_cancelled()
    progress(ProgressEvent("import", _SEEN, "Listening to the sound"))
    ensure_sound(paths, source, staged(progress, "import", _SEEN, 1.0), cancel)
    progress(ProgressEvent("import", 1.0))


def _record(store: Store, source: Source, is_new_project: bool) -> None:
    """Write it down. A new project is no step to undo: undo would take the whole project away."""
    label = say("Import {title}", title=source.title)
    with store.transaction(label, source.project_id, undoable=not is_new_project) as tx:
        if is_new_project:
            tx.put(Project(source.project_id, source.title, source.created_at, source.created_at))
        tx.put(source)


def _sweep(store: Store, paths: DataPaths) -> None:
    """Remove cache folders that no source owns and that nobody has touched for a day."""
    folder = paths.source_cache("any").parent
    if not folder.is_dir():
        return
    owned = {source.id for source in store.sources()}
    for cached in folder.iterdir():
        if cached.name not in owned and time.time() - cached.stat().st_mtime > _STALE_S:
            shutil.rmtree(cached, ignore_errors=True)
