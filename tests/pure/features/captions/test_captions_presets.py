"""The caption presets that ship with the program."""

from __future__ import annotations

import pytest

from viralclip_desktop.compose.captions.fonts import bundled_font
from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.captions import CaptionAnimation
from viralclip_desktop.features.captions import (
    DEFAULT_STYLE,
    caption_style,
    caption_styles,
    style_from_data,
    style_to_data,
)


def test_the_presets_are_there_and_cover_every_animation() -> None:
    styles = caption_styles()
    assert list(styles)[:4] == ["karaoke", "pop", "box", "bold"]
    assert {"soft", "minimal"} <= set(styles)
    assert DEFAULT_STYLE in styles
    assert {style.animation for style in styles.values()} == set(CaptionAnimation)


@pytest.mark.parametrize("style_id", sorted(caption_styles()))
def test_each_preset_is_named_as_its_file_and_uses_a_font_that_ships(style_id: str) -> None:
    style = caption_styles()[style_id]
    assert style.id == style_id
    assert style.label
    assert bundled_font(style.font) is not None
    assert 1 <= style.max_lines <= 2


_COLOURED = (CaptionAnimation.POP, CaptionAnimation.BOUNCE, CaptionAnimation.SWEEP)


@pytest.mark.parametrize(
    "style_id", [one.id for one in caption_styles().values() if one.animation in _COLOURED]
)
def test_where_the_spoken_word_is_told_by_its_colour_that_is_another_one(style_id: str) -> None:
    style = caption_styles()[style_id]
    apart = [
        abs(int(style.fill[at : at + 2], 16) - int(style.active_fill[at : at + 2], 16)) for at in (1, 3, 5)
    ]
    assert max(apart) > 100  # of 255: white beside a pale pink was not seen


def test_a_style_survives_the_way_to_json_and_back() -> None:
    for style in caption_styles().values():
        assert style_from_data(style_to_data(style)) == style


def test_there_are_at_least_twelve_styles_that_differ_at_a_glance() -> None:
    styles = list(caption_styles().values())
    assert len(styles) >= 12
    assert len({style.label for style in styles}) == len(styles)
    glances = {(s.font, s.fill, s.active_fill, s.animation, s.case, s.box, s.glow) for s in styles}
    assert len(glances) == len(styles)


def test_a_style_of_an_older_version_gets_the_defaults_of_what_is_new() -> None:
    newer = ("exit", "glow", "glow_em", "second_fill", "keyword_fill", "keywords", "emoji")
    data = style_to_data(caption_styles()["karaoke"])
    old = {name: value for name, value in data.items() if name not in newer}
    assert style_from_data(old) == caption_styles()["karaoke"]


def test_an_unknown_property_is_refused() -> None:
    data = style_to_data(caption_styles()["pop"]) | {"colour": "#fff"}
    with pytest.raises(ValueError, match="colour"):
        style_from_data(data)


def test_an_unknown_style_names_the_choices() -> None:
    with pytest.raises(NotFound, match="karaoke"):
        caption_style("comic")
    assert caption_style("pop").label == "Pop"
