"""Words in another language: the window's own, and messages that come from below with their values."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from viralclip_desktop.core.catalogue import Catalogue
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import FileSize, Length, Number, say, say_n
from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.text import (
    clock_time,
    decimal,
    duration,
    plural,
    read_number,
    tr,
    tr_fault,
    tr_message,
    use_catalogue,
)
from viralclip_desktop.gui.widgets.scaled_slider import DecimalField

TEXTS = {
    "Export": "Ekspor",
    "{name} is empty (0 bytes).": "{name} kosong (0 byte).",
    "The {what} of {name} cannot be decoded.": "{name}: {what} tidak terbaca.",
    "Delete {name}": "Hapus {name}",
    "Ends on a lesson": "Berakhir dengan pelajaran",
    "Something went wrong: {error}": "Kesalahan: {error}",
    "The disk is full.": "Disk penuh.",
    "{name} lasts {old}.": "{name} selama {old}.",
    "{free} of {free2} MB": "{free2} MB, {free} kosong",
    "Cut at {at}, {size}": "Potong di {at}, {size}",
    "May hold {rank}.": "Boleh berisi {rank}.",
    "sound": "suara",
    "s": "dtk",
    "min": "mnt",
    "h": "j",
}
PLURALS = {
    ("{n} clip", "{n} clips"): ("{n} klip",),
    ("Delete {n} clip", "Delete {n} clips"): ("Hapus {n} klip",),
}


@pytest.fixture(autouse=True)
def indonesian():
    use_catalogue(Catalogue(TEXTS, PLURALS, {}, lambda _n: 0, ",", "."))
    yield
    use_catalogue(None)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (say("{name} is empty (0 bytes).", name="notes.mp4"), "notes.mp4 kosong (0 byte)."),
        (
            say("The {what} of {name} cannot be decoded.", what=say("sound"), name="talk.mp4"),
            "talk.mp4: suara tidak terbaca.",
        ),
        (say_n(3, "Delete {n} clip", "Delete {n} clips"), "Hapus 3 klip"),
        (say("Delete {name}", name="My talk"), "Hapus My talk"),
        (say("Delete {name}", name="three {name} dollars"), "Hapus three {name} dollars"),
        (
            say("{text}: “{quote}”", text=say("Ends on a lesson"), quote="Ask who"),
            "Berakhir dengan pelajaran: “Ask who”",
        ),
        (say("Something went wrong: {error}", error=say("The disk is full.")), "Kesalahan: Disk penuh."),
        (
            say("{name} lasts {old}.", name="talk.mp4", old=Length(Time.from_seconds(80))),
            "talk.mp4 selama 1 mnt 20 dtk.",
        ),
        (say("{free} of {free2} MB", free=Number(3.25, 1), free2=Number(7.5)), "7,5 MB, 3,2 kosong"),
        (
            say("Cut at {at}, {size}", at=Time.from_seconds(61.5), size=FileSize(1_600_000_000)),
            "Potong di 1:01.5, 1,6 GB",
        ),
        ("May hold {rank}.", "Boleh berisi {rank}."),
        ("The disk is full.", "Disk penuh."),
    ],
)
def test_a_message_is_said_in_the_language_of_the_window(message, said) -> None:
    assert tr_message(message) == said


@pytest.mark.parametrize("text", ["", "Nobody knows this.", "{", "a {b} c {", "Clip: 3", "%s \\ (.+?) 100 %"])
def test_what_is_not_known_is_shown_as_it_is(text) -> None:
    assert tr_message(text) == text


def test_names_of_the_users_are_never_translated() -> None:
    assert tr_message(say("Delete {name}", name="Export")) == "Hapus Export"
    assert tr_message(say("{name} is empty (0 bytes).", name="sound")) == "sound kosong (0 byte)."
    assert tr_message(say("{name}", name="The disk is full.")) == "The disk is full."


def test_a_text_without_a_translation_still_translates_its_values() -> None:
    message = say("The {what} is 3 {unit} long.", what=say("sound"), unit="s")
    assert tr_message(message) == "The suara is 3 s long."


def test_numbers_lengths_and_plurals_follow_the_language() -> None:
    assert plural(1, "{n} clip", "{n} clips") == "1 klip"
    assert plural(3, "{n} clip", "{n} clips") == "3 klip"
    assert plural(1, "{n} word", "{n} words") == "1 word"
    assert decimal(1234.56) == "1.234,6"
    assert duration(Time.from_seconds(80)) == "1 mnt 20 dtk"
    assert tr("under {size:g} MB", size=1.5) == "under 1,5 MB"


def test_times_and_typed_numbers_follow_the_language() -> None:
    assert clock_time(Time.from_seconds(62.5)) == "1:02,5"
    typed = ("1,5", "1.5", "1.500", "1.234,5", "-0,25", "0.125", " 12 ")
    assert [read_number(text) for text in typed] == [1.5, 1.5, 1500, 1234.5, -0.25, 0.125, 12]
    with pytest.raises(ValueError, match="could not convert"):
        read_number("1,5,2")
    use_catalogue(None)
    assert clock_time(Time.from_seconds(62.5)) == "1:02.5"
    assert [read_number(text) for text in typed[:4]] == [1.5, 1.5, 1.5, 1.2345]
    assert read_number("1,500") == 1500


def test_fields_are_written_as_the_language_writes(qtbot) -> None:
    field = DecimalField(10, 1)
    qtbot.addWidget(field)
    field.setRange(0, 400)
    field.setSuffix(" %")
    field.setValue(125)
    assert field.text() == "12,5 %"
    for typed, value in (("7,5", 75), ("7.4", 74)):
        field.selectAll()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.value() == value


def test_a_fault_is_told_in_one_line() -> None:
    fault = BadInput(say("{name} is empty (0 bytes).", name="notes.mp4"), "Nobody knows this.")
    assert tr_fault(fault) == "notes.mp4 kosong (0 byte). Nobody knows this."


def test_english_is_left_alone() -> None:
    use_catalogue(None)
    assert tr("Export") == "Export"
    assert tr_message("The disk is full.") == "The disk is full."
    assert tr_message(say_n(1, "{n} clip", "{n} clips")) == "1 clip"
    assert decimal(1234.56) == "1,234.6"
