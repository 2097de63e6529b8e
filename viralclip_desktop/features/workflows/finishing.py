"""Finishing a clip: its scene is its plan with what is known of its picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element, LayerKind
from viralclip_desktop.features.common.assets import add_file, layer_file
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.styles import caption_styles, look_of
from viralclip_desktop.features.finish import (
    USUAL,
    Effect,
    Scene,
    Wanted,
    broll,
    effect_file,
    emoji,
    finish_clip,
    is_on,
    lay_element,
    lines_of,
    palette_of,
    remove_element,
)
from viralclip_desktop.features.finish.scene import Footage
from viralclip_desktop.features.workflows.beds import bed_for
from viralclip_desktop.features.workflows.preview import picture_known
from viralclip_desktop.store.store import Store

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.frame_plan import PictureKnown
    from viralclip_desktop.domain.transcript import Transcript


def finish_now(
    services: Services,
    clip_id: str,
    wanted: Wanted,
    progress: Progress,
    cancel: CancelToken,
    *,
    elements: Sequence[Element] = USUAL,
    without: Sequence[Element] = (),
    folders: Iterable[Path] = (),
) -> Clip:
    """Lay elements on a clip, and take others off, as one edit; its picture is looked at first.

    ``folders`` are the user's own footage; a bed of music that has no song is composed. Takes a while. Raises
    :class:`NotFound`, :class:`BadInput` for a file that can't be read, and Cancelled.
    """
    from viralclip_desktop.features.workflows.preview import look_now

    store, paths, chosen = services.store, services.paths, list(elements)
    if Element.COLD_OPEN in chosen:  # it moves all that follows: the rest is laid on what plays then
        chosen.remove(Element.COLD_OPEN)
        lay_element(store, clip_id, Element.COLD_OPEN, scene_of(store, paths, clip_id))
    known = look_now(services, clip_id, progress, cancel) if chosen else None
    scene = scene_of(store, paths, clip_id, known)
    if Element.EFFECTS in chosen:
        scene = with_effects(store, paths, scene)
    if Element.EMOJI in chosen:
        scene = with_emoji(store, paths, scene)
    wanted = replace(wanted, broll=footage_for(store, scene, folders))
    if Element.MUSIC in chosen and not wanted.music and not is_on(store.clip(clip_id), Element.MUSIC):
        bed = bed_for(services, store.clip(clip_id), scene.words, progress, cancel)
        wanted = replace(wanted, music=bed.id)
    with store.transaction("Finish clip", store.clip(clip_id).project_id):
        for name in without:
            remove_element(store, clip_id, name)
        finish_clip(store, clip_id, scene, chosen, wanted)
    return store.clip(clip_id)


def scene_of(store: Store, paths: DataPaths, clip_id: str, known: PictureKnown | None = None) -> Scene:
    """The scene of a clip as it stands; ``known`` is taken from the cache where it isn't given."""
    from viralclip_desktop.features.exporting.plans import plan_of

    clip = store.clip(clip_id)
    known = known or picture_known(store, paths, clip_id)
    plan, words = plan_of(store, clip, known=known), _transcript(store, clip)
    style = look_of(clip, caption_styles(store))
    seen = plan_with_faces(store, clip, known)
    kit = next((kit for kit in store.brand_kits() if kit.id == clip.brand_kit), None)
    speakers = (word.speaker for word in plan.words if word.speaker)
    return Scene(
        plan,
        seen.faces,
        palette_of(kit, style if clip.captions_on else None, plan.fonts),
        language=language_of_talk(words),
        clip_id=clip_id,
        hook=written_hook(store, clip),
        speaker=next(speakers, ""),
        words=seen.words,
        lines=lines_of(words, clip.asset_id) if words is not None else (),
        telling=telling_of(words),
    )


def plan_with_faces(store: Store, clip: Clip, known: PictureKnown) -> RenderPlan:
    """The plan of a clip with the faces in it, whether its captions keep off them or not."""
    from viralclip_desktop.features.exporting.plans import plan_of

    style = replace(look_of(clip, caption_styles(store)), keep_off_faces=True)
    return plan_of(store, replace(clip, captions_on=True, caption_override=style), known=known)


def with_effects(store: Store, paths: DataPaths, scene: Scene) -> Scene:
    """The scene with the sound effects in the library, which are made the first time, and with how loud the
    talk is that they must not cover."""
    files = {effect: effect_file(paths.home / "media" / "audio" / "library", effect) for effect in Effect}
    found = {str(effect): add_file(store, path, AssetKind.EFFECT).id for effect, path in files.items()}
    return replace(scene, effects=found, speech_db=_speech_db(store, paths, scene.clip_id))


def _speech_db(store: Store, paths: DataPaths, clip_id: str) -> float | None:
    """How loud the talk of a clip's home recording is, as its bus plays it; None where it isn't at hand."""
    import numpy as np

    from viralclip_desktop.features.common.derived import SPEECH_WAV
    from viralclip_desktop.features.finish.heard_level import speech_db
    from viralclip_desktop.media.audio import samples_between
    from viralclip_desktop.media.decode import SPEECH_RATE_HZ

    clip = store.clip(clip_id)
    wav = paths.source_cache(clip.source_id) / SPEECH_WAV if clip.source_id else None
    if wav is None or not wav.is_file() or not clip.kept or clip.mix.speech.mute:
        return None
    found = speech_db(np.concatenate([samples_between(wav, one) for one in clip.kept]), SPEECH_RATE_HZ)
    return None if found is None else found + clip.original_volume_db


def with_emoji(store: Store, paths: DataPaths, scene: Scene) -> Scene:
    """The scene with the emoji that go with its words in the library."""
    found = emoji.fitting(scene.words or scene.plan.words, scene.language, scene.telling)
    return replace(scene, emoji={one.name: emoji_asset(store, paths, one.name).id for one in found})


def emoji_asset(store: Store, paths: DataPaths, name: str) -> Asset:
    """The picture of an emoji in the library."""
    file = emoji.emoji_file(paths.home / "media" / "pictures" / "emoji", name)
    return add_file(store, file, AssetKind.PICTURE)


def footage_for(store: Store, scene: Scene, folders: Iterable[Path]) -> tuple[Footage, ...]:
    """The files of some folders of which a word is said in a clip: of the name, of the folders within that
    they lie in, or of their tags in the library. They are taken into it. Raises :class:`BadInput` for one
    that can't be read."""
    known = {asset.path: asset.tags for asset in store.assets()}
    found = []
    for folder in map(Path.absolute, folders):
        for path in broll.files_in([folder]):
            inside = path.parent.relative_to(folder).parts
            tags = broll.tags_of(" ".join((*inside, path.stem)), known.get(str(path), ()))
            if broll.is_said(tags, scene.words):
                asset = layer_file(store, path, LayerKind.PICTURE)
                found.append(Footage(asset.id, tags, asset.duration))
    return tuple(found)


def written_hook(store: Store, clip: Clip) -> str:
    """The hook line that a language model wrote for the clip when it was found; empty for none."""
    from viralclip_desktop.features.moments.llm.keeping import written_for

    if not clip.batch_id:
        return ""
    written = written_for(store.batch(clip.batch_id), clip.id) or {}
    return str(written.get("hook") or "")


def language_of_talk(transcript: Transcript | None) -> str:
    """The base of a transcript's language (``en``); empty where it cannot be told."""
    from viralclip_desktop.compose.captions.keywords import bare
    from viralclip_desktop.features.common.telling_words import language_of

    words = transcript.words if transcript is not None else ()
    return language_of(
        transcript.language if transcript is not None else "", (bare(one.text) for one in words)
    )


def telling_of(transcript: Transcript | None) -> dict[str, float]:
    """How much each word of a transcript (lower case, bare) tells of what it is about."""
    from viralclip_desktop.compose.captions.keywords import bare
    from viralclip_desktop.features.common.telling_words import weights

    if transcript is None:
        return {}
    words = transcript.words
    return weights([[bare(one.text) for one in words[it.first : it.last]] for it in transcript.sentences])


def _transcript(store: Store, clip: Clip) -> Transcript | None:
    return store.transcript(clip.source_id) if clip.source_id else None
