"""A few typed words as wishes for the composer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.features.music.prompt import Understood, understood


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (
            "Calm lo-fi, slow, 30 s, without drums",
            Understood("lo-fi", "calm", 63.0, duration_s=30.0, without=("drums",)),
        ),
        ("epic film trailer, 1 min 30 sec, in A minor", Understood("cinematic", None, None, 9, "min", 90.0)),
        ("not sad, 128 bpm techno loop", Understood("upbeat-electronic", tempo=128.0, loops=True)),
        ("a quick F#m trap", Understood("urban-trap", None, 164.0, 6, "min")),
        ("something for a sport video", Understood("upbeat-electronic", "energetic")),
        (
            "musik sedih, piano, tanpa bass, 45 detik",
            Understood("sad-piano", "sad", duration_s=45.0, without=("bass",)),
        ),
        ("เพลงเศร้าช้า ไม่มีกลอง", Understood("sad-piano", "sad", 55.0, without=("drums",))),
        ("80s synth", Understood("upbeat-electronic")),
        ("rocket science about carpets", Understood()),
        ("", Understood()),
    ],
)  # fmt: skip
def test_words_are_understood_in_three_languages(typed: str, found: Understood) -> None:
    assert understood(typed) == found


def test_what_cannot_be_is_held_within_what_can() -> None:
    assert understood("900 bpm, 9000 s").tempo == 200.0
    assert understood("900 bpm, 9000 s").duration_s == 600.0
    assert understood("1 s").duration_s == 3.0


@given(st.text(max_size=200))
def test_any_text_is_taken(typed: str) -> None:
    found = understood(typed)
    assert found.tempo is None or 50 <= found.tempo <= 200
    assert found.duration_s is None or 3 <= found.duration_s <= 600
