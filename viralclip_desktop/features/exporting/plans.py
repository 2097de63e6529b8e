"""The plan of a clip as it stands in the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.compose.branding import logo_assets
from viralclip_desktop.compose.clip_plan import asset_ids, plan_clip
from viralclip_desktop.compose.footage import Footage
from viralclip_desktop.compose.mixing import DubSound
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.assets import Asset, Stem
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.faces import Faces
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.layers import DrawnLayer, PictureLayer
from viralclip_desktop.domain.media import MediaInfo, Source
from viralclip_desktop.domain.translation import in_language
from viralclip_desktop.features.common.recordings import recordings_of
from viralclip_desktop.features.common.styles import style_of
from viralclip_desktop.media import loudness
from viralclip_desktop.media.layer_files import examine

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


NOTHING_KNOWN = PictureKnown()


def loudness_memory(paths: DataPaths) -> Path:
    """Where the gains that were measured are kept: for previews and exports alike."""
    return paths.render_work / "loudness"


def plan_of(
    store: Store,
    clip: Clip,
    *,
    fps: Fraction | None = None,
    aspect: Aspect | None = None,
    known: PictureKnown = NOTHING_KNOWN,
    kits: Sequence[BrandKit] | None = None,
    backgrounds: Mapping[str, Stem] | None = None,
    dub: DubSound | None = None,
) -> RenderPlan:
    """The plan of a clip, as :func:`plan_clip` makes it; with its brand kit as it is, or as it is among
    ``kits``; ``backgrounds`` are by the assets of recordings. Raises :class:`BadInput` naming the file when a
    recording, or a file laid over it, is gone."""
    found = [_footage(store, clip, source, known.faces) for source in recordings_of(store, clip)]
    home = next((one for one in found if one.source.id == clip.source_id), None)
    among = store.brand_kits() if kits is None else kits
    kit = next((kit for kit in among if kit.id == clip.brand_kit), None)
    return plan_clip(
        home.source if home is not None else None,
        home.transcript if home is not None else None,
        clip,
        style_of(store, clip),
        fps=fps,
        aspect=aspect,
        kit=kit,
        assets=_assets(store, clip, kit, {one.source.asset_id for one in found}),
        faces=home.faces if home is not None else (),
        translation=home.translation if home is not None else None,
        others=[one for one in found if one is not home],
        frame=known.frame,
        backgrounds=backgrounds,
        cleaned=known.cleaned,
        dub=dub,
    )


def _footage(store: Store, clip: Clip, source: Source, faces: Faces) -> Footage:
    file = Path(source.path)
    if not file.is_file():
        raise BadInput(
            say("The recording is not where it was: {path}", path=source.path),
            "Connect its disk or put the file back, and try again.",
        )
    if file.stat().st_size != source.info.size_bytes:  # its content is not read: this is asked at each edit
        raise BadInput(
            say("{name} has changed since it was imported.", name=file.name),
            "Put the original back, or import the file that is there now.",
        )
    translation = in_language(store.translations(source.id), clip.second_language)
    return Footage(source, store.transcript(source.id), translation, faces.get(source.id, ()))


def _assets(store: Store, clip: Clip, kit: BrandKit | None, known: Collection[str]) -> dict[str, Asset]:
    """The files besides the recordings, as they are now. Raises :class:`BadInput` naming one that is gone, or
    that has nothing of what its part or layer is there for."""
    fonts = kit.fonts if kit is not None else ()
    assets = {
        asset_id: _read(store.asset(asset_id), probed=asset_id not in fonts)
        for asset_id in asset_ids(clip, kit)
        if asset_id not in known
    }
    for layer in clip.layers:
        if not isinstance(layer, DrawnLayer):
            _check(assets[layer.asset_id], picture=isinstance(layer, PictureLayer))
    for asset_id in logo_assets(kit):
        if _info(assets[asset_id]).video is None:
            name = Path(assets[asset_id].path).name
            raise BadInput(say("{name} has no picture.", name=name), "Choose another file in the brand kit.")
    for asset_id in (kit.intro, kit.outro) if kit is not None else ():
        if asset_id and not (_info(assets[asset_id]).video and assets[asset_id].duration):
            name = Path(assets[asset_id].path).name
            raise BadInput(
                say("{name} is no film.", name=name), "Choose another intro or outro in the brand kit."
            )
    return assets


def _read(asset: Asset, *, probed: bool) -> Asset:
    """An asset with what is in its file now: it may have been replaced since it was taken in."""
    return replace(asset, info=examine(Path(asset.path))) if probed else asset


def _info(asset: Asset) -> MediaInfo:
    assert asset.info is not None
    return asset.info


def _check(asset: Asset, *, picture: bool) -> None:
    info = _info(asset)
    if not (info.video if picture else info.audio):
        what = "picture" if picture else "sound"
        raise BadInput(
            say("{name} has no {what}.", name=Path(asset.path).name, what=say(what)),
            "Choose another file for that layer.",
        )


def preview_plan(
    store: Store, paths: DataPaths, clip_id: str, known: PictureKnown = NOTHING_KNOWN
) -> RenderPlan:
    """The plan to show: as loud as its export if that was measured (:func:`levelled`), else as recorded."""
    return loudness.remembered(plan_of(store, store.clip(clip_id), known=known), loudness_memory(paths))


def levelled(paths: DataPaths, plan: RenderPlan, cancel: CancelToken) -> RenderPlan:
    """A plan with the gain its export gets; measured now unless that is known."""
    return loudness.measured(plan, paths.render_work, loudness_memory(paths), cancel)
