"""``viralclip export`` and ``exports``, as typed, on a real small film."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from support import makers, stored
from support.command_line import CommandLine
from support.patience import patiently

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.workflows.exports import export_clip
from viralclip_desktop.media.probe import probe


@pytest.fixture
def film(viralclip: CommandLine, tmp_path: Path) -> Path:
    """The project's clip is two seconds of a real film."""
    film = makers.make_video(tmp_path / "film.mp4", 6.0, "640x360")
    with viralclip.services.store.transaction("Film", "proj_1") as tx:
        tx.put(stored.source(path=str(film), info=probe(film)))
        tx.put(replace(stored.clip(), parts=stored.ranges((0.5, 2.5))))
    return film


def test_several_shapes_under_a_limit_with_names(viralclip: CommandLine, film: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wishes = ("--aspect", "1:1", "--aspect", "16:9", "--max-size", "1", "--names", "{rank} {aspect}")
    estimate = viralclip.json("export", "--project", "proj_1", "--out", str(out), *wishes, "--estimate")
    assert estimate["files"] == 2
    assert estimate["seconds"] is None
    assert not out.exists()
    done = viralclip.json(
        "export", "clip_1", "--out", str(out), *wishes, "--resolution", "720p", "--encoder", "libx264"
    )
    assert [Path(one["path"]).name for one in done] == ["01 1x1.mp4", "01 16x9.mp4"]
    assert all(one["status"] == "completed" and one["size_bytes"] < 1_000_000 for one in done)
    assert all(Path(one["path"]).stat().st_size == one["size_bytes"] for one in done)
    assert viralclip("export", "clip_1", *wishes, "--estimate")[1].startswith("2 files, about ")


def test_sound_by_preset_and_again(viralclip: CommandLine, film: Path, tmp_path: Path) -> None:
    preset = ("--preset", "podcast", "--sound", "mp3", "--loudness", "-16")
    (export,) = viralclip.json("export", "clip_1", *preset, "--out", str(tmp_path / "out"))
    assert export["path"].endswith("me {this}.mp3")
    assert export["width"] is None
    assert export["loudness_lufs"] == pytest.approx(-16, abs=0.5)
    Path(export["path"]).unlink()
    again = viralclip.json("exports", "retry", export["id"])
    assert (again["status"], Path(again["path"]).is_file()) == ("completed", True)
    assert viralclip.json("exports", "cancel", export["id"])["status"] == "completed"
    assert "LUFS" in viralclip("exports", "show", export["id"])[1]


def test_an_export_that_waits_is_taken_out_of_the_queue(viralclip: CommandLine, film: Path) -> None:
    services = viralclip.services
    services.jobs.pause("export")
    waiting = export_clip(services, "clip_1", replace(stored.export().settings, fps=None))
    assert viralclip.json("exports", "cancel", waiting.id)["status"] == "cancelled"
    assert services.store.export(waiting.id).status is WorkState.CANCELLED


def test_an_export_that_is_under_way_is_told_so_and_waited_for(
    viralclip: CommandLine, film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ("export", "clip_1", "clip_1", "--out", str(tmp_path), "--resolution", "720p")
    jobs, told = viralclip.services.jobs, [""]

    def go_on_once_it_is_told() -> None:
        patiently(lambda: told.append(capsys.readouterr().err) or "already" in "".join(told), 30)
        jobs.resume("export")

    jobs.pause("export")
    other = threading.Thread(target=go_on_once_it_is_told)
    other.start()
    code, _out, _err = viralclip(*typed)
    other.join()
    assert code == 0
    assert "is being exported already: " in "".join(told)
    assert "is exported already" not in "".join(told)
    assert "is exported already: " in viralclip(*typed)[2]


def test_a_clip_that_a_platform_would_refuse_is_told(viralclip: CommandLine, film: Path) -> None:
    store = viralclip.services.store
    long = stored.with_file(store.source("src_1"), info=replace(stored.media_info(), duration=Time(10**12)))
    with store.transaction("Long", "proj_1") as tx:
        tx.put(long)
        tx.put(replace(store.clip("clip_1"), parts=stored.ranges((0, 200))))
    code, out, told = viralclip("export", "clip_1", "--preset", "shorts", "--estimate")
    assert (code, out.startswith("1 file, about ")) == (0, True)
    assert "longer than the 3 min 00 s that YouTube Shorts takes" in told


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ((), 2, "which clips"),
        (("clip_1", "--project", "proj_1"), 2, "which clips"),
        (("clip_1", "--preset", "myspace"), 2, "Choose one of: own, tiktok"),
        (("clip_1", "--names", "{titel}"), 2, "{titel}"),
        (("clip_1", "--max-size", "0.01"), 3, "do not fit into 0.01 MB"),
        (("clip_x",), 3, "clip_x"),
    ],
)
def test_orders_that_cannot_be_taken(
    viralclip: CommandLine, film: Path, args: tuple[str, ...], code: int, told: str
) -> None:
    found, _, error = viralclip("export", *args)
    assert (found, told in error) == (code, True)


def test_presets_are_listed(viralclip: CommandLine) -> None:
    presets = {one["id"]: one for one in viralclip.json("exports", "presets")}
    assert presets["everywhere"]["aspects"] == ["9:16", "4:5", "1:1", "16:9"]
    assert presets["limit"]["max_size_mb"] == 10
    assert "podcast  Podcast audio" in viralclip("exports", "presets")[1]


def test_a_changed_clip_is_exported_again_at_the_cost_of_the_change(
    viralclip: CommandLine, film: Path, tmp_path: Path
) -> None:
    with viralclip.services.store.transaction("Longer", "proj_1") as tx:
        tx.put(replace(stored.clip(), parts=stored.ranges((0.0, 6.0))))
    wishes = ("--resolution", "720p", "--aspect", "1:1", "--encoder", "libx264", "--out", str(tmp_path))
    (first,) = viralclip.json("export", "clip_1", *wishes)
    assert first["reused_s"] == 0
    viralclip.json("words", "correct", "src_1", "0", "How")
    (second,) = viralclip.json("export", "clip_1", *wishes)
    assert 2 <= second["reused_s"] < 6
    assert "of its picture kept from an export before" in viralclip("exports", "show", second["id"])[1]
    assert viralclip.json("cache", "clear")["freed_bytes"] > 0
    viralclip.json("words", "correct", "src_1", "0", "Why")
    (third,) = viralclip.json("export", "clip_1", *wishes)
    assert third["reused_s"] == 0
    viralclip.json("settings", "set", "kept_export_gb", "0")
    viralclip.json("words", "correct", "src_1", "0", "Who")
    (fourth,) = viralclip.json("export", "clip_1", *wishes)
    assert fourth["reused_s"] == 0
    assert list(viralclip.services.paths.segments.iterdir()) == []
