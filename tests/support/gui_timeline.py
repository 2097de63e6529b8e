"""A timeline on real services: a clip with cuts, layers and markers, its session, player and panel.

``python tests/support/gui_timeline.py OUT dark|light [SCALE] [RECORDING]`` saves pictures of it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from support.makers import make_sound, make_still, make_video
from support.patience import LIMIT_S, patiently

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.clip import Clip, Marker, parts_of
from viralclip_desktop.domain.layers import MusicLayer, PictureLayer, VoiceLayer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player
    from viralclip_desktop.gui.timeline.panel import TimelinePanel


def at(seconds: float) -> Time:
    """A time."""
    return Time.from_seconds(seconds)


def within(start_s: float, end_s: float) -> TimeRange:
    """A range."""
    return TimeRange.from_seconds(start_s, end_s)


_LAYER_FILES = ("city at night.mp4", "chart.png", "aside.wav", "Quiet morning.mp3")


def make_layers(folder: Path) -> Path:
    """The files of the rich clip's layers: without them nothing of it can be shown. Returns ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    city, chart, aside, bed = (folder / name for name in _LAYER_FILES)
    make_video(city, 4.0)
    make_still(chart)
    make_sound(aside, 3.0)
    make_sound(bed, 18.0)
    return folder


def layer_assets(folder: Path) -> list[Asset]:
    """The assets of the rich clip's layers."""
    paths = (str(folder / name) for name in _LAYER_FILES)
    return [Asset(path, AssetKind.OTHER, path) for path in paths]


def rich_clip(clip: Clip, folder: Path = Path("layers")) -> Clip:
    """The same clip over 2 to 22 s of the recording, with a bit of everything; its layers in ``folder``,
    where each file's asset (:func:`layer_assets`) has its path for an id."""
    city, chart, aside, bed = (str(folder / name) for name in _LAYER_FILES)
    layers = (
        PictureLayer("layer_city", city, within(2.0, 5.5)),
        PictureLayer("layer_chart", chart, within(9.0, 11.0)),
        VoiceLayer("layer_aside", aside, within(12.0, 14.0)),
        MusicLayer("layer_bed", bed, within(0.0, 16.0), duck_db=-12.0),
    )
    return replace(
        clip,
        parts=parts_of(clip.asset_id, within(2, 6), within(7.5, 12), within(13.5, 22)),
        layers=layers,
        markers=(Marker(at(4), "Hook"), Marker(at(16), "The turn")),
    )


@dataclass
class Bench:
    """Everything a timeline stands on. ``told`` are the sentences of toasts."""

    services: Services
    context: Context
    session: ClipSession
    player: Player
    panel: TimelinePanel
    told: list[str]

    def clip(self) -> Clip:
        """The clip as it is stored."""
        assert self.session.clip is not None
        return self.services.store.clip(self.session.clip.id)

    def labels(self) -> list[str]:
        """The history of the project."""
        assert self.session.loaded is not None
        return [entry.label for entry in self.services.store.history(self.session.loaded.project.id)]

    def close(self) -> None:
        """End all threads."""
        self.player.close()
        self.panel.close()
        self.context.close()


def make_bench(
    services: Services,
    source_id: str,
    host: QWidget,
    settle: Callable[[Callable[[], bool]], None],
    **panel: Any,
) -> Bench:
    """A panel on the first clip of a source. ``host`` owns the session; ``settle`` waits for something."""
    from viralclip_desktop.gui.bridge.context import make_context
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player
    from viralclip_desktop.gui.timeline.panel import TimelinePanel

    told: list[str] = []
    context = make_context(services, host, lambda toast: told.append(toast.message), _raise)
    session = ClipSession(context, host)
    player = Player(context, host)
    session.selected.connect(player.show_clip)
    session.clip_changed.connect(player.show_clip)
    session.open(source_id)
    made = TimelinePanel(session, context, player, {}, **panel)
    made.resize(1366, 280)
    made.show()
    settle(lambda: session.clip is not None and player.plan is not None)
    return Bench(services, context, session, player, made, told)


def _raise(error: Exception) -> None:
    raise error


# --- pictures ----------------------------------------------------------------------------------------------


def main(out: Path, scheme: str, scale: str, recording: Path | None) -> None:
    """Save the states worth looking at."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = scale
    from PySide6.QtWidgets import QApplication, QWidget
    from support.projects import add_project, make_recording, make_services

    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    application = QApplication(sys.argv[:1])
    start_theme(application, ThemeChoice(scheme))
    out.mkdir(parents=True, exist_ok=True)

    def settle(done: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
        patiently(done, limit_s, meanwhile=application.processEvents)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        services = make_services(Path(folder))
        video = recording or make_recording(Path(folder) / "Talk about numbers.mp4")
        source = add_project(services, video, clips=2)
        first = min(services.store.clips(source.id), key=lambda clip: clip.rank)
        with services.store.transaction("Set up", source.project_id, undoable=False) as tx:
            layers = make_layers(services.paths.home / "layers")
            for asset in layer_assets(layers):
                tx.put(asset)
            tx.put(rich_clip(first, layers))
        host = QWidget()
        bench = make_bench(services, source.id, host, settle)
        _states(
            bench, settle, lambda name: bench.panel.grab().save(str(out / f"{scheme}-{scale}-{name}.png"))
        )
        bench.close()
        services.close()


def _states(bench: Bench, settle: Any, take: Callable[[str], object]) -> None:
    from viralclip_desktop.gui.timeline.model import Key, Kind
    from viralclip_desktop.gui.timeline.painting.scene import TrimGhost

    panel, control = bench.panel, bench.panel.control
    control.seek(at(6.4))
    settle(lambda: False, 4)
    take("fit")
    control.selection.put([Key(Kind.PICTURE, "layer_city"), control.model.cues.lane.key(1)])
    control.set_loop(within(5, 9.2))
    control.scene.guide = at(7.5)
    settle(lambda: False, 0.3)
    take("selected")
    control.set_loop(None)
    control.scene.guide = None
    control.selection.clear()
    control.zoom(2.6, 500)
    settle(lambda: False, 3)
    take("closer")
    control.zoom(3, 500)
    settle(lambda: False, 3)
    take("close")
    control.fit()
    control.scene.ghost = TrimGhost(at(1.4), control.model.duration, "in")
    control.repaint.emit()
    settle(lambda: False, 0.3)
    take("trim")
    control.scene.ghost = None
    panel.bar.items.click()
    settle(lambda: False, 0.3)
    take("list")
    panel.bar.items.click()
    panel.resize(1100, 400)
    settle(lambda: False, 2)
    take("tall")


if __name__ == "__main__":
    given = Path(sys.argv[4]) if len(sys.argv) > 4 else None
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "1", given)
