"""Words, lines and faces follow all parts, whatever recording they are from."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from support import stored
from support.edited import a_transcript, s, span

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.footage import Footage
from viralclip_desktop.compose.in_play import clip_words
from viralclip_desktop.domain.clip import Part
from viralclip_desktop.domain.edits import parts
from viralclip_desktop.domain.faces import Face, FacesSeen
from viralclip_desktop.domain.translation import TranslatedLine, Translation
from viralclip_desktop.features.captions import caption_styles

STYLE = replace(caption_styles()["karaoke"], keep_off_faces=True)
ONE = a_transcript("zero one two three four five six seven eight nine")
OTHER = a_transcript("null eins zwei drei vier")
HEAD = Face(0.4, 0.2, 0.6, 0.5)


def clip(*played: Part) -> object:
    return replace(stored.clip(), parts=played)


def home(start_s: float, end_s: float, speed: Fraction = Fraction(1)) -> Part:
    return Part("asset_1", span(start_s, end_s), speed)


def other(start_s: float, end_s: float) -> Part:
    return Part("asset_2", span(start_s, end_s))


def test_words_lines_and_faces_of_two_recordings() -> None:
    played = replace(stored.clip(), parts=(home(1, 3), parts.card("x", s(1)), other(2, 4), home(5, 6)))
    lines = Translation("t", "src_2", "de", (TranslatedLine(span(2, 3), "two"),))
    looks = (FacesSeen(s(2.5), (HEAD,)),)
    footage = Footage(stored.source("src_2"), OTHER, lines, looks)
    plan = plan_clip(stored.source(), ONE, played, STYLE, others=[footage])
    assert [(word.text, round(word.start.seconds, 2)) for word in plan.words] == [
        ("one", 0), ("two", 1), ("zwei", 3), ("drei", 4), ("five", 5),
    ]  # fmt: skip
    assert [(line.text, round(line.range.start.seconds, 1)) for line in plan.second_lines] == [("two", 3.0)]
    seen = [(round(look.at.seconds, 1), len(look.faces)) for look in plan.faces]
    assert (3.5, 1) in seen
    assert (0.0, 0) in seen, "nobody was looked for there"
    assert (2.0, 0) in seen, "a card shows nobody"
    assert (5.0, 0) in seen


def test_words_of_a_faster_part_come_faster() -> None:
    played = replace(stored.clip(), parts=(home(2, 4, Fraction(2)), home(6, 7)))
    plan = plan_clip(stored.source(), ONE, played, STYLE)
    found = [(word.text, round(word.start.seconds, 1), round(word.end.seconds, 1)) for word in plan.words]
    assert found == [("two", 0, 0.3), ("three", 0.5, 0.8), ("six", 1, 1.6)]


def test_what_plays_twice_is_said_twice() -> None:
    played = replace(stored.clip(), parts=(home(2, 4), home(2, 4)))
    plan = plan_clip(stored.source(), ONE, played, STYLE)
    assert [word.text for word in plan.words] == ["two", "three", "two", "three"]
    assert [word.text for word in clip_words(ONE, span(2, 4), span(2, 4))] == ["two", "three"] * 2


def test_a_clip_without_any_recording_has_no_words() -> None:
    played = replace(stored.clip(), source_id="", asset_id="", parts=(parts.card("Hello", s(2)),))
    plan = plan_clip(None, None, played, STYLE)
    assert (plan.words, plan.style, plan.has_sound) == ((), None, False)
    assert plan.duration == s(2)
    assert played.hull is None
