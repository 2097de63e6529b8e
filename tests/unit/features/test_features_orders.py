"""What new things start from: window and command line give the same answer."""

from __future__ import annotations

from argparse import Namespace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from viralclip_desktop.cli import options
from viralclip_desktop.cli.export_orders import orders_of, preset_named
from viralclip_desktop.cli.main import build_parser
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.domain.exports import ExportSettings
from viralclip_desktop.features.common.orders import export_order, main_job_options
from viralclip_desktop.features.exporting.presets import export_presets, preset_order
from viralclip_desktop.settings.declaration import Settings
from viralclip_desktop.settings.file import SettingsStore

NTSC = Fraction(30000, 1001)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.json", environ={})


def typed(*args: str) -> Namespace:
    return build_parser().parse_args(args)


def test_broadcast_rates_are_exact_however_they_are_given(settings: SettingsStore) -> None:
    stored = settings.set(fps="29.97")
    assert stored.fps == NTSC
    assert export_order(stored).fps == NTSC, "the window's order"
    for args in (("export", "clip_1"), ("export", "clip_1", "--fps", "29.97")):
        assert orders_of(typed(*args), stored)[0].fps == NTSC
    assert orders_of(typed("export", "clip_1", "--fps", "source"), stored)[0].fps is None


def test_a_rate_that_an_older_version_stored_is_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 1, "values": {"fps": "2997/100"}}', encoding="utf-8")
    assert SettingsStore(path, environ={}).values.fps == NTSC


@pytest.mark.parametrize("preset", [None, *(preset.id for preset in export_presets())])
def test_an_export_is_ordered_alike(settings: SettingsStore, preset: str | None, tmp_path: Path) -> None:
    stored = settings.set(
        resolution=Resolution.P720,
        fps="25",
        encoder="libx264",
        export_folder=str(tmp_path),
        name_template="{title}",
    )
    args = ("export", "clip_1") if preset is None else ("export", "clip_1", "--preset", preset)
    found = preset_named(preset)
    window = export_order(stored) if found is None else preset_order(stored, found)
    ordered = orders_of(typed(*args), stored, found)
    assert {(order.resolution, order.fps, order.folder, order.encoder) for order in ordered} == {
        (window.resolution, Fraction(25), str(tmp_path), "libx264")
    }
    assert {(order.audio_only, order.target_lufs, order.max_size_mb) for order in ordered} == {
        (window.audio_only, window.target_lufs, window.max_size_mb)
    }


def test_a_search_is_ordered_alike_and_a_chosen_engine_counts_in_both(settings: SettingsStore) -> None:
    stored = settings.set(clip_count=3, speech_engine="sphinx", aspect=Aspect.SQUARE, caption_style="pop")
    window = main_job_options(stored)
    assert (window.count, window.stt, window.aspect, window.style) == (3, "sphinx", Aspect.SQUARE, "pop")
    args = typed("make", "talk.mp4")
    assert main_job_options(stored, **options.search_asked(args), stt=args.stt) == window
    args = typed("make", "talk.mp4", "--stt", "whisper", "--count", "5")
    asked = main_job_options(stored, **options.search_asked(args), stt=args.stt)
    assert (asked.count, asked.stt) == (5, "whisper")


@pytest.mark.parametrize("values", [{"target_lufs": -5.0}, {"target_lufs": -40.0}, {"max_size_mb": 0.0}])
def test_what_no_file_can_be_is_refused_wherever_it_is_ordered(values: dict[str, Any]) -> None:
    from viralclip_desktop.features.exporting.exporting import create_export

    with pytest.raises(UsageError):
        create_export(None, None, "clip_1", ExportSettings(**values))  # type: ignore[arg-type]


def test_settings_are_the_program_s_own_defaults() -> None:
    assert export_order(Settings()) == ExportSettings(name_template=Settings().name_template)
