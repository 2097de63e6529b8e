"""The tables of what can be set: each row is a field of its value, and form, option and JSON agree on it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import fields, replace

import pytest

from viralclip_desktop.cli.caption_properties import adjusted
from viralclip_desktop.cli.properties import add_options, given, shape
from viralclip_desktop.compose.captions.presets import caption_style, style_from_data
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.brand import Corner, Logo, LowerThird
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip, FrameKey, Marker, Part
from viralclip_desktop.domain.exports import ExportSettings, SoundFormat
from viralclip_desktop.domain.layers import (
    LAYER_TYPES,
    EffectLayer,
    LayerKind,
    MusicLayer,
    PictureLayer,
    ProgressLayer,
    TitleLayer,
    VoiceLayer,
)
from viralclip_desktop.domain.properties import brand, captions, exports, framing, layers, parts
from viralclip_desktop.domain.properties.rows import Number, Property
from viralclip_desktop.settings.declaration import declared

TABLES: list[tuple[type, tuple[Property, ...]]] = [
    *((LAYER_TYPES[kind], layers.BY_KIND[kind]) for kind in LayerKind),
    (Logo, (brand.CORNER, *brand.LOGO, *brand.PLACE)),
    (LowerThird, brand.NAME_LINE),
    (FrameKey, framing.KEY),
    (ExportSettings, (*exports.FILE, *exports.WISHES)),
    (CaptionStyle, tuple(captions.BY_FIELD.values())),
    (Part, (parts.SPEED, parts.TRANSITION)),
    (Marker, (parts.LABEL,)),
]
ITSELF: dict[type, set[str]] = {
    PictureLayer: {"id", "kind", "asset_id", "range", "element"},
    TitleLayer: {"id", "kind", "text", "range", "font", "outline", "element"},
    ProgressLayer: {"id", "kind", "range", "element"},
    MusicLayer: {"id", "kind", "asset_id", "range", "element"},
    VoiceLayer: {"id", "kind", "asset_id", "range", "language", "element"},
    EffectLayer: {"id", "kind", "asset_id", "range", "element"},
    Logo: {"asset_id"},
    LowerThird: set(),
    FrameKey: {"at", "asset_id"},
    ExportSettings: {"audio_only"},  # said by a preset, or by the sound's format
    CaptionStyle: {"id", "label"},
    Part: {"asset_id", "range", "card", "still", "paced"},
    Marker: {"at", "asset_id", "is_cover"},
}
"""What a value is and where it lies: no row, for it is not a property that is set. A title's font and outline
are those of the kit."""


@pytest.mark.parametrize(("kind", "rows"), TABLES, ids=lambda part: getattr(part, "__name__", ""))
def test_every_field_has_a_row_or_is_what_the_value_is(kind: type, rows: tuple[Property, ...]) -> None:
    named = [row.field for row in rows]
    assert {field.name for field in fields(kind)} == set(named) | ITSELF[kind]
    assert not set(named) & ITSELF[kind]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize(
    ("kind", "rows"),
    [*TABLES, (Clip, framing.PICTURE)],
    ids=lambda part: getattr(part, "__name__", ""),
)
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


def test_every_property_of_captions_is_typed_as_it_is_written() -> None:
    style = caption_style("karaoke")
    written = shape(style, captions.BY_FIELD.values())
    assert style_from_data({"id": style.id, "label": style.label, **written}) == style
    typed = [
        f"{name}={','.join(value) if isinstance(value, list) else value}" for name, value in written.items()
    ]
    assert adjusted(replace(caption_style("pop"), id=style.id, label=style.label), typed) == style


def test_every_row_of_an_export_has_an_option() -> None:
    parser = ArgumentParser()
    add_options(parser, (*exports.FILE, *exports.WISHES))
    typed = [
        "--out",
        "",
        "--resolution",
        "720p",
        "--fps",
        "source",
        "--encoder",
        "libx264",
        "--names",
        "{rank}",
    ]
    typed += ["--sound", "mp3", "--loudness", "-16", "--max-size", "8"]
    values = given(parser.parse_args(typed), (*exports.FILE, *exports.WISHES))
    order = ExportSettings(**values)
    assert order == ExportSettings(
        resolution=Resolution.P720,
        encoder="libx264",
        name_template="{rank}",
        sound_format=SoundFormat.MP3,
        target_lufs=-16,
        max_size_mb=8,
    )
    assert {row.field for row in (*exports.FILE, *exports.WISHES)} == {*values, "aspect"}


def test_the_form_of_captions_has_a_control_for_each_row(qapp) -> None:
    pytest.importorskip("PySide6")
    from viralclip_desktop.gui.captions.style_controls import StyleControls
    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    start_theme(qapp, ThemeChoice.DARK)
    form = StyleControls()
    second = {row.field for row in captions.TRANSLATION}
    assert set(form.controls) | second == set(captions.BY_FIELD)
    form.deleteLater()


def test_the_form_of_settings_keeps_what_is_declared(qapp) -> None:
    pytest.importorskip("PySide6")
    from viralclip_desktop.gui.common.setting_fields import FolderField, NumberField, SegmentField, field_for
    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    start_theme(qapp, ThemeChoice.DARK)
    kinds = set()
    for setting in declared().values():
        field = field_for(setting)
        kinds.add(type(field))
        if isinstance(field, NumberField):
            assert (field.box.minimum(), field.box.maximum()) == (setting.low, setting.high)
            assert field.box.suffix().strip() == setting.unit
            with pytest.raises(UsageError):
                setting.parse(str((setting.high or 0) + 1))
        assert isinstance(field, FolderField) == setting.is_folder
        field.deleteLater()
    assert {FolderField, NumberField, SegmentField} <= kinds


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
