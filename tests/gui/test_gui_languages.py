"""The real window in Indonesian and Thai: no English left, nothing clipped, and changed while it is open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from shiboken6 import isValid
from support.gui_walk import clipped, said, walk
from support.languages import LANGUAGES, catalogue
from support.projects import SPOKEN, TITLES, add_project
from support.window_parts import open_settings, settings_of

from viralclip_desktop.core.catalogue import Catalogue
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.assets import add_file
from viralclip_desktop.gui.language import Language, resolve, start_language
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.shell.host import WindowHost
from viralclip_desktop.gui.text import tr, use_catalogue
from viralclip_desktop.gui.theme.theme import theme


@pytest.fixture(autouse=True)
def english_again(qapp):
    yield
    start_language(qapp, "en")
    use_catalogue(None)


@pytest.fixture
def full_desk(services, recording):
    """Services with a clip that has music, a brand kit, and edits in its history."""
    source = add_project(services, recording)
    clip = services.store.clips(source.id)[0]
    music = TimeRange(Time.from_seconds(0), Time.from_seconds(4))
    song = add_file(services.store, recording, AssetKind.MUSIC)
    editing.put_layer(services.store, clip.id, MusicLayer(new_id("layer"), song.id, music))
    kit = editing.put_brand_kit(
        services.store, BrandKit("", "Ours", ("#FF0000", "#00FF00")), source.project_id
    )
    editing.apply_brand_kit(services.store, kit.id, [clip.id])
    editing.trim_clip(services.store, clip.id, clip.range.start, clip.range.end - Time.from_seconds(1))
    return services, source, clip


def _open(qtbot, open_window, full_desk):
    _desk, source, clip = full_desk
    window = open_window()
    window.navigation.open_source(source.id, clip.id)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS and window.player.plan is not None, timeout=15000)
    return window


def _wait(qtbot):
    return lambda condition: qtbot.waitUntil(condition, timeout=20000)


MARK = "‡"
_KEY = (
    r"((Ctrl|Alt|Shift|Meta)\+)*"
    r"(Home|End|Left|Right|Up|Down|Return|Enter|Backspace|Space|Del|Esc|PgUp|PgDown|F?\d+|[A-Z=/,+\\-])"
)
_OWN = re.compile(
    r"\b(ViralClip( Desktop)?|MiniLM|LR-ASD|Voicefilter|Spleeter"
    r"|TikTok|Reels|Shorts|YouTube|OpenAI|ElevenLabs|Deepgram|XTTS|ffmpeg|libx264|VAAPI|LUFS|auto"
    r"|karaoke|Whisper( (tiny|base|small|medium|large-v3(-turbo)?))?|(OPENAI|ELEVENLABS|DEEPGRAM)_API_KEY"
    r"|DeepFilterNet3"
    r"|English|Bahasa Indonesia|\d+ \w+ \d{4}, \d\d:\d\d:\d\d)\b"
    rf"|\{{\w+\}}|(?<![A-Za-z]){_KEY}(?![A-Za-z])"
)
"""Names, fields of file names, and keys as they stand on the keyboard: the same in every language."""


def _ours(text: str, names: re.Pattern[str]) -> str:
    """What is left of a text without marked words, names and what the user said."""
    left = re.sub(f"{MARK}[^{MARK}]*{MARK}", " ", text)
    return _OWN.sub(" ", names.sub(" ", left))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")


def test_every_word_goes_through_the_catalogue(qtbot, open_window, full_desk, recording) -> None:
    """With a catalogue that marks each text, whatever is not marked was never looked up."""
    known = catalogue("id")
    texts = {key: _marked(key) for key in known.texts}
    plurals = {(one, many): (_marked(one), _marked(many)) for one, many in known.plurals}
    use_catalogue(Catalogue(texts, plurals))
    window = _open(qtbot, open_window, full_desk)
    services, _source, _clip = full_desk
    paths = (str(recording), str(services.paths.home), str(services.paths.models))
    export = f"01 {TITLES[0].replace(':', ' -')}"
    spoken = re.findall(r"\w+", SPOKEN)
    own = (*paths, export, *TITLES, recording.stem, "Ours", *_licences(), *_voices())
    names = _any_of((*own, *_fonts(), *known.toolkit, *spoken))
    found: set[str] = set()

    def look(place: str, top) -> None:
        for text, widget in said(top):
            if re.search(r"[A-Za-z]{3}", _ours(text, names)):
                found.add(f"{place}: {widget}: {text!r}")

    walk(window, _wait(qtbot), look)
    assert sorted(found) == []


def _marked(key: str) -> str:
    """``‡Delete ‡{name}‡‡``: values stay outside the marks."""
    return MARK + re.sub(r"(\{[^}]*\})", rf"{MARK}\1{MARK}", key) + MARK


def _licences() -> set[str]:
    """What is written in every language as it is."""
    from viralclip_desktop.engines.downloads.catalogue import CATALOGUE

    return {name for model in CATALOGUE for name in model.licence.split(" or ")}


def _voices() -> set[str]:
    """Who makes voices, and their files."""
    from viralclip_desktop.engines.registry import TTS

    return {TTS.info(one).name for one in TTS.ids()} | {"kokoro", "kokoro-v1.0.int8.onnx", "voices.npz"}


def _fonts() -> tuple[str, ...]:
    from viralclip_desktop.compose.captions.fonts import BUNDLED_FONTS
    from viralclip_desktop.gui.captions.fonts import font_choices

    return tuple({font.family for font in BUNDLED_FONTS} | {name for name, _words in font_choices(())})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_and_nothing_is_clipped(qtbot, qapp, language, open_window, full_desk) -> None:
    start_language(qapp, language)
    window = _open(qtbot, open_window, full_desk)
    english = {key for key, words in catalogue(language).texts.items() if key != words}
    english.discard("English")  # what the language calls itself
    left: set[str] = set()
    cut: set[str] = set()

    def look(place: str, top) -> None:
        left.update(f"{place}: {text!r}" for text, _widget in said(top) if text.strip() in english)
        cut.update(f"{place}: {words}" for words in clipped(top))

    walk(window, _wait(qtbot), look)
    assert sorted(left) == []
    assert sorted(cut) == []


@pytest.fixture
def host(qtbot, qapp, services, recording):
    """The window as the program opens it, with its language."""
    bugs: list[Exception] = []
    language = Language(qapp)
    host = WindowHost(services, bugs.append, language, qapp)
    host.begin()
    qtbot.waitUntil(lambda: host.window.context.tasks.idle, timeout=5000)
    yield host, language
    host.close()
    host.window.deleteLater()
    host.deleteLater()
    language.choose("en")
    language.deleteLater()
    assert bugs == []


def test_another_language_applies_at_once_and_nothing_is_lost(qtbot, host, services, recording) -> None:
    host, language = host
    source = add_project(services, recording)
    clip = services.store.clips(source.id)[1]
    old = host.window
    old.navigation.open_source(source.id, clip.id)
    qtbot.waitUntil(lambda: old.page is Page.CLIPS and old.player.plan is not None, timeout=15000)
    old.navigation.open_editor()
    old.player.go_when_planned(Time.from_seconds(2))
    qtbot.waitUntil(lambda: old.player.position == Time.from_seconds(2), timeout=5000)
    old.session.edit(editing.rename_clip, "A new name", gesture="typing")
    with qtbot.waitSignal(host.replaced, timeout=15000):
        language.choose("th")
    new = host.window
    qtbot.waitUntil(lambda: new.page is Page.EDITOR and new.player.plan is not None, timeout=15000)
    qtbot.waitUntil(lambda: new.player.position == Time.from_seconds(2), timeout=5000)
    assert new.session.clip.id == clip.id
    assert services.store.clip(clip.id).title == "A new name"
    assert new.actions_by_id["export"].text() == "ส่งออก"
    qtbot.waitUntil(lambda: not isValid(old), timeout=5000)
    tops = [widget for widget in QApplication.topLevelWidgets() if type(widget) is type(new)]
    assert tops == [new]


def test_a_history_made_in_english_is_shown_in_the_language_chosen_later(
    qtbot, host, services, recording
) -> None:
    host, language = host
    source = add_project(services, recording)
    clips = services.store.clips(source.id)
    editing.delete_clips(services.store, [clip.id for clip in clips[1:3]])
    with qtbot.waitSignal(host.replaced, timeout=15000):
        language.choose("th")
    window = host.window
    window.navigation.open_source(source.id, clips[0].id)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS and window.session.clip is not None, timeout=15000)
    window.navigation.open_editor()
    window.editor.docks.reveal("history")
    model = window.editor.panel("history").model
    qtbot.waitUntil(lambda: model.rowCount() > 1, timeout=10000)
    shown = [model.index(row).data() for row in range(model.rowCount())]
    assert "ลบ 2 คลิป" in shown
    assert not any("Delete" in text for text in shown)


def test_the_setting_changes_the_language_and_stays_open(qtbot, qapp, services, host) -> None:
    host, own = host
    language = start_language(qapp, "en")
    language.changed.connect(own.changed)
    settings = settings_of(host.window)
    open_settings(host.window)
    row = next(part for part in settings.setting_rows if part.setting.key == "language")
    with qtbot.waitSignal(host.replaced, timeout=15000):
        row.field.changed.emit("id")
    language.changed.disconnect(own.changed)
    qtbot.waitUntil(lambda: settings_of(host.window).isVisible(), timeout=5000)
    assert settings_of(host.window).windowTitle() == "Setelan"
    assert services.settings.values.language == "id"
    assert QLocale().decimalPoint() == ","
    settings_of(host.window).close()


def test_text_fields_speak_the_language_too(qtbot, qapp) -> None:
    start_language(qapp, "id")
    line = QLineEdit("words")
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    menu.deleteLater()
    assert texts == ["&Urungkan", "&Ulangi", "&Potong", "&Salin", "&Tempel", "Hapus", "Pilih semua"]


@pytest.mark.parametrize(
    ("choice", "system", "expected"),
    [
        ("system", ["th-TH", "en-US"], "th"),
        ("system", ["de-DE", "id-ID", "en-GB"], "id"),
        ("system", ["in_ID"], "id"),
        ("system", ["de-DE"], "en"),
        ("system", [], "en"),
        ("th", ["id-ID"], "th"),
        ("xx", ["id-ID"], "en"),
    ],
)
def test_the_system_is_followed_as_far_as_it_goes(choice, system, expected) -> None:
    assert resolve(choice, system) == expected


def test_a_failed_job_is_told_in_the_language(qtbot, qapp, open_window) -> None:
    from viralclip_desktop.domain.exports import WorkState
    from viralclip_desktop.domain.jobs import Job

    start_language(qapp, "id")
    window = open_window()
    job = Job("job_x", "find_clips", {"path": str(Path("Talk.mp4"))}, "", WorkState.RUNNING)
    window.navigation.watch_job(replace(job, stage="transcribe", message="Listening"))
    assert window.working_page.state.text() == "Mendengarkan"
    error = say("No speech found in “{title}”.", title="Talk")
    failed = replace(job, state=WorkState.FAILED, error=error, hint="Try again.")
    window.context.events.job_moved.emit(failed)
    assert tr("Try again") in window.working_page.retry.text()
    shown = [text for text, _widget in said(window.working_page)]
    assert any("Tidak ditemukan ucapan di “Talk”." in text for text in shown)


def test_thai_has_a_font_on_every_computer(qtbot) -> None:
    families = theme().font.families()
    assert len(families) > 1
    assert families[-1] in QFontDatabase.families(QFontDatabase.WritingSystem.Thai)
    line = QLabel("กำลังค้นหาคลิปที่ดีที่สุด")
    qtbot.addWidget(line)
    line.setFont(theme().font)
    marks = QFontMetrics(line.font()).tightBoundingRect(line.text())
    assert marks.height() <= line.sizeHint().height()
