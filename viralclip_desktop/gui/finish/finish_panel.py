"""The finish panel: every element of a finish with its switch, and all the usual ones at one click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element, Layer, LayerKind, PictureLayer
from viralclip_desktop.features.common.assets import layer_file
from viralclip_desktop.features.editing import put_layer, remove_layer, set_transition
from viralclip_desktop.features.finish import (
    ELEMENTS,
    Scene,
    Wanted,
    finish_clip,
    lay_element,
    remove_all,
    remove_element,
    row_of,
)
from viralclip_desktop.features.workflows.finishing import (
    emoji_asset,
    footage_for,
    scene_of,
    with_effects,
    with_emoji,
)
from viralclip_desktop.gui.finish.element_card import ElementCard
from viralclip_desktop.gui.finish.emoji_form import EmojiForm
from viralclip_desktop.gui.finish.own_title import OwnTitleCard
from viralclip_desktop.gui.finish.transition_form import TransitionForm
from viralclip_desktop.gui.text import tr, tr_fault
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.file_field import SOUNDS, VIDEOS, file_filter
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, reveal_card, row, scrolled

if TYPE_CHECKING:
    from viralclip_desktop.core.paths import DataPaths
    from viralclip_desktop.domain.assets import Asset
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.edits import Commit
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player
    from viralclip_desktop.store.store import Store


_FIRST = (Element.HOOK, Element.PROGRESS)
_SHOWN = (*map(row_of, _FIRST), *(element for element in ELEMENTS if element.id not in _FIRST))
"""What most clips have stands first."""


def _said(element: Element, scene: Scene) -> Wanted:
    """Words to write over, where nobody is named."""
    nameless = element is Element.LOWER_THIRD and not scene.speaker
    return Wanted(name=tr("Name"), role=tr("What they do")) if nameless else Wanted()


def _lacking(element: Element) -> str:
    """Why nothing could be laid; empty where the switch says enough."""
    words = {
        Element.EMOJI: tr("No word of this clip has an emoji that fits."),
        Element.HOOK: tr("Nothing is said that a hook could show. Give the clip a title first."),
        Element.CARD: tr("Nothing is said that a title card could show. Give the clip a title first."),
        Element.COLD_OPEN: tr("No sentence later in this clip is strong and short enough to open it."),
        Element.KEYWORDS: tr("No word of this clip’s captions stands out."),
        Element.TRANSITIONS: tr("The subject changes nowhere in this clip: all its cuts stay cuts."),
        Element.EFFECTS: tr(
            "Sound effects go with a hook, a title card or the like, and this clip has none."
        ),
    }
    return words.get(element, "")


class FinishPanel(QWidget):
    """Follows the selected clip. What is laid is composed off the window's thread."""

    def __init__(self, session: ClipSession, context: Context, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        told = tr("Lays a hook, a progress bar and more over the clip, each a layer of its own.")
        self.finish = Button(tr("Finish this clip"), "primary", icon="sparkle")
        self.remove_all = Button(tr("Remove all"))
        self.own_title = OwnTitleCard()
        self.trouble = label("", "quiet", wrap=True)
        self.cards = {element.id: ElementCard(element) for element in _SHOWN}
        self.transitions = TransitionForm()
        self.cards[Element.TRANSITIONS].add(self.transitions)
        self.emoji = EmojiForm(session)
        self.cards[Element.EMOJI].add(self.emoji)
        both = row(gap=8)
        both.addWidget(self.finish, 1)
        both.addWidget(self.remove_all)
        cards = column(*self.cards.values(), gap=8)
        cards.insertWidget(len(_FIRST), self.own_title)
        cards.addStretch(1)
        inside = QWidget()
        note = label(told, "quiet", wrap=True)
        inside.setLayout(column(note, both, self.trouble, cards, gap=12, margins=(16, 16, 16, 16)))
        self.area = scrolled(inside)
        self.setLayout(column(self.area, gap=0))
        self._wire()
        self.show_clip(session.clip)

    def _wire(self) -> None:
        on_click(self.finish, lambda: self._compose(lambda clip, scene: (finish_clip, clip, scene)))
        on_click(self.remove_all, lambda: self._session.edit(remove_all))
        for element, card in self.cards.items():
            card.switched.connect(self._switcher(element))
            card.changed.connect(self._changed)
            card.found.connect(self._player.seek)
        self.own_title.changed.connect(self._changed)
        self.transitions.changed.connect(lambda place, kind: self._session.edit(set_transition, place, kind))
        self.emoji.changed.connect(self._change_emoji)
        self.emoji.removed.connect(lambda layer_id: self._session.edit(remove_layer, layer_id))
        self.emoji.found.connect(self._player.seek)
        self._session.selected.connect(self.show_clip)
        self._session.clip_changed.connect(self._refresh)

    def show_clip(self, clip: Clip | None) -> None:
        """The clip as it is stored."""
        self.setEnabled(clip is not None)
        self._show_trouble("")
        for element in ELEMENTS:
            layers = [layer for layer in clip.layers if layer.element is element.id] if clip else []
            on = clip is not None and element.has(clip, element.id)
            self.cards[element.id].show_layers(layers, on=on, clip_s=clip.duration.seconds if clip else 0.0)
        self.own_title.show_clip(clip)
        self.transitions.show_clip(clip)
        self.emoji.show_clip(clip)
        self.remove_all.setEnabled(clip is not None and any(one.has(clip, one.id) for one in ELEMENTS))

    def show_transition(self, place: int) -> None:
        """Bring the choice of how a part comes into view, ready for the keyboard."""
        choice = self.transitions.rows.get(place)
        if choice is not None:
            reveal_card(self.area, self.cards[Element.TRANSITIONS], choice)

    def show_layer(self, layer_id: str) -> None:
        """Bring what can be adjusted of a title or a bar into view, ready for the keyboard."""
        made = [card.form for card in self.cards.values() if card.form is not None]
        form = next((one for one in (*self.own_title.forms, *made) if one.layer.id == layer_id), None)
        if form is not None:
            form.more.unfold(True)
            reveal_card(self.area, form, form.first_field)

    def _refresh(self, clip: Clip) -> None:
        if self._shows(clip):
            self.show_clip(clip)

    def _switcher(self, element: Element) -> Callable[[bool], None]:
        def switch(on: bool) -> None:
            if on and element is Element.MUSIC:
                self._ask_for_song()
            elif on and element is Element.BROLL:
                self._ask_for_folder()
            elif on:
                having = with_emoji if element is Element.EMOJI else with_effects
                self._compose(
                    lambda clip, scene: (lay_element, clip, element, scene, _said(element, scene)),
                    having,
                    element,
                )
            else:
                self._session.edit(remove_element, element)

        return switch

    def _ask_for_song(self) -> None:
        offered = file_filter(tr("Sound and video"), f"{SOUNDS} {VIDEOS}")
        path, _ = QFileDialog.getOpenFileName(self, tr("Add music"), QDir.homePath(), offered)
        if path:
            self.add_music(Path(path))
        else:
            self._refresh_now()

    def _ask_for_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Choose a folder"), QDir.homePath())
        if path:
            self.add_broll(Path(path))
        else:
            self._refresh_now()

    def add_broll(self, folder: Path) -> None:
        """Lay a folder's pictures and films over the words of their names."""
        store = self._context.services.store

        def found(scene: Scene) -> Wanted:
            return Wanted(broll=footage_for(store, scene, [folder]))

        def lay(clip: Clip, scene: Scene, wanted: Wanted) -> None:
            if wanted.broll:
                self._session.do(lay_element, clip.id, Element.BROLL, scene, wanted)
            else:
                self._tell(clip, tr("No name of a file in that folder is said in this clip."))

        self._lay_files(found, lay)

    def add_music(self, path: Path) -> None:
        """Lay a song under the clip; trouble with the file is told."""
        store = self._context.services.store

        def song(_scene: Scene) -> Wanted:
            return Wanted(music=layer_file(store, path, LayerKind.MUSIC).id)

        def lay(clip: Clip, scene: Scene, wanted: Wanted) -> None:
            self._session.do(lay_element, clip.id, Element.MUSIC, scene, wanted)

        self._lay_files(song, lay)

    def _lay_files(
        self, found: Callable[[Scene], Wanted], lay: Callable[[Clip, Scene, Wanted], None]
    ) -> None:
        """Look at files off the window's thread, then lay them on the clip that is selected now."""
        clip, services = self._session.clip, self._context.services
        if clip is None:
            return

        def look() -> tuple[Scene, Wanted]:
            scene = scene_of(services.store, services.paths, clip.id)
            return scene, found(scene)

        self._context.tasks.run(look, lambda both: lay(clip, *both), lambda error: self._failed(clip, error))

    def _changed(self, layer: Layer, gesture: str) -> None:
        self._session.edit(put_layer, layer, gesture=f"{layer.id}-{gesture}" if gesture else None)

    def _change_emoji(self, layer: PictureLayer, name: str) -> None:
        clip, services = self._session.clip, self._context.services
        if clip is None:
            return

        def put(asset: Asset) -> None:
            self._session.do(put_layer, clip.id, replace(layer, asset_id=asset.id))

        self._context.tasks.run(
            lambda: emoji_asset(services.store, services.paths, name),
            put,
            lambda error: self._failed(clip, error),
        )

    def _compose(
        self,
        edit: Callable[[str, Scene], tuple[object, ...]],
        having: Callable[[Store, DataPaths, Scene], Scene] = with_effects,
        element: Element = Element.NONE,
    ) -> None:
        """Look at how the clip is composed, then make the edit that says; ``having`` brings its files. Where
        the clip has nothing for the ``element`` that was switched on, that is told. What is asked once more
        meanwhile is the same wish."""
        clip, services, under_way = self._session.clip, self._context.services, self._session.under_way
        if clip is None or (wish := (clip.id, f"finish {element}")) in under_way:
            return
        under_way.add(wish)

        def lay(scene: Scene) -> None:
            verb, *rest = edit(clip.id, scene)
            commit: Commit[Clip] = self._session.do(verb, *rest)  # type: ignore[arg-type]
            commit.then(shown).ended(lambda: under_way.discard(wish))

        def shown(_clip: Clip) -> None:
            self._refresh_now()
            if element in self.cards and not self.cards[element].switch.isChecked():
                self._tell(clip, _lacking(element))

        def look() -> Scene:
            scene = scene_of(services.store, services.paths, clip.id)
            return having(services.store, services.paths, scene)

        def failed(error: Exception) -> None:
            under_way.discard(wish)
            self._failed(clip, error)

        self._context.tasks.run(look, lay, failed)

    def _refresh_now(self) -> None:
        """A switch that could lay nothing goes back."""
        self.show_clip(self._session.clip)

    def _failed(self, clip: Clip, error: Exception) -> None:
        if isinstance(error, Fault) and self._shows(clip):
            self._tell(clip, tr_fault(error))
        else:
            self._refresh_now()
            self._context.trouble(error)

    def _shows(self, clip: Clip) -> bool:
        return self._session.clip is not None and self._session.clip.id == clip.id

    def _tell(self, clip: Clip, text: str) -> None:
        """Say why nothing was laid, unless another clip is in front by now."""
        if self._shows(clip):
            self._refresh_now()
            self._show_trouble(text)

    def _show_trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
