"""Transcribing a source whole: engines chosen, words stored, runs resumed, nothing left behind."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from support import stored
from support.loopback_openai import KEY, loopback_openai, ok, transcription
from support.speech import RATE_HZ, WHISPER_MINI, write_speech, write_wav

from viralclip_desktop.core.errors import BadInput, Cancelled, EnvironmentLacks, UsageError
from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import UNKNOWN_S, CancelToken, ProgressEvent
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.usage import Budgets, OverBudget
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.ledger import Ledger
from viralclip_desktop.features.transcription import import_subtitles, transcribe_source
from viralclip_desktop.features.transcription.transcribing import _Reporter
from viralclip_desktop.store import Store

SAID = "Hello world. What is the number? The number is seven."
PLAIN = SAID.lower()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    shutil.copytree(WHISPER_MINI, tmp_path / "models" / "whisper-mini")
    return DataPaths(tmp_path, tmp_path / "models")


def put_source(store: Store, duration_s: float = 20.0, sound: bool = True) -> str:
    source = stored.source()
    info = replace(source.info, duration=Time.from_seconds(duration_s))
    with store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(replace(stored.with_file(source, info=info), audio_index=0 if sound else None))
    return source.id


@pytest.fixture
def source_id(store: Store, paths: DataPaths) -> str:
    """A source with two stretches of speech and its speech file beside it."""
    wav = paths.source_cache("src_1") / "speech.wav"
    wav.parent.mkdir(parents=True)
    write_speech(wav, [0.5, SAID, 6.0, "Today we play music.", 1.0])
    return put_source(store)


def text(transcript: Transcript) -> str:
    return " ".join(word.text for word in transcript.words)


def leftovers(paths: DataPaths) -> list[str]:
    return sorted(path.name for path in paths.source_cache("src_1").iterdir() if path.name != "speech.wav")


def test_whisper_is_taken_where_there_is_a_model(store: Store, paths: DataPaths, source_id: str) -> None:
    events: list[ProgressEvent] = []
    board, notices = NoticeBoard(), []
    board.listen(notices.append)
    made = transcribe_source(
        store,
        paths,
        source_id,
        progress=events.append,
        notices=board,
        environ={},
        gate=NetworkGate(offline=True),
    )
    assert text(made) == PLAIN + " today we play music."
    assert (made.engine, made.language) == ("whisper", "en")
    assert [made.text_of(sentence) for sentence in made.sentences][1] == "what is the number?"
    assert store.transcript(source_id) == made
    assert not leftovers(paths)
    assert not notices
    fractions = [event.fraction for event in events if event.fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert {event.stage for event in events} == {"transcribe"}
    assert events[-1].message.startswith("Whisper (whisper-mini)  ·  0:20 of 0:20")
    assert not psutil.Process().children()


def test_without_a_model_the_draft_recogniser_says_so(
    store: Store, paths: DataPaths, source_id: str, tmp_path: Path
) -> None:
    board, notices = NoticeBoard(), []
    board.listen(notices.append)
    bare = DataPaths(tmp_path, tmp_path / "no models")
    made = transcribe_source(store, bare, source_id, notices=board, environ={})
    assert made.engine == "sphinx"
    assert notices[0].message == "Using the built-in draft recogniser (English only)."
    assert "viralclip models install small" in notices[0].hint
    assert made.words[0].text[0].isupper()
    assert all(word.text[-1] in ".?" for word in (made.words[s.last - 1] for s in made.sentences))
    with pytest.raises(EnvironmentLacks, match="English only"):
        transcribe_source(store, bare, source_id, language="Indonesian", environ={})
    with pytest.raises(EnvironmentLacks, match="not installed"):
        transcribe_source(store, bare, source_id, model="large-v3", environ={})
    with pytest.raises(UsageError):
        transcribe_source(store, bare, source_id, engine="nonsense", environ={})


def test_a_cancelled_run_goes_on_where_it_stopped(store: Store, paths: DataPaths, source_id: str) -> None:
    partial = paths.source_cache(source_id) / "transcript.partial.jsonl"
    cancel = CancelToken()

    def stop_after_first(event: ProgressEvent) -> None:
        if event.fraction and event.fraction > 0.05:
            cancel.cancel()

    with pytest.raises(Cancelled):
        transcribe_source(store, paths, source_id, progress=stop_after_first, cancel=cancel, environ={})
    assert store.transcript(source_id) is None
    kept = [json.loads(line) for line in partial.read_text(encoding="utf-8").splitlines()]
    segments = [line for line in kept if line.get("type") == "segment" and line["words"]]
    assert segments
    # What is kept is taken as it is: nobody listens to it again.
    segments[0]["words"][0][0] = "Howdy"
    with partial.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in [*kept[:2], segments[0]])
        file.write('{"type": "segment", "end": 12')  # the line a crash cut short
    made = transcribe_source(store, paths, source_id, environ={})
    assert text(made) == "Howdy world. what is the number? the number is seven. today we play music."
    assert not leftovers(paths)


def test_what_another_engine_or_recording_left_is_not_used(
    store: Store, paths: DataPaths, source_id: str
) -> None:
    partial = paths.source_cache(source_id) / "transcript.partial.jsonl"
    key = {
        "engine": "whisper",
        "model": "large",
        "language": "",
        "fingerprint": "f" * 32,
        "audio": 0,
        "version": 1,
    }
    segment = {"type": "segment", "end": 10**10, "words": [["wrong", 0, 10, 1.0, ""]]}
    partial.write_text(json.dumps(key) + "\n" + json.dumps(segment) + "\n", encoding="utf-8")
    assert text(transcribe_source(store, paths, source_id, environ={})).startswith("hello world.")


def test_a_crash_of_the_engine_is_told_and_its_words_kept(
    store: Store, paths: DataPaths, source_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viralclip_desktop.engines.stt.worker.TARGET", "support.worker_functions:abort")
    from viralclip_desktop.core.errors import Fault

    with pytest.raises(Fault, match="speech recogniser stopped unexpectedly"):
        transcribe_source(store, paths, source_id, environ={})
    assert leftovers(paths) == ["transcript.partial.jsonl"]


def test_sound_without_speech(store: Store, paths: DataPaths) -> None:
    wav = paths.source_cache("src_1") / "speech.wav"
    wav.parent.mkdir(parents=True)
    write_wav(wav, np.random.default_rng(0).normal(0, 2, 5 * RATE_HZ))
    source_id = put_source(store, 5.0)
    with pytest.raises(BadInput, match="No speech found in “Talk”") as caught:
        transcribe_source(store, paths, source_id, environ={})
    assert caught.value.hint
    assert store.transcript(source_id) is None
    assert not leftovers(paths)


def test_no_sound_at_all(store: Store, paths: DataPaths) -> None:
    source_id = put_source(store, sound=False)
    with pytest.raises(BadInput, match="has no sound"):
        transcribe_source(store, paths, source_id, environ={})


def test_openai_with_a_key_from_the_keyring(store: Store, paths: DataPaths, source_id: str) -> None:
    with loopback_openai() as service:
        service.usual = ok(transcription("Hello world.", [("Hello", 0.3, 0.6), ("world", 0.6, 1.1)]))
        made = transcribe_source(
            store,
            paths,
            source_id,
            engine="openai",
            environ={"OPENAI_BASE_URL": service.url},
            secrets={"OPENAI_API_KEY": KEY}.get,
        )
        assert (text(made), made.engine, made.language) == ("Hello world.", "openai", "en")
        with pytest.raises(EnvironmentLacks, match="offline switch"):
            transcribe_source(
                store,
                paths,
                source_id,
                engine="openai",
                gate=NetworkGate(offline=True),
                environ={"OPENAI_BASE_URL": service.url, "OPENAI_API_KEY": KEY},
            )
        assert len(service.asked) == 1
    with pytest.raises(EnvironmentLacks, match="No OpenAI key"):
        transcribe_source(store, paths, source_id, engine="openai", environ={})


def test_a_paid_engine_asks_the_budget_before_it_sends_anything(
    store: Store, paths: DataPaths, source_id: str
) -> None:
    def pay(day_usd: float) -> None:
        transcribe_source(
            store,
            paths,
            source_id,
            engine="openai",
            environ={"OPENAI_BASE_URL": service.url, "OPENAI_API_KEY": KEY},
            ledger=Ledger(store.usage, lambda: Budgets(day_usd, 1.0)),
        )

    with loopback_openai() as service:
        answer = transcription("Hello world.", [("Hello", 0.3, 0.6), ("world", 0.6, 1.1)])
        service.usual = ok(answer | {"usage": {"type": "duration", "seconds": 30}})
        with pytest.raises(OverBudget, match="of today's budget is left"):
            pay(0.0)
        assert (service.asked, store.usage.list()) == ([], [])
        pay(1.0)
    (call,) = store.usage.list()
    assert (call.provider, call.model, call.units, call.note) == (
        "openai",
        "whisper-1",
        {"minute": 0.5},
        "Talk",
    )
    assert call.cost_usd == pytest.approx(0.003)


def test_transcribing_again_can_be_undone_but_not_the_first_time(
    store: Store, paths: DataPaths, source_id: str, tmp_path: Path
) -> None:
    first = transcribe_source(store, paths, source_id, environ={})
    subtitles = tmp_path / "talk.srt"
    subtitles.write_text("1\n00:00:01,000 --> 00:00:02,000\nSomething else.\n", encoding="utf-8")
    import_subtitles(store, source_id, subtitles)
    assert store.undo("proj_1") == "Import subtitles"
    assert store.transcript(source_id) == first
    assert store.undo("proj_1") != "Transcribe"


def test_subtitles_become_the_transcript(
    store: Store, paths: DataPaths, source_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "talk.en.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:03,000\nHello there. How\n\n2\n00:00:03,500 --> 00:00:05,000\nare you?\n\n"
        "3\n00:10:00,000 --> 00:10:05,000\nAfter the end.\n",
        encoding="utf-8",
    )
    made = import_subtitles(store, source_id, path)
    assert [made.text_of(sentence) for sentence in made.sentences] == ["Hello there.", "How are you?"]
    assert (made.engine, made.language) == ("subtitles", "en")
    assert store.transcript(source_id) == made
    path.write_text("1\n00:10:00,000 --> 00:10:05,000\nAfter the end.\n", encoding="utf-8")
    with pytest.raises(BadInput, match="does not fit the recording"):
        import_subtitles(store, source_id, path)
    assert store.transcript(source_id) == made


def test_progress_names_the_recogniser_and_tells_how_fast_it_is() -> None:
    now, told = [0.0], list[ProgressEvent]()
    reporter = _Reporter("Whisper (base)", Time.from_seconds(170), Time(0), told.append, lambda: now[0])
    reporter(ProgressEvent("", 0.001))
    now[0] = 7.0
    reporter.heard = "and nobody tells you"
    reporter(ProgressEvent("", 28 / 170))
    assert told[0].message == "Whisper (base)  ·  0:00 of 2:50"
    assert told[0].time_left_s == UNKNOWN_S  # nothing is measured yet
    assert told[1].message == "Whisper (base)  ·  0:28 of 2:50  ·  4.0 times real time"
    assert told[1].heard == "and nobody tells you"
    assert told[1].time_left_s == pytest.approx(35.5)
