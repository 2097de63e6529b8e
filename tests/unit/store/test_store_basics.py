"""What is put is what is read, on every path."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.core.errors import MutationOutsideTransaction, NotFound
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.core.messages import Message, say
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.captions import CaptionAnimation, CaptionStyle
from viralclip_desktop.domain.exports import ExportResult, ExportSettings, WorkState
from viralclip_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as store:
        yield store


def test_everything_comes_back_as_it_was_put(store: Store, tmp_path: Path) -> None:
    stored.fill(store)
    store.close()
    again = stored.new_store(tmp_path)
    assert again.projects() == [stored.project()]
    assert again.project("proj_1") == stored.project()
    assert again.sources() == again.sources("proj_1") == [stored.source()]
    assert again.source("src_1") == stored.source()
    assert again.transcript("src_1") == stored.transcript("Why did nobody tell me?", "Now I know.")
    assert again.batches("src_1") == [stored.batch()]
    assert again.clips("src_1") == [stored.clip()]
    assert again.clip("clip_1") == stored.clip()
    assert again.exports() == again.exports("clip_1") == [stored.export()]
    again.close()


def test_a_source_without_picture_or_sound_and_a_clip_made_by_hand(store: Store) -> None:
    info = replace(stored.media_info(), video=None, audio=())
    source = replace(stored.source(info=info), audio_index=None)
    clip = replace(stored.clip(), batch_id="", aspect=Aspect.SQUARE, score=None)
    with store.transaction("Make", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(source)
        tx.put(clip)
    assert store.source("src_1") == source
    assert store.clips("src_1") == [clip]
    assert store.transcript("src_1") is None


def test_a_finished_export_keeps_its_measurements(store: Store) -> None:
    stored.fill(store)
    settings = ExportSettings(Resolution.P2160, Aspect.WIDE, Fraction(60000, 1001), "/films/out", "libx264")
    remark = say("{what} from {start} to {end}.", what=say("There is no sound"), start=Time(0), end=Time(7))
    result = ExportResult(
        3840, 2160, Fraction(60000, 1001), 26.25, -14.02, None, 9_999_999_999, "libx264", (remark, "Plain.")
    )
    done = stored.export(settings=settings, result=result, status=WorkState.COMPLETED, job_id="job_1")
    with store.transaction("Export", "proj_1") as tx:
        tx.put(done)
    assert store.export("exp_1") == done
    found = store.export("exp_1").result
    assert found is not None
    kept = found.remarks[0]
    assert isinstance(kept, Message)
    assert kept.values["end"] == Time(7), "put into words where it is read"


def test_user_caption_styles(store: Store) -> None:
    style = CaptionStyle("mine", "Mine", "Inter", 0.05, "#FFFFFF", "#FFD400", CaptionAnimation.BOX)
    with store.transaction("Save style") as tx:
        tx.put(style)
    assert store.caption_styles() == [style]
    assert store.undo("") == "Save style"
    assert store.caption_styles() == []


def test_missing_things_are_told(store: Store) -> None:
    for ask in (store.project, store.source, store.clip, store.export, store.batch, store.jobs.get):
        with pytest.raises(NotFound, match="nowhere"):
            ask("nowhere")
    assert store.clips("nowhere") == []
    with pytest.raises(NotFound), store.transaction("Delete") as tx:
        tx.delete("clip", "nowhere")


def test_what_belongs_to_nothing_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="no longer exists"), store.transaction("Put") as tx:
        tx.put(stored.clip())
    with pytest.raises(NotFound), store.transaction("Put") as tx:
        tx.put_transcript("nowhere", stored.transcript("Hello there."))
    with pytest.raises(TypeError), store.transaction("Put") as tx:
        tx.put("text")


def test_an_error_rolls_everything_back_and_tells_nobody(store: Store) -> None:
    stored.fill(store)
    told: list[object] = []
    store.changes.subscribe(told.append)

    def break_off() -> None:
        with store.transaction("Break", "proj_1") as tx:
            tx.put(replace(stored.clip(), title="Other"))
            tx.delete("source", "src_1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert store.clip("clip_1") == stored.clip()
    assert [entry.label for entry in store.history("proj_1")] == ["Make project"]
    assert told == []


def test_reads_see_own_writes_before_the_commit_and_others_do_not(store: Store) -> None:
    stored.fill(store)
    seen_by_other: list[str] = []
    with store.transaction("Rename", "proj_1") as tx:
        tx.put(replace(stored.clip(), title="Other"))
        assert tx.clip("clip_1").title == store.clip("clip_1").title == "Other"
        assert tx.get("clip", "clip_1").title == "Other"
        reader = threading.Thread(target=lambda: seen_by_other.append(store.clip("clip_1").title))
        reader.start()
        reader.join()
    assert seen_by_other == [stored.clip().title]


def test_a_mutation_outside_a_transaction_is_a_bug(store: Store) -> None:
    with store.transaction("Make") as tx:
        tx.put(stored.project())
        failures: list[BaseException] = []

        def elsewhere() -> None:
            try:
                tx.put(stored.project("proj_2"))
            except MutationOutsideTransaction as error:
                failures.append(error)

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        assert len(failures) == 1
    with pytest.raises(MutationOutsideTransaction):
        tx.put(stored.project("proj_3"))
    with pytest.raises(MutationOutsideTransaction):
        tx.delete("project", "proj_1")
    assert [project.id for project in store.projects()] == ["proj_1"]


def test_nested_transactions_are_one_edit(store: Store) -> None:
    stored.fill(store)
    told: list[object] = []
    store.changes.subscribe(told.append)
    with store.transaction("Tidy up", "proj_1") as tx:
        tx.put(replace(stored.clip(), title="First"))
        with store.transaction("Inner", "proj_1") as inner:
            inner.put(replace(inner.clip("clip_1"), score=1))
        with pytest.raises(ZeroDivisionError):
            _break_off_inside(store)
    assert (store.clip("clip_1").title, store.clip("clip_1").score) == ("First", 1)
    assert [entry.label for entry in store.history("proj_1")] == ["Make project", "Tidy up"]
    assert len(told) == 1


def _break_off_inside(store: Store) -> None:
    with store.transaction("Failing", "proj_1") as inner:
        inner.put(replace(inner.clip("clip_1"), score=2))
        raise ZeroDivisionError


def test_order_of_lists(store: Store) -> None:
    stored.fill(store)
    with store.transaction("Find again", "proj_1") as tx:
        tx.put(stored.batch("batch_2", created_at=9.0))
        tx.put(stored.clip("clip_b", rank=2, batch_id="batch_2"))
        tx.put(stored.clip("clip_c", rank=1, batch_id="batch_2"))
    assert [clip.id for clip in store.clips("src_1")] == ["clip_c", "clip_b", "clip_1"]


def test_an_edit_touches_its_project(tmp_path: Path) -> None:
    clock = stored.Clock(5000.0)
    with stored.new_store(tmp_path, clock) as store:
        with store.transaction("Make", "proj_1") as tx:
            tx.put(stored.project())
            tx.put(stored.project("proj_2", "Newer"))
        assert store.project("proj_1").updated_at == 2.0
        with store.transaction("Import", "proj_1") as tx:
            tx.put(stored.source())
        assert store.project("proj_1").updated_at == 5000.0
        assert [project.id for project in store.projects()] == ["proj_1", "proj_2"]


def test_text_in_every_script_and_file_names_that_are_no_unicode(store: Store) -> None:
    odd = "/films/\udcff\udcfe é 日本 👩‍🚀 '\"%.mp4"
    source = replace(stored.source(path=odd), title=odd)
    with store.transaction("Make", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(source)
    with store.transaction("Delete", "proj_1") as tx:
        tx.delete("source", "src_1")
    store.undo("proj_1")
    assert store.source("src_1") == source


def test_many_threads_write_and_read(store: Store) -> None:
    stored.fill(store)
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for step in range(5):
                with store.transaction("Add", "proj_1") as tx:
                    tx.put(stored.clip(f"clip_{number}_{step}"))
                store.clips("src_1")
        except Exception as error:  # noqa: BLE001 - handed to the test's thread
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(store.clips("src_1")) == 31
