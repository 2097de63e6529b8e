"""File names people can read, on every system."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.core.file_names import free_path
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.features.exporting.naming import LONGEST_NAME, readable_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Title of the clip", "01 Title of the clip (9x16).mp4"),
        ('Why? Because: 50% <off> / "now" | *', "01 Why Because - 50% off now (9x16).mp4"),
        ("Dots at the end...", "01 Dots at the end (9x16).mp4"),
        ("Smile 😀 ไทย 日本語 عربي", "01 Smile 😀 ไทย 日本語 عربي (9x16).mp4"),
        ("tab\tand\nline\x00 \u2028 end", "01 tab and line end (9x16).mp4"),
        ("///", "01 Clip (9x16).mp4"),
        ("", "01 Clip (9x16).mp4"),
        ("e\u0301tude", "01 étude (9x16).mp4"),
    ],
)
def test_names(title: str, name: str) -> None:
    assert readable_name(1, title, Aspect.VERTICAL) == name


def test_long_titles_end_at_a_word() -> None:
    name = readable_name(12, "word " * 60, Aspect.WIDE)
    assert len(name) <= LONGEST_NAME
    assert name.startswith("12 word word")
    assert name.endswith(" word (16x9).mp4")


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧‍👦", "🇮🇩", "ก้", "é"])
def test_no_character_is_cut_in_two(cluster: str) -> None:
    kept = readable_name(1, cluster * 100, Aspect.SQUARE).removeprefix("01 ").removesuffix(" (1x1).mp4")
    assert kept
    assert len(kept.encode()) <= 200
    if cluster != "🇮🇩":  # flags are pairs of letters: half a pair is a letter, not rubbish
        assert kept == kept[: len(kept) // len(cluster) * len(cluster)] or kept == "é" * len(kept)


@given(st.text(max_size=300), st.integers(0, 999), st.sampled_from(list(Aspect)), st.integers(1, 50))
def test_any_title_gives_a_name_every_file_system_takes(
    title: str, rank: int, aspect: Aspect, number: int
) -> None:
    name = readable_name(rank, title, aspect, number)
    assert len(name) <= LONGEST_NAME
    assert len((name + ".partial").encode("utf-8")) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(character) >= 32 for character in name)
    assert name == name.strip()
    assert not name.removesuffix(".mp4").endswith((" ", "."))


def test_taken_names_get_a_number() -> None:
    taken = {"a 1", "a 2"}
    found = free_path(lambda number: f"a {number}", Path("x"), lambda path: path.name in taken)
    assert found == Path("x", "a 3")
