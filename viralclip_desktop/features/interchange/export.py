"""Writing timelines: of one clip, of a selection in one file, or one file each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.files import same_file, write_whole
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.features.interchange.edl import edl_text
from viralclip_desktop.features.interchange.fcpxml import fcpxml_text
from viralclip_desktop.features.interchange.media import StartCode
from viralclip_desktop.features.interchange.otio_file import otio_text
from viralclip_desktop.features.interchange.sequence import Chosen, build_sequence
from viralclip_desktop.features.interchange.sequence import Sequence as Timeline
from viralclip_desktop.features.interchange.start_code import read_start_code
from viralclip_desktop.features.interchange.text import safe_name
from viralclip_desktop.media.faults import disk_fault

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_WRITERS: Mapping[str, Callable[[Timeline], str]] = MappingProxyType(
    {"otio": otio_text, "fcpxml": fcpxml_text, "edl": edl_text}
)
FORMATS = tuple(_WRITERS)
"""What can be written; the names are the files' endings."""


def format_of(out: Path, fmt: str | None = None) -> str:
    """The format of a file: ``fmt``, or what its ending says. Raises :class:`UsageError`."""
    name = (fmt or out.suffix.removeprefix(".")).lower()
    if name not in _WRITERS:
        endings = ", ".join(f".{each}" for each in FORMATS)
        raise UsageError(
            say("“{name}” says no timeline format.", name=out.name),
            say("Give a name that ends in one of {endings}.", endings=endings),
        )
    return name


def export_timeline(store: Store, clip_ids: Sequence[str], out: Path, fmt: str | None = None) -> Path:
    """Write one timeline with the clips one after the other; returns the file.

    ``fmt`` is one of :data:`FORMATS`; None goes by the ending of ``out``. A recording that is not there
    now is referred to where it was. Whatever goes wrong leaves nothing behind. Raises
    :class:`UsageError` for an unknown format or no clips, :class:`NotFound`, :class:`BadInput` for a
    target that is a recording or a timeline the format cannot hold, and the faults of a full or
    unwritable disk.
    """
    fmt, out = format_of(out, fmt), out.absolute()
    if not clip_ids:
        raise UsageError("There is no clip to write.", "Choose at least one.")
    codes: dict[str, StartCode | None] = {}
    chosen = [_chosen(store, clip_id, codes) for clip_id in clip_ids]
    text = _WRITERS[fmt](build_sequence(chosen))
    _check_target(store.assets(), out)
    _write(text, out)
    return out


def export_each(store: Store, clip_ids: Sequence[str], folder: Path, fmt: str) -> list[Path]:
    """Write one timeline for each clip into ``folder``, named by their titles; returns the files.

    No file that is already there is replaced. Raises what :func:`export_timeline` does.
    """
    fmt = format_of(Path(fmt), fmt)
    return [
        export_timeline(store, [clip_id], _free(folder, safe_name(store.clip(clip_id).title), fmt), fmt)
        for clip_id in clip_ids
    ]


def _chosen(store: Store, clip_id: str, codes: dict[str, StartCode | None]) -> Chosen:
    clip = store.clip(clip_id)
    named = {part.asset_id for part in clip.parts if part.asset_id}
    by_asset = {source.asset_id: source for source in store.sources(clip.project_id)}
    home = store.source(clip.source_id) if clip.source_id else None
    others = tuple(by_asset[asset_id] for asset_id in sorted(named - {clip.asset_id}) if asset_id in by_asset)
    files = {asset.id: asset for asset in store.assets() if asset.id in named - set(by_asset)}
    for source in (*others, *((home,) if home is not None else ())):
        if source.id not in codes:
            codes[source.id] = read_start_code(source)
    code = None if home is None else codes[home.id]
    return Chosen(clip, home, code, others, files, codes)


def _free(folder: Path, name: str, fmt: str) -> Path:
    number, path = 1, folder / f"{name}.{fmt}"
    while path.exists():
        number += 1
        path = folder / f"{name} {number}.{fmt}"
    return path


def _check_target(assets: Sequence[Asset], out: Path) -> None:
    if out.is_dir():
        raise BadInput(say("{out} is a folder.", out=out), "Give the name of a file in it.")
    if any(same_file(out, Path(asset.path)) for asset in assets):
        raise BadInput("The timeline would overwrite a recording.", "Choose another name or folder.")


def _write(text: str, out: Path) -> None:
    try:
        write_whole(out, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise disk_fault(error, out) from error
