"""Finding the moments of a stored source: what is stored, and what happens without sound or words."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import stored, talks
from support.spoken import end_s, spoken
from support.tiny_onnx import sentence_model

from viralclip_desktop.core.errors import BadInput, Cancelled, NotFound, UsageError
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.standing import Standing, standing
from viralclip_desktop.domain.transcript import Sentence, Transcript
from viralclip_desktop.features import editing
from viralclip_desktop.features.moments import FindOptions, find_clips
from viralclip_desktop.features.moments.batches import why_fewer
from viralclip_desktop.features.moments.judging import judge_again
from viralclip_desktop.store import Store

TALK = spoken(talks.INTERVIEW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path, tmp_path / "models")


def put(store: Store, transcript: Transcript | None) -> str:
    source = stored.source()
    info = replace(source.info, duration=Time.from_seconds(end_s(TALK)))
    with store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(stored.with_file(source, info=info))
        if transcript is not None:
            tx.put_transcript(source.id, transcript)
    return source.id


def speech_wav(path: Path, transcript: Transcript) -> Path:
    """A buzz wherever a word is, over the noise of a room."""
    rate = 16000
    samples = np.random.default_rng(1).standard_normal(int(end_s(transcript) * rate)) * 0.001
    for word in transcript.words:
        low, high = word.start.samples(rate), word.end.samples(rate)
        samples[low:high] += 0.2 * np.sign(np.sin(2 * np.pi * 130 * np.arange(high - low) / rate))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def test_found_clips_are_stored_as_one_batch_that_can_be_undone(store: Store, paths: DataPaths) -> None:
    source_id = put(store, TALK)
    options = FindOptions(count=5, aspect=Aspect.SQUARE, caption_style="minimal")
    clips = find_clips(store, paths, source_id, options)
    assert [clip.rank for clip in clips] == [1, 2]
    assert {clip.id: clip for clip in store.clips(source_id)} == {clip.id: clip for clip in clips}
    (batch,) = store.batches(source_id)
    assert batch.settings["count"] == 5
    assert {clip.batch_id for clip in clips} == {batch.id}
    assert {(clip.aspect, clip.caption_style) for clip in clips} == {(Aspect.SQUARE, "minimal")}
    assert store.undo("proj_1") == "Find clips"
    assert store.clips(source_id) == []


def test_without_the_recording_the_words_alone_decide(store: Store, paths: DataPaths) -> None:
    clips = find_clips(store, paths, put(store, TALK))
    assert talks.INTERVIEW_STORY in {(clip.quote_first, clip.quote_last) for clip in clips}


def test_the_speech_file_is_listened_to_once(store: Store, paths: DataPaths) -> None:
    source_id = put(store, TALK)
    wav = speech_wav(paths.source_cache(source_id) / "speech.wav", TALK)
    events: list[ProgressEvent] = []
    first = find_clips(store, paths, source_id, progress=events.append)
    wav.unlink()
    again = find_clips(store, paths, source_id)
    assert [clip.range for clip in again] == [clip.range for clip in first]
    fractions = [event.fraction for event in events if event.fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    for clip in first:
        inside = TALK.words_between(clip.range)
        assert 0.1 <= (inside[0].start - clip.range.start).seconds <= 0.25
        assert 0.3 <= (clip.range.end - inside[-1].end).seconds <= 0.5


def test_trouble_is_told_and_nothing_is_stored(store: Store, paths: DataPaths) -> None:
    source_id = put(store, None)
    with pytest.raises(BadInput, match="not been transcribed"):
        find_clips(store, paths, source_id)
    with store.transaction("Transcribe", "proj_1") as tx:
        tx.put_transcript(source_id, Transcript("test", "en", (), ()))
    with pytest.raises(BadInput, match="No speech found"):
        find_clips(store, paths, source_id)
    with pytest.raises(UsageError):
        find_clips(store, paths, source_id, FindOptions(count=0))
    with pytest.raises(NotFound):
        find_clips(store, paths, "src_none")
    assert store.batches(source_id) == []


def test_a_cancelled_search_stores_nothing(store: Store, paths: DataPaths) -> None:
    source_id, cancel = put(store, TALK), CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        find_clips(store, paths, source_id, cancel=cancel)
    assert store.clips(source_id) == []


def test_a_sentence_model_is_asked_for_every_sentence_and_a_damaged_one_is_done_without(
    store: Store, paths: DataPaths
) -> None:
    source_id, folder = put(store, TALK), paths.models / "minilm"
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\n", encoding="utf-8")
    (folder / "model.onnx").write_bytes(b"damaged")
    plain = find_clips(store, paths, source_id)
    assert not (paths.source_cache(source_id) / "meaning.npz").exists()
    sentence_model(folder / "model.onnx", np.random.default_rng(2).standard_normal((6, 384)))
    found = find_clips(store, paths, source_id)
    with np.load(paths.source_cache(source_id) / "meaning.npz") as kept:
        assert kept["rows"].shape[1] == 384
        assert len(kept["names"]) >= 20
    assert found
    assert plain


def test_of_words_that_were_mostly_not_heard_for_sure_a_clip_says_so_with_its_score(
    store: Store, paths: DataPaths
) -> None:
    heard = find_clips(store, paths, put(store, TALK))
    words = tuple(
        replace(word, confidence=0.3 if place % 5 < 2 else 0.9) for place, word in enumerate(TALK.words)
    )
    with store.transaction("Listen again", "proj_1") as tx:
        tx.put_transcript("src_1", replace(TALK, words=words))
    doubted = find_clips(store, paths, "src_1")
    assert [clip.score for clip in doubted] == [clip.score for clip in heard]
    for clip in doubted:
        assert clip.score is not None
        place = 0 if standing(clip.score) is Standing.HIGH else -1
        assert str(clip.reasons[place].text) == "Many of its words were not heard for sure"
    assert not any("heard for sure" in reason.text for clip in heard for reason in clip.reasons)


def test_where_hardly_any_clip_is_found_it_says_why(store: Store, paths: DataPaths) -> None:
    short = spoken("We began it all by ourselves.\nAnd so, after many years, it came to its end.")
    assert len(find_clips(store, paths, put(store, short))) == 1
    assert why_fewer(store.batches("src_1")[-1]).startswith("Only one moment stands by itself in")
    find_clips(store, paths, "src_1", FindOptions(count=1))
    assert not why_fewer(store.batches("src_1")[-1])


def test_a_found_clip_is_judged_by_what_is_left_of_it_and_has_its_score_back_with_its_words(
    store: Store, paths: DataPaths
) -> None:
    clips = find_clips(store, paths, put(store, TALK))
    found = next(clip for clip in clips if len(_sentences(clip)) >= 4)
    assert judge_again(store, paths, found.id) is None, "nothing else is said in it"
    gone = _sentences(found)[2]
    editing.cut_words(store, found.id, range(gone.first, gone.last))
    cut = judge_again(store, paths, found.id)
    assert cut is not None
    assert cut.reasons
    assert TALK.text_of(gone)[:20] not in " ".join(str(reason.text) for reason in cut.reasons)
    assert (cut.quote_first, cut.quote_last) == (found.quote_first, found.quote_last)
    assert judge_again(store, paths, found.id) is None, "that is said of it already"
    editing.restore_all(store, found.id)
    back = judge_again(store, paths, found.id)
    assert back == found
    store.undo("proj_1")
    assert store.clip(found.id) == cut
    store.undo("proj_1")
    assert store.clip(found.id) == found


def _sentences(clip: Clip) -> list[Sentence]:
    return [one for one in TALK.sentences if all(clip.range.contains(at) for at in ends(one))]


def ends(sentence: Sentence) -> tuple[Time, Time]:
    within = TALK.range_of(sentence)
    return within.start, within.end - Time(1)
