"""The plan of a clip as it stands in the store."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.compose.branding import logo_files
from viralclip_desktop.compose.captions.presets import caption_style
from viralclip_desktop.compose.clip_plan import file_paths, plan_clip
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip, LayerKind
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.domain.translation import in_language
from viralclip_desktop.media import loudness
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.render import frame_png

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


def loudness_memory(paths: DataPaths) -> Path:
    """Where the gains that were measured are kept: for previews and exports alike."""
    return paths.render_work / "loudness"


def plan_of(
    store: Store,
    clip: Clip,
    *,
    fps: Fraction | None = None,
    aspect: Aspect | None = None,
    faces: Sequence[FacesSeen] = (),
) -> RenderPlan:
    """The plan of a clip, as :func:`plan_clip` makes it. Raises :class:`BadInput` naming the file when the
    recording, or a file laid over it, is gone."""
    source = store.source(clip.source_id)
    if not Path(source.path).is_file():
        raise BadInput(
            say("The recording is not where it was: {path}", path=source.path),
            "Connect its disk or put the file back, and try again.",
        )
    kit = next((kit for kit in store.brand_kits() if kit.id == clip.brand_kit), None)
    return plan_clip(
        source,
        store.transcript(source.id),
        clip,
        style_of(store, clip),
        fps=fps,
        aspect=aspect,
        kit=kit,
        files=_files(clip, kit),
        faces=faces,
        translation=in_language(store.translations(source.id), clip.second_language),
    )


def _files(clip: Clip, kit: BrandKit | None) -> dict[str, MediaInfo]:
    """What is in the files besides the recording. Raises :class:`BadInput` naming one that is gone, or that
    has nothing of what its layer is there for."""
    files = {path: examine(Path(path)) for path in file_paths(clip, kit)}
    for layer in clip.layers:
        info = files[layer.path]
        if not (info.video if layer.kind is LayerKind.PICTURE else info.audio):
            what = "picture" if layer.kind is LayerKind.PICTURE else "sound"
            raise BadInput(
                say("{name} has no {what}.", name=Path(layer.path).name, what=say(what)),
                "Choose another file for that layer.",
            )
    for path in logo_files(kit):
        if files[path].video is None:
            raise BadInput(
                say("{name} has no picture.", name=Path(path).name), "Choose another file in the brand kit."
            )
    for path in (kit.intro, kit.outro) if kit is not None else ():
        if path and not (files[path].video and files[path].duration):
            raise BadInput(
                say("{name} is no film.", name=Path(path).name),
                "Choose another intro or outro in the brand kit.",
            )
    return files


def style_of(store: Store, clip: Clip) -> CaptionStyle | None:
    """The look of a clip's captions, None without any. Its own wins over the style it names."""
    if not clip.captions_on:
        return None
    return clip.caption_override or style_named(store, clip.caption_style)


def preview_plan(store: Store, paths: DataPaths, clip_id: str, faces: Sequence[FacesSeen] = ()) -> RenderPlan:
    """The plan to show: as loud as its export if that was measured (:func:`levelled`), else as recorded."""
    return loudness.remembered(plan_of(store, store.clip(clip_id), faces=faces), loudness_memory(paths))


def levelled(paths: DataPaths, plan: RenderPlan, cancel: CancelToken) -> RenderPlan:
    """A plan with the gain its export gets; measured now unless that is known."""
    return loudness.measured(plan, paths.render_work, loudness_memory(paths), cancel)


def exact_frame(store: Store, paths: DataPaths, clip_id: str, at: Time, *, size: Size, out: Path) -> Path:
    """Write the frame at a clip time as a PNG file, as the editor shows it and the export holds it."""
    return frame_png(preview_plan(store, paths, clip_id), size, at, out, paths.render_work)


def style_named(store: Store, style_id: str) -> CaptionStyle:
    """One of the user's own caption styles, or a preset. Raises :class:`NotFound`."""
    own = {style.id: style for style in store.caption_styles()}
    if style_id in own:
        return own[style_id]
    return caption_style(style_id)
