"""The export dialog: a preset on the left, what it means on the right, one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QVBoxLayout, QWidget

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import Export, ExportSettings
from viralclip_desktop.features.exporting.estimate import estimate
from viralclip_desktop.features.exporting.naming import FIELDS, named_by, templated_name
from viralclip_desktop.features.exporting.presets import ExportPreset, export_presets, orders, preset_order
from viralclip_desktop.features.workflows.exports import estimate_exports
from viralclip_desktop.features.workflows.same_export import export_unless_there
from viralclip_desktop.gui.exporting.choice_form import ChoiceForm
from viralclip_desktop.gui.sizes import size_words
from viralclip_desktop.gui.text import duration, plain, plural, tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, frame, open_at, row, scrolled

if TYPE_CHECKING:
    from viralclip_desktop.features.exporting.estimate import Estimate
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket

_FIELDS = ", ".join(f"{{{field}}}" for field in FIELDS)
_SIZE, _NAV_PX, _ESTIMATE_MS = (860, 640), 208, 120


class ExportDialog(QDialog):
    """Queues the clips by what is chosen."""

    def __init__(
        self,
        context: Context,
        clips: Sequence[Clip],
        parent: QWidget,
        queued: Callable[[Sequence[tuple[Export, bool]]], None],
    ) -> None:
        """``queued`` gets the exports, clip by clip, and whether each is new, when the dialog may be long
        gone."""
        super().__init__(parent)
        self._queued = queued
        self.setWindowTitle(tr("Export"))
        open_at(self, *_SIZE)
        self._context, self._clips = context, list(clips)
        self._presets = export_presets()
        self._preset: ExportPreset = self._presets[0]
        self._memory = QSettings(str(context.services.paths.home / "window.ini"), QSettings.Format.IniFormat)
        self._asked: Ticket | None = None
        self.form = ChoiceForm(context.services.settings.values, context.services.paths.videos)
        self.go, self.cancel = Button(tr("Export"), "primary", "export"), Button(tr("Cancel"))
        self._note, self.estimate = label("", "quiet", wrap=True), label("", "note")
        self.caution = label("", "note", wrap=True)
        self._nav = QButtonGroup(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_ESTIMATE_MS)
        self._timer.timeout.connect(self._estimate)
        self._build()
        self._connect()
        self.choose(str(self._memory.value("export/preset", "")))
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, preset_id: str) -> None:
        """Take a preset; the first one if there is none of that name."""
        found = next((one for one in self._presets if one.id == preset_id), self._presets[0])
        self._preset = found
        self._nav.button(self._presets.index(found)).setChecked(True)
        self._note.setText(tr(found.note))
        self.form.show_order(preset_order(self._context.services.settings.values, found), found.aspects)
        self._changed()

    def orders(self) -> list[ExportSettings]:
        """What each clip is exported as."""
        return orders(self.form.base(), self.form.aspects)

    def done(self, result: int) -> None:
        """However it ends, nobody waits for an estimate any more."""
        super().done(result)  # a field that is left by this asks once more
        self._timer.stop()
        if self._asked is not None:
            self._asked.forget()

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        clips = self._clips
        one = tr("Export “{title}”", title=clips[0].title) if clips else ""
        title = one if len(clips) == 1 else plural(len(clips), "Export {n} clip", "Export {n} clips")
        head = column(ElidedLabel(title, "page"), self._note, gap=4, margins=(24, 20, 24, 12))
        content = QWidget()
        card = frame("card", column(self.form, margins=(16, 4, 16, 4)))
        content.setLayout(column(card, None, gap=0, margins=(24, 4, 24, 12)))
        summary = column(self.estimate, self.caution, gap=2)
        foot = row(gap=8, margins=(24, 12, 24, 16))
        foot.addLayout(summary, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        right: QVBoxLayout = column(head, scrolled(content), foot, gap=0)
        right.setStretch(1, 1)
        layout = row(self._presets_column(), gap=0)
        layout.addLayout(right, 1)
        self.setLayout(layout)

    def _presets_column(self) -> QFrame:
        inside = column(gap=4, margins=(12, 16, 12, 12))
        for number, preset in enumerate(self._presets):
            button = Button(tr(preset.label), "nav", preset.icon)
            button.setCheckable(True)
            button.setToolTip(plain(tr(preset.note)))
            self._nav.addButton(button, number)
            on_click(button, partial(self.choose, preset.id))
            inside.addWidget(button)
        inside.addStretch(1)
        side = frame("column-left", inside)
        side.setFixedWidth(_NAV_PX)
        return side

    def _connect(self) -> None:
        self.form.changed.connect(self._changed)
        on_click(self.go, self._queue)
        on_click(self.cancel, self.reject)

    # --- what it comes to ----------------------------------------------------------------------------------

    def _changed(self) -> None:
        good = self.form.good
        self.go.setEnabled(good and bool(self._clips))
        if good:
            self._show_example()
        count = len(self._clips) * len(self.orders())
        self.go.setText(tr("Export") if count == 1 else plural(count, "Export {n} file", "Export {n} files"))
        self.caution.setText(self._too_long())
        self.caution.setVisible(bool(self.caution.text()))
        self._timer.start()

    def _show_example(self) -> None:
        if not self._clips:
            return
        clip, order = self._clips[0], self.orders()[0]
        named = named_by(clip, order, date.today())
        name = templated_name(order.name_template, named, suffix=order.suffix)
        self.form.names_row.say(tr("Such as “{name}”. May hold {fields}.", name=name, fields=_FIELDS))

    def _too_long(self) -> str:
        limit = self._preset.max_length_s
        long = [clip for clip in self._clips if limit and clip.duration.seconds > limit]
        if not limit or not long:
            return ""
        most = duration(Time.from_seconds(limit))
        text = tr("One clip is longer") if len(long) == 1 else tr("{n} clips are longer", n=len(long))
        return tr(
            "{clips} than the {most} that {name} takes.", clips=text, most=most, name=self._preset.label
        )

    def _estimate(self) -> None:
        services, clips, wanted = self._context.services, self._clips, self.orders()
        if self._asked is not None:
            self._asked.forget()
        cancel = CancelToken()

        def measure(learnt: Estimate) -> None:
            """What was learnt from other exports is shown until this one is measured."""
            self._show_estimate(learnt)
            self._asked = self._context.tasks.run(
                lambda: estimate_exports(services, clips, wanted, cancel),
                self._show_estimate,
                cancel=cancel,
            )

        self._asked = self._context.tasks.run(lambda: estimate(services.store, clips, wanted), measure)

    def _show_estimate(self, found: Estimate) -> None:
        files = plural(found.files, "One file", "{n} files")
        size = tr("about {size}", size=size_words(found.size_bytes))
        parts = [files, size]
        if found.seconds:
            steps = max(1.0, found.seconds)
            parts.append(tr("about {time}", time=duration(Time.from_seconds(round(steps)))))
        self.estimate.setText("  ·  ".join(parts))

    def _queue(self) -> None:
        services, clips, wanted = self._context.services, self._clips, self.orders()
        template, folder = wanted[0].name_template, wanted[0].folder or ""
        self._memory.setValue("export/preset", self._preset.id)

        def queue_them() -> list[tuple[Export, bool]]:
            services.settings.set(name_template=template, export_folder=folder)
            return [export_unless_there(services, clip.id, order) for clip in clips for order in wanted]

        # behind the edits: what was just changed is in the file
        self._context.edits.submit(queue_them).then(self._queued)
        self.accept()
