"""How good a found clip is, as the window says it: in a word, with the best reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from support.projects import add_project
from support.shown import says, words_on
from support.tight_talk import filler, film_of, pause, say, talk_of

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import parts_of
from viralclip_desktop.domain.transcript import Sentence, Transcript
from viralclip_desktop.features import editing
from viralclip_desktop.gui.common.standing_words import standing_words
from viralclip_desktop.gui.moments.clip_cards import best_words
from viralclip_desktop.gui.text import tr_message


def test_a_clip_stands_in_a_word_with_its_best_reason(qtbot, clips_window) -> None:
    page = clips_window.clips_page
    clip = page.session.clip
    assert str(clip.score) not in words_on(page.inspector.reasons)
    assert "High" in words_on(page.inspector.reasons)
    best, *others = sorted(clip.reasons, key=lambda reason: -reason.strength)
    assert says(page.inspector.reasons, tr_message(best.text))
    assert not says(page.inspector.reasons, tr_message(others[0].text))
    page.inspector.reasons.more.click()
    assert says(page.inspector.reasons, tr_message(others[0].text))
    assert says(page.inspector.reasons, "in this recording")


def test_after_its_ends_were_moved_all_of_it_is_said_anew(qtbot, clips_window) -> None:
    session, reasons = clips_window.session, clips_window.clips_page.inspector.reasons
    found, within = session.clip, session.clip.range
    middle = Time((within.start.ticks + within.end.ticks) // 2)
    session.edit(editing.trim_clip, middle, within.end)
    qtbot.waitUntil(lambda: session.clip.quote_first != found.quote_first)
    now = session.clip
    said = [word.text for word in session.loaded.transcript.words_between(now.range)]
    assert now.quote_first.split() == said[: len(now.quote_first.split())]
    best = max(now.reasons, key=lambda reason: reason.strength)
    assert says(reasons, tr_message(best.text))
    assert not any(says(reasons, tr_message(reason.text)) for reason in found.reasons)
    assert standing_words(now) in words_on(reasons)
    session.undo().wait()
    qtbot.waitUntil(lambda: session.clip.range == found.range)
    assert session.clip == found  # all of it, at once
    session.redo().wait()
    qtbot.waitUntil(lambda: session.clip == now)
    assert [entry.label for entry in clips_window.services.store.history(now.project_id)] == ["Trim clip"]


@pytest.fixture
def whole(qtbot, clips_window):
    """The window on a clip that says all of a talk, as found, and that talk."""
    session, store = clips_window.session, clips_window.services.store
    clip, source = session.clip, session.loaded.source
    last = say_all(store, clip, source, session.loaded.transcript)
    qtbot.waitUntil(lambda: session.clip.quote_last == last)
    return clips_window, session.loaded.transcript


def say_all(store, clip, source, talk) -> str:
    """Let a clip be found with all of a talk in it; its last sentence."""
    first, last = talk.text_of(talk.sentences[0]), talk.text_of(talk.sentences[-1])
    parts = parts_of(clip.asset_id, TimeRange(Time(0), source.info.duration))
    with store.transaction("Find clips", clip.project_id, undoable=False) as tx:
        tx.put_transcript(source.id, talk)
        tx.put(replace(clip, parts=parts, quote_first=first, quote_last=last))
    return last


def test_after_words_were_cut_inside_it_all_of_it_is_said_anew(qtbot, whole) -> None:
    window, talk = whole
    session, reasons, store = window.session, window.clips_page.inspector.reasons, window.services.store
    found, third, last = session.clip, talk.sentences[2], talk.sentences[-1]
    session.edit(editing.cut_words, range(third.first, third.last))
    qtbot.waitUntil(lambda: session.clip.reasons != found.reasons)
    once = session.clip
    best = max(once.reasons, key=lambda reason: reason.strength)
    assert says(reasons, tr_message(best.text))
    told = " ".join(tr_message(reason.text) for reason in once.reasons)
    assert "three thousand dollars" not in told, "nothing is said of what was cut"
    assert once.quote_first == found.quote_first
    session.edit(editing.cut_words, range(last.first + 2, last.last - 3))
    qtbot.waitUntil(lambda: session.clip.quote_last != found.quote_last)
    assert session.clip.quote_last == "Ask who what it says."

    session.undo().wait()
    qtbot.waitUntil(lambda: session.clip == once)  # all of it, at once
    session.edit(editing.restore_all)
    qtbot.waitUntil(lambda: session.clip.reasons == found.reasons)
    assert (session.clip.score, session.clip.quote_last) == (found.score, found.quote_last)
    session.undo().wait()
    session.undo().wait()
    qtbot.waitUntil(lambda: session.clip == found)
    session.redo().wait()
    qtbot.waitUntil(lambda: session.clip == once)
    assert len(store.history(found.project_id)) == 2, "being judged is a part of each edit"


def test_what_was_tightened_is_judged_by_what_is_left(qtbot, services, open_window, tmp_path) -> None:
    items = [say("This is how it began."), pause(1.8), say("We were"), pause(0.2), filler("um"), pause(0.2)]
    heard = talk_of([*items, say("three people in a room.")], tmp_path)
    source = add_project(services, film_of(heard, tmp_path / "talk.mov"), clips=1)
    words, (clip,) = heard.heard_by(), services.store.clips(source.id)
    ends = [place for place, word in enumerate(words, 1) if word.text.endswith(".")]
    sentences = tuple(Sentence(first, last) for first, last in pairwise([0, *ends]))
    say_all(services.store, clip, source, Transcript("test", "en", tuple(words), sentences))
    window = open_window()
    window.navigation.open_source(source.id)
    qtbot.waitUntil(lambda: window.session.clip is not None and window.player.current)
    found = window.session.clip
    assert "um" in found.quote_last
    window.actions_by_id["tighten_clip"].trigger()
    qtbot.waitUntil(lambda: window.session.clip.quote_last == "We were three people in a room.")
    assert window.session.clip.tightened
    window.session.undo().wait()
    qtbot.waitUntil(lambda: window.session.clip == found)


def test_a_clip_of_doubtful_words_is_never_high_and_says_why(qtbot, whole) -> None:
    window, talk = whole
    session, reasons, store = window.session, window.clips_page.inspector.reasons, window.services.store
    found = session.clip
    assert "High" in words_on(reasons)
    words = tuple(
        replace(word, confidence=0.4) if place % 2 else word for place, word in enumerate(talk.words)
    )
    with store.transaction("Listen again", found.project_id, undoable=False) as tx:
        tx.put_transcript(session.source_id, replace(talk, words=words))
    qtbot.waitUntil(lambda: says(reasons, "Many of its words were not heard for sure"))
    assert "High" not in words_on(reasons)
    assert "Good" in words_on(reasons)
    assert session.clip.score == found.score
    assert session.clip.reasons[1:] == found.reasons
    card = window.clips_page.cards.model().index(0, 0)
    assert "Good" in card.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not heard for sure" in card.data(Qt.ItemDataRole.ToolTipRole)

    within = range(talk.sentences[1].first, talk.sentences[-1].first)
    correct = {place: words[place].text.upper() for place in within if place % 2}
    session.do(editing.correct_words, session.source_id, correct)
    qtbot.waitUntil(lambda: "High" in words_on(reasons))
    assert not says(reasons, "not heard for sure")


def test_card_inspector_and_review_say_the_same_of_a_doubtful_clip(qtbot, whole) -> None:
    window, talk = whole
    session, reasons, store = window.session, window.clips_page.inspector.reasons, window.services.store
    found = session.clip
    best = tr_message(found.reasons[0].text)
    words = tuple(replace(word, confidence=0.4) for word in talk.words)
    with store.transaction("Listen again", found.project_id, undoable=False) as tx:
        tx.put_transcript(session.source_id, replace(talk, words=words))
    qtbot.waitUntil(lambda: says(reasons, "Many of its words were not heard for sure"))
    assert says(reasons, best)
    assert not says(reasons, tr_message(found.reasons[1].text))
    clip = session.clip
    assert best_words(clip) == best
    card = window.clips_page.cards.model().index(0, 0)
    assert "Check the words" in card.data(Qt.ItemDataRole.AccessibleTextRole)
    told = card.data(Qt.ItemDataRole.ToolTipRole)
    assert told.index("not heard for sure") > told.index(best)
    window.actions_by_id["review"].trigger()
    page = window.review_page
    qtbot.waitUntil(lambda: page.queue.current == clip.id and page.doubt.isVisible())
    assert page.words["reason"] == best
    assert page.stands.isVisible()
    assert page.stands.text() == standing_words(clip) == "Good"
    assert page.doubt.text() == "Many of its words were not heard for sure"


def test_a_clip_cut_by_hand_has_no_standing(qtbot, clips_window) -> None:
    session, reasons = clips_window.session, clips_window.clips_page.inspector.reasons
    before = {clip.id for clip in session.clips}
    clips_window.actions_by_id["new_clip"].trigger()
    qtbot.waitUntil(lambda: len(session.clips) > len(before))
    session.select(next(clip.id for clip in session.clips if clip.id not in before))
    assert not {"High", "Good", "Fair"} & set(words_on(reasons))


def test_a_clip_of_ones_own_offers_no_more_reasons(qtbot, services, recording, open_window) -> None:
    source = add_project(services, recording)
    best = min(services.store.clips(source.id), key=lambda clip: clip.rank)
    with services.store.transaction("Set up", source.project_id, undoable=False) as tx:
        tx.put(replace(best, reasons=(), score=None))
    window = open_window()
    window.navigation.open_source(source.id)
    qtbot.waitUntil(lambda: window.session.clip is not None)
    reasons, session = window.clips_page.inspector.reasons, window.session
    seen = []
    for clip in (*session.clips, *session.clips):
        session.select(clip.id)
        seen.append((len(clip.reasons) > 1, reasons.more.isVisible()))
    assert {there for there, _shown in seen} == {True, False}
    assert all(there == shown for there, shown in seen), seen
