"""The look of a clip's captions, and its words as a transcript of their own."""

from __future__ import annotations

from dataclasses import replace

from support import stored

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.features.captions import caption_styles, choose_style, clip_transcript, look_of

STYLES = caption_styles()


def _clip(**values: object) -> Clip:
    clip = replace(stored.clip(), parts=stored.ranges((2, 8)))
    return replace(clip, **values)  # type: ignore[arg-type]


def _transcript() -> Transcript:
    words = tuple(Word(f"w{n}", Time.from_seconds(n), Time.from_seconds(n + 0.8)) for n in range(10))
    return Transcript("whisper", "en", words, (Sentence(0, 3), Sentence(3, 6), Sentence(6, 10)))


def test_a_look_of_its_own_wins_over_the_style_and_the_default_fills_a_gap() -> None:
    own = replace(STYLES["pop"], size=0.2)
    assert look_of(_clip(caption_style="neon"), STYLES.values()) == STYLES["neon"]
    assert look_of(_clip(caption_override=own), STYLES.values()) == own
    assert look_of(_clip(caption_style="gone"), STYLES.values()) == STYLES["karaoke"]
    chosen = choose_style(_clip(caption_override=own), "duo")
    assert (chosen.caption_style, chosen.caption_override) == ("duo", None)


def test_a_clips_words_are_in_clip_time_without_what_was_cut() -> None:
    clip = _clip(parts=stored.ranges((2, 4), (6, 8)))
    found = clip_transcript(_transcript(), clip)
    assert [word.text for word in found.words] == ["w2", "w3", "w6", "w7"]
    assert [word.start.seconds for word in found.words] == [0, 1, 2, 3]
    assert [found.text_of(sentence) for sentence in found.sentences] == ["w2", "w3", "w6 w7"]


def test_without_words_there_is_nothing() -> None:
    found = clip_transcript(_transcript(), _clip(parts=stored.ranges((20, 30))))
    assert (found.words, found.sentences) == ((), ())
