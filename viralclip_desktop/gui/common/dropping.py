"""Files dropped on the timeline become layers where they were dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viralclip_desktop.core.errors import BadInput, Fault
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.new_layers import STILL_LENGTH, asset_kind, layer_of_file
from viralclip_desktop.domain.layers import FileLayer, LayerKind
from viralclip_desktop.features.editing import put_layers
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import tr, tr_fault
from viralclip_desktop.gui.widgets.file_field import PICTURES
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.store.store import Store

_SHORTEST = Time.from_seconds(0.2)


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
        clip, store = self._session.clip, self._context.services.store
        if clip is not None:
            self._context.tasks.run(
                lambda: look(store, paths, wanted), lambda looked: self._lay(clip, looked, at)
            )

    def _lay(self, clip: Clip, looked: Looked, at: Time) -> None:
        layers = layers_at(looked.found, at, self._session.newest(clip))
        if layers:
            lay(self._session, clip, layers)
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
