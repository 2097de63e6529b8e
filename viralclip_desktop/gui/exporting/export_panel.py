"""What an export should be: size, folder, and the one primary button of the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.domain.exports import ExportSettings
from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, follow, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.labels import ElidedLabel
from viralclip_desktop.gui.widgets.layout import column, row

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


class ExportPanel(QWidget):
    """Holds the choices and remembers them."""

    _settings_changed = Signal()

    def __init__(self, context: Context, export: QAction, options: QAction) -> None:
        """``export`` makes the file, ``options`` opens the whole export dialog."""
        super().__init__()
        self._context = context
        stored = context.services.settings.values
        self._resolution, self._chosen_folder = stored.resolution, stored.export_folder
        self.sizes = SegmentedControl(tr("Export size"), [(size, size.value) for size in Resolution])
        self.sizes.show_value(self._resolution)
        self._folder = ElidedLabel("", "note", elide=Qt.TextElideMode.ElideMiddle)
        choose = IconButton("folder-open", tr("Choose a folder for exports"))
        self._own = IconButton("x", tr("Use the usual folder"))
        self.button = Button(tr("Export"), "primary", "export")
        shortcut = export.shortcut().toString(export.shortcut().SequenceFormat.NativeText)
        self.button.setToolTip(plain(tr("Export this clip ({shortcut})", shortcut=shortcut)))
        follow(self.button, export)
        self.more = Button(tr("Export options"), "plain", "sliders")
        follow(self.more, options)
        folder = row(gap=4)
        folder.addWidget(self._folder, 1)
        folder.addWidget(self._own)
        folder.addWidget(choose)
        self.setLayout(column(self.sizes, folder, self.button, self.more, margins=(16, 12, 16, 16)))
        self.sizes.chosen.connect(self._size_chosen)
        on_click(choose, self._choose_folder)
        on_click(self._own, lambda: self.use_folder(""))
        self._show_folder()
        self._settings_changed.connect(self._follow_settings)  # emitted on whichever thread stored them
        stop = context.services.settings.listen(lambda _values: self._settings_changed.emit())
        self.destroyed.connect(lambda _object=None: stop())

    def settings(self) -> ExportSettings:
        """The choices, as an order."""
        stored = self._context.services.settings.values
        folder = self._chosen_folder or None
        return export_order(stored, resolution=self._resolution, folder=folder)

    def _follow_settings(self) -> None:
        stored = self._context.services.settings.values
        self._resolution, self._chosen_folder = stored.resolution, stored.export_folder
        self.sizes.show_value(self._resolution)
        self._show_folder()

    def _size_chosen(self, size: object) -> None:
        if isinstance(size, Resolution):
            self._resolution = size
            self._store(resolution=size)

    def _choose_folder(self) -> None:
        start = self._chosen_folder or str(self._context.services.paths.videos or Path.home())
        folder = QFileDialog.getExistingDirectory(self, tr("Folder for exports"), start)
        if folder:
            self.use_folder(folder)

    def use_folder(self, folder: str) -> None:
        """Export to a folder the user chose; empty for the usual one."""
        self._chosen_folder = folder
        self._store(export_folder=folder)
        self._show_folder()

    def _store(self, **values: object) -> None:
        settings = self._context.services.settings
        self._context.edits.submit(lambda: settings.set(**values))

    def _show_folder(self) -> None:
        usual = self._context.services.paths.videos
        folder = self._chosen_folder or str(usual or "")
        self._own.setVisible(bool(self._chosen_folder))
        self._folder.setText(tr("Saved in {folder}", folder=folder or tr("the program's own folder")))
        self._folder.setToolTip(plain(folder))
