"""PO files as translators' tools write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from viralclip_desktop.core.catalogue import read_catalogue
from viralclip_desktop.core.messages import say, say_n

POLISH = r"""
# Polish, with three forms.
msgid ""
msgstr ""
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"
"X-Decimal-Mark: ,\n"

#: gui/clips.py:1
#, python-brace-format
msgid "{n} clip"
msgid_plural "{n} clips"
msgstr[0] "{n} klip"
msgstr[1] "{n} klipy"
msgstr[2] "{n} klipów"

msgid ""
"A long text with “quotes”, a \"quote\" \\ and "
"a\ttab."
msgstr "Długi "
"tekst."

msgid "Not yet translated"
msgstr ""

msgid "{n} half"
msgid_plural "{n} halves"
msgstr[0] ""
msgstr[1] ""
msgstr[2] ""

msgctxt "qt"
msgid "&Undo"
msgstr "&Cofnij"
"""


@pytest.fixture
def polish(tmp_path: Path):
    path = tmp_path / "pl.po"
    path.write_text(POLISH.lstrip(), encoding="utf-8")
    return read_catalogue(path)


def test_every_count_gets_the_form_of_the_language(polish) -> None:
    counts = (0, 1, 2, 5, 12, 22, 25)
    said = [polish.message(say_n(n, "{n} clip", "{n} clips")) for n in counts]
    assert said == ["0 klipów", "1 klip", "2 klipy", "5 klipów", "12 klipów", "22 klipy", "25 klipów"]


def test_texts_of_several_lines_and_with_signs_are_found(polish) -> None:
    assert polish.text('A long text with “quotes”, a "quote" \\ and a\ttab.') == "Długi tekst."
    assert polish.toolkit == {"&Undo": "&Cofnij"}
    assert polish.text("&Undo") == "&Undo"


def test_what_is_not_translated_stays_english(polish) -> None:
    assert polish.message("Not yet translated") == "Not yet translated"
    assert polish.message(say_n(1, "{n} half", "{n} halves")) == "1 half"
    assert polish.message(say("{size} of {all}", size=1.5, all="all")) == "1,5 of all"


@pytest.mark.parametrize("text", ["{}", "msgid no quotes\n", 'msgid "a" "b\n'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.po"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="PO file"):
        read_catalogue(path)
