"""Presets, name templates, size limits, sound alone, estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import av
import pytest
from support import makers, stored

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.geometry import Aspect, Resolution, Size, frame_size
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.exports import Export, ExportResult, ExportSettings, SoundFormat, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.exporting.estimate import estimate
from viralclip_desktop.features.exporting.exporting import create_export, run_export
from viralclip_desktop.features.exporting.naming import LONGEST_NAME, Named, check_template, templated_name
from viralclip_desktop.features.exporting.presets import export_presets, orders
from viralclip_desktop.features.exporting.size_limit import fit
from viralclip_desktop.media.loudness import measure
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.verify import ExpectedSound, NotAsOrdered, check, verify_sound
from viralclip_desktop.store import Store

RATE = Fraction(30)
NAMED = Named(7, "A number: who made it?", Aspect.VERTICAL, Resolution.P1080, date(2026, 3, 9))


def made(store: Store, paths: DataPaths, settings: ExportSettings) -> Export:
    export = create_export(store, paths, "clip_1", settings)
    return run_export(store, paths, export.id, ignore_progress, CancelToken())


# --- presets -----------------------------------------------------------------------------------------------


def test_presets_are_whole() -> None:
    presets = {preset.id: preset for preset in export_presets()}
    assert len(presets) == len(export_presets())
    assert presets["tiktok"].aspects == (Aspect.VERTICAL,)
    assert presets["facebook"].aspects == (Aspect.PORTRAIT,)
    assert presets["shorts"].max_length_s == 180
    assert presets["podcast"].audio_only
    assert all(preset.label and preset.note and preset.icon for preset in presets.values())


def test_one_order_for_each_shape_in_one_order() -> None:
    base = ExportSettings(resolution=Resolution.P720)
    assert orders(base, ()) == [base]
    chosen = orders(base, (Aspect.WIDE, Aspect.VERTICAL))
    assert [order.aspect for order in chosen] == [Aspect.VERTICAL, Aspect.WIDE]
    sound = replace(base, audio_only=True)
    assert orders(sound, (Aspect.WIDE, Aspect.VERTICAL)) == [sound]


# --- names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("", "07 A number - who made it (9x16).mp4"),
        ("{date} {title} {resolution}", "2026-03-09 A number - who made it 1080p.mp4"),
        ("{title}", "A number - who made it.mp4"),
        ("Talk/{rank}", "Talk07.mp4"),
        ("  ", "07 A number - who made it (9x16).mp4"),
    ],
)
def test_a_name_follows_its_template(template: str, name: str) -> None:
    assert templated_name(template, NAMED) == name


def test_a_name_is_short_safe_and_numbered() -> None:
    long = replace(NAMED, title="word " * 60)
    name = templated_name("{title} ({aspect}) {rank}", long, 3)
    assert len(name) <= LONGEST_NAME
    assert name.endswith("(9x16) 07 3.mp4")
    assert templated_name("{title}", replace(NAMED, title="CON"), suffix=".m4a") == "_CON.m4a"
    assert len(templated_name("x" * 300, NAMED)) <= LONGEST_NAME


def test_an_unknown_field_is_told(store: Store, paths: DataPaths, tmp_path: Path) -> None:
    check_template("{rank} {title}")
    with pytest.raises(UsageError, match="titel"):
        check_template("{titel}")
    with pytest.raises(UsageError):
        create_export(
            store, paths, "clip_1", ExportSettings(folder=str(tmp_path), name_template="{nonsense}")
        )


# --- size limits -------------------------------------------------------------------------------------------


def test_a_roomy_limit_leaves_the_picture_as_it_is() -> None:
    found = fit(100, 30, Aspect.VERTICAL, 1080, RATE)
    assert found.size == Size(1080, 1920)
    assert found.max_kbit_s * 1000 * 31 / 8 + 30 * 24_000 < 100e6


def test_a_tight_limit_makes_the_picture_smaller() -> None:
    assert fit(10, 60, Aspect.VERTICAL, 1080, RATE).size == frame_size(Aspect.VERTICAL, 720)
    assert fit(3, 60, Aspect.VERTICAL, 1080, RATE).size == frame_size(Aspect.VERTICAL, 360)


def test_what_cannot_fit_is_told() -> None:
    with pytest.raises(BadInput, match="600 seconds do not fit into 10 MB"):
        fit(10, 600, Aspect.VERTICAL, 1080, RATE)


def test_the_file_stays_below_its_limit(store: Store, paths: DataPaths) -> None:
    limit = ExportSettings(resolution=Resolution.P720, aspect=Aspect.SQUARE, max_size_mb=0.3)
    export = made(store, paths, limit)
    free = made(store, paths, replace(limit, max_size_mb=None, encoder="libx264"))
    assert export.result
    assert free.result
    assert Path(export.output_path).stat().st_size < 300_000 < free.result.size_bytes
    assert export.result.width <= 720


# --- sound alone -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "loud"), [(SoundFormat.M4A, -14.0), (SoundFormat.MP3, -16.0)])
def test_sound_alone_is_tagged_and_as_loud_as_asked(
    store: Store, paths: DataPaths, tmp_path: Path, form: SoundFormat, loud: float
) -> None:
    codec = {SoundFormat.M4A: "aac", SoundFormat.MP3: "mp3"}[form]
    with store.transaction("Brand", "proj_1") as tx:
        tx.put(BrandKit("kit_1", "Ada & Co"))
        tx.put(replace(store.clip("clip_1"), brand_kit="kit_1"))
    order = ExportSettings(audio_only=True, sound_format=form, target_lufs=loud, folder=str(tmp_path / "out"))
    export = made(store, paths, order)
    path = Path(export.output_path)
    assert path.name == f"01 {store.clip('clip_1').title}.{form}", "sound has no shape"
    info = probe(path)
    assert info.video is None, "a cover is no film"
    assert info.audio[0].codec == codec
    assert info.duration.seconds == pytest.approx(2.0, abs=0.05)
    assert export.result
    assert (export.result.encoder, export.result.width) == (codec, 0)
    assert export.result.loudness_lufs == pytest.approx(loud, abs=0.5)
    assert measure(path).integrated_lufs == export.result.loudness_lufs
    assert [left.name for left in path.parent.iterdir()] == [path.name]
    with av.open(str(path)) as file:
        tags = {name.lower(): value for name, value in file.metadata.items()}
        [cover] = file.streams.video
        assert (tags["title"], tags["artist"], tags["album"]) == (
            store.clip("clip_1").title,
            "Ada & Co",
            "Talk",
        )
        assert (cover.width, cover.height, cover.codec_context.name) == (1400, 1400, "mjpeg")


def test_a_sound_file_that_is_not_as_ordered_is_refused(tmp_path: Path) -> None:
    stereo = ("-ar", "48000", "-ac", "2")
    tone = makers.make_sound(tmp_path / "tone.mp3", 3.0, extra=stereo)
    assert verify_sound(tone, ExpectedSound("mp3", 3.0, None)).faults == ()
    with pytest.raises(NotAsOrdered) as short:
        check(verify_sound(tone, ExpectedSound("mp3", 5.0, None)))
    assert "s long" in short.value.details
    loud = makers.make_sound(tmp_path / "loud.mp3", 3.0, extra=(*stereo, "-af", "volume=40dB"))
    assert any("true peak" in fault for fault in verify_sound(loud, ExpectedSound("mp3", 3.0, -14.0)).faults)


def test_a_silent_film_has_no_sound_to_export(store: Store, paths: DataPaths) -> None:
    source = store.sources()[0]
    with store.transaction("Silent", "proj_1") as tx:
        tx.put(replace(stored.with_file(source, info=replace(source.info, audio=())), audio_index=None))
    with pytest.raises(BadInput, match="no sound"):
        made(store, paths, ExportSettings(audio_only=True))


# --- estimates ---------------------------------------------------------------------------------------------


def test_nothing_is_known_of_the_time_before_the_first_export(store: Store) -> None:
    found = estimate(store, [store.clip("clip_1")], [ExportSettings(), ExportSettings(audio_only=True)])
    assert found.files == 2
    assert found.seconds is None
    assert 100_000 < found.size_bytes < 10_000_000


def test_the_estimate_learns_from_what_was_exported(tmp_path: Path) -> None:
    clock = stored.Clock()
    with stored.new_store(tmp_path, clock) as store:
        stored.fill(store)
        _worked(store, clock, 10, ("exp_1", "exp_2"))  # side by side: ten seconds of work for both
        _worked(store, clock, 1, ("exp_3",), reused_s=9.0)  # says nothing of how long a whole one takes
        clip = replace(store.clip("clip_1"), parts=stored.ranges((0, 20)))
        order = ExportSettings(aspect=Aspect.VERTICAL, fps=RATE)
        found = estimate(store, [clip], [order])
        assert found.size_bytes == pytest.approx(8_490_000, rel=0.01)
        assert found.seconds == pytest.approx(10, rel=0.01)
        capped = estimate(store, [clip], [replace(order, max_size_mb=3)])
        assert capped.size_bytes == 3_000_000


def _worked(
    store: Store, clock: stored.Clock, seconds: float, names: Sequence[str], *, reused_s: float = 0.0
) -> None:
    """Finished exports of ten seconds each, that took a while side by side."""
    result = ExportResult(1080, 1920, RATE, 10.0, -14.0, -2.0, 4_245_000, "libx264", reused_s=reused_s)
    for name in names:
        export = Export(name, "clip_1", ExportSettings(), WorkState.COMPLETED, "x", 1, 1, f"job_{name}")
        with store.transaction("Export", "proj_1", undoable=False) as tx:
            tx.put(replace(export, result=result))
        store.jobs.add(Job(f"job_{name}", "export", {}), (1, 1.0))
    for passed, state in ((0.0, WorkState.RUNNING), (seconds, WorkState.COMPLETED)):
        clock.now += passed
        for name in names:
            store.jobs.put(replace(store.jobs.get(f"job_{name}"), state=state))
