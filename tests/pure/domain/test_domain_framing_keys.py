"""Crop keys: in order, one at a moment, held inside the picture."""

from support.edited import a_clip, s

from viralclip_desktop.domain.clip import Easing, FrameKey
from viralclip_desktop.domain.edits import framing_keys


def test_keys_come_in_order_and_inside_the_picture() -> None:
    clip = framing_keys.put(a_clip(), FrameKey(s(30), 1.5, -1, 99, Easing.LINEAR))
    clip = framing_keys.put(clip, FrameKey(s(2), zoom=0.2))
    assert clip.frame_keys == (FrameKey(s(10)), FrameKey(s(30), 1.0, 0.0, 8.0, Easing.LINEAR))


def test_the_later_word_counts_at_the_same_moment() -> None:
    clip = framing_keys.put(a_clip(), FrameKey(s(20), 0.1))
    assert framing_keys.put(clip, FrameKey(s(20.005), 0.9)).frame_keys == (FrameKey(s(20.005), 0.9),)


def test_moving_removing_and_clearing() -> None:
    clip = framing_keys.put(framing_keys.put(a_clip(), FrameKey(s(20), 0.1)), FrameKey(s(25), 0.9))
    assert framing_keys.move(clip, s(20), s(30)).frame_keys == (FrameKey(s(25), 0.9), FrameKey(s(30), 0.1))
    assert framing_keys.move(clip, s(20), s(25)).frame_keys == (FrameKey(s(25), 0.1),)
    assert framing_keys.move(clip, s(21), s(25)) == framing_keys.remove(clip, s(21)) == clip
    assert framing_keys.remove(clip, s(25)).frame_keys == (FrameKey(s(20), 0.1),)
    assert framing_keys.clear(clip) == a_clip()
