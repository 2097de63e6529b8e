"""The finish panel's row, and finishing without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.actions import WITH_CLIP, ActionRow, Group
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.finish import Scene, Wanted
    from viralclip_desktop.gui.finish.finish_panel import FinishPanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _build(work: Workspace) -> FinishPanel:
    from viralclip_desktop.gui.finish.finish_panel import FinishPanel
    from viralclip_desktop.gui.widgets.buttons import follow

    panel = FinishPanel(work.session, work.context, work.player)
    follow(panel.own_title.add, work.actions["add_title"])
    return panel


def _reveal(panel: FinishPanel, what: int | str) -> None:
    """How a part comes, by its place; a layer, by its id."""
    if isinstance(what, str):
        panel.show_layer(what)
    else:
        panel.show_transition(what)


def _finish(work: Workspace) -> None:
    """Lay what a finish usually has over the selected clip. Asked twice, it is one wish."""
    from viralclip_desktop.domain.layers import Element
    from viralclip_desktop.features.finish import finish_clip
    from viralclip_desktop.features.workflows.finishing import scene_of, with_effects

    clip, services, under_way = work.session.clip, work.context.services, work.session.under_way
    if clip is None or (wish := (clip.id, f"finish {Element.NONE}")) in under_way:
        return
    under_way.add(wish)

    def look() -> Scene:
        scene = scene_of(services.store, services.paths, clip.id)
        return with_effects(services.store, services.paths, scene)

    def told(_clip: object) -> None:
        text = tr("“{title}” is finished.", title=clip.title)
        work.context.tell(ToastText(text, action=tr("Undo"), then=work.session.undo))

    def lay(scene: Scene) -> None:
        work.session.do(finish_clip, clip.id, scene).then(told).ended(lambda: under_way.discard(wish))

    def failed(error: Exception) -> None:
        under_way.discard(wish)
        work.context.trouble(error)

    work.context.tasks.run(look, lay, failed)


def _compose_music(work: Workspace) -> None:
    """Have a bed of music composed for the selected clip and lay it under it. Asked twice, it is one wish."""
    from viralclip_desktop.core.progress import CancelToken, ignore_progress
    from viralclip_desktop.domain.layers import Element
    from viralclip_desktop.features.finish import Wanted, lay_element
    from viralclip_desktop.features.workflows.beds import bed_for
    from viralclip_desktop.features.workflows.finishing import scene_of

    clip, services, under_way = work.session.clip, work.context.services, work.session.under_way
    if clip is None or (wish := (clip.id, "compose music")) in under_way:
        return
    under_way.add(wish)

    def made() -> tuple[Scene, Wanted]:
        scene = scene_of(services.store, services.paths, clip.id)
        bed = bed_for(services, clip, scene.words, ignore_progress, CancelToken())
        return scene, Wanted(music=bed.id)

    def told(_clip: object) -> None:
        text = tr("“{title}” has music composed for it.", title=clip.title)
        work.context.tell(ToastText(text, action=tr("Undo"), then=work.session.undo))

    def lay(both: tuple[Scene, Wanted]) -> None:
        commit = work.session.do(lay_element, clip.id, Element.MUSIC, *both)
        commit.then(told).ended(lambda: under_way.discard(wish))

    def failed(error: Exception) -> None:
        under_way.discard(wish)
        work.context.trouble(error)

    work.context.tasks.run(made, lay, failed)


PANELS = (
    PanelRow(
        "finish",
        "Finish",
        "sparkle",
        Area.RIGHT,
        _build,
        shows_panel(
            "finish",
            "Show the finish panel",
            "Ctrl+Shift+Y",
            "sparkle",
            also="Hook text, progress bar, emoji, transition, title, sound effects",
        ),
        _reveal,
    ),
)

ACTIONS = (
    ActionRow("finish_clip", "Finish this clip", _finish, (), "sparkle", WITH_CLIP, Group.CLIP),
    ActionRow(
        "compose_music",
        "Compose a soundtrack for this clip",
        _compose_music,
        (),
        "music-notes",
        WITH_CLIP,
        Group.CLIP,
        also="Bed, song, composer",
    ),
)
