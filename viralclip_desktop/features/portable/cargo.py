"""Which files go into a project file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from viralclip_desktop.core.errors import BadInput, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.features.portable.contents import Contents
from viralclip_desktop.media.fingerprint import fingerprint

_MOST_BYTES_UNASKED = 64 << 20  # a logo of more than this is a film


@dataclass(frozen=True)
class Cargo:
    """Files to pack, by the ids of their assets."""

    packed: dict[str, Path]
    total_bytes: int


def cargo_of(contents: Contents, with_media: bool) -> tuple[Contents, Cargo]:
    """What to pack, and the contents with the fingerprint that each file has now. A brand's logos and fonts
    always travel (they are small and make the look), the rest only when asked.

    Raises :class:`BadInput` when a recording to be packed is not what was imported; other files that are gone
    are left out, as they are missing here too.
    """
    recordings = {source.asset_id for source in contents.sources}
    unasked = _of_brands(contents)
    packed: dict[str, Path] = {}
    for asset in contents.assets:
        if asset.id in recordings:
            if with_media:
                packed[asset.id] = _recording(asset)
            continue
        with suppress(Fault, OSError, ValueError):
            path = Path(asset.path)
            contents.entities["asset", asset.id] = replace(asset, fingerprint=fingerprint(path))
            if with_media or (asset.id in unasked and path.stat().st_size <= _MOST_BYTES_UNASKED):
                packed[asset.id] = path
    files = dict.fromkeys(packed.values())
    return contents, Cargo(packed, sum(path.stat().st_size for path in files))


def _of_brands(contents: Contents) -> set[str]:
    kits = [entity for entity in contents.entities.values() if isinstance(entity, BrandKit)]
    logos = [logo for kit in kits for logo in (kit.logo, kit.watermark) if logo is not None]
    return {logo.asset_id for logo in logos} | {font for kit in kits for font in kit.fonts}


def _recording(asset: Asset) -> Path:
    path = Path(asset.path)
    if not path.is_file():
        raise BadInput(
            say("The recording is not where it was: {path}", path=asset.path),
            "Connect its disk or put the file back, or export the project without its recordings.",
        )
    if fingerprint(path) != asset.fingerprint:
        raise BadInput(
            say("{name} has changed since it was imported.", name=path.name),
            "Put the original back, or export the project without its recordings.",
        )
    return path
