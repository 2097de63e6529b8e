"""The brand kit panel: which kits there are, what is in one, and which clips wear it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QWidget

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.brand import NEW_WATERMARK, BrandKit, Logo
from viralclip_desktop.features.common.kit_files import with_paths
from viralclip_desktop.features.editing import apply_brand_kit, delete_brand_kit
from viralclip_desktop.features.editing.looks import change_brand_kit, put_kit_of_files
from viralclip_desktop.gui.brand_kit.logo_editor import LogoEditor
from viralclip_desktop.gui.brand_kit.parts import ColourList, FontList, IntroOutro, NameLine
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.columns import TwoColumns
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.fold import Fold
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, line, row, scrolled
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.toasts import ToastText
from viralclip_desktop.gui.widgets.typed import show_stored_text

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.images import Pictures
    from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded

Change = Callable[[BrandKit], BrandKit]


class BrandPanel(QWidget):
    """Edits the kits; the preview follows when the clip wears the one that is edited."""

    def __init__(self, session: ClipSession, context: Context, pictures: Pictures) -> None:
        super().__init__()
        self._session, self._context = session, context
        self._nonce = new_id("visit")  # the journal outlives the window: no key may come back
        self.kits: list[BrandKit] = []
        self.kit: BrandKit | None = None
        self._wanted = ""
        self._build(pictures)
        self._connect()
        self._show_styles(session.loaded)
        self.reload()

    # --- what is seen ------------------------------------------------------------------------------------

    def _build(self, pictures: Pictures) -> None:
        self.add = IconButton("plus", tr("New brand kit"))
        self.choice = DropDown(tr("Brand kit"))
        self.duplicate = IconButton("copy", tr("Duplicate this kit"))
        self.delete = IconButton("trash", tr("Delete this kit"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the kit"))
        self.default = Switch(tr("Give it to new clips"))
        self.wear = Button(tr("Use on this clip"), "primary")
        self.wear_all = Button(tr("Use on all clips"))
        self.logo = LogoEditor(tr("Logo"), Logo(""), pictures)
        self.watermark = LogoEditor(tr("Watermark"), NEW_WATERMARK, pictures)
        self.colours, self.fonts, self.name_line, self.intro_outro = (
            ColourList(),
            FontList(),
            NameLine(),
            IntroOutro(),
        )
        self.style_choice = DropDown(tr("Caption style"))
        self.folds = self._make_folds()
        self._form = QWidget()
        self._form.setLayout(self._form_layout())
        empty = tr("A brand kit puts your logo, colours, fonts and captions on every clip.")
        self.empty = EmptyState("palette", empty, tr("New brand kit"), self.new_kit)
        content = QWidget()
        head = row(label(tr("Brand kits"), "section"), None, self.add)
        content.setLayout(column(head, self._form, self.empty, None, gap=12, margins=(16, 16, 16, 16)))
        self.area = scrolled(content)
        self.setLayout(column(self.area))

    def _make_folds(self) -> list[Fold]:
        captions = QWidget()
        rows = setting_row(tr("Style"), self.style_choice)
        captions.setLayout(column(rows, margins=(8, 0, 0, 8)))
        return [
            Fold(tr("Logo"), self.logo, unfolded=True),
            Fold(tr("Colours"), self.colours),
            Fold(tr("Fonts"), self.fonts),
            Fold(tr("Captions"), captions),
            Fold(tr("Watermark"), self.watermark),
            Fold(tr("Name line"), self.name_line),
            Fold(tr("Intro and outro"), self.intro_outro),
        ]

    def _form_layout(self) -> Any:
        kits = row(gap=4)
        kits.addWidget(self.choice, 1)
        kits.addWidget(self.duplicate)
        kits.addWidget(self.delete)
        wearing = row(gap=8)
        wearing.addWidget(self.wear, 1)
        wearing.addWidget(self.wear_all, 1)
        self.note = label("", "note", wrap=True)
        return column(
            kits,
            wearing,
            self.note,
            line(),
            setting_row(tr("Name"), self.name),
            setting_row(tr("For new clips"), self.default, wide=False),
            TwoColumns(column(*self.folds[:3], gap=10), column(*self.folds[3:], gap=10), below=10),
            gap=10,
        )

    def _connect(self) -> None:
        session = self._session
        on_click(self.add, self.new_kit)
        on_click(self.duplicate, self.duplicate_kit)
        on_click(self.delete, self.delete_kit)
        on_click(self.wear, self._toggle_wear)
        on_click(self.wear_all, lambda: self.apply(None))
        self.choice.chosen.connect(self._chosen)
        self.name.editingFinished.connect(self._renamed)
        self.default.clicked.connect(lambda on: self.change("", is_default=bool(on)))
        self.logo.changed.connect(lambda logo, gesture: self.change(_key("logo", gesture), logo=logo))
        self.watermark.changed.connect(
            lambda logo, gesture: self.change(_key("watermark", gesture), watermark=logo)
        )
        self.colours.changed.connect(
            lambda values, gesture: self.change(_key("colour", gesture), colours=values)
        )
        self.fonts.changed.connect(lambda paths: self.change("", fonts=paths))
        self.fonts.refused.connect(self._refused)
        self.name_line.changed.connect(
            lambda value, gesture: self.change(_key("lower", gesture), lower_third=value)
        )
        self.intro_outro.changed.connect(lambda field, path: self.change("", **{field: path}))
        self.style_choice.chosen.connect(lambda style: self.change("", caption_style=str(style)))
        session.opened.connect(self._show_styles)
        session.reread.connect(self._show_styles)
        session.selected.connect(self._clip_selected)
        session.clip_changed.connect(lambda _clip: self._show_wearing())
        self._context.events.changed.connect(self._take_changes)

    def reload(self, select: str = "") -> None:
        """Read the kits anew."""
        self._wanted = select or self._wanted
        store = self._context.services.store
        self._context.tasks.run(
            lambda: [with_paths(store, kit) for kit in store.brand_kits()], self._show_kits
        )

    def _take_changes(self, changes: Any) -> None:
        if changes.ids("brand_kit"):
            self.reload()

    def _show_kits(self, kits: list[BrandKit]) -> None:
        self.kits = kits
        current = self._wanted or (self.kit.id if self.kit else "")
        if not current and self._session.clip is not None:
            current = self._session.clip.brand_kit
        found = next((kit for kit in kits if kit.id == current), None)
        if found is not None:
            self._wanted = ""
        self.choice.show_choices([(kit.id, _title(kit)) for kit in kits])
        self._show_kit(found or (kits[0] if kits else None))

    def _show_kit(self, kit: BrandKit | None) -> None:
        self.kit = kit
        self._form.setVisible(kit is not None)
        self.empty.setVisible(kit is None)
        if kit is None:
            return
        self.choice.show_value(kit.id)
        show_stored_text(self.name, kit.name)
        self.default.setChecked(kit.is_default)
        self.logo.show_logo(kit.logo)
        self.watermark.show_logo(kit.watermark)
        self.colours.show_values(kit.colours)
        self.fonts.show_paths(kit.fonts)
        self.name_line.show_value(kit.lower_third)
        self.intro_outro.show_paths(kit.intro, kit.outro)
        self.style_choice.show_value(kit.caption_style)
        self._show_wearing()

    def _show_styles(self, loaded: Loaded | None) -> None:
        styles = loaded.styles if loaded else ()
        own = (("", tr("Each clip's own")),)
        self.style_choice.show_choices([*own, *((style.id, tr_message(style.label)) for style in styles)])

    def _clip_selected(self, clip: Clip | None) -> None:
        kit = next((one for one in self.kits if clip is not None and one.id == clip.brand_kit), None)
        if kit is not None and kit != self.kit:
            self._show_kit(kit)
        self._show_wearing()

    def _show_wearing(self) -> None:
        clip, kit = self._session.clip, self.kit
        worn = clip is not None and kit is not None and clip.brand_kit == kit.id
        self.wear.setEnabled(clip is not None)
        self.wear_all.setEnabled(bool(self._session.clips))
        self.wear.setText(tr("Take it off") if worn else tr("Use on this clip"))
        _set_role(self.wear, "" if worn else "primary")
        count = sum(1 for one in self._session.clips if kit is not None and one.brand_kit == kit.id)
        worn_by = plural(count, "On {n} clip of this recording.", "On {n} clips of this recording.")
        hint = tr("Put it on the clip to see it in the preview.")
        self.note.setText(worn_by if worn else (f"{worn_by} {hint}" if count else hint))

    # --- edits -------------------------------------------------------------------------------------------

    def change(self, gesture: str, **values: object) -> None:
        """Set properties of the kit shown; all steps of one gesture become one entry in the history."""
        if self.kit is None:
            return
        self._session.do(change_brand_kit, self.kit.id, values, self._project_id(), gesture=gesture or None)

    def new_kit(self) -> None:
        """Add a kit; the first one is for new clips."""
        name = _free_name(tr("My brand"), self.kits)
        self._put(BrandKit("", name, is_default=not self.kits))

    def duplicate_kit(self) -> None:
        """Add a copy of the kit shown."""
        if self.kit is not None:
            self._put(replace(self.kit, id="", name=_free_name(self.kit.name, self.kits), is_default=False))

    def delete_kit(self) -> None:
        """Delete the kit shown; undo brings it back."""
        if self.kit is None:
            return
        self._session.do(delete_brand_kit, self.kit.id, self._project_id())
        text = tr("Deleted “{name}”.", name=self.kit.name)
        self._context.tell(ToastText(text, action=tr("Undo"), then=self._session.undo))

    def apply(self, clips: list[str] | None, kit_id: str | None = None) -> None:
        """Put the kit on clips (None: all of the project); an empty ``kit_id`` takes kits off."""
        wanted = kit_id if kit_id is not None else (self.kit.id if self.kit else "")
        tell = self._context.tell

        def report(changed: list[Clip]) -> None:
            if clips is None:
                words = plural(len(changed), "{n} clip has this brand.", "{n} clips have this brand.")
                tell(ToastText(words))

        self._session.do(apply_brand_kit, wanted, clips, self._project_id()).then(report)

    def _put(self, kit: BrandKit) -> None:
        model = self.kit.id if self.kit is not None else ""
        made = self._session.do(put_kit_of_files, kit, model, self._project_id())
        made.then(lambda kit: self.reload(kit.id))

    def _toggle_wear(self) -> None:
        clip, kit = self._session.clip, self.kit
        if clip is not None and kit is not None:
            self.apply([clip.id], "" if clip.brand_kit == kit.id else kit.id)

    def _chosen(self, kit_id: object) -> None:
        self._show_kit(next((kit for kit in self.kits if kit.id == kit_id), None))

    def _renamed(self) -> None:
        self.name.setModified(False)
        name = " ".join(self.name.text().split())
        if name:
            self.change("", name=name)
        elif self.kit is not None:
            self.name.setText(self.kit.name)

    def _refused(self, path: str) -> None:
        message = tr("“{name}” is not a font that captions can use.", name=Path(path).name)
        self._context.tell(ToastText(message, tr("Choose a TTF or OTF file."), kind="bad"))

    def _project_id(self) -> str:
        return self._session.loaded.project.id if self._session.loaded else ""


def _set_role(button: Button, role: str) -> None:
    if button.property("role") != role:
        button.setProperty("role", role)
        button.style().unpolish(button)
        button.style().polish(button)


def _key(part: str, gesture: str) -> str:
    return f"{part}-{gesture}" if gesture else ""


def _title(kit: BrandKit) -> str:
    return tr("{name} (for new clips)", name=kit.name) if kit.is_default else kit.name


def _free_name(name: str, kits: list[BrandKit]) -> str:
    taken, number, wanted = {kit.name for kit in kits}, 2, name
    while wanted in taken:
        wanted, number = f"{name} {number}", number + 1
    return wanted
