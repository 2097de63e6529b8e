"""Files dropped on the timeline become layers where they were dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Layer, LayerKind
from viralclip_desktop.gui.audio.layer_card import START_DB, START_DUCK_DB
from viralclip_desktop.gui.moments.session import ClipSession
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.model import LAYERS, Kind
from viralclip_desktop.gui.widgets.file_field import PICTURES

if TYPE_CHECKING:
    from viralclip_desktop.features.editing import Editing
    from viralclip_desktop.gui.bridge.context import Context

_PICTURE_LENGTH = Time.from_seconds(4)  # long enough to be looked at, short enough not to bore
_MUSIC_FADE = Time.from_seconds(1)
_SHORTEST = Time.from_seconds(0.2)


@dataclass(frozen=True)
class Found:
    """A file as it was looked at: what it can be, and how long it lasts."""

    path: Path
    kind: LayerKind
    length: Time


def look(paths: Sequence[Path], track: Kind) -> list[Found]:
    """What the files are on a track. Blocks: called off the GUI thread.

    Raises :class:`BadInput` with one sentence for the first that can't lie there.
    """
    return [_look(path, LAYERS.get(track)) for path in paths]


def _look(path: Path, wanted: LayerKind | None) -> Found:
    from viralclip_desktop.media.probe import probe

    sounds = (LayerKind.MUSIC, LayerKind.VOICE)
    if path.suffix.lower().lstrip(".") in PICTURES.split():
        if wanted in sounds:
            raise BadInput(
                tr("“{name}” is a picture.", name=path.name), tr("Drop it on the overlay track instead.")
            )
        return Found(path, LayerKind.PICTURE, _PICTURE_LENGTH)
    info = probe(path)
    kind = wanted or (LayerKind.PICTURE if info.video is not None else LayerKind.MUSIC)
    if kind in sounds and not info.audio:
        raise BadInput(tr("There is no sound in “{name}”.", name=path.name), tr("Choose another file."))
    if kind is LayerKind.PICTURE and info.video is None:
        kind = LayerKind.MUSIC  # sound on the overlay track: what was meant is plain
    return Found(path, kind, info.duration)


def layers_at(found: Sequence[Found], at: Time, end: Time) -> list[Layer]:
    """The files one behind the other from a clip time on, held to the clip's end."""
    layers, start = [], at.clamped(ZERO, max(ZERO, end - _SHORTEST))
    for one in found:
        stop = min(end, start + max(one.length, _SHORTEST))
        if start < stop:
            layers.append(_layer(one, TimeRange(start, stop)))
        start = stop
    return layers


def _layer(found: Found, within: TimeRange) -> Layer:
    music = found.kind is LayerKind.MUSIC
    return Layer(
        id=new_id("layer"),
        kind=found.kind,
        path=str(found.path),
        range=within,
        volume_db=START_DB.get(found.kind, 0.0),
        fade=_MUSIC_FADE if music else ZERO,
        duck_db=START_DUCK_DB if music else 0.0,
    )


class FileDrops(QObject):
    """Takes what the timeline was given."""

    def __init__(self, session: ClipSession, context: Context) -> None:
        super().__init__(session)
        self._session, self._context = session, context

    def take(self, paths: Sequence[Path], at: Time, track: Kind) -> None:
        """Look at the files, and lay them at a clip time; trouble with one is told, and nothing is laid."""
        self._context.tasks.run(lambda: look(paths, track), lambda found: self._lay(found, at))

    def _lay(self, found: list[Found], at: Time) -> None:
        clip = self._session.clip
        if clip is None:
            return
        layers = layers_at(found, at, clip.duration)

        def put(editing: Editing, one: Clip, _key: str | None) -> None:
            for layer in layers:
                editing.put_layer(one.id, layer)

        self._session.edit(put)
