"""Words in another language: the window's own, and sentences that come from below with values in them."""

from __future__ import annotations

import pytest

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.text import (
    decimal,
    duration,
    plural,
    tr,
    tr_fault,
    tr_told,
    use_catalogue,
)

WINDOW = {"{n} clip": "{n} klip", "{n} clips": "{n} klip", "Export": "Ekspor"}
TOLD = {
    "{name} is empty (0 bytes).": "{name} kosong (0 byte).",
    "The {what} of {name} cannot be decoded.": "{name}: {what} tidak terbaca.",
    "Delete {name}": "Hapus {name}",
    "Delete {wanted} clips": "Hapus {wanted} klip",
    "Opens with a number: “{}”": "Dibuka dengan angka: “{}”",
    "Ends on a lesson": "Berakhir dengan pelajaran",
    "Something went wrong: {error}": "Kesalahan: {error}",
    "The disk is full.": "Disk penuh.",
    "{name} lasts {old}.": "{name} selama {old}.",
    "{free} of {free2} MB": "{free2} MB, {free} kosong",
    "May hold {rank}.": "Boleh berisi {rank}.",
    "sound": "suara",
    "s": "dtk",
    "min": "mnt",
    "h": "j",
}


@pytest.fixture(autouse=True)
def indonesian():
    use_catalogue(WINDOW, TOLD, {"decimal": ",", "group": "."})
    yield
    use_catalogue({})


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("notes.mp4 is empty (0 bytes).", "notes.mp4 kosong (0 byte)."),
        ("The sound of talk.mp4 cannot be decoded.", "talk.mp4: suara tidak terbaca."),
        ("Delete 3 clips", "Hapus 3 klip"),
        ("Delete My talk", "Hapus My talk"),
        ("Opens with a number: “three {n} dollars”", "Dibuka dengan angka: “three {n} dollars”"),
        ("Ends on a lesson: “Ask who”", "Berakhir dengan pelajaran: “Ask who”"),
        ("Something went wrong: The disk is full.", "Kesalahan: Disk penuh."),
        ("talk.mp4 lasts 1 min 20 s.", "talk.mp4 selama 1 mnt 20 dtk."),
        ("3 of 7 MB", "7 MB, 3 kosong"),
        ("May hold {rank}.", "Boleh berisi {rank}."),
    ],
)
def test_a_sentence_from_below_is_found_again_with_its_values(english, said) -> None:
    assert tr_told(english) == said


@pytest.mark.parametrize("text", ["", "Nobody knows this.", "{", "a {b} c {", "Clip: 3", "%s \\ (.+?) 100 %"])
def test_what_is_not_known_is_shown_as_it_is(text) -> None:
    assert tr_told(text) == text


def test_names_of_the_users_are_never_translated() -> None:
    assert tr_told("Delete Export") == "Hapus Export"
    assert tr_told("sound is empty (0 bytes).") == "sound kosong (0 byte)."


def test_numbers_lengths_and_plurals_follow_the_language() -> None:
    assert plural(1, "{n} clip", "{n} clips") == "1 klip"
    assert plural(3, "{n} clip", "{n} clips") == "3 klip"
    assert decimal(1234.56) == "1.234,6"
    assert duration(Time.from_seconds(80)) == "1 mnt 20 dtk"


def test_a_fault_is_told_in_one_line() -> None:
    fault = BadInput("notes.mp4 is empty (0 bytes).", "Nobody knows this.")
    assert tr_fault(fault) == "notes.mp4 kosong (0 byte). Nobody knows this."


def test_english_is_left_alone() -> None:
    use_catalogue({})
    assert tr("Export") == "Export"
    assert tr_told("The disk is full.") == "The disk is full."
    assert decimal(1234.56) == "1,234.6"
