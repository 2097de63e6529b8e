"""Clips of a recording that is still being listened to: stored, edited, settled, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.planted import long_talk
from support.real_talks import real_talk
from support.spoken import end_s

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.so_far import clips_so_far, hold_clip, provisional_clips
from viralclip_desktop.features.moments import FindOptions, find_clips
from viralclip_desktop.features.moments.so_far import Heard, find_clips_so_far
from viralclip_desktop.features.transcription.transcribing import put_transcript
from viralclip_desktop.store import Store

TALK = long_talk(5)
OPTIONS = FindOptions(count=6, min_length_s=12.0, max_length_s=60.0)
FIRST_S, SECOND_S = 620.0, 1230.0


def put_recording(store: Store, talk: Transcript) -> None:
    """A recording that nobody has listened to."""
    source = stored.source()
    info = replace(source.info, duration=Time.from_seconds(end_s(talk)))
    with store.transaction("Import", "proj_1", undoable=False) as tx:
        tx.put(stored.project())
        tx.put(stored.with_file(source, info=info))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as opened:
        put_recording(opened, TALK)
        yield opened


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path, tmp_path / "models")


def listen(store: Store, paths: DataPaths, until_s: float, talk: Transcript = TALK) -> list[Clip]:
    heard = Heard("src_1", talk, Time.from_seconds(until_s))
    return find_clips_so_far(store, paths, heard, OPTIONS, CancelToken())


def settle(store: Store, paths: DataPaths, talk: Transcript = TALK) -> list[Clip]:
    put_transcript(store, store.source("src_1"), talk, "Transcribe")
    return find_clips(store, paths, "src_1", OPTIONS)


def shown(clips: list[Clip]) -> list[tuple[object, ...]]:
    return [(clip.rank, clip.range, clip.score, clip.title, clip.reasons) for clip in clips]


def labels(store: Store) -> list[str]:
    return [entry.label for entry in store.history("proj_1") if not entry.undone]


@pytest.fixture
def uninterrupted(tmp_path: Path, paths: DataPaths) -> list[tuple[object, ...]]:
    """What one run over the whole recording finds."""
    return in_one_run(tmp_path, paths, TALK)


def in_one_run(folder: Path, paths: DataPaths, talk: Transcript) -> list[tuple[object, ...]]:
    with stored.new_store(folder / "other") as store:
        put_recording(store, talk)
        return shown(settle(store, paths, talk))


def test_too_little_heard_stores_nothing(store: Store, paths: DataPaths) -> None:
    assert listen(store, paths, 500.0) == []
    assert store.transcript("src_1") is None
    assert clips_so_far(store, "src_1") is None


def test_the_first_clips_stand_with_their_words_and_leave_no_history(store: Store, paths: DataPaths) -> None:
    clips = listen(store, paths, FIRST_S)
    assert store.clips("src_1") == clips
    assert provisional_clips(store, "src_1") == {clip.id for clip in clips}
    words = store.transcript("src_1").words
    assert all(clip.range.end.seconds < FIRST_S for clip in clips)
    assert max(clip.range.end.seconds for clip in clips) < words[-1].end.seconds + 2
    assert store.history("proj_1") == []


def test_settled_is_what_one_uninterrupted_run_finds(
    store: Store, paths: DataPaths, uninterrupted: list[tuple[object, ...]]
) -> None:
    listen(store, paths, FIRST_S)
    listen(store, paths, SECOND_S)
    settled = settle(store, paths)
    assert shown(settled) == uninterrupted
    assert store.clips("src_1") == settled
    assert store.transcript("src_1") == TALK
    assert clips_so_far(store, "src_1") is None
    assert provisional_clips(store, "src_1") == frozenset()
    assert len(store.batches("src_1")) == 1
    assert labels(store) == ["Find clips"]


@pytest.mark.parametrize("name", ["ama-en", "talk-de", "lesson-th"])
def test_so_it_is_with_real_talks(name: str, tmp_path: Path, paths: DataPaths) -> None:
    talk = real_talk(name)
    with stored.new_store(tmp_path / "one") as store:
        put_recording(store, talk)
        early = [listen(store, paths, until_s, talk) for until_s in (620.0, 1230.0, 1850.0)]
        assert all(early)
        settled = settle(store, paths, talk)
        assert store.clips("src_1") == settled
    assert shown(settled) == in_one_run(tmp_path, paths, talk)


def test_a_clip_that_still_shows_the_same_keeps_its_id(store: Store, paths: DataPaths) -> None:
    first = {clip.range: clip.id for clip in listen(store, paths, FIRST_S)}
    second = {clip.range: clip.id for clip in listen(store, paths, SECOND_S)}
    settled = {clip.range: clip.id for clip in settle(store, paths)}
    same = first.keys() & second.keys()
    assert same, "the talk should have a moment that stays good"
    assert all(first[within] == second[within] for within in same)
    assert all(second[within] == settled[within] for within in second.keys() & settled.keys())


def test_undo_takes_the_settled_away_and_nothing_provisional_comes_back(
    store: Store, paths: DataPaths
) -> None:
    listen(store, paths, FIRST_S)
    settled = settle(store, paths)
    assert store.undo("proj_1") == "Find clips"
    assert store.clips("src_1") == []
    assert store.undo("proj_1") is None
    assert store.redo("proj_1") == "Find clips"
    assert store.clips("src_1") == settled
    assert provisional_clips(store, "src_1") == frozenset()


def test_an_edited_clip_is_the_users_and_stays(store: Store, paths: DataPaths) -> None:
    mine = editing.rename_clip(store, listen(store, paths, FIRST_S)[1].id, "Mine")
    assert mine.id not in provisional_clips(store, "src_1")
    listen(store, paths, SECOND_S)
    settled = settle(store, paths)
    (kept,) = [clip for clip in settled if clip.id == mine.id]
    assert (kept.title, kept.range) == ("Mine", mine.range)
    assert [clip.rank for clip in settled] == list(range(1, len(settled) + 1))
    others = [clip for clip in settled if clip.id != mine.id]
    assert not any(overlap(clip, mine) > 0.5 for clip in others)
    assert labels(store) == ["Rename clip", "Find clips"]
    store.undo("proj_1")
    assert [clip.id for clip in store.clips("src_1")] == [mine.id]
    store.undo("proj_1")
    assert store.clip(mine.id).title != "Mine"
    store.redo("proj_1")
    store.redo("proj_1")
    assert {clip.id for clip in store.clips("src_1")} == {clip.id for clip in settled}


def test_an_edit_that_was_undone_can_be_redone_after_more_is_heard(store: Store, paths: DataPaths) -> None:
    mine = editing.rename_clip(store, listen(store, paths, FIRST_S)[0].id, "Mine")
    store.undo("proj_1")
    listen(store, paths, SECOND_S)
    assert store.redo("proj_1") == "Rename clip"
    assert store.clip(mine.id).title == "Mine"


def test_a_moment_the_user_trimmed_away_from_does_not_come_beside_it(store: Store, paths: DataPaths) -> None:
    best = listen(store, paths, FIRST_S)[0]
    middle = best.range.start + Time.from_seconds(best.range.duration.seconds * 0.7)
    editing.trim_clip(store, best.id, middle, best.range.end)
    settled = settle(store, paths)
    assert best.id in {clip.id for clip in settled}
    assert not any(overlap(clip, best) > 0.5 for clip in settled if clip.id != best.id)


def test_a_clip_open_in_the_editor_is_not_taken_away(store: Store, paths: DataPaths) -> None:
    first = listen(store, paths, FIRST_S)
    stays = {clip.id for clip in listen(store, paths, SECOND_S)}
    (gone, *_rest) = [clip for clip in first if clip.id not in stays]
    with stored.new_store(paths.home / "again") as other:
        put_recording(other, TALK)
        clip = next(one for one in listen(other, paths, FIRST_S) if one.range == gone.range)
        hold_clip(other, "src_1", clip.id)
        assert clip.id in {one.id for one in listen(other, paths, SECOND_S)}
        assert clip.id in provisional_clips(other, "src_1"), "looking at it does not make it the user's"
        hold_clip(other, "src_1", "")
        assert clip.id not in {one.id for one in settle(other, paths)}
        assert labels(other) == ["Find clips"]


def test_an_exported_clip_stays(store: Store, paths: DataPaths) -> None:
    clip = listen(store, paths, FIRST_S)[2]
    with store.transaction("Export", "proj_1", undoable=False) as tx:
        tx.put(stored.export(clip_id=clip.id, status=WorkState.COMPLETED))
    listen(store, paths, SECOND_S)
    settle(store, paths)
    assert store.clip(clip.id).range == clip.range
    assert store.exports(clip.id)


def test_a_copy_of_a_clip_stays(store: Store, paths: DataPaths) -> None:
    copy = editing.duplicate_clip(store, listen(store, paths, FIRST_S)[0].id)
    settle(store, paths)
    assert store.clip(copy.id).title == copy.title


def test_a_deleted_clip_does_not_come_back(store: Store, paths: DataPaths) -> None:
    best = listen(store, paths, FIRST_S)[0]
    editing.delete_clips(store, [best.id])
    assert not any(overlap(clip, best) > 0.5 for clip in listen(store, paths, SECOND_S))
    settled = settle(store, paths)
    assert not any(overlap(clip, best) > 0.5 for clip in settled)
    assert [clip.rank for clip in settled] == list(range(1, len(settled) + 1))


def test_only_undo_brings_a_deleted_clip_back_and_then_it_is_the_users(
    store: Store, paths: DataPaths
) -> None:
    best = listen(store, paths, FIRST_S)[0]
    editing.delete_clips(store, [best.id])
    settle(store, paths)
    assert labels(store) == ["Delete clip", "Find clips"]
    assert store.undo("proj_1") == "Find clips"
    assert store.clips("src_1") == []
    assert store.undo("proj_1") == "Delete clip", "the ranks of clips that are gone are no part of it"
    assert [clip.id for clip in store.clips("src_1")] == [best.id]
    assert provisional_clips(store, "src_1") == frozenset()


def test_undoing_a_deletion_while_it_listens(store: Store, paths: DataPaths) -> None:
    best = listen(store, paths, FIRST_S)[0]
    editing.delete_clips(store, [best.id])
    listen(store, paths, SECOND_S)
    assert store.undo("proj_1") == "Delete clip"
    assert store.clip(best.id).range == best.range
    assert best.id not in provisional_clips(store, "src_1")
    assert best.id in {clip.id for clip in settle(store, paths)}


def test_a_deletion_alone_does_not_make_the_others_the_users(store: Store, paths: DataPaths) -> None:
    clips = listen(store, paths, FIRST_S)
    editing.delete_clips(store, [clips[0].id])
    assert provisional_clips(store, "src_1") == {clip.id for clip in clips[1:]}


def test_corrected_words_stay_and_can_be_undone_later(store: Store, paths: DataPaths) -> None:
    listen(store, paths, FIRST_S)
    said = store.transcript("src_1").words[5].text
    editing.correct_word(store, "src_1", 5, "Numbers")
    listen(store, paths, SECOND_S)
    assert store.transcript("src_1").words[5].text == "Numbers"
    settle(store, paths)
    whole = store.transcript("src_1")
    assert whole.words[5].text == "Numbers"
    assert [word.text for word in whole.words[6:]] == [word.text for word in TALK.words[6:]]
    assert whole.sentences == TALK.sentences
    store.undo("proj_1")
    assert store.undo("proj_1") == "Correct word"
    assert store.transcript("src_1").words[5].text == said
    store.redo("proj_1")
    assert store.transcript("src_1").words[5].text == "Numbers"


def test_a_store_opened_anew_goes_on(store: Store, paths: DataPaths, uninterrupted: list[object]) -> None:
    listen(store, paths, FIRST_S)
    store.close()
    assert provisional_clips(store, "src_1")
    assert shown(settle(store, paths)) == uninterrupted


def overlap(one: Clip, other: Clip) -> float:
    """Shared time over joint time."""
    shared = min(one.range.end, other.range.end).ticks - max(one.range.start, other.range.start).ticks
    joint = max(one.range.end, other.range.end).ticks - min(one.range.start, other.range.start).ticks
    return max(0, shared) / joint
