"""The clips page: cards on the left, the clip in the middle, its choices on the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.common.notice_help import MODELS, help_words
from viralclip_desktop.gui.moments.clip_cards import BESIDE_CARDS_PX, ClipModel
from viralclip_desktop.gui.moments.clip_list import ClipList
from viralclip_desktop.gui.moments.inspector import Inspector
from viralclip_desktop.gui.moments.judging import Judging
from viralclip_desktop.gui.moments.stage import ClipStage
from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, action_button, follow, on_click
from viralclip_desktop.gui.widgets.dialogs import Question
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, line, row
from viralclip_desktop.gui.widgets.messages import Banner, EmptyState

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

_SIDE_MOST_PX, _SIDE_LEAST_PX, _STAGE_LEAST_PX = 328, 288, 376


class ClipsPage(QWidget):
    """Shows one recording's clips; the session is the truth, the parts follow it."""

    def __init__(
        self,
        session: ClipSession,
        context: Context,
        player: Player,
        pictures: Pictures,
        actions: Mapping[str, QAction],
        *,
        export_panel: QWidget,
    ) -> None:
        """``export_panel``: stands at the lower right while this page is in view."""
        super().__init__()
        self.setObjectName("page")
        self.session = session
        self.model = ClipModel(session, context, pictures, self)
        self.cards = ClipList(session, self.model, actions)
        self.stage = ClipStage(session, context, player, actions)
        self.inspector = Inspector(session, context, pictures, actions)
        self.export_panel = export_panel
        self._models = actions[MODELS]
        self._count = label("", "section")
        self.review = Button("", "", "check-square")
        self.review.hide()
        follow(self.review, actions["review"])
        self._engine = Banner()
        self.listening = Banner()
        self.hear_on = Button(tr("Go on listening"), "", "arrow-clockwise")
        self.hear_on.hide()
        self._fewer = label("", "note", wrap=True)
        self._fewer.hide()
        by_hand = Button(tr("Cut a clip by hand"))
        follow(by_hand, actions["new_clip"])
        self._judging = Judging(session, context, self)
        self.empty = EmptyState("film-strip", "", tr("Find clips"), another=by_hand)
        self.anew = action_button(actions["new_clips"], "sparkle")
        self._middle = QStackedWidget()
        self._sides: list[QFrame] = []
        self._build()
        self._connect()

    def open(self, source_id: str, select: str = "") -> None:
        """Show a recording."""
        self.session.open(source_id, select)

    def leave(self) -> None:
        """Stop playing; the page is being left."""
        self.stage.player.pause()

    def hold_export_panel(self) -> None:
        """Take the export panel back from the editor, which borrows it."""
        if self._right.indexOf(self.export_panel) < 0:
            self._right.addWidget(self.export_panel)

    def showEvent(self, event: QShowEvent) -> None:
        """Pictures that were not drawn while the page was away are drawn now."""
        super().showEvent(event)
        self.inspector.gallery.show_plan(self.stage.player.plan)

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._left_column())
        self._middle.addWidget(self.stage)
        self._middle.addWidget(self.empty)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self._right_column())

    def _left_column(self) -> QFrame:
        head = row(self._count, None, self.anew, self.review, gap=4, margins=(0, 0, BESIDE_CARDS_PX, 0))
        parts = (self._fewer, self.listening, self.hear_on, self._engine)
        said = [row(one, margins=(0, 0, BESIDE_CARDS_PX, 0)) for one in parts]
        left = frame("column-left", column(head, *said, self.cards, gap=12, margins=(16, 16, 4, 0)))
        self._sides.append(left)
        return left

    def _right_column(self) -> QFrame:
        self._right = column(self.inspector, line(), self.export_panel, gap=0, margins=(1, 0, 0, 0))
        self._right.setStretch(0, 1)
        right = frame("column-right", self._right)
        self._sides.append(right)
        return right

    def minimumSizeHint(self) -> QSize:
        """Both sides at their narrowest, and what the transport needs between them."""
        wide = 2 * _SIDE_LEAST_PX + _STAGE_LEAST_PX
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the sides give a little to the picture."""
        wide = (event.size().width() - _STAGE_LEAST_PX) // 2
        for side in self._sides:
            side.setFixedWidth(max(_SIDE_LEAST_PX, min(_SIDE_MOST_PX, wide)))
        super().resizeEvent(event)

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._show_recording)
        session.reread.connect(self._show_recording)
        session.listed.connect(self._relisted)
        session.selected.connect(self._show_selection)
        session.clip_changed.connect(lambda _clip: self._show_open())
        session.clips_at_stake.connect(self._ask_to_undo)
        self.model.provisional.changed.connect(self._show_listening)
        self._engine.acted.connect(self._models.trigger)
        on_click(self.hear_on, self.model.provisional.hear_the_rest)
        self.stage.player.plan_changed.connect(self.inspector.gallery.show_plan)

    # --- following the session ---------------------------------------------------------------------------

    def _show_recording(self, loaded: Loaded) -> None:
        self._fewer.setText(tr_message(loaded.why_fewer))
        self._fewer.setVisible(bool(loaded.why_fewer))
        draft = loaded.transcript is not None and loaded.transcript.engine == "sphinx"
        self._engine.show_message(
            "info",
            tr("Draft captions") if draft else "",
            tr("Made with the built-in recogniser. A Whisper model makes better ones.") if draft else "",
            help_words(MODELS) if draft else "",
        )

    def _ask_to_undo(self, steps: int) -> None:
        """The next step back is a search: say what goes with it."""
        text = tr("The next step back is the search itself: what it found goes. Redo brings it back.")
        question = Question(
            self.window(),
            tr("Take away the clips that were found?"),
            text,
            stay=tr("Keep the clips"),
            go=tr("Take them away"),
        )
        question.accepted.connect(lambda: self.session.travel(steps, sure=True))
        question.finished.connect(question.deleteLater)
        question.open()

    def _show_listening(self) -> None:
        sentence, hint = self.model.provisional.words
        self.listening.show_message("info", sentence, hint)
        self.hear_on.setVisible(self.model.provisional.stopped)

    def _relisted(self) -> None:
        clips = self.session.clips
        self._count.setText(plural(len(clips), "{n} clip", "{n} clips"))
        self._show_open()
        self.empty.show_sentence(tr("There are no clips in this recording."))
        self._middle.setCurrentIndex(0 if clips else 1)

    def _show_open(self) -> None:
        """How many clips are still to be reviewed."""
        left = sum(not clip.review for clip in self.session.clips)
        self.review.setText(plural(left, "Review {n} clip", "Review {n} clips"))
        self.review.setVisible(left > 0)

    def _show_selection(self, clip: Clip | None) -> None:
        self.inspector.setEnabled(clip is not None)
