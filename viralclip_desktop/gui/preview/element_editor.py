"""Which element of the picture is selected, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viralclip_desktop.compose.captions.layout import Block, Box, canvas_size
from viralclip_desktop.compose.elements import Element, ElementKind, Elements, under
from viralclip_desktop.compose.handling import overlay_of
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.clip_time import part_at, to_source_time
from viralclip_desktop.domain.layers import PictureLayer, ProgressLayer, TitleLayer
from viralclip_desktop.features.captions.looks import adjust_look
from viralclip_desktop.features.editing import correct_words, put_layer, remove_layer, write_name_line
from viralclip_desktop.gui.preview.holds import CaptionsHold, Hold, LayerHold, LogoHold
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.core.time import Time
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player

_NUDGING_MS = 700  # arrows pressed closer together are one edit
_BRAND = (ElementKind.LOGO, ElementKind.WATERMARK)
_KINDS = {
    ElementKind.PICTURE: "Picture",
    ElementKind.LOGO: "Logo",
    ElementKind.WATERMARK: "Watermark",
    ElementKind.CAPTIONS: "Captions",
    ElementKind.NAME_LINE: "Name line",
    ElementKind.PROGRESS: "Progress bar",
    ElementKind.TITLE: "Title",
}


class ElementEditor(QObject):
    """Follows the player. What stands where is laid out off the window's thread, while somebody sees it."""

    changed = Signal()
    """Another element shows, or is selected, or stands elsewhere."""
    clip_changed = Signal()
    """Another clip is shown, or none."""
    lost = Signal()
    """What a gesture holds, or may take hold of, is taken off the clip."""

    def __init__(self, session: ClipSession, player: Player, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._player, self._context = session, player, context
        self._elements: Elements | None = None
        self._reading: Ticket | None = None
        self._at: tuple[tuple[Elements, Time], tuple[Element, ...]] | None = None
        self._watched, self._stale = False, True
        self._holding: Hold | None = None
        self._told_of_kit = False
        self._stands: tuple[str, Box] | None = None
        self._nudged: tuple[Hold, float, float] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_NUDGING_MS)
        self._rest.timeout.connect(self._end_nudging)
        session.selected.connect(self._show_clip)
        session.selected.connect(lambda _clip: self.clip_changed.emit())
        session.clip_changed.connect(self._check_hold)
        session.picked.changed.connect(self._take_picked)
        player.plan_changed.connect(self._take_plan)
        player.moved.connect(lambda _at: self.changed.emit())
        player.playing_changed.connect(lambda _playing: self.changed.emit())

    # --- what there is -----------------------------------------------------------------------------------

    @property
    def known(self) -> bool:
        """Whether the elements are those of the plan that plays."""
        return self._elements is not None and not self._stale and self._reading is None

    @property
    def playing(self) -> bool:
        """Whether the picture moves."""
        return self._player.playing

    @property
    def shown(self) -> tuple[Element, ...]:
        """What shows now, from the lowest to the topmost."""
        if self._elements is None:
            return ()
        wanted = self._elements, self._player.position
        if self._at is None or self._at[0] != wanted:
            self._at = wanted, self._elements.at(self._player.position)
        return self._at[1]

    @property
    def canvas(self) -> Size:
        """The size that boxes are measured on."""
        return canvas_size(self._elements.plan.aspect) if self._elements is not None else Size(1080, 1920)

    @property
    def selected(self) -> Element | None:
        """The selected element while it shows."""
        picked = self._session.picked.id
        return next((one for one in self.shown if one.id == picked), None) if picked else None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The captions that show now."""
        return self._elements.blocks(self._player.position) if self._elements is not None else ()

    def box(self, element: Element) -> Box:
        """Where an element stands, also while the picture is not made yet."""
        moved = self._stands
        return moved[1] if moved is not None and moved[0] == element.id else element.box

    def under(self, x: float, y: float, air: float) -> list[Element]:
        """The elements at a point of the canvas, the topmost first."""
        return under(self.shown, x, y, air)

    def pause(self) -> None:
        """Stand still: what is edited should not move on."""
        if self._player.playing:
            self._player.pause()

    def watch(self, watched: bool) -> None:
        """Whether somebody sees the picture."""
        self._watched = watched
        if watched and self._stale:
            self._read()

    # --- selecting ---------------------------------------------------------------------------------------

    def select(self, element_id: str) -> None:
        """Select an element, on the timeline as well; an empty id for none."""
        self._session.picked.pick(element_id)

    def walk(self, step: int) -> bool:
        """Select the next element (+1) or the one before it (-1) as one reads them; False behind the last,
        with none selected."""
        ids = [one.id for one in sorted(self.shown, key=lambda one: (one.box.top, one.box.left))]
        now = self._session.picked.id
        place = ids.index(now) + step if now in ids else (0 if step > 0 else len(ids) - 1)
        found = ids[place] if 0 <= place < len(ids) else ""
        self.select(found)
        return bool(found)

    def name(self, element: Element) -> str:
        """An element in words."""
        kind, files = tr(_KINDS[element.kind]), (ElementKind.PICTURE, *_BRAND)
        text = Path(element.text).name if element.kind in files else " ".join(element.text.split())
        return f"{kind}: {text}" if text else kind

    # --- editing -----------------------------------------------------------------------------------------

    def hold(self, element: Element) -> Hold | None:
        """Take hold of an element."""
        elements, clip = self._elements, self._session.clip
        if elements is None or clip is None:
            return None
        plan = elements.plan
        if element.kind is ElementKind.CAPTIONS:
            blocks = self.blocks
            return CaptionsHold(self._session, blocks[0], plan, element.box) if blocks else None
        if element.kind in _BRAND:
            overlay = overlay_of(plan, element.id)
            return None if overlay is None else LogoHold(self._session, overlay, plan, element.box)
        layer = _layer(clip, element.id)
        return None if layer is None else LayerHold(self._session, layer, plan)

    def begin(self, element: Element) -> Hold | None:
        """The same for a gesture, which ends with :meth:`end`."""
        self._end_nudging()
        self._holding = self.hold(element)
        return self._holding

    def put(self, element_id: str, box: Box) -> None:
        """A held element stands here now."""
        self._stands = (element_id, box)
        self.changed.emit()

    def end(self, element: Element, *, moved: bool) -> None:
        """A gesture is over."""
        hold, self._holding = self._holding, None
        if moved and element.kind in _BRAND:
            self._tell_of_kit()
        elif moved:
            self._tell_of_faces(hold)

    def nudge(self, across: float, down: float) -> None:
        """Move the selected element a little."""
        element = self.selected
        if element is None or self._holding is not None:
            return
        hold, x, y = self._nudged or (self.hold(element), 0.0, 0.0)
        if hold is not None:
            x, y = x + (across if hold.goes_across else 0), y + down
            self._nudged = hold, x, y
            self.put(element.id, hold.moved(x, y))
            self._rest.start()

    def remove(self) -> None:
        """Take the selected layer off; of anything else it is said where that is done."""
        element, clip = self.selected, self._session.clip
        if element is None or clip is None:
            return
        if _layer(clip, element.id) is not None:
            self._nudged = None
            self.lost.emit()
            self.select("")
            self._session.edit(remove_layer, element.id)
        elif element.kind is ElementKind.CAPTIONS:
            self._context.tell(ToastText(tr("Captions are switched off in their panel.")))
        else:
            self._context.tell(ToastText(tr("This belongs to the brand kit; its panel takes it off.")))

    # --- writing -----------------------------------------------------------------------------------------

    def rewrite(self, element: Element, text: str) -> None:
        """Give a title or the name line another text."""
        clip = self._session.clip
        layer = _layer(clip, element.id) if clip is not None else None
        if clip is None or text == element.text:
            return
        if isinstance(layer, TitleLayer):
            self._session.edit(put_layer, replace(layer, text=text))
        elif element.kind is ElementKind.NAME_LINE:
            self._session.do(write_name_line, clip.brand_kit, text, clip.project_id)
            self._tell_of_kit()

    def word_of(self, block: Block, token: int) -> int | None:
        """Which word of the transcript a caption shows; None for one of another recording or language."""
        elements, clip, loaded = self._elements, self._session.clip, self._session.loaded
        transcript = loaded.transcript if loaded is not None else None
        at = elements.spoken(block, token) if elements is not None else None
        if at is None or clip is None or transcript is None or not _at_home(clip, at):
            return None
        source = to_source_time(clip, at)
        return next((n for n, word in enumerate(transcript.words) if word.start <= source < word.end), None)

    def spelling(self, word: int) -> str:
        """A word of the transcript as it is written."""
        loaded = self._session.loaded
        return loaded.transcript.words[word].text if loaded is not None and loaded.transcript else ""

    def speller(self, word: int) -> Callable[[str], None]:
        """What writes a word of the transcript otherwise, wherever the word stands by then."""
        before, loaded, source_id = self.spelling(word), self._session.loaded, self._session.source_id

        def spell(text: str) -> None:
            if text != before and loaded is not None:
                seen = loaded.transcript
                self._session.do(correct_words, source_id, {word: text}, seen=seen)

        return spell

    # --- inside ------------------------------------------------------------------------------------------

    def _take_picked(self, _element_id: str) -> None:
        self._end_nudging()
        self.changed.emit()

    def _show_clip(self, _clip: Clip | None) -> None:
        self._elements, self._stands, self._nudged, self._stale = None, None, None, True
        self.select("")
        self.changed.emit()

    def _check_hold(self, clip: Clip) -> None:
        """It may have been taken off otherwise: by undo, by a panel, by another program."""
        here, held = self._session.clip, self._holding
        if held is not None and here is not None and clip.id == here.id and not held.is_on(clip):
            self.lost.emit()

    def _take_plan(self, _plan: RenderPlan) -> None:
        self._stale = True
        if self._watched:
            self._read()

    def _read(self) -> None:
        plan = self._player.plan
        if self._reading is not None:
            self._reading.forget()
            self._reading = None
        if plan is not None:
            self._stale = False
            self._reading = self._context.tasks.run(lambda: Elements(plan), self._take)

    def _take(self, elements: Elements) -> None:
        self._reading, self._elements = None, elements
        if self._holding is None and self._context.edits.last.settled:
            self._stands = None
        self.changed.emit()

    def _end_nudging(self) -> None:
        if self._nudged is not None and not self._context.edits.last.settled:
            self._rest.start()
            return
        self._rest.stop()
        nudged, self._nudged = self._nudged, None
        self._tell_of_faces(nudged[0] if nudged is not None else None)

    def _tell_of_kit(self) -> None:
        if not self._told_of_kit:
            self._told_of_kit = True
            text = tr("It changed on every clip with this brand kit.")
            self._context.tell(ToastText(text, action=tr("Undo"), then=self._session.undo))

    def _tell_of_faces(self, hold: Hold | None) -> None:
        if isinstance(hold, CaptionsHold) and hold.left_off:
            text = tr("The captions stand where you put them. They no longer keep off faces.")
            again = partial(self._session.edit, adjust_look, "keep_off_faces", True)
            self._context.tell(ToastText(text, action=tr("Keep off faces"), then=again))


def _layer(clip: Clip, layer_id: str) -> PictureLayer | TitleLayer | ProgressLayer | None:
    found = next((one for one in clip.layers if one.id == layer_id), None)
    return found if isinstance(found, PictureLayer | TitleLayer | ProgressLayer) else None


def _at_home(clip: Clip, at: Time) -> bool:
    place = part_at(clip, at)
    return place is not None and place.part.card is None and place.part.asset_id == clip.asset_id
