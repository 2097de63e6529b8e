"""The captions panel: the gallery first, the fine controls and the second language on pages of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.translation import in_language
from viralclip_desktop.features.captions import (
    clip_transcript,
    clip_translation,
    look_of,
    share_look,
)
from viralclip_desktop.features.captions.looks import adjust_look, give_style, keep_look
from viralclip_desktop.features.common.kit_files import with_paths
from viralclip_desktop.features.editing import delete_style, override_captions, switch_captions
from viralclip_desktop.gui.captions.fine_tune import FineTune
from viralclip_desktop.gui.captions.name_dialog import NameDialog
from viralclip_desktop.gui.captions.pages import Page, Pages
from viralclip_desktop.gui.captions.second_language import SecondLanguage
from viralclip_desktop.gui.common.style_gallery import StyleGallery
from viralclip_desktop.gui.session.guides import Platform
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl, Switch
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, line, row
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
        self._session, self._context, self._player = session, context, player
        self._style: CaptionStyle | None = None
        self._brand_id = ""
        self._brand: BrandKit | None = None
        self._build(context, pictures, player)
        self._connect()
        if session.loaded is not None:
            self._show_recording(session.loaded)
        self._show_clip(session.clip)
        self.gallery.show_plan(player.plan)

    # --- what is seen ------------------------------------------------------------------------------------

    def _build(self, context: Context, pictures: Pictures, player: Player) -> None:
        self.switch = Switch(tr("Captions"))
        self.gallery = StyleGallery(context, pictures)
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
        styles = QWidget()
        parts = (
            *(self.gallery, line(), label(tr("Safe area"), "section"), self.safe_area),
            *(line(), self._languages_row, self.export),
        )
        styles.setLayout(column(*parts, None, gap=12, margins=(16, 4, 16, 16)))
        self.pages = Pages(
            {
                Page.STYLE: lambda: styles,
                Page.TUNE: self._make_tune,
                Page.LANGUAGE: lambda: self._make_second(context, player),
            }
        )
        head = row(label(tr("Captions"), "section"), None, self.switch, margins=(16, 12, 16, 0))
        tabs = row(self.pages.tabs, margins=(16, 0, 16, 0))
        self.setLayout(column(head, tabs, self.pages, gap=8))

    def _make_tune(self) -> FineTune:
        made, session = FineTune(), self._session
        made.controls.changed.connect(self.adjust)
        on_click(made.reset, lambda: session.edit(override_captions, None))
        on_click(made.save_style, self._ask_name)
        on_click(made.share, self._share)
        return made

    def _make_second(self, context: Context, player: Player) -> SecondLanguage:
        made = SecondLanguage(self._session, context, player)
        made.adjusted.connect(self.adjust)
        return made

    @property
    def tune(self) -> FineTune:
        """The fine controls; made now if they were never in sight."""
        made = self.pages.page(Page.TUNE)
        assert isinstance(made, FineTune)
        return made

    @property
    def second(self) -> SecondLanguage:
        """The second language; made now if it was never in sight."""
        made = self.pages.page(Page.LANGUAGE)
        assert isinstance(made, SecondLanguage)
        return made

    def _connect(self) -> None:
        session = self._session
        self.switch.clicked.connect(lambda on: session.edit(switch_captions, bool(on)))
        self.gallery.chosen.connect(self.choose)
        self.gallery.menu_asked.connect(self._show_menu)
        self.pages.made.connect(lambda _page: self._fill_pages())
        on_click(self.export, self._ask_file)
        self.safe_area.chosen.connect(self.safe_area_chosen)
        session.opened.connect(self._show_recording)
        session.reread.connect(self._show_recording)
        session.selected.connect(self._show_clip)
        session.clip_changed.connect(self._refresh)
        self._player.plan_changed.connect(self._show_plan)
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
        self._languages_row.setVisible(bool(clip.second_language))
        self.gallery.show_style(clip.caption_style)
        self._show_pages(clip, self._style)

    def _show_pages(self, clip: Clip, style: CaptionStyle) -> None:
        """What was made of the pages, as the clip is."""
        for part in (self.gallery, *self.pages.hidden_first):
            part.setEnabled(clip.captions_on)
        if self.pages.has(Page.TUNE):
            self.tune.show_clip(clip, style, tr_message(style.label))
        if self.pages.has(Page.LANGUAGE):
            self.second.show_clip(clip, style)

    def _fill_pages(self) -> None:
        """A page that was just made shows what the others show."""
        clip = self._session.clip
        self._show_brand(self._brand)
        if clip is not None and self._style is not None:
            self._show_pages(clip, self._style)

    def _read_brand(self, clip: Clip) -> None:
        services = self._context.services

        def read() -> BrandKit | None:
            kit = next((kit for kit in services.store.brand_kits() if kit.id == clip.brand_kit), None)
            return None if kit is None else with_paths(services.store, kit)

        self._context.tasks.run(read, self._show_brand)

    def _show_brand(self, kit: BrandKit | None) -> None:
        self._brand = kit
        colours = kit.colours if kit else ()
        if self.pages.has(Page.LANGUAGE):
            self.second.show_palette(colours)
        if self.pages.has(Page.TUNE):
            self.tune.controls.show_palette(colours)
            self.tune.controls.show_fonts(font_names(kit.fonts) if kit else ())
            if self._style is not None:
                self.tune.controls.show_style(self._style)

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
        store = self._context.services.store
        transcript = self._session.loaded.transcript if self._session.loaded else None
        if clip is None or transcript is None:
            return

        def write() -> None:
            from viralclip_desktop.core.errors import EnvironmentLacks
            from viralclip_desktop.features.transcription import export_captions

            known = store.translations(clip.source_id) if languages != "first" else ()
            second = in_language(known, clip.second_language)
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
