"""How good a found clip is, as the window says it: in a word, with the best reason."""

from __future__ import annotations

from support.shown import says, words_on

from viralclip_desktop.core.time import Time
from viralclip_desktop.features import editing
from viralclip_desktop.gui.moments.standing_words import standing_words
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


def test_a_clip_cut_by_hand_has_no_standing(qtbot, clips_window) -> None:
    session, reasons = clips_window.session, clips_window.clips_page.inspector.reasons
    before = {clip.id for clip in session.clips}
    clips_window.actions_by_id["new_clip"].trigger()
    qtbot.waitUntil(lambda: len(session.clips) > len(before))
    session.select(next(clip.id for clip in session.clips if clip.id not in before))
    assert not {"High", "Good", "Fair"} & set(words_on(reasons))
