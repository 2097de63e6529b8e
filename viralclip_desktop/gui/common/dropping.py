"""Files and sounds of the library that are dropped on the timeline become layers where they were dropped."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject

from viralclip_desktop.core.errors import BadInput, Fault, NotFound
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.new_layers import STILL_LENGTH, asset_kind, layer_of_file
from viralclip_desktop.domain.layers import FileLayer, LayerKind
from viralclip_desktop.domain.library import LibraryEntry, LibraryKind
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.features.editing import put_layers
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import tr, tr_fault
from viralclip_desktop.gui.widgets.drag_out import file_data
from viralclip_desktop.gui.widgets.file_field import PICTURES
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.store.store import Store

_SHORTEST = Time.from_seconds(0.2)
_SOUNDS: Final = "application/x-viralclip-sounds"

SOUND_LAYERS: Final = {
    LibraryKind.VOICE: LayerKind.VOICE,
    LibraryKind.MUSIC: LayerKind.MUSIC,
    LibraryKind.EFFECT: LayerKind.EFFECT,
    LibraryKind.IMPORT: LayerKind.EFFECT,
}
"""What a sound of the library becomes on the timeline. One of which nobody has said what it is plays once,
like an effect."""


@dataclass(frozen=True)
class Found:
    """A file as it was looked at: what it can be, and how long it lasts."""

    asset: Asset
    kind: LayerKind
    length: Time


@dataclass(frozen=True)
class Looked:
    """What can be laid, and why the other files can't, by path."""

    found: tuple[Found, ...]
    refused: Mapping[Path, Fault]


def look(store: Store, paths: Sequence[Path], wanted: LayerKind | None) -> Looked:
    """What the files can be: ``wanted`` where that is possible. They are taken into the library. Blocks:
    called off the GUI thread."""
    found: list[Found] = []
    refused: dict[Path, Fault] = {}
    for path in paths:
        try:
            found.append(_look(store, path, wanted))
        except Fault as fault:
            refused[path] = fault
    return Looked(tuple(found), refused)


def look_up(store: Store, sound_ids: Sequence[str]) -> Looked:
    """What sounds of the library can be, whichever track they fall on. Blocks: called off the GUI thread."""
    known = {entry.id: entry for entry in store.library()}
    found: list[Found] = []
    refused: dict[Path, Fault] = {}
    for entry in (known[one] for one in sound_ids if one in known):
        path = Path(entry.asset.path)
        if is_there(entry.asset.path):
            found.append(Found(entry.asset, SOUND_LAYERS[entry.item.kind], entry.asset.duration))
        else:
            refused[path] = NotFound(
                tr("There is no file “{name}”.", name=path.name), tr("It may have been moved.")
            )
    return Looked(tuple(found), refused)


def sound_data(entries: Sequence[LibraryEntry]) -> QMimeData:
    """What a drag of sounds of the library carries: their files for other programs, and which they are."""
    data = file_data([Path(entry.asset.path) for entry in entries])
    data.setData(_SOUNDS, json.dumps([entry.id for entry in entries]).encode())
    return data


def sounds_in(data: QMimeData) -> list[str]:
    """The ids of the sounds of the library in a drag; none in one of anything else."""
    return list(json.loads(bytes(data.data(_SOUNDS).data()))) if data.hasFormat(_SOUNDS) else []


def _look(store: Store, path: Path, wanted: LayerKind | None) -> Found:
    from viralclip_desktop.features.common.assets import add_file
    from viralclip_desktop.media.layer_files import examine

    sounds = (LayerKind.MUSIC, LayerKind.VOICE)
    if path.suffix.lower().lstrip(".") in PICTURES.split():
        if wanted in sounds:
            raise BadInput(
                tr("“{name}” is a picture.", name=path.name), tr("Drop it on the overlay track instead.")
            )
        still = add_file(store, path, asset_kind(LayerKind.PICTURE, moving=False))
        return Found(still, LayerKind.PICTURE, STILL_LENGTH)
    info = examine(path)
    kind = wanted or (LayerKind.PICTURE if info.video is not None else LayerKind.MUSIC)
    if kind in sounds and not info.audio:
        raise BadInput(tr("There is no sound in “{name}”.", name=path.name), tr("Choose another file."))
    if kind is LayerKind.PICTURE and info.video is None:
        kind = LayerKind.MUSIC  # sound on the overlay track: what was meant is plain
    return Found(add_file(store, path, asset_kind(kind, moving=True)), kind, info.duration)


def layers_at(found: Sequence[Found], at: Time, clip: Clip) -> list[FileLayer]:
    """The files from a clip time on: those of a kind one behind the other, held to the clip's end. The last
    piece of music goes on to there."""
    end = clip.duration
    layers: list[FileLayer] = []
    first = at.clamped(ZERO, max(ZERO, end - _SHORTEST))
    last_music = next((one for one in reversed(found) if one.kind is LayerKind.MUSIC), None)
    starts = dict.fromkeys(LayerKind, first)
    for one in found:
        start = starts[one.kind]
        stop = end if one is last_music else min(end, start + max(one.length, _SHORTEST))
        if start < stop:
            layers.append(layer_of_file(one.kind, one.asset, TimeRange(start, stop), clip))
        starts[one.kind] = stop
    return layers


def lay(session: ClipSession, clip: Clip, layers: Sequence[FileLayer]) -> None:
    """Lay them over a clip; a single one is selected as soon as it is there, unless another clip is in front
    by then."""
    session.do(put_layers, clip.id, layers)
    if session.clip is not None and session.clip.id == clip.id:
        session.picked.pick(layers[0].id if len(layers) == 1 else "")


class FileDrops(QObject):
    """Takes what the timeline was given."""

    def __init__(self, session: ClipSession, context: Context) -> None:
        super().__init__(session)
        self._session, self._context = session, context

    def take(self, paths: Sequence[Path], at: Time, wanted: LayerKind | None) -> None:
        """Look at the files, and lay those that can be at a clip time; the others are named in one notice."""
        store = self._context.services.store
        self._take(lambda: look(store, paths, wanted), at)

    def take_sounds(
        self,
        sound_ids: Sequence[str],
        at: Time,
        then: Callable[[Clip, Sequence[FileLayer]], object] | None = None,
    ) -> None:
        """Lay sounds of the library at a clip time, each on the track of its kind; ``then`` gets what was
        laid on which clip, if anything was."""
        store = self._context.services.store
        self._take(lambda: look_up(store, sound_ids), at, then)

    def _take(
        self,
        look_at: Callable[[], Looked],
        at: Time,
        then: Callable[[Clip, Sequence[FileLayer]], object] | None = None,
    ) -> None:
        clip = self._session.clip
        if clip is not None:
            self._context.tasks.run(look_at, lambda looked: self._lay(clip, looked, at, then))

    def _lay(
        self,
        clip: Clip,
        looked: Looked,
        at: Time,
        then: Callable[[Clip, Sequence[FileLayer]], object] | None,
    ) -> None:
        layers = layers_at(looked.found, at, self._session.newest(clip))
        if layers:
            lay(self._session, clip, layers)
            if then is not None:
                then(clip, layers)
        laid = {layer.asset_id for layer in layers}
        no_room = [Path(one.asset.path).name for one in looked.found if one.asset.id not in laid]
        self._tell(looked.refused, no_room)

    def _tell(self, refused: Mapping[Path, Fault], no_room: Sequence[str]) -> None:
        names = ", ".join([*(path.name for path in refused), *no_room])
        if len(refused) == 1 and not no_room:
            self._context.trouble(next(iter(refused.values())))
        elif names:
            hint = "" if refused else tr("There is no more room in the clip.")
            details = "\n".join(tr_fault(fault) for fault in refused.values())
            text = tr("These files were not added: {names}", names=names)
            self._context.tell(ToastText(text, hint, details, kind="bad"))
