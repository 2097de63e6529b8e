"""The review: one clip after the other plays, and one key decides about each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, Review
from viralclip_desktop.domain.standing import best_reason, doubt_about
from viralclip_desktop.features.editing import review_clip
from viralclip_desktop.features.workflows.exports import export_again, newest_films
from viralclip_desktop.gui.common.standing_words import reason_icon, standing_words
from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.preview.player_buttons import PlayButton, SoundButton
from viralclip_desktop.gui.preview.position_words import position_words
from viralclip_desktop.gui.preview.preview_panel import connect_picture
from viralclip_desktop.gui.preview.seek_bar import SeekBar
from viralclip_desktop.gui.review.parts import Chip, DecisionButton, LongTitle, Summary
from viralclip_desktop.gui.review.queue import ReviewQueue
from viralclip_desktop.gui.review.scope import Reviewed
from viralclip_desktop.gui.text import duration, plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, follow, on_click
from viralclip_desktop.gui.widgets.labels import label, timecode_label
from viralclip_desktop.gui.widgets.layout import column, frame, line, row
from viralclip_desktop.gui.widgets.messages import IconLabel
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace

_SIDE_PX = 368


class ReviewPage(QWidget):
    """Shows the clips that were not reviewed yet, best first, and the end.

    What is decided is an edit like any other. One that is taken back brings its clip into view again.
    """

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Review"))
        self._work, self._session, self.player = work, work.session, work.player
        self.queue = ReviewQueue()
        self.reviewed = Reviewed(work.session, work.context)
        self._fixing = False
        """A clip is in the editor, and the review goes on after that."""
        self._entered: object = None
        """What the queue was made for."""
        self._to_open: Clip | None = None
        """A clip that is shown, and whose recording is still to be opened."""
        self._projects: list[str] = []
        """The projects of what was decided on chosen clips, the last one last."""
        self._asked: dict[str, list[Review]] = {}
        """Decisions of this page that the store has not told of yet, by clip."""
        self.picture = PictureView()
        self.keep = DecisionButton(tr("Keep"), "K", "primary", "check")
        self.fix = DecisionButton(tr("Fix"), "F", "", "pencil-simple")
        self.drop = DecisionButton(tr("Drop"), "D", "", "x")
        self.previous = IconButton("caret-left", tr("Go back"), _named(Qt.Key.Key_Left))
        self.next = IconButton("caret-right", tr("Go on"), _named(Qt.Key.Key_Right))
        self.title, self.chip = LongTitle(), Chip()
        self._place, self._about = label("", "section"), label("", "quiet")
        self._reason = label("", "", wrap=True)
        self._mark, self._doubt_mark = IconLabel("sparkle", 16, "accent"), IconLabel("warning", 16)
        self.stands, self.doubt = label("", "strong"), label("", "note", wrap=True)
        self.bar, self._time = SeekBar(), timecode_label()
        export = Button(tr("Export the kept ones"), "primary", "export")
        follow(export, work.actions["export_kept"])
        back = Button(tr("Back to the clips"), "plain")
        follow(back, work.actions["leave_editor"])
        self.summary = Summary(export, back)
        self._pages = QStackedWidget()
        self._build()
        self._connect()

    # --- coming and going --------------------------------------------------------------------------------

    def enter(self) -> None:
        """The page is in view: go on where a clip was taken into the editor, or begin anew."""
        chosen = self._work.navigation.to_review
        wanted = chosen or self._session.source_id
        if not (self._fixing and wanted == self._entered):
            self.reviewed.choose(chosen)
            self.queue, self._projects = ReviewQueue(self.reviewed.clips), []
        self._fixing, self._entered = False, wanted
        self.player.autoplay = True
        self.queue.follow(self.reviewed.clips)
        self._show()

    def leave(self) -> None:
        """The page is being left."""
        self._open_behind()
        self.player.autoplay = False
        self.player.pause()
        self.player.prepare(None)

    @property
    def below_picture_px(self) -> int:
        """Height of what lies below the picture: messages stay clear of it."""
        return self._below.sizeHint().height() if self.queue.current else 0

    @property
    def words(self) -> dict[str, str]:
        """What is said about the clip: its ``place`` in the queue, its length (``about``), the ``reason``."""
        texts = {"place": self._place, "about": self._about, "reason": self._reason}
        return {name: one.text() for name, one in texts.items()}

    # --- deciding ----------------------------------------------------------------------------------------

    def decide(self, review: Review) -> None:
        """Keep or drop the clip in view; the next one plays."""
        clip_id = self.queue.current
        if not clip_id:
            return
        if self.queue.review_of(clip_id) is not review:
            self.queue.note(clip_id, review)
            self._asked.setdefault(clip_id, []).append(review)
            self._session.do(review_clip, clip_id, review)
            self._note_project(clip_id)
        self.queue.go_on()
        self._show()

    def fix_clip(self) -> None:
        """Open the clip in the editor; coming back shows it again."""
        shown = self._session.clip
        if shown is not None and shown.id == self.queue.current:
            self.queue.note_fix(shown.id)
            self._fixing = True
            self._work.navigation.open_editor()

    def step(self, by: int) -> None:
        """Show the clip before or after without deciding."""
        place = self.queue.place
        self.queue.step(by)
        if self.queue.place != place:
            self._show()

    def _review_rest(self) -> None:
        self.queue = ReviewQueue(self.reviewed.clips)
        self._show()

    @property
    def can_undo(self) -> bool:
        """Whether something was decided here, be it in another project than the open one."""
        return bool(self._projects)

    def undo(self) -> None:
        """Take back what was done last: among chosen clips in the project that was decided in last."""
        self._session.undo(self._projects.pop() if self._projects else "")

    def _note_project(self, clip_id: str) -> None:
        clip = self._clip(clip_id)
        if self.reviewed.chosen and clip is not None:
            self._projects.append(clip.project_id)

    # --- keys --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The keys of the review are no shortcuts of the window here."""
        if event.type() is QEvent.Type.ShortcutOverride and self._meaning(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide, step, play. A key held down decides once."""
        meaning = self._meaning(event)
        if meaning is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            meaning()

    def _meaning(self, event: QEvent) -> Callable[[], object] | None:
        if not isinstance(event, QKeyEvent) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        meanings: dict[int, Callable[[], object]] = {
            Qt.Key.Key_K: lambda: self.decide(Review.KEPT),
            Qt.Key.Key_D: lambda: self.decide(Review.DROPPED),
            Qt.Key.Key_F: self.fix_clip,
            Qt.Key.Key_Left: lambda: self.step(-1),
            Qt.Key.Key_Right: lambda: self.step(1),
            Qt.Key.Key_Space: self._toggle,
        }
        return meanings.get(event.key())

    def _toggle(self) -> None:
        if self.queue.current:
            self.player.toggle()

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        transport = row(PlayButton(self.player, self._work.actions["play"]), gap=8)
        transport.addWidget(self.bar, 1)
        transport.addWidget(self._time)
        transport.addWidget(SoundButton(self.player))
        self._below = QWidget()
        self._below.setLayout(column(transport, gap=0, margins=(16, 4, 16, 8)))
        left = column(self.picture, self._below, gap=0)
        left.setStretch(0, 1)
        clip = QWidget()
        layout = row(gap=0)
        layout.addLayout(left, 1)
        layout.addWidget(self._side())
        clip.setLayout(layout)
        self._pages.addWidget(clip)
        self._pages.addWidget(self.summary)
        self.setLayout(column(self._pages))

    def _side(self) -> QFrame:
        reason = row(gap=8)
        reason.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        reason.addWidget(self._reason, 1)
        doubt = row(gap=8)
        doubt.addWidget(self._doubt_mark, 0, Qt.AlignmentFlag.AlignTop)
        doubt.addWidget(self.doubt, 1)
        about = row(self.stands, self._about, None, gap=8)
        head = row(self.previous, self._place, self.next, None, self.chip, gap=8)
        keys = label(tr("Space plays and pauses. The arrow keys go on and back."), "note", wrap=True)
        inside: QVBoxLayout = column(
            head, 8, self.title, about, 4, reason, doubt, None,
            self.keep, self.fix, self.drop, line(), keys,
            gap=12, margins=(24, 16, 24, 24),
        )  # fmt: skip
        side = frame("column-right", inside)
        side.setFixedWidth(_SIDE_PX)
        return side

    def _connect(self) -> None:
        player = self.player
        connect_picture(self.picture, player, self._work.context)
        on_click(self.keep, lambda: self.decide(Review.KEPT))
        on_click(self.drop, lambda: self.decide(Review.DROPPED))
        on_click(self.fix, self.fix_clip)
        on_click(self.previous, lambda: self.step(-1))
        on_click(self.next, lambda: self.step(1))
        self.summary.rest_asked.connect(self._review_rest)
        self.summary.files_asked.connect(self._show_files)
        self.summary.again_asked.connect(self._export_again)
        self.bar.sought.connect(player.seek)
        player.moved.connect(self._show_position)
        player.plan_changed.connect(lambda _plan: self._show_position(player.position))
        player.pictured.connect(lambda _image: self._open_behind())
        player.pictured.connect(lambda _image: self._prepare_next())
        player.failed.connect(lambda _error: self._open_behind())
        self.reviewed.changed.connect(self._clip_changed)
        self.reviewed.listed.connect(self._listed)

    # --- showing -----------------------------------------------------------------------------------------

    def _clip(self, clip_id: str) -> Clip | None:
        return next((clip for clip in self.reviewed.clips if clip.id == clip_id), None)

    def _show(self) -> None:
        """The clip whose turn it is, playing; or the end."""
        clip = self._clip(self.queue.current)
        self._pages.setCurrentIndex(1 if clip is None else 0)
        if clip is None:
            self.player.pause()
            self.player.prepare(None)
            self._show_end()
            return
        self._describe(clip)
        shown = self._session.clip
        if shown is not None and shown.id == clip.id:
            self.player.restart()
        elif clip.source_id == self._session.source_id:
            self._session.select(clip.id)
        else:
            self._show_of_another(clip)

    def _show_of_another(self, clip: Clip) -> None:
        """A clip of another recording plays at once; the recording is opened behind it."""
        self._session.stop_reading()
        self._session.select(None)  # else what is stored of the one before would bring that back
        self._to_open = clip
        self.player.show_clip(clip)

    def _open_behind(self) -> None:
        clip, self._to_open = self._to_open, None
        if clip is not None:
            self._session.open(clip.source_id, clip.id)

    def _show_end(self) -> None:
        chosen = self.reviewed.chosen
        self.summary.show_tally(
            self.queue.tally(self.reviewed.clips),
            bool(self.queue.ids),
            exported=chosen,
            fixed=len(self.queue.fixed) if chosen else 0,
        )

    # --- what was exported before ------------------------------------------------------------------------

    def _show_files(self) -> None:
        """Where the files of those that were kept lie."""
        store = self._work.context.services.store
        kept = [clip.id for clip in self.reviewed.clips if self.queue.review_of(clip.id) is Review.KEPT]
        kept = kept or [clip.id for clip in self.reviewed.clips if clip.review is Review.KEPT]

        def shown(path: Path | None) -> None:
            if path is None:
                self._work.context.tell(ToastText(tr("The files are not where they were.")))
            else:
                show_in_folder(path, self._work.context.tell)

        self._work.context.tasks.run(lambda: next(newest_films(store, kept), None), shown)

    def _export_again(self) -> None:
        """What was fixed becomes files once more, beside those that are there."""
        services, ids = self._work.context.services, self.queue.fixed
        text = plural(len(ids), "Exporting one clip", "Exporting {n} clips")
        show = ToastText(text, action=tr("Show"), then=self._work.actions["queue"].trigger)
        self._work.context.edits.submit(lambda: [export_again(services, one) for one in ids]).then(
            lambda _done: self._work.context.tell(show)
        )

    def _describe(self, clip: Clip) -> None:
        place = {"place": self.queue.place + 1, "all": len(self.queue.ids)}
        self._place.setText(tr("{place} of {all}", **place))
        self.previous.setEnabled(self.queue.place > 0)
        self.title.show_text(clip.title)
        self._about.setText(duration(clip.duration))
        self._show_standing(clip)
        self.chip.show_text(self._decided(clip))

    def _show_standing(self, clip: Clip) -> None:
        """How it stands and the best reason, as on its card; what is doubtful below."""
        stands, best, doubt = standing_words(clip), best_reason(clip), doubt_about(clip)
        self.stands.setText(stands)
        self.stands.setVisible(bool(stands))
        self._reason.setText(tr_message(best.text) if best else "")
        self._mark.setVisible(best is not None)
        self._mark.show_icon(reason_icon(best.kind if best else ""), "accent")
        self.doubt.setText(tr_message(doubt.text) if doubt else "")
        for part in (self.doubt, self._doubt_mark):
            part.setVisible(doubt is not None)

    def _decided(self, clip: Clip) -> str:
        if self.queue.is_to_fix(clip.id):
            return tr("To fix")
        words = {Review.KEPT: tr("Kept"), Review.DROPPED: tr("Dropped")}
        return words.get(self.queue.review_of(clip.id), "")

    def _show_position(self, position: Time) -> None:
        self.bar.show_span(self.player.span, self.player.duration)
        self.bar.show_position(position)
        self._time.setText(position_words(position, self.player.span, self.player.duration))

    def _prepare_next(self) -> None:
        """Once this clip is seen, the beginning of the next one is got ready."""
        if self.isVisible() and self.queue.current:
            self.player.prepare(self._clip(self.queue.following))

    # --- following the store -----------------------------------------------------------------------------

    def _clip_changed(self, clip: Clip) -> None:
        if not self.isVisible():
            return
        known = clip.id in self.queue.ids
        self.queue.follow(self.reviewed.clips)
        if clip.id not in self.queue.ids:
            return
        if not known or self._taken_back(clip):
            self.queue.note(clip.id, clip.review)
            self.queue.go_to(clip.id)
            self._show()
        elif clip.id == self.queue.current:
            self._describe(clip)
        elif not self.queue.current:
            self._show_end()

    def _taken_back(self, clip: Clip) -> bool:
        """Whether a clip stands otherwise than this page decided: by undo, redo, or another program."""
        asked = self._asked.get(clip.id, [])
        if clip.review in asked:
            del asked[: asked.index(clip.review) + 1]
            return False
        return not asked and self.queue.review_of(clip.id) is not clip.review

    def _listed(self) -> None:
        if not self.isVisible():
            return
        before = self.queue.current
        self.queue.follow(self.reviewed.clips)
        if self.queue.current != before:
            self._show()
        elif not before:
            self._show_end()


def _named(key: Qt.Key) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
