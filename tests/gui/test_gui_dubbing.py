"""The dub panel of the window: languages and voices, how lines fit, the work and what comes of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from support.loopback_http import loopback_service
from support.loopback_llm import KEY as MODEL_KEY
from support.loopback_llm import SHAPES
from support.loopback_translation import TranslatingModel
from support.loopback_voices import KEY, SERVICES, options_of
from support.said import SAID, put_talk, transcript
from support.toy_translation import opus_folder
from support.window_parts import open_palette

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks
from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.audio_config import DubMode, config_of
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.translation import TranslatedLine
from viralclip_desktop.features import editing
from viralclip_desktop.features.workflows import dub, dub_tracks
from viralclip_desktop.gui.common.line_painter import BADGE, NOTE, LineEditor

SPANISH = ("Empezamos hace mucho.", "Nadie más quería.", "Así que lo hicimos todo nosotros.")
FRENCH = ("Nous avons commencé il y a longtemps.", "Personne d'autre.", "Alors nous avons tout fait.")
OPENAI = next(shape for shape in SHAPES if shape.id == "openai")
LONG = "Nadie más quería hacerlo, ni aquí ni en ninguna otra parte."
ENDLESS = "Nadie más quería hacerlo, ni aquí ni en ninguna otra parte, ni entonces ni ahora ni nunca jamás."


def translate(services: Any, code: str, texts: tuple[str, ...]) -> None:
    """Give the talk a translation, a line a sentence."""
    lines = [
        TranslatedLine(TimeRange.from_seconds(start, end), text)
        for (start, end, _), text in zip(SAID, texts, strict=True)
    ]
    editing.put_translation(services.store, "src_1", code, lines)


@pytest.fixture
def talk(services, tmp_path) -> Any:
    """Services with a talk of nine seconds and a clip of it."""
    put_talk(services, tmp_path, SAID, (0.2, 8.5))
    return services


def editor_of(qtbot: Any, window: Any) -> Any:
    """The clip in the editor, with the dub panel in front."""
    window.navigation.open_source("src_1")
    qtbot.waitUntil(lambda: window.session.clip is not None)
    window.actions_by_id["dub"].trigger()
    panel = window.editor.panel("dubbing")
    qtbot.waitUntil(lambda: panel.isVisible() and panel.voices.known and window.context.idle)
    return panel


@pytest.fixture
def show(qtbot, talk, open_window) -> Any:
    """Opens the window on the panel; at the end nothing is under way."""
    yield lambda: editor_of(qtbot, open_window())
    for job in talk.jobs.list(active_only=True):
        talk.jobs.cancel(job.id)


def badges(panel: Any) -> list[str]:
    rows = panel.table.lines.lines
    told = [rows.index(row).data(BADGE) for row in range(rows.rowCount())]
    return [badge.text if badge is not None else "" for badge in told]


def settled(panel: Any) -> bool:
    """Whether it is known how every line fits."""
    return bool(badges(panel)) and not {"", "Checking…"} & set(badges(panel))


def states(panel: Any) -> dict[str, WorkState]:
    return {code: row.job.state for (_, code), row in panel.dubs.rows.items()}


def words_of(row: Any) -> str:
    """Everything that a row says."""
    return "\n".join(part.text() for part in row.findChildren(QLabel) if part.isVisible())


def test_at_first_one_sentence_says_what_to_do(talk, show) -> None:
    panel = show()
    assert panel.empty.isVisible()
    assert "Add a language" in panel.empty.text()
    assert not panel.start.isVisible()
    assert not panel.table.isVisible()
    offered = [code for code, _ in panel.add.choices if code]
    assert {"es", "fr"} <= set(offered)
    assert "en" not in offered, "it is spoken in English"
    assert talk.jobs.list() == [], "nothing is queued by looking"


def test_a_clip_is_dubbed_and_found_again_when_the_window_is_opened_anew(
    qtbot, talk, show, open_window, monkeypatch
) -> None:
    translate(talk, "fr", FRENCH)
    panel = show()
    assert list(panel.cards) == ["fr"], "what is translated is offered"
    translate(talk, "es", (SPANISH[0], ENDLESS, SPANISH[2]))
    qtbot.waitUntil(lambda: ("es", "Spanish, translated") in panel.add.choices)
    assert panel.add.choices[1] == ("es", "Spanish, translated")
    choices = panel.add.open_list()
    choices.search.setText("Spanish")
    QTest.keyClick(choices.search, Qt.Key.Key_Return)
    assert list(panel.cards) == ["fr", "es"]
    panel.cards["fr"].remove.click()
    assert list(panel.cards) == ["es"]
    assert panel.cards["es"].voice.words() == "Spanish, male  ·  espeak-ng"
    QTest.keyClick(panel.cards["es"].voice, Qt.Key.Key_Down)
    assert panel.cards["es"].voice.words() == "Spanish, female  ·  espeak-ng"
    qtbot.waitUntil(lambda: settled(panel))
    shown = badges(panel)
    panel.dub.click()
    qtbot.waitUntil(lambda: states(panel) == {"es": WorkState.COMPLETED})
    done = dub.DUB_LANGUAGE.result_of(panel.dubs.rows["clip_1", "es"].job)
    manifest = json.loads(done.files.manifest.read_text("utf-8"))
    assert manifest["voice"] == "espeak:es+f3"
    told = {"fits": "Fits", "tight": "Tight"}
    made = [told.get(line["fit"]) or f"{line['over_s']:.1f} s too long" for line in manifest["lines"]]
    assert shown == made, "what was told before is what the dub became"
    assert made[1].endswith("s too long")

    again = editor_of(qtbot, open_window())
    qtbot.waitUntil(lambda: states(again) == {"es": WorkState.COMPLETED})
    assert again.cards["es"].voice.words() == "Spanish, female  ·  espeak-ng"
    row = again.dubs.rows["clip_1", "es"]
    assert "Half of the lines begin within" in words_of(row)
    late = sum(text.endswith("s too long") for text in shown)
    assert f"{late} lines do not fit" in words_of(row) or "1 line does not fit" in words_of(row)
    assert "Not heard back" in words_of(row)
    assert "The background was kept by" in words_of(row)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    row.play.click()
    assert [Path(url.toLocalFile()) for url in opened] == [done.files.video]
    row.folder.click()
    assert Path(opened[-1].toLocalFile()) == done.files.video.parent


def test_words_in_a_language_that_nobody_told_can_be_dubbed(qtbot, talk, show) -> None:
    with talk.store.transaction("Import subtitles", "proj_1") as tx:
        tx.put_transcript("src_1", transcript(language=""))
    translate(talk, "es", SPANISH)
    panel = show()
    qtbot.waitUntil(lambda: list(panel.cards) == ["es"])
    assert panel.start.isVisible()
    assert not panel.empty.isVisible()


def test_a_line_that_is_too_long_is_mended_where_it_stands(qtbot, talk, show) -> None:
    translate(talk, "es", (SPANISH[0], ENDLESS, SPANISH[2]))
    panel = show()
    qtbot.waitUntil(lambda: settled(panel))
    lines = panel.table.lines
    assert badges(panel)[1].endswith("s too long")
    assert "Shorten it" in lines.lines.index(1).data(NOTE)
    assert badges(panel)[1] in lines.lines.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    late = sum(text.endswith("s too long") for text in badges(panel))
    assert panel.table.told.text().startswith(f"{late} of 3 lines")
    before = [entry.label for entry in talk.store.history("proj_1")]
    lines.write(1)
    (editor,) = [one for one in lines.findChildren(LineEditor) if one.isVisible()]
    assert "Nobody else would." in editor.accessibleName()
    editor.setPlainText("Nadie más quería.")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settled(panel) and badges(panel)[1] == "Fits")
    assert panel.table.told.text() == "3 lines, and all of them fit."
    assert [line.text for line in talk.store.translations("src_1")[0].lines] == list(SPANISH)
    assert [entry.label for entry in talk.store.history("proj_1")] == [*before, "Correct a line"]
    assert talk.jobs.list() == [], "how lines fit is no work of the queue"


def test_one_language_fails_alone_is_cancelled_alone_and_tried_again_alone(
    qtbot, talk, show, monkeypatch
) -> None:
    translate(talk, "es", SPANISH)
    translate(talk, "fr", FRENCH)
    editing.trim_clip(talk.store, "clip_1", Time.from_seconds(0.2), Time.from_seconds(2.6))
    real, held = dub.speak_lines, threading.Event()

    def speak(services: Any, voice: Any, lines: Any, progress: Any, cancel: Any) -> Any:
        if voice.language == "es":
            raise EnvironmentLacks("The disk is full.", "Make room.")
        progress(ProgressEvent("speak", 0.5))
        cancel.on_cancel(held.set)
        held.wait()
        raise Cancelled

    monkeypatch.setattr(dub, "speak_lines", speak)
    monkeypatch.setattr(dub, "look_now", lambda *_: dub.PictureKnown())
    panel = show()
    assert list(panel.cards) == ["es", "fr"]
    for _ in panel.sound.background.choices[1:]:
        QTest.keyClick(panel.sound.background, Qt.Key.Key_Down)
    assert panel.sound.background.words() == "Nothing is kept"
    panel.dub.click()
    qtbot.waitUntil(lambda: states(panel).get("es") is WorkState.FAILED)
    spanish, french = panel.dubs.rows["clip_1", "es"], panel.dubs.rows["clip_1", "fr"]
    assert "The disk is full." in words_of(spanish)
    assert "Make room." in words_of(spanish)
    assert spanish.retry.isVisible()
    qtbot.waitUntil(lambda: "Speaking the lines  ·  40 %" in words_of(french))
    assert not panel.dubs.under_way("clip_1", "es")
    french.cancel.click()
    qtbot.waitUntil(lambda: states(panel)["fr"] is WorkState.CANCELLED)
    monkeypatch.setattr(dub, "speak_lines", real)
    spanish.retry.click()
    qtbot.waitUntil(lambda: states(panel)["es"] is WorkState.COMPLETED)
    assert states(panel)["fr"] is WorkState.CANCELLED
    assert "The background was kept" not in words_of(spanish)
    french.retry.click()
    qtbot.waitUntil(lambda: states(panel)["fr"] is WorkState.COMPLETED)
    (whole,) = [job for job in talk.jobs.list() if dub.DUB.is_of(job)]
    assert talk.jobs.wait(whole.id).state is WorkState.COMPLETED, "with its last language the dub is done"


def test_all_languages_come_in_one_film_where_that_is_switched_on(
    qtbot, talk, show, open_window, monkeypatch
) -> None:
    translate(talk, "es", SPANISH)
    editing.trim_clip(talk.store, "clip_1", Time.from_seconds(0.2), Time.from_seconds(2.6))
    monkeypatch.setattr(dub_tracks, "look_now", lambda *_: dub.PictureKnown())
    panel = show()
    assert panel.sound.tracks.accessibleName() == "All languages in one film"
    assert not panel.sound.tracks.isChecked(), "off by default"
    for _ in panel.sound.background.choices[1:]:
        QTest.keyClick(panel.sound.background, Qt.Key.Key_Down)
    panel.sound.tracks.setFocus()
    QTest.keyClick(panel.sound.tracks, Qt.Key.Key_Space)
    assert panel.choices.separator == "none"
    panel.dub.click()
    every = "*"
    qtbot.waitUntil(lambda: states(panel).get(every) is WorkState.COMPLETED)
    row = panel.dubs.rows["clip_1", every]
    assert "All languages in one film" in words_of(row)
    assert "Its sound tracks: English (original), Spanish." in words_of(row)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    row.play.click()
    film = Path(opened[0].toLocalFile())
    with av.open(str(film)) as container:
        assert len(container.streams.audio) == 2
    again = editor_of(qtbot, open_window())
    qtbot.waitUntil(lambda: states(again).get(every) is WorkState.COMPLETED)


def test_it_starts_from_how_the_clip_was_dubbed_last(qtbot, talk, show) -> None:
    translate(talk, "es", SPANISH)
    translate(talk, "fr", FRENCH)
    clip = talk.store.clip("clip_1")
    kept = config_of(clip, "es", DubMode.OVERLAY, "espeak:es+f3", config_id="audio_1")
    with talk.store.transaction("Dub", clip.project_id, undoable=False) as tx:
        tx.put(kept)
    panel = show()
    assert list(panel.cards) == ["es"]
    assert panel.cards["es"].voice.words() == "Spanish, female  ·  espeak-ng"
    assert panel.sound.mode.value is DubMode.OVERLAY


def test_where_a_line_does_not_fit_the_clip_may_play_slower(qtbot, talk, show, monkeypatch) -> None:
    translate(talk, "es", (SPANISH[0], LONG, SPANISH[1]))
    monkeypatch.setattr(dub, "look_now", lambda *_: dub.PictureKnown())
    panel = show()
    qtbot.waitUntil(lambda: settled(panel) and badges(panel)[1].endswith("s too long"))
    sound_choice = panel.sound
    sound_choice.tracks.click()
    sound_choice.slow.setFocus()
    QTest.keyClick(sound_choice.slow, Qt.Key.Key_Space)
    assert not sound_choice.tracks.isChecked(), "one picture for all cannot be slowed for one"
    qtbot.waitUntil(lambda: settled(panel) and badges(panel)[1] == "Tight")
    for _ in sound_choice.background.choices[1:]:
        QTest.keyClick(sound_choice.background, Qt.Key.Key_Down)
    panel.dub.click()
    qtbot.waitUntil(lambda: states(panel) == {"es": WorkState.COMPLETED})
    row = panel.dubs.rows["clip_1", "es"]
    assert "Every line fits." in words_of(row)
    assert "For long lines the clip plays up to 1.0" in words_of(row)


def test_a_voice_is_heard_before_it_is_chosen(qtbot, talk, show, device) -> None:
    translate(talk, "es", SPANISH)
    panel = show()
    device.clear()
    panel.cards["es"].hear.click()
    assert panel.cards["es"].hear.accessibleName() == "It is heard in a moment"
    qtbot.waitUntil(lambda: bool(device) and any(device[-1].ask()))
    assert panel.cards["es"].hear.accessibleName() == "Hear it"
    (job,) = talk.jobs.list()
    assert job.payload == {"voice": "espeak:es", "text": SPANISH[0]}
    assert job.state is WorkState.COMPLETED


@pytest.fixture
def service(talk, monkeypatch) -> Iterator[Any]:
    """A paid service of voices, online and with a key."""
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    with loopback_service() as running:
        running.usual = SERVICES["elevenlabs"]
        talk.gate.offline = False
        talk.settings.set(offline=False, **options_of("elevenlabs", running.url))
        yield running


def test_what_a_voice_costs_is_told_before_it_speaks(qtbot, talk, service, show) -> None:
    translate(talk, "es", SPANISH)
    panel = show()
    assert not panel.price.isVisible(), "the built-in voice is free"
    panel.choose_voice("es", "elevenlabs:XrExE9yKIg1WjnnlVkGX")
    assert panel.cards["es"].voice.words() == "Mía  ·  ElevenLabs voices  ·  paid"
    qtbot.waitUntil(panel.dub.isEnabled)
    assert "This clip costs about $0.0" in panel.price.text() or "less than a cent" in panel.price.text()
    assert "not paid for again" in panel.price.text()
    qtbot.waitUntil(lambda: badges(panel) == ["Likely fits"] * 3)
    assert "only once it has spoken it" in panel.table.told.text()
    assert [one for one in service.heard if one.method == "POST"] == [], "nothing is spoken to know that"
    assert talk.store.usage.list() == []


def test_how_lines_fit_is_estimated_until_the_voice_has_spoken(
    qtbot, talk, service, show, monkeypatch
) -> None:
    translate(talk, "es", (SPANISH[0], ENDLESS, SPANISH[2]))
    editing.trim_clip(talk.store, "clip_1", Time.from_seconds(2.5), Time.from_seconds(5.0))
    panel = show()
    panel.choose_voice("es", "elevenlabs:XrExE9yKIg1WjnnlVkGX")
    qtbot.waitUntil(lambda: settled(panel) and "it is estimated" in panel.table.told.text())
    assert badges(panel)[0].startswith("About ")
    assert badges(panel)[0].endswith(" s too long")
    assert [one for one in service.heard if one.method == "POST"] == [], "nothing is spoken to know that"
    monkeypatch.setattr(dub, "look_now", lambda *_: dub.PictureKnown())
    for _ in panel.sound.background.choices[1:]:
        QTest.keyClick(panel.sound.background, Qt.Key.Key_Down)
    qtbot.waitUntil(panel.dub.isEnabled)
    panel.dub.click()
    qtbot.waitUntil(lambda: states(panel) == {"es": WorkState.COMPLETED})
    qtbot.waitUntil(lambda: settled(panel) and "it is estimated" not in panel.table.told.text())
    done = dub.DUB_LANGUAGE.result_of(panel.dubs.rows["clip_1", "es"].job)
    (line,) = json.loads(done.files.manifest.read_text("utf-8"))["lines"]
    assert badges(panel) == [f"{line['over_s']:.1f} s too long" if line["over_s"] else "Fits"]


def test_a_shorter_wording_is_asked_for_shown_and_taken(qtbot, talk, show, monkeypatch) -> None:
    translate(talk, "es", (SPANISH[0], ENDLESS, SPANISH[2]))
    panel = show()
    shorter = panel.table.shorter
    qtbot.waitUntil(lambda: settled(panel) and shorter.isVisible())
    assert "Nadie más quería hacerlo" in shorter.line.text()
    shorter.ask.click()
    qtbot.waitUntil(lambda: "No language model is set up" in shorter.told.text())
    assert "Choose a language model as the translation engine" in shorter.told.text()
    monkeypatch.setenv("OPENAI_API_KEY", MODEL_KEY)
    model = TranslatingModel(OPENAI, lambda line: "Nadie quería.")
    with loopback_service() as running:
        running.usual = model.respond
        talk.gate.offline = False
        address = f"{running.url}/v1"
        talk.settings.set(offline=False, openai_base_url=address, **{"translation.engine": "openai"})
        shorter.ask.click()
        qtbot.waitUntil(shorter.take.isVisible)
    assert model.asked[0][0]["translated"] == ENDLESS
    assert "Shorter: “Nadie quería.”" in shorter.told.text()
    assert talk.store.translations("src_1")[0].lines[1].text == ENDLESS, "shown, and nothing stored"
    before = [entry.label for entry in talk.store.history("proj_1")]
    shorter.take.click()
    qtbot.waitUntil(lambda: settled(panel) and badges(panel)[1] == "Fits")
    assert [entry.label for entry in talk.store.history("proj_1")] == [*before, "Correct a line"]
    (usage,) = talk.store.usage.list()
    assert (usage.provider, usage.kind) == ("openai", "translation")


def test_without_a_translation_it_is_made_or_written_first(qtbot, talk, show) -> None:
    panel = show()
    panel.add_language("es")
    assert panel.cards["es"].note.text() == "It needs a translation first: see its lines."
    assert not panel.dub.isEnabled()
    assert "the dub needs one" in panel.table.none.text()
    assert not panel.table.by_engine.isVisible()
    panel.table.by_hand.click()
    qtbot.waitUntil(panel.table.lines.isVisible)
    assert [field.said for field in panel.table.lines.lines.fields] == [text for _, _, text in SAID]
    said = {word: word.upper() for _, _, text in SAID for word in text.split()}
    opus_folder(talk.paths.models / "translation" / "opus-mt-en-es", said)
    panel.hide()
    panel.show()  # as when another tab was in front
    qtbot.waitUntil(lambda: panel.dub.isEnabled() and panel.table.missing.isVisible())
    assert panel.table.missing.text().strip() == "Translate 3 lines"
    panel.table.missing.click()
    qtbot.waitUntil(lambda: settled(panel))
    assert panel.table.lines.lines.fields[0].text == "WE BEGAN IT LONG AGO."
    assert panel.cards["es"].note.isHidden()


def test_the_palette_leads_to_it_and_every_part_is_reached_by_tab(qtbot, talk, open_window) -> None:
    translate(talk, "es", SPANISH)
    window = open_window()
    window.activateWindow()
    window.navigation.open_source("src_1")
    qtbot.waitUntil(lambda: window.session.clip is not None)
    qtbot.waitUntil(window.actions_by_id["dub"].isEnabled)
    palette = open_palette(window)
    qtbot.waitUntil(palette.isActiveWindow)
    qtbot.keyClicks(palette.field, "dub")
    assert palette.model.rows[0].action.text() == "Dub…"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page == "editor")
    panel = window.editor.panel("dubbing")
    qtbot.waitUntil(lambda: panel.isVisible() and panel.voices.known and window.context.idle)
    window.activateWindow()
    qtbot.waitUntil(lambda: panel.add.hasFocus() and panel.dub.isEnabled())
    card, sound_choice = panel.cards["es"], panel.sound
    wanted = [
        *(card.remove, card.voice, card.hear, panel.add),
        *(sound_choice.background, panel.table.lines, panel.dub, panel.dub_all),
    ]
    card.remove.setFocus(Qt.FocusReason.TabFocusReason)
    reached = [QApplication.focusWidget()]
    while len(reached) < 20 and reached[-1] is not panel.dub_all:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert [one for one in reached if one in wanted] == wanted
