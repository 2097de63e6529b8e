"""The captions panel: the gallery first, fine controls folded below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from viralclip_desktop.core.messages import say
from viralclip_desktop.features.captions import (
    clip_transcript,
    clip_translation,
    look_of,
    share_look,
)
from viralclip_desktop.features.captions.looks import adjust_look, give_style, keep_look
from viralclip_desktop.features.common.kit_files import with_paths
from viralclip_desktop.features.editing import delete_style, override_captions, switch_captions
from viralclip_desktop.gui.captions.name_dialog import NameDialog
from viralclip_desktop.gui.captions.second_language import SecondLanguage
from viralclip_desktop.gui.captions.style_controls import StyleControls
from viralclip_desktop.gui.common.style_gallery import StyleGallery
from viralclip_desktop.gui.session.guides import Platform
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl, Switch
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, line, row, scrolled
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.brand import BrandKit
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.images import Pictures
    from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded
    from viralclip_desktop.gui.session.player import Player

FORMATS = (("srt", "SubRip"), ("vtt", "WebVTT"), ("ass", "Advanced SubStation"), ("txt", "Plain text"))


class CaptionsPanel(QWidget):
    """Everything about the captions of the selected clip."""

    safe_area_chosen = Signal(object)
    """A :class:`Platform`, or None for no overlay."""

    def __init__(self, session: ClipSession, context: Context, pictures: Pictures, player: Player) -> None:
        super().__init__()
        self._session, self._context = session, context
        self._style: CaptionStyle | None = None
        self._brand_id = ""
        self._build(context, pictures, player)
        self._connect(player)
        if session.loaded is not None:
            self._show_recording(session.loaded)
        self._show_clip(session.clip)
        self.gallery.show_plan(player.plan)

    # --- what is seen ------------------------------------------------------------------------------------

    def _build(self, context: Context, pictures: Pictures, player: Player) -> None:
        self.switch = Switch(tr("Captions"))
        self.gallery = StyleGallery(context, pictures)
        self.controls = StyleControls()
        self.reset = Button(tr("Reset to the style"), "link")
        self.reset.setToolTip(tr("Adjusted for this clip"))
        keeping = self.reset.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # it comes during a drag: the slider has to stay where it is
        self.reset.setSizePolicy(keeping)
        self.save_style = Button(tr("Save as my style"), icon="bookmark-simple")
        self.share = Button(tr("Apply to all clips"), icon="copy")
        self.second = SecondLanguage(self._session, context, player)
        self.languages = SegmentedControl(
            tr("Languages in the file"),
            [("first", tr("First")), ("second", tr("Second")), ("both", tr("Both"))],
        )
        self.languages.show_value("first")
        self._languages_row = QWidget()
        self._languages_row.setLayout(
            column(label(tr("Languages in the file"), "quiet"), self.languages, gap=6)
        )
        self.export = Button(tr("Save as a subtitle file"), icon="download-simple")
        choices = [(None, tr("Off")), *((one, one.value.title()) for one in Platform)]
        choices[1] = (Platform.TIKTOK, "TikTok")
        self.safe_area = SegmentedControl(tr("Safe area"), choices)
        self.safe_area.show_value(None)
        content = QWidget()
        content.setLayout(
            column(
                row(label(tr("Captions"), "section"), None, self.switch),
                self.gallery,
                row(label(tr("Fine-tune"), "section"), None, self.reset),
                self.controls,
                self.save_style,
                self.share,
                line(),
                self.second,
                line(),
                label(tr("Safe area"), "section"),
                self.safe_area,
                line(),
                self._languages_row,
                self.export,
                None,
                gap=12,
                margins=(16, 16, 16, 16),
            )
        )
        self.area = scrolled(content)
        self.setLayout(column(self.area))

    def _connect(self, player: Player) -> None:
        session = self._session
        self.switch.clicked.connect(lambda on: session.edit(switch_captions, bool(on)))
        self.gallery.chosen.connect(self.choose)
        self.gallery.menu_asked.connect(self._show_menu)
        self.controls.changed.connect(self.adjust)
        self.second.adjusted.connect(self.adjust)
        on_click(self.reset, lambda: session.edit(override_captions, None))
        on_click(self.save_style, self._ask_name)
        on_click(self.share, self._share)
        on_click(self.export, self._ask_file)
        self.safe_area.chosen.connect(self.safe_area_chosen)
        session.opened.connect(self._show_recording)
        session.reread.connect(self._show_recording)
        session.selected.connect(self._show_clip)
        session.clip_changed.connect(self._refresh)
        player.plan_changed.connect(self._show_plan)
        self._context.events.changed.connect(self._take_changes)

    def show_safe_area(self, platform: object) -> None:
        """Show which overlay is on without reporting it."""
        self.safe_area.show_value(platform)

    def _show_recording(self, loaded: Loaded) -> None:
        self.gallery.show_styles(loaded.styles)
        self.export.setEnabled(loaded.transcript is not None)
        self._show_clip(self._session.clip)

    def _show_plan(self, plan: RenderPlan | None) -> None:
        self.gallery.show_plan(plan)

    def _show_clip(self, clip: Clip | None) -> None:
        self.setEnabled(clip is not None)
        if clip is not None:
            self._refresh(clip)

    def _refresh(self, clip: Clip) -> None:
        loaded = self._session.loaded
        if self._session.clip is None or clip.id != self._session.clip.id or loaded is None:
            return
        self._style = look_of(clip, loaded.styles)
        if clip.brand_kit != self._brand_id:
            self._brand_id = clip.brand_kit
            self._read_brand(clip)
        self.switch.setChecked(clip.captions_on)
        for part in (self.gallery, self.controls, self.save_style, self.second):
            part.setEnabled(clip.captions_on)
        self.gallery.show_style(clip.caption_style)
        self.controls.show_style(self._style)
        self.second.show_clip(clip, self._style)
        self._languages_row.setVisible(bool(clip.second_language))
        self.reset.setVisible(clip.caption_override is not None)

    def _read_brand(self, clip: Clip) -> None:
        services = self._context.services

        def read() -> BrandKit | None:
            kit = next((kit for kit in services.store.brand_kits() if kit.id == clip.brand_kit), None)
            return None if kit is None else with_paths(services.store, kit)

        self._context.tasks.run(read, self._show_brand)

    def _show_brand(self, kit: BrandKit | None) -> None:
        self.controls.show_palette(kit.colours if kit else ())
        self.second.show_palette(kit.colours if kit else ())
        self.controls.show_fonts(font_names(kit.fonts) if kit else ())
        if self._style is not None:
            self.controls.show_style(self._style)

    def _take_changes(self, changes: Any) -> None:
        if changes.ids("brand_kit") and self._session.clip is not None:
            self._read_brand(self._session.clip)

    # --- edits -------------------------------------------------------------------------------------------

    def choose(self, style_id: str) -> None:
        """Give the clip another style; a look of its own gives way."""
        self._session.edit(give_style, style_id)

    def adjust(self, field: str, value: object, gesture: str) -> None:
        """Set one property for this clip alone."""
        self._session.edit(adjust_look, field, value, gesture=f"caption-{gesture}" if gesture else None)

    def keep_style(self, name: str) -> None:
        """Save the clip's look under a name, and give the clip that style."""
        self._session.edit(keep_look, name)
        self._context.tell(ToastText(tr("“{name}” is among the styles now.", name=name)))

    def drop_style(self, style_id: str) -> None:
        """Delete an own style; clips that have it keep their look."""
        self._session.do(delete_style, style_id, self._project_id())

    def _share(self) -> None:
        tell, clip = self._context.tell, self._session.clip

        def report(count: int) -> None:
            words = plural(count, "{n} clip has these captions.", "{n} clips have these captions.")
            tell(ToastText(words))

        if clip is not None:
            self._session.do(share_look, clip.id).then(report)

    def _project_id(self) -> str:
        return self._session.loaded.project.id if self._session.loaded else ""

    # --- dialogs -----------------------------------------------------------------------------------------

    def _ask_name(self) -> None:
        dialog = NameDialog(self, tr("Save as my style"), "", tr("Save"))
        if dialog.exec():
            self.keep_style(dialog.name)
        dialog.deleteLater()

    def style_menu(self, style_id: str) -> QMenu:
        """What can be done with a style."""
        menu = QMenu(self)
        menu.addAction(tr("Use this style")).triggered.connect(lambda: self.choose(style_id))
        if style_id in self._own_ids():
            menu.addAction(tr("Delete this style")).triggered.connect(lambda: self.drop_style(style_id))
        return menu

    def _own_ids(self) -> set[str]:
        from viralclip_desktop.features.captions import caption_styles

        shipped = caption_styles()
        styles = self._session.loaded.styles if self._session.loaded else ()
        return {style.id for style in styles if style.id not in shipped}

    def _show_menu(self, style_id: str, where: QPoint) -> None:
        menu = self.style_menu(style_id)
        menu.exec(where)
        menu.deleteLater()

    def _ask_file(self) -> None:
        clip = self._session.clip
        if clip is None:
            return
        filters = [f"{tr(words)} (*.{ending})" for ending, words in FORMATS]
        name = "".join("-" if sign in '<>:"/\\|?*' else sign for sign in clip.title)[:80]
        start = str(Path.home() / f"{name}.srt")
        path, chosen = QFileDialog.getSaveFileName(
            self, tr("Save as a subtitle file"), start, ";;".join(filters)
        )
        if path:
            ending = FORMATS[filters.index(chosen)][0] if chosen in filters else "srt"
            self.write_file(Path(path) if Path(path).suffix else Path(path).with_suffix(f".{ending}"))

    def write_file(self, path: Path) -> None:
        """Write the clip's words, its second language or both, in clip time, in the format of the file's
        ending."""
        clip, tell, languages = self._session.clip, self._context.tell, self.languages.value
        second = self.second.translation if clip is not None and languages != "first" else None
        transcript = self._session.loaded.transcript if self._session.loaded else None
        if clip is None or transcript is None:
            return

        def write() -> None:
            from viralclip_desktop.core.errors import EnvironmentLacks
            from viralclip_desktop.features.transcription import export_captions

            words = clip_transcript(transcript, clip) if languages != "second" or second is None else None
            lines = clip_translation(second, clip) if second is not None else None
            text = export_captions(words, lines, path.suffix.lstrip(".").lower())
            try:
                path.write_text(text, encoding="utf-8")
            except OSError as error:
                raise EnvironmentLacks(
                    say(
                        "“{name}” could not be written: {strerror}.", name=path.name, strerror=error.strerror
                    ),
                    "Choose another folder.",
                ) from error

        self._context.tasks.run(write, lambda _none: tell(ToastText(tr("Saved “{name}”.", name=path.name))))


def font_names(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The names by which captions know a brand's font files."""
    from viralclip_desktop.compose.captions.fonts import font_file

    fonts = (font_file(path) for path in paths)
    return tuple(font.name for font in fonts if font is not None)
