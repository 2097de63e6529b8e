"""What of a caption file shows between two times, and which fonts and characters it tells of."""

from __future__ import annotations

from support.caption_pictures import caption_plan, spoken

from viralclip_desktop.compose.captions.ass import Event, Script, document
from viralclip_desktop.compose.captions.document import caption_document
from viralclip_desktop.compose.captions.shaping import asks_system
from viralclip_desktop.core.geometry import Size

STYLES = {"One": ("Anton Regular", 20.0, 0.0), "Two": ("Noto Sans Bold", 20.0, 0.0)}
EVENTS = [
    Event(0, 100, 200, "One", "\\pos(1,1)", "first, with a comma"),
    Event(1, 150, 400, "Two", "\\pos(1,1)", "second {\\fnPoppins Bold\\fs10}third"),
]
TEXT = document(Size(1080, 1920), STYLES, EVENTS)


def shown(text: str, start_cs: int, end_cs: int) -> str:
    return "\n".join(Script(text).between(start_cs, end_cs).lines)


def test_only_what_shows_is_left_with_its_styles() -> None:
    assert "first" in shown(TEXT, 0, 100)
    assert "second" not in shown(TEXT, 0, 149)
    late = shown(TEXT, 201, 300)
    assert "second" in late
    assert "first" not in late
    assert "Style: One" not in late
    assert "Style: Two" in late
    assert "PlayResY: 1920" in late
    assert shown(TEXT, 401, 500) == ""
    assert shown(TEXT, 0, 500).count("Dialogue: ") == 2


def test_another_word_changes_nothing_that_shows_at_other_times() -> None:
    words = spoken("One two three four. Five six seven eight. Nine ten eleven twelve.", 0.5)
    plain = caption_document(caption_plan(words)).ass_text
    other = caption_document(caption_plan([*words[:5], *spoken("other", 0.5, 2.5), *words[6:]])).ass_text
    assert plain != other
    assert shown(plain, 0, 180) == shown(other, 0, 180) != ""
    assert shown(plain, 200, 390) != shown(other, 200, 390)
    assert shown(plain, 420, 600) == shown(other, 420, 600) != ""


def test_fonts_and_characters_of_what_shows() -> None:
    everything = Script(TEXT).between(0, 500)
    assert everything.fonts == {"Anton Regular", "Noto Sans Bold", "Poppins Bold"}
    assert everything.signs == set("first, with a comma" + "second third")
    escaped = document(Size(10, 10), STYLES, [Event(0, 0, 1, "One", "", "\\{Ж\\}")])
    assert "Ж" in Script(escaped).between(0, 1).signs


def test_what_no_font_of_ours_has_is_asked_of_the_system() -> None:
    assert not asks_system(
        {"Anton Regular", "Montserrat"}, "Straße, ตอน, 日本, здесь → ½ 🙂".replace("→", "")
    )
    assert asks_system({"Anton Regular"}, "ሰላም")
    assert asks_system({"Comic Sans MS"}, "plain")
