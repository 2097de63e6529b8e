"""A cold open: the strongest line comes first, and stays in its place."""

from __future__ import annotations

from dataclasses import replace

from support import stored
from support.edited import s, span

from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.clip import Clip, Part
from viralclip_desktop.domain.layers import Element, ProgressLayer, TitleLayer
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.finish import row_of
from viralclip_desktop.features.finish.cold_open import strength, strongest
from viralclip_desktop.features.finish.scene import Line, Palette, Scene, Wanted

ROW = row_of(Element.COLD_OPEN)


def line(text: str, start_s: float, end_s: float) -> Line:
    words = text.split()
    step = (end_s - start_s) / len(words)
    timed = (Word(one, s(start_s + step * at), s(start_s + step * (at + 1))) for at, one in enumerate(words))
    return Line("asset_1", span(start_s, end_s), tuple(timed))


DULL = line("And then it was like that again.", 8, 11)
STRONG = line("I lost everything because nobody checked the numbers.", 12, 15)
EARLY = line("Nobody dies from a terrible mistake.", 1, 4)
LONG = line("Nobody ever dies from one terrible mistake in a hospital.", 16, 21)
CUT = line("Everybody loves the worst disaster.", 23, 26)
LINES = (EARLY, DULL, STRONG, LONG, CUT)


def a_clip() -> Clip:
    played = (Part("asset_1", span(0, 24)), Part("asset_1", span(25, 30)))
    layers = (TitleLayer("t", "Hook", span(13, 14)), ProgressLayer("p", span(0, 29)))
    return replace(stored.clip(), parts=played, layers=layers)


def opened(clip: Clip, *lines: Line) -> Clip:
    scene = Scene(None, (), Palette(), language="en", lines=lines)  # type: ignore[arg-type]
    return ROW.laid(clip, scene, Wanted())


def test_it_is_whole_short_later_in_the_clip_and_says_something() -> None:
    assert strongest(a_clip(), LINES, "en") == STRONG
    assert strongest(a_clip(), (EARLY, LONG, CUT), "en") is None
    assert strength(DULL, "en") < 0 < strength(STRONG, "en")


def test_the_line_plays_first_and_again_in_its_place() -> None:
    clip = opened(a_clip(), *LINES)
    assert clip.parts[0] == Part("asset_1", STRONG.range)
    assert clip.parts[1:] == a_clip().parts
    title, bar = clip.layers
    assert title.range == span(16, 17)
    assert (bar.range.start, bar.range.end) == (ZERO, clip.duration)


def test_it_goes_without_a_trace_and_comes_once() -> None:
    clip = opened(a_clip(), *LINES)
    assert ROW.has(clip, ROW.id)
    assert ROW.remove(clip, ROW.id) == a_clip()
    assert opened(clip, *LINES) == clip
    assert not ROW.has(a_clip(), ROW.id)


def test_without_such_a_line_nothing_changes() -> None:
    assert opened(a_clip(), DULL, EARLY) == a_clip()
