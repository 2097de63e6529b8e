"""Versions of clips as clips: made once, made ready, and known again by their ids."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import clips as edits
from viralclip_desktop.domain.edits.arrange import another_title
from viralclip_desktop.domain.layers import Element, TitleLayer
from viralclip_desktop.features import tighten
from viralclip_desktop.features.batches import NO_HOOK, Labels, Readiness, Version, label_of, version_id
from viralclip_desktop.features.captions import look_of
from viralclip_desktop.features.common.quiet_titles import is_quiet
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.styles import caption_styles
from viralclip_desktop.features.editing import override_captions
from viralclip_desktop.features.exporting.naming import LONGEST_BYTES, LONGEST_NAME, shortened
from viralclip_desktop.features.finish import USUAL, Wanted, is_on
from viralclip_desktop.features.finish.texts import shortened as hook_text
from viralclip_desktop.features.workflows.finishing import finish_now, written_hook

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_BESIDE_TITLE = 12  # characters of a file's name: its rank and its ending


@dataclass(frozen=True)
class MadeVersion:
    """A version of a clip, ready for its export."""

    clip: Clip
    label: str
    """What tells it from the others; empty where it is the clip itself."""
    changed: bool = False
    """Whether it is the clip itself and was changed just now: what was exported of it before is old."""


def kept_off_faces(services: Services, clips: Sequence[Clip]) -> list[Clip]:
    """Have the captions of clips leave their place where they would cover a face, as one edit."""
    store, styles = services.store, caption_styles(services.store)
    looks = ((clip.id, look_of(clip, styles)) for clip in clips)
    covering = {clip_id: look for clip_id, look in looks if not look.keep_off_faces}
    if covering:
        with store.transaction("Adjust captions", clips[0].project_id):
            for clip_id, look in covering.items():
                override_captions(store, clip_id, replace(look, keep_off_faces=True))
    return [store.clip(clip.id) for clip in clips]


def labels_of(store: Store) -> Labels:
    """How styles and languages are called in titles."""
    from viralclip_desktop.engines.stt.languages import language_name

    names = {style.id: style.label for style in caption_styles(store)}
    return Labels(lambda style: names.get(style, style), language_name)


class VersionMaker:
    """Makes the versions of one clip. All take a while where they are to be tightened or finished."""

    def __init__(
        self,
        services: Services,
        clip: Clip,
        ready: Readiness,
        *,
        own_language: str,
        progress: Progress,
        cancel: CancelToken,
    ) -> None:
        """``own_language``: the code of what is spoken; in it no second language is shown."""
        self._services, self._clip, self._ready = services, clip, ready
        self._own_language, self._progress, self._cancel = own_language, progress, cancel

    def made(self, version: Version, among: Sequence[Version]) -> MadeVersion:
        """A version, made now unless it is there. The only one that is wanted is the clip itself, if it looks
        like that already; every other one is a copy with a title of its own, and the clip stays as it is.
        Raises what tightening and finishing raise."""
        looks = self._looking_like(self._clip, version)
        if len(among) == 1 and looks == self._clip:
            after = self._made_ready(self._clip.id, version)
            return MadeVersion(after, "", after != self._clip)
        label = label_of(version, among, labels_of(self._services.store))
        copy = self._copied(looks, version, label)
        return MadeVersion(copy, label)

    def _looking_like(self, clip: Clip, version: Version) -> Clip:
        if version.aspect is not None:
            clip = edits.reshape(clip, version.aspect)
        if version.style is not None and version.style != clip.caption_style:
            clip = edits.restyle(clip, version.style)
        if version.language is not None:
            spoken = version.language == self._own_language
            clip = replace(clip, second_language="" if spoken else version.language)
        return clip

    def _copied(self, looks: Clip, version: Version, label: str) -> Clip:
        """The version as a clip of its own; one that was exported before was whole, and is the user's."""
        store, name = self._services.store, version_id(self._clip.id, version, self._ready)
        others = {clip.id: clip for clip in store.project_clips(self._clip.project_id)}
        if name in others and store.exports(name):
            return others[name]
        taken = {clip.title for clip in others.values() if clip.id != name}
        title = titled(self._clip.title, label)
        title = another_title(title, taken) if title in taken else title
        with store.transaction("Make a version", self._clip.project_id) as tx:
            tx.put(replace(looks, id=name, title=title, created_at=time.time()))
        return self._made_ready(name, version)

    def _made_ready(self, clip_id: str, version: Version) -> Clip:
        clip = self._services.store.clip(clip_id)
        if self._ready.keep_off_faces:
            (clip,) = kept_off_faces(self._services, [clip])
        if self._ready.tighten and not clip.tightened:
            clip = self._tightened(clip_id)
        words = version.hook or _hook_on(clip) or self._hook()
        elements, without = self._elements(version, words)
        said = not version.hook or hook_text(version.hook) == _hook_on(clip)
        elements = [one for one in elements if not is_on(clip, one) or (one is Element.HOOK and not said)]
        if not elements and not any(is_on(clip, one) for one in without):
            return clip
        return finish_now(
            self._services,
            clip_id,
            Wanted(hook=words),
            self._progress,
            self._cancel,
            elements=elements,
            without=without,
        )

    def _tightened(self, clip_id: str) -> Clip:
        """Tightened, and judged by what is still said in it."""
        from viralclip_desktop.features.moments.judging import judge_again  # with numpy

        store = self._services.store
        clip = tighten.tighten_clip(store, clip_id, self._heard, tighten.DEFAULT_STRENGTH)
        return judge_again(store, self._services.paths, clip_id) or clip

    def _elements(self, version: Version, words: str) -> tuple[list[Element], list[Element]]:
        """What is to be on a version, and what is to be off it; there is no hook without words."""
        finish = (self._ready.elements or USUAL) if self._ready.finish else ()
        wanted = [one for one in finish if one is not Element.HOOK or words]
        if version.hook == NO_HOOK:
            return [one for one in wanted if one is not Element.HOOK], [Element.HOOK]
        if version.hook and Element.HOOK not in wanted:
            wanted.append(Element.HOOK)
        return wanted, []

    @cached_property
    def _heard(self) -> list[tighten.Listened]:
        services = self._services
        return tighten.listen_to_clip(
            services.store, services.paths, self._clip, progress=self._progress, cancel=self._cancel
        )

    def _hook(self) -> str:
        title = self._clip.title
        return written_hook(self._services.store, self._clip) or ("" if is_quiet(title) else title)


def _hook_on(clip: Clip) -> str:
    hooks = (one for one in clip.layers if isinstance(one, TitleLayer) and one.element is Element.HOOK)
    return next((hook.text for hook in hooks), "")


def titled(title: str, label: str) -> str:
    """A clip's title with what tells a version from the others. A title that is too long for the name of a
    file is cut, the label is not."""
    if not label:
        return title
    behind = f" ({label})"
    room = LONGEST_NAME - len(behind) - _BESIDE_TITLE
    room_bytes = LONGEST_BYTES - len(behind.encode()) - _BESIDE_TITLE
    return (shortened(title, max(0, room), max(0, room_bytes)) + behind).strip()
