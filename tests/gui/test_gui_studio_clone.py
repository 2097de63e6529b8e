"""Voices of one's own in the studio: samples judged, consent asked for, blends, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from support.kokoro import toy_kokoro
from support.loopback_cloning import Account
from support.loopback_http import LoopbackService, loopback_service
from support.loopback_voices import KEY
from support.shown import words_on
from support.studio import ANA, NIGHT, put_voices

from viralclip_desktop.engines.tts import espeak
from viralclip_desktop.gui.studio.clone_form import BLEND
from viralclip_desktop.gui.studio.clone_tab import CloneTab
from viralclip_desktop.gui.widgets.dialogs import Question

SAID = (
    "Good morning everyone, and welcome back. Today we talk about the garden, and what to plant.",
    "I never thought that a small shop would last this long. People kept coming, week after week.",
)


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two that are good, one that is too short, and a file without sound."""
    folder = tmp_path_factory.mktemp("samples")
    for number, text in enumerate(SAID):
        espeak.speak(text, folder / f"ana {number}.wav", "en-us+f3")
    espeak.speak("No.", folder / "short.wav", "en-us+f3")
    (folder / "notes.mp3").write_text("nothing is heard in this")
    return folder


@pytest.fixture
def account(services: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Account, LoopbackService]]:
    """An account of ElevenLabs with a key, on this computer."""
    with loopback_service() as service:
        monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
        services.gate.offline = False
        services.settings.set(**{"providers.elevenlabs.address": service.url})
        service.usual = made = Account()
        yield made, service


def tab_of(qtbot: Any, window: Any) -> CloneTab:
    """The tab, in front, when it is known what can make a voice."""
    window.navigation.open_studio("cloning")
    qtbot.waitUntil(lambda: window.findChild(CloneTab) is not None)
    tab: CloneTab = window.findChild(CloneTab)
    qtbot.waitUntil(lambda: tab.isVisible() and window.context.idle)
    return tab


def drop(tab: CloneTab, *paths: Path) -> None:
    """Let go of files over the samples."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.form.samples.dropEvent(event)


def question_of(window: Any) -> Question:
    """The question that is open."""
    (found,) = [one for one in window.findChildren(Question) if one.isVisible()]
    return found


def test_without_a_provider_it_is_said_what_to_set_up(qtbot, services, open_window) -> None:
    tab = tab_of(qtbot, open_window())
    assert "Nothing here can copy a voice" in tab.form.no_provider.message
    assert not tab.add.isEnabled()
    assert tab.why.text() == tab.form.no_provider.message
    tab.form.way.button(BLEND).click()
    assert "can’t be blended here yet" in tab.why.text()
    assert tab.form.no_blend.isVisible()
    assert tab.voices.empty.isVisible()


def test_a_voice_is_copied_only_from_good_samples_and_with_consent(
    qtbot, services, account, recordings, open_window
) -> None:
    tab = tab_of(qtbot, open_window())
    form = tab.form
    assert tab.why.text() == "Add recordings of the voice."
    names = ("ana 0.wav", "ana 1.wav", "short.wav", "notes.mp3")
    drop(tab, *(recordings / name for name in names))
    assert tab.why.text() == "The recordings are being checked."
    qtbot.waitUntil(lambda: None not in form.samples.measured)
    told = {row.path.name: row.told.text() for row in form.samples.rows.values()}
    assert told["ana 0.wav"].endswith("good")
    assert told["short.wav"].startswith("Not good enough. It is too short")
    assert told["notes.mp3"]
    assert tab.why.text().startswith("2 recordings are not good enough")
    for name in names[2:]:
        form.samples.rows[recordings / name].drop.click()
    assert tab.why.text() == "Give the voice a name."
    QTest.keyClicks(form.name, "Ana")
    assert tab.why.text() == "Say who allowed it, and how."
    QTest.keyClicks(form.consent, "Ana Putri, by mail of 3 May")
    assert tab.why.text() == "Confirm that the person has allowed it."
    assert services.store.cloned_voices() == []
    assert not tab.add.isEnabled()
    form.sure.click()
    assert tab.why.text() == ""
    tab.add.click()
    qtbot.waitUntil(lambda: [card.voice.name for card in tab.voices.cards.values()] == ["Ana"])
    (voice,) = services.store.cloned_voices()
    assert (voice.provider, voice.consent) == ("elevenlabs", "Ana Putri, by mail of 3 May")
    assert [len(form["files"]) for form in account[0].uploads] == [2]
    qtbot.waitUntil(lambda: not tab.job.running)
    assert (form.name.text(), form.samples.paths, form.sure.isChecked()) == ("", (), False)


def test_two_voices_are_blended_offline(qtbot, services, open_window) -> None:
    toy_kokoro(services.paths.models)
    tab = tab_of(qtbot, open_window())
    tab.form.way.button(BLEND).click()
    blend = tab.form.blend
    assert tab.why.text() == "Give the voice a name."
    assert {name for name, _ in blend.second.choices} <= {"af_heart", "bm_george"}, "of one language"
    blend.first_share.field.setValue(0)
    assert tab.why.text() == "Give each of the two voices a share."
    blend.first_share.field.setValue(75)
    blend.second_share.field.setValue(25)
    QTest.keyClicks(tab.form.name, "Night")
    tab.add.click()
    qtbot.waitUntil(lambda: len(tab.voices.cards) == 1)
    (card,) = tab.voices.cards.values()
    assert card.origin.text() == "A blend of Heart 75 %, George 25 %"
    assert "not used yet" in card.told.text()


def test_voices_are_renamed_shared_and_removed(qtbot, services, open_window, tmp_path) -> None:
    put_voices(services, NIGHT)
    window = open_window()
    tab = tab_of(qtbot, window)
    (card,) = tab.voices.cards.values()
    card.name.setText("  Late   night ")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.name for one in services.store.cloned_voices()] == ["Late night"])
    qtbot.waitUntil(lambda: [one.name.text() for one in tab.voices.cards.values()] == ["Late night"])
    (card,) = tab.voices.cards.values()
    out = tmp_path / "night.viralvoice"
    tab.voices.export(card.voice, out)
    qtbot.waitUntil(out.is_file)
    tab.voices.take_file(out)
    qtbot.waitUntil(lambda: len(tab.voices.cards) == 2)
    assert "Late night (2)" in [one.name.text() for one in tab.voices.cards.values()]
    tab.voices.cards[card.voice.id].remove.click()
    question = question_of(window)
    assert "Late night" in question.windowTitle()
    question.go.click()
    qtbot.waitUntil(lambda: [one.name.text() for one in tab.voices.cards.values()] == ["Late night (2)"])


def test_what_a_provider_does_not_forget_can_go_here(qtbot, services, open_window) -> None:
    put_voices(services, ANA)
    window = open_window()
    tab = tab_of(qtbot, window)
    (card,) = tab.voices.cards.values()
    assert "2 uses" in card.told.text()
    assert card.origin.text().startswith("Consent: Ana Putri, by mail (")
    card.remove.click()
    question_of(window).go.click()
    qtbot.waitUntil(lambda: any("could not be asked" in "".join(words_on(one)) for one in questions(window)))
    assert len(services.store.cloned_voices()) == 1
    question_of(window).go.click()
    qtbot.waitUntil(lambda: tab.voices.cards == {})
    assert tab.voices.empty.isVisible()


def questions(window: Any) -> list[Question]:
    return [one for one in window.findChildren(Question) if one.isVisible()]


def test_a_name_that_is_taken_is_told_and_stays_as_it_was(qtbot, services, open_window) -> None:
    put_voices(services)
    window = open_window()
    tab = tab_of(qtbot, window)
    card = tab.voices.cards["voice_2"]
    card.name.setText("ana")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("named ana already" in "".join(words_on(one)) for one in window.toasts.shown))
    qtbot.waitUntil(lambda: tab.voices.cards["voice_2"].name.text() == "Night")
