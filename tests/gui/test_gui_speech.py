"""The studio's tabs of speech: a voice is found and heard, a text is spoken, kept, placed and saved."""

from __future__ import annotations

import json
import wave
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from support.loopback_http import Handler, answer, loopback_service
from support.loopback_voices import KEY, SERVICES, options_of

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.library import remove_sound
from viralclip_desktop.features.voices import OfferedVoice, ready_voices
from viralclip_desktop.features.workflows import studio_speech
from viralclip_desktop.gui.common import voice_book
from viralclip_desktop.gui.settings.settings_dialog import SettingsDialog

ENGLISH, SPANISH = "espeak:en-us", "espeak:es"
TEXT = "It is open.\n\nCome in."
LONG_ENGLISH = "You will be wrong about almost everything and that is fine for the first year."


@pytest.fixture(autouse=True)
def few_voices(monkeypatch) -> None:
    """Of the built-in voices a few in two languages."""

    def offered(services: Any) -> list[OfferedVoice]:
        few = (ENGLISH, SPANISH, f"{SPANISH}+f3")
        voices = [one for one in ready_voices(services, "espeak") if one.id in few]
        return [OfferedVoice(one, "espeak-ng", False) for one in voices]

    monkeypatch.setattr(voice_book, "offered_voices", offered)


@pytest.fixture
def show(qtbot, services, open_window) -> Iterator[Callable[..., Any]]:
    """Opens the window on a tab; at the end nothing is under way."""

    def tab_of(name: str = "speech") -> Any:
        window = open_window()
        window.navigation.open_studio()
        window.studio_page.show_tab(name)
        tab = window.studio_page.tab(name)
        known = lambda: tab.book.known if tab.service is None else tab.service.state is not None  # noqa: E731
        qtbot.waitUntil(lambda: known() and window.context.idle)
        return tab

    yield tab_of
    for job in services.jobs.list(active_only=True):
        services.jobs.cancel(job.id)


def type_text(qtbot: Any, tab: Any, text: str) -> None:
    tab.box.field.selectAll()
    tab.box.field.insertPlainText(text)
    qtbot.waitUntil(lambda: tab.reckoner.settled)


def generate(qtbot: Any, tab: Any) -> None:
    qtbot.waitUntil(tab.generate.isEnabled)
    before = tab.run.result_job
    tab.generate.click()
    qtbot.waitUntil(lambda: not tab.run.work.running and tab.run.result_job not in ("", before))


def names(tab: Any) -> list[str]:
    return [f"{row.title}, {row.note}" for row in tab.gallery.rows.rows.rows]


def test_at_first_a_voice_of_the_window_s_language_waits_for_a_text(show) -> None:
    tab = show()
    assert tab.gallery.voice == tab.gallery.rows.current == ENGLISH
    assert tab.result.empty.isVisible()
    assert not tab.generate.isEnabled()
    assert not tab.told.text() or "costs nothing" in tab.told.text()


def test_voices_are_found_by_words_language_and_kind(qtbot, show) -> None:
    tab = show()
    assert names(tab)[0] == "English, male, US  ·  espeak-ng"
    tab.gallery.search.setText("spanish female")
    assert names(tab) == ["Spanish, female  ·  espeak-ng"]
    tab.gallery.search.clear()
    choices = tab.gallery.language.open_list()
    choices.search.setText("Spanish")
    QTest.keyClick(choices.search, Qt.Key.Key_Return)
    assert len(names(tab)) == 2
    tab.gallery.category.button("premium").click()
    assert names(tab) == []
    assert "AI voice" in tab.gallery.count.text()
    tab.gallery.category.button("all").click()
    tab.gallery.rows.setFocus()
    QTest.keyClick(tab.gallery.rows, Qt.Key.Key_Down)
    QTest.keyClick(tab.gallery.rows, Qt.Key.Key_End)
    assert tab.gallery.voice == "espeak:es+f3"


def test_a_voice_is_heard_with_space_and_its_wave_stays(qtbot, show, device) -> None:
    tab = show()
    device.clear()
    tab.gallery.rows.setFocus()
    QTest.keyClick(tab.gallery.rows, Qt.Key.Key_Space)
    assert tab.gallery.rows.rows.rows[0].icon == "hourglass"
    qtbot.waitUntil(lambda: bool(device) and any(device[-1].ask()))
    row = tab.gallery.rows.rows.rows[0]
    assert row.icon == "play"
    assert max(row.outline) > 100


def test_a_text_is_spoken_heard_kept_and_saved(qtbot, services, show, device, tmp_path) -> None:
    tab = show()
    type_text(qtbot, tab, TEXT)
    assert tab.box.count.text().startswith(f"{len(TEXT)} characters  ·  2 paragraphs  ·  about")
    assert tab.told.text() == "This voice costs nothing."
    generate(qtbot, tab)
    result = tab.result
    assert [row.title for row in result.rows.rows.rows] == ["1. It is open.", "2. Come in."]
    assert len(result.wave.levels) > 100
    device.clear()
    result.rows.show_chosen("2")
    result.rows.setFocus()
    QTest.keyClick(result.rows, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(device) and any(device[-1].ask()))
    assert result.rows.rows.rows[1].icon == "stop"
    result.play.click()
    assert result.rows.rows.rows[1].icon == "play"

    assert result.title.text() == "It is open. Come in."
    result.title.setText("Welcome")
    result.keep.click()
    qtbot.waitUntil(lambda: result.keep.text().strip() == "In the library")
    (entry,) = services.store.library()
    assert entry.asset.title == "Welcome"
    asked = {"text": TEXT, "voice": ENGLISH, "speed": 1.0, "pitch_st": 0.0}
    assert entry.asset.made_with["settings"] == asked
    assert not result.add.isEnabled()
    assert result.add.toolTip() == "Open a clip in the editor first, then come here from there."
    result.save_to(tmp_path / "Welcome.wav")
    qtbot.waitUntil((tmp_path / "Welcome.wav").is_file)
    with wave.open(str(tmp_path / "Welcome.wav"), "rb") as wav:
        assert wav.getnframes() / wav.getframerate() == pytest.approx(tab.run.done.length.seconds, abs=0.01)


def test_cancel_is_heard_before_the_work_has_begun(qtbot, services, show) -> None:
    tab = show()
    services.jobs.pause(studio_speech.SPEAK.lane)
    type_text(qtbot, tab, TEXT)
    qtbot.waitUntil(tab.generate.isEnabled)
    tab.generate.click()
    tab.result.cancel.click()
    qtbot.waitUntil(lambda: [job.state for job in services.jobs.list()] == [WorkState.CANCELLED])


def test_one_paragraph_is_spoken_again_as_it_is_typed_now(qtbot, services, show) -> None:
    tab = show()
    type_text(qtbot, tab, TEXT)
    generate(qtbot, tab)
    first, again = tab.run.result_job, tab.result.again
    tab.result.title.setText("Welcome")
    tab.result.rows.setCurrentIndex(tab.result.rows.rows.index(1))
    assert not again.isEnabled(), "this voice would speak it alike"
    assert "the same way" in again.toolTip()
    type_text(qtbot, tab, TEXT.replace("Come in", "Good day"))
    assert tab.result.stale.isVisible()
    assert again.isEnabled()
    assert "paid" not in again.toolTip()
    again.click()
    qtbot.waitUntil(lambda: tab.run.result_job != first and not tab.run.work.running)
    assert services.jobs.get(tab.run.result_job).payload["again"] == [2]
    assert [row.title for row in tab.result.rows.rows.rows] == ["1. It is open.", "2. Good day."]
    assert tab.result.rows.current == "2", "it is heard again from there"
    assert not tab.result.stale.isVisible()
    type_text(qtbot, tab, "Otherwise.")
    tab.result.again.click()
    qtbot.waitUntil(lambda: tab.run.done is not None and len(tab.run.done.paragraphs) == 1)


def test_the_keys_lead_from_the_text_to_generate_and_back(qtbot, show) -> None:
    tab = show()
    window = tab.window()
    assert window.focusWidget() is tab.box.field
    type_text(qtbot, tab, TEXT)
    assert tab.generate.toolTip() == "Generate (Ctrl+Return)"
    qtbot.waitUntil(tab.generate.isEnabled)
    QTest.keyClick(tab.box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.run.done is not None and not tab.run.work.running)
    assert window.focusWidget() is tab.box.field
    assert tab.box.text == TEXT
    type_text(qtbot, tab, "Come in.")
    tab.generate.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tab.generate, Qt.Key.Key_Space)
    assert window.focusWidget() is tab.result.cancel
    qtbot.waitUntil(lambda: not tab.run.work.running and len(tab.run.done.paragraphs) == 1)
    assert window.focusWidget() is tab.generate
    type_text(qtbot, tab, "Good day.")
    tab.result.again.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tab.result.again, Qt.Key.Key_Space)
    assert window.focusWidget() is tab.result.cancel
    qtbot.waitUntil(lambda: not tab.run.work.running)
    assert window.focusWidget() is tab.generate


def test_a_text_file_gives_its_text_and_another_one_is_refused(qtbot, show, tmp_path) -> None:
    tab, data = show(), QMimeData()
    subtitles, film = tmp_path / "talk.srt", tmp_path / "film.mp4"
    subtitles.write_text(
        "1\n00:00:01,000 --> 00:00:02,500\nIt is open.\n\n2\n00:00:03,000 --> 00:00:04,000\nCome in.\n"
    )
    film.write_bytes(bytes(100))
    data.setUrls([QUrl.fromLocalFile(str(subtitles))])
    assert tab.box.field.canInsertFromMimeData(data)
    tab.box.field.insertFromMimeData(data)
    qtbot.waitUntil(lambda: tab.box.text == "It is open.\nCome in.")
    data.setUrls([QUrl.fromLocalFile(str(film))])
    tab.box.field.insertFromMimeData(data)
    qtbot.waitUntil(lambda: any("film.mp4" in one.text.message for one in tab.window().messages.messages))
    assert tab.box.text == "It is open.\nCome in."


def test_numbers_have_their_groups_and_units(show) -> None:
    tab = show()
    tab.box.show_text("a" * 12_345)
    assert tab.box.count.text().startswith("12,345 characters")
    assert tab.manner.pitch.field.text() == "0.0 st"


def test_a_paragraph_gets_its_own_speed_and_undo_takes_it_back(qtbot, show) -> None:
    tab = show()
    type_text(qtbot, tab, "Good 👋.\n\nCome in.")
    assert tab.box.speed.words() == "Like the rest"
    for _ in range(3):
        QTest.keyClick(tab.box.speed, Qt.Key.Key_Down)
    assert tab.box.text == "Good 👋.\n\n[speed 0.7]\nCome in."
    assert tab.box.speed.words() == "0.7×"
    tab.box.field.moveCursor(QTextCursor.MoveOperation.Start)
    assert tab.box.speed.words() == "Like the rest"
    tab.box.field.undo()
    assert tab.box.text == "Good 👋.\n\n[speed 0.6]\nCome in."


def test_what_speaks_against_it_is_told(qtbot, show) -> None:
    tab = show()
    tab.gallery.rows.show_chosen(SPANISH)
    tab.gallery.rows.chosen.emit(SPANISH)
    type_text(qtbot, tab, LONG_ENGLISH)
    told = "The text seems to be English, but this voice speaks Spanish. Choose another voice."
    assert tab.caution.text() == told
    assert tab.generate.isEnabled(), "who knows better may"
    type_text(qtbot, tab, "[speed fast]\nIt is open.")
    assert tab.caution.text().startswith("Line 1 of the text: “fast” is no speed of a voice.")
    assert not tab.generate.isEnabled()


def test_trouble_is_told_and_a_cancelled_speech_leaves_nothing(qtbot, services, show, monkeypatch) -> None:
    tab = show()
    type_text(qtbot, tab, TEXT)
    qtbot.waitUntil(tab.generate.isEnabled)

    def waits(*_args: Any, cancel: Any, progress: Any, **_how: Any) -> Any:
        while True:
            cancel.raise_if_cancelled()

    with monkeypatch.context() as patch:
        patch.setattr(studio_speech, "save_speech", waits)
        tab.generate.click()
        qtbot.waitUntil(lambda: tab.run.work.job is not None and tab.run.work.job.state is WorkState.RUNNING)
        assert tab.result.working.isVisible()
        assert not tab.generate.isEnabled()
        tab.result.cancel.click()
        qtbot.waitUntil(lambda: not tab.run.work.running)
        assert tab.result.empty.isVisible()

    def breaks(*_args: Any, **_how: Any) -> Any:
        raise Fault("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(studio_speech, "save_speech", breaks)
        tab.generate.click()
        qtbot.waitUntil(tab.result.trouble.isVisible)
    assert tab.result.trouble.accessibleName() == "The disk is full. Make room."
    generate(qtbot, tab)
    assert not tab.result.trouble.isVisible()


def test_text_settings_and_result_are_there_after_a_restart(qtbot, services, show) -> None:
    tab = show()
    type_text(qtbot, tab, TEXT)
    tab.manner.speed.slider.setValue(150)
    tab.manner.pitch.slider.setValue(-4)
    generate(qtbot, tab)
    tab.result.title.setText("Welcome")
    tab.result.keep.click()
    qtbot.waitUntil(lambda: tab.result.keep.text().strip() == "In the library")
    tab.window().close()
    again = show()
    assert again.box.text == TEXT
    assert (again.manner.speed.number, again.manner.pitch.number) == (1.5, -2.0)
    qtbot.waitUntil(lambda: again.run.done is not None)
    assert [row.title for row in again.result.rows.rows.rows] == ["1. It is open.", "2. Come in."]
    assert not again.result.stale.isVisible()
    qtbot.waitUntil(lambda: again.result.keep.text().strip() == "In the library")
    assert again.result.title.text() == "Welcome"
    entry = studio_speech.keep_spoken(services, again.run.order, again.run.done.sound)
    assert [entry.id] == [one.id for one in services.store.library()]
    remove_sound(services, entry.id)
    again.window().studio_page.show_tab("library")
    again.window().studio_page.show_tab("speech")
    qtbot.waitUntil(again.result.keep.isEnabled)


def test_speech_goes_on_the_timeline_of_the_open_clip(qtbot, services, clips_window) -> None:
    window = clips_window
    window.navigation.open_editor()
    qtbot.waitUntil(lambda: window.context.idle)
    window.navigation.open_studio()
    window.studio_page.show_tab("speech")
    tab = window.studio_page.tab("speech")
    qtbot.waitUntil(lambda: tab.book.known)
    type_text(qtbot, tab, "Come in.")
    generate(qtbot, tab)
    tab.result.keep.click()
    tab.result.add.click()
    tab.result.add.click()  # before it is in the library
    qtbot.waitUntil(lambda: any(one.kind == "voice" for one in window.session.clip.layers))
    assert len(services.store.library()) == 1


@pytest.fixture
def service(services, monkeypatch) -> Iterator[Any]:
    """ElevenLabs on loopback, online and with a key; its account tells what it has used."""
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)

    def respond(handler: Handler) -> None:
        if handler.path.startswith("/v1/user/subscription"):
            used = {"character_count": 1200, "character_limit": 10_000}
            answer(used | {"next_character_count_reset_unix": 1_800_000_000})(handler)
        else:
            SERVICES["elevenlabs"](handler)

    with loopback_service() as running:
        running.usual = respond
        services.gate.offline = False
        services.settings.set(offline=False, **options_of("elevenlabs", running.url))
        yield running


def choose_service(qtbot: Any, tab: Any, provider: str) -> None:
    while tab.service.provider != provider:
        QTest.keyClick(tab.service.service, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: tab.service.state is not None and tab.service.state.provider == provider)


def test_without_a_key_one_sentence_leads_to_the_settings(qtbot, show) -> None:
    tab = show("services")
    choose_service(qtbot, tab, "deepgram")
    told = tab.service.trouble
    assert told.message == "No Deepgram key is given. Type it into the settings."
    assert names(tab) == []
    told.acted.emit()
    (dialog,) = tab.window().findChildren(SettingsDialog)
    assert dialog.isVisible()
    assert dialog.sections[dialog.section].title == "Keys of cloud services"
    choose_service(qtbot, tab, "xtts")
    assert "address" in told.message


def test_a_service_tells_quota_models_and_cost_and_is_paid_once(qtbot, services, service, show) -> None:
    tab = show("services")
    choose_service(qtbot, tab, "elevenlabs")
    assert tab.service.quota.text() == (
        "1,200 of 10,000 characters of the account are used. It starts anew on 2027-01-15."
    )
    assert names(tab) == ["Rachel, female, american  ·  English", "Mía, Spanish"]
    model = tab.manner.fields["providers.elevenlabs.voice_model"]
    assert [name for _, name in model.choices] == ["eleven_multilingual_v2"]
    stability = tab.manner.fields["providers.elevenlabs.stability"]
    stability.slider.setValue(30)
    qtbot.waitUntil(lambda: services.settings.value("providers.elevenlabs.stability") == 30)
    type_text(qtbot, tab, "Come in.")
    qtbot.waitUntil(lambda: "less than a cent" in tab.told.text())
    generate(qtbot, tab)
    (asked,) = [json.loads(one.body) for one in service.heard if one.method == "POST"]
    assert asked["voice_settings"] == {"stability": 0.3, "similarity_boost": 0.75, "style": 0.0}
    qtbot.waitUntil(lambda: tab.told.text() == "All of it was spoken before: it costs nothing again.")
    qtbot.waitUntil(tab.result.again.isEnabled)
    assert "paid for it again" in tab.result.again.toolTip()
    tab.result.again.click()
    qtbot.waitUntil(lambda: len([one for one in service.heard if one.method == "POST"]) == 2)
    qtbot.waitUntil(lambda: not tab.run.work.running)


def test_a_service_that_does_not_answer_is_told_and_asked_again(qtbot, service, show) -> None:
    service.usual = answer({"detail": {"status": "invalid_api_key", "message": "Invalid API key"}}, 401)
    tab = show("services")
    choose_service(qtbot, tab, "elevenlabs")
    assert "key" in tab.service.trouble.message
    service.usual = SERVICES["elevenlabs"]
    tab.service.trouble.acted.emit()
    qtbot.waitUntil(lambda: len(names(tab)) == 2)
    assert not tab.service.trouble.isVisible()
    assert tab.service.quota.text().startswith("What the account has left is not known:")
