"""The tables of what can be set: each row is a field of its value, and form, option and JSON agree on it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import fields

import pytest

from viralclip_desktop.cli.properties import add_options, given, shape
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.brand import Corner, Logo, LowerThird
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import FrameKey
from viralclip_desktop.domain.exports import ExportSettings
from viralclip_desktop.domain.layers import LAYER_TYPES, LayerKind, MusicLayer
from viralclip_desktop.domain.properties import brand, captions, exports, framing, layers
from viralclip_desktop.domain.properties.rows import Number, Property

TABLES: list[tuple[type, tuple[Property, ...]]] = [
    *((LAYER_TYPES[kind], layers.BY_KIND[kind]) for kind in LayerKind),
    (Logo, (brand.CORNER, *brand.LOGO)),
    (LowerThird, brand.NAME_LINE),
    (FrameKey, framing.KEY),
    (ExportSettings, (exports.LOUDNESS, exports.MAX_SIZE)),
    *((CaptionStyle, rows) for _title, rows in captions.GROUPS),
]


@pytest.mark.parametrize(("kind", "rows"), TABLES, ids=lambda part: getattr(part, "__name__", ""))
def test_every_row_is_a_field_and_its_form_stays_in_its_bounds(
    kind: type, rows: tuple[Property, ...]
) -> None:
    known = {field.name for field in fields(kind)}
    assert [row.field for row in rows if row.field not in known] == []
    for row in rows:
        assert row.label
        if isinstance(row, Number) and row.slide is not None and row is not exports.MAX_SIZE:
            assert row.low <= row.slide[0] < row.slide[1] <= row.high


def test_options_give_what_is_stored_and_json_says_it_again() -> None:
    parser = ArgumentParser()
    add_options(parser, layers.BY_KIND[LayerKind.MUSIC])
    typed = ["--fade", "1.5", "--volume", "-20", "--no-loop", "--duck", "-6"]
    values = given(parser.parse_args(typed), layers.BY_KIND[LayerKind.MUSIC])
    assert values == {"fade": Time.from_seconds(1.5), "volume_db": -20, "loop": False, "duck_db": -6}
    song = MusicLayer("song", "asset", TimeRange.from_seconds(0, 5), **values)
    written = shape(song, layers.BY_KIND[LayerKind.MUSIC])
    assert written == {"source_start_s": 0, "fade_s": 1.5, "volume_db": -20, "loop": False, "duck_db": -6}


def test_what_is_out_of_bounds_is_refused_where_the_table_says_so() -> None:
    parser = ArgumentParser(exit_on_error=False)
    add_options(parser, (exports.LOUDNESS, brand.CORNER), "", Logo(""), name="logo")
    for typed in ("-40", "0"):
        with pytest.raises((ArgumentTypeError, Exception), match="between -31 and -9"):
            parser.parse_args(["--loudness", typed])
    assert given(parser.parse_args(["--corner", "centre"]), (brand.CORNER,)) == {"corner": Corner.CENTRE}


def test_the_window_offers_only_loudness_that_the_table_allows(qapp) -> None:
    pytest.importorskip("PySide6")
    from viralclip_desktop.gui.exporting.choice_form import ChoiceForm
    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme
    from viralclip_desktop.settings.declaration import Settings

    start_theme(qapp, ThemeChoice.DARK)
    form = ChoiceForm(Settings())
    for number in range(2):
        form.loudness.findChildren(type(form.loudness.button(-14.0)))[number].click()
        level = form.loudness.value
        assert isinstance(level, float)
        assert exports.LOUDNESS.low <= level <= exports.LOUDNESS.high
    form.deleteLater()


def test_a_slider_shows_what_is_stored_and_gives_it_back(qapp) -> None:
    pytest.importorskip("PySide6")
    from viralclip_desktop.gui.common.property_controls import property_slider, show_stored, stored
    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    start_theme(qapp, ThemeChoice.DARK)
    slider = property_slider(layers.DUCK, -12.0)
    assert slider.number == 12
    heard: list[float] = []
    slider.scaled.connect(lambda number, _gesture: heard.append(stored(layers.DUCK, number)))
    slider.field.setValue(6)
    assert heard == [-6]
    show_stored(slider, layers.DUCK, -20.0)
    assert slider.number == 20
    slider.deleteLater()
