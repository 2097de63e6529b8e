"""What a new voice is made of: recordings with the consent of who speaks in them, or two built-in voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_name
from viralclip_desktop.features.cloning import CloneOrder
from viralclip_desktop.features.workflows.studio_clone import FEWEST_GOOD, VoiceMakers
from viralclip_desktop.gui.studio.clone_blend import BlendForm
from viralclip_desktop.gui.studio.clone_name import LONGEST_NAME
from viralclip_desktop.gui.studio.sample_list import SampleList
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.controls import SegmentedControl, Switch
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import Banner
from viralclip_desktop.gui.widgets.search_drop_down import SearchDropDown
from viralclip_desktop.gui.widgets.setting_row import setting_row

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace

SAMPLES, BLEND = "samples", "blend"
_NAME_PX, _LONGEST_CONSENT = 110, 400


class CloneForm(QWidget):
    """``changed`` tells that the order is another one, ``hear_asked`` carries a voice to be heard."""

    changed = Signal()
    hear_asked = Signal(str)

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self._makers: VoiceMakers | None = None
        self._make_controls(work)
        self._copying, self._blending = QWidget(), QWidget()
        self._copying.setLayout(self._copying_column())
        self._blending.setLayout(column(self.no_blend, self.blend))
        self.setLayout(
            column(
                label(tr("Add a voice"), "section"),
                self.way,
                setting_row(tr("Name"), self.name, name_px=_NAME_PX),
                self._copying,
                self._blending,
                None,
                gap=12,
            )
        )
        self._connect()
        self._show_way(SAMPLES)
        self._show_samples()

    def _make_controls(self, work: Workspace) -> None:
        self.way = SegmentedControl(
            tr("Made of"), [(SAMPLES, tr("From recordings")), (BLEND, tr("A blend of two voices"))]
        )
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the new voice"))
        self.name.setPlaceholderText(tr("Name of the new voice"))
        self.name.setMaxLength(LONGEST_NAME)
        self.samples = SampleList(work)
        self.advice = label("", "note", wrap=True)
        self.language = SearchDropDown(tr("Language"), _languages())
        self.language.show_value("en")
        self.provider = DropDown(tr("Made by"))
        self.no_provider, self.no_blend = Banner(), Banner()
        self.consent = QLineEdit()
        self.consent.setAccessibleName(tr("Who allowed it, and how"))
        self.consent.setPlaceholderText(tr("For example: Ana Putri, by e-mail of 3 May"))
        self.consent.setMaxLength(_LONGEST_CONSENT)
        self.sure = Switch(tr("The person this voice belongs to has allowed it"))
        self.blend = BlendForm()

    def _copying_column(self) -> QVBoxLayout:
        self._provider_row = setting_row(tr("Made by"), self.provider, name_px=_NAME_PX)
        sure = row(_NAME_PX + 8, self.sure, gap=8)
        sure.addWidget(label(tr("The person this voice belongs to has allowed it"), "", wrap=True), 1)
        return column(
            self.samples,
            self.advice,
            4,
            setting_row(tr("Language"), self.language, name_px=_NAME_PX),
            self._provider_row,
            self.no_provider,
            4,
            setting_row(tr("Consent"), self.consent, name_px=_NAME_PX),
            sure,
        )

    def _connect(self) -> None:
        self.way.chosen.connect(lambda way: self._show_way(str(way)))
        for typed in (self.name, self.consent):
            typed.textChanged.connect(lambda _text: self.changed.emit())
        self.sure.clicked.connect(lambda _on: self.changed.emit())
        for choice in (self.language, self.provider):
            choice.chosen.connect(lambda _value: self.changed.emit())
        self.samples.changed.connect(self._show_samples)
        self.blend.changed.connect(self.changed)
        self.blend.hear_asked.connect(lambda: self.hear_asked.emit(self.blend.recipe))
        self.no_provider.acted.connect(self._work.actions["keys"].trigger)
        self.no_blend.acted.connect(self._work.actions["settings"].trigger)

    @property
    def order(self) -> CloneOrder:
        """What is asked for; possible once :attr:`lacking` is empty."""
        if self.way.value == BLEND:
            return CloneOrder(self.name.text(), recipe=self.blend.recipe)
        return CloneOrder(
            self.name.text(),
            self.samples.paths,
            consent=self.consent.text(),
            provider=str(self.provider.value or ""),
            language=str(self.language.value),
        )

    @property
    def lacking(self) -> str:
        """Why no voice can be made of it yet, the first reason; empty where one can."""
        if self._makers is None:
            return tr("Looking for what can make a voice…")
        if self.way.value == BLEND:
            blender = self.no_blend.message or self.blend.lacking
            return blender or self._lacks_name()
        return (
            self.no_provider.message or self._lacks_samples() or self._lacks_name() or self._lacks_consent()
        )

    def show_makers(self, makers: VoiceMakers) -> None:
        """What can make a voice here."""
        self._makers = makers
        ready = [one.info for one in makers.cloners if one.problem is None]
        self.provider.show_choices([(info.id, tr_message(info.name)) for info in ready])
        if ready and self.provider.value not in [info.id for info in ready]:
            self.provider.show_value(ready[0].id)
        self._provider_row.setVisible(bool(ready))
        nobody = tr("Nothing here can copy a voice from recordings yet.")
        how = tr("Give a key of ElevenLabs or the address of an XTTS server in the settings.")
        self.no_provider.show_message("info", "" if ready else nobody, how, tr("Open the settings"))
        self.blend.show_voices(makers.blended)
        self.blend.setVisible(bool(makers.blended))
        lacking = "" if makers.blended else tr("Voices can’t be blended here yet.")
        problem = makers.blender.problem if makers.blender is not None else None
        self.no_blend.show_message("info", lacking, tr_message(problem or ""), tr("Open the settings"))
        self.changed.emit()

    def start_anew(self) -> None:
        """Nothing of what was ordered stays but how voices are made."""
        self.name.clear()
        self.consent.clear()
        self.sure.setChecked(False)
        self.samples.clear()
        self.changed.emit()

    def _lacks_name(self) -> str:
        return "" if any(map(str.isalnum, self.name.text())) else tr("Give the voice a name.")

    def _lacks_samples(self) -> str:
        measured = self.samples.measured
        if not measured:
            return tr("Add recordings of the voice.")
        if None in measured:
            return tr("The recordings are being checked.")
        refused = sum(one is not None and one.refused for one in measured)
        return (
            plural(
                refused,
                "{n} recording is not good enough: remove it, or take a better one.",
                "{n} recordings are not good enough: remove them, or take better ones.",
            )
            if refused
            else ""
        )

    def _lacks_consent(self) -> str:
        if not self.consent.text().strip():
            return tr("Say who allowed it, and how.")
        return "" if self.sure.isChecked() else tr("Confirm that the person has allowed it.")

    def _show_way(self, way: str) -> None:
        self.way.show_value(way)
        self._copying.setVisible(way == SAMPLES)
        self._blending.setVisible(way == BLEND)
        self.changed.emit()

    def _show_samples(self) -> None:
        count = len(self.samples.paths)
        few = tr("Three to five recordings of ten seconds or more make a better voice.")
        self.advice.setText(few if 0 < count < FEWEST_GOOD else "")
        self.advice.setVisible(bool(self.advice.text()))
        self.changed.emit()


def _languages() -> list[tuple[object, str]]:
    named = [(code, tr_message(language_name(code))) for code in LANGUAGE_NAMES]
    return [(code, name) for code, name in sorted(named, key=lambda one: one[1].casefold())]
