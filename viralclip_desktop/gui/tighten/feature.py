"""The tighten panel's row, and tightening without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.actions import WITH_CLIP, ActionRow, Group
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel
from viralclip_desktop.gui.text import decimal, plural, tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.tighten import Listened
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.tighten.tighten_panel import TightenPanel


def _build(work: Workspace) -> TightenPanel:
    from viralclip_desktop.gui.tighten.tighten_panel import TightenPanel

    return TightenPanel(work.session, work.context, work.player)


def _tighten(work: Workspace) -> None:
    """Make the usual cuts in the selected clip."""
    from viralclip_desktop.features.tighten import listen_to_clip, outcome, tighten_clip

    clip, services = work.session.clip, work.context.services
    if clip is None:
        return

    def told(tightened: Clip) -> None:
        found = outcome(tightened)
        if not found.cuts:
            work.context.tell(ToastText(tr("Nothing to take out of “{title}”.", title=clip.title)))
            return
        saved = decimal((found.before - found.after).seconds)
        text = plural(len(found.cuts), "\u2212{saved} s, {n} cut", "\u2212{saved} s, {n} cuts", saved=saved)
        work.context.tell(ToastText(f"{clip.title}: {text}", action=tr("Undo"), then=work.session.undo))

    def cut(heard: list[Listened]) -> None:
        work.session.do(tighten_clip, clip.id, heard).then(told)

    work.context.tasks.run(lambda: listen_to_clip(services.store, services.paths, clip), cut)


def _pace(work: Workspace) -> None:
    """Play the slow parts of the selected clip a little faster."""
    from viralclip_desktop.features.editing import pace_clip
    from viralclip_desktop.features.tighten import DEFAULT_STRENGTH, listen_to_clip, slow_in

    clip, services = work.session.clip, work.context.services
    if clip is None:
        return

    def told(paced: Clip) -> None:
        saved = decimal((clip.duration - paced.duration).seconds)
        text = tr("{title}: \u2212{saved} s", title=clip.title, saved=saved)
        work.context.tell(ToastText(text, action=tr("Undo"), then=work.session.undo))

    def play_faster(heard: list[Listened]) -> None:
        work.session.do(pace_clip, clip.id, slow_in(heard, DEFAULT_STRENGTH)).then(told)

    work.context.tasks.run(lambda: listen_to_clip(services.store, services.paths, clip), play_faster)


def _to_beat(work: Workspace) -> None:
    from viralclip_desktop.gui.tighten.pace_section import to_beat

    to_beat(work.session, work.context)


PANELS = (
    PanelRow(
        "tighten",
        "Tighten",
        "scissors",
        Area.LEFT,
        _build,
        shows_panel(
            "tighten",
            "Show the tighten panel",
            "Ctrl+Shift+T",
            "scissors",
            also="Silence, pauses, filler words",
        ),
    ),
)

ACTIONS = (
    ActionRow("tighten_clip", "Tighten this clip", _tighten, (), "scissors", WITH_CLIP, Group.CLIP),
    ActionRow("pace_clip", "Play slow parts faster", _pace, (), "gauge", WITH_CLIP, Group.CLIP),
    ActionRow("cut_to_beat", "Cut to the beat", _to_beat, (), "music-notes", WITH_CLIP, Group.CLIP),
)
