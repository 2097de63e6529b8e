"""What is not said on the command line is as in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from support import stored
from support.command_line import CommandLine, make_services

from viralclip_desktop.core.errors import BadInput, Fault
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.domain.exports import ExportSettings
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.common.services import Services


class Ordered(Fault):
    """Carries what was ordered, instead of the work."""

    def __init__(self, order: Any) -> None:
        super().__init__("Ordered.")
        self.order = order


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path / "home")
    stored.fill(services.store)
    yield services
    services.close()


@pytest.fixture
def ordered(services: Services, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command and returns what it ordered, before any work begins."""

    def stop(order_at: int) -> Any:
        def raise_order(*args: Any, **_named: Any) -> Any:
            raise Ordered(args[order_at])

        return raise_order

    for function in ("main_job.submit_main_job", "main_job.find", "same_export.export_clip"):
        monkeypatch.setattr(f"viralclip_desktop.features.workflows.{function}", stop(2))
    told: list[Any] = []
    line = CommandLine(services, capsys)
    monkeypatch.setattr(
        "viralclip_desktop.cli.output.Output.fault", lambda output, fault: told.append(fault.order) or 1
    )

    def order(*args: str) -> Any:
        told.clear()
        code, _, err = line(*args)
        assert code == 1, err
        return told[0]

    return order


COMMANDS = [("make", "talk.mp4"), ("find", "src_1")]


@pytest.mark.parametrize("command", COMMANDS)
def test_without_settings_the_programs_own_defaults(ordered: Any, command: tuple[str, str]) -> None:
    assert ordered(*command) == MainJobOptions()


@pytest.mark.parametrize("command", COMMANDS)
def test_settings_stand_in(ordered: Any, services: Services, command: tuple[str, str]) -> None:
    services.settings.set(
        clip_count=3, min_length_s=7.0, max_length_s=21.0, aspect=Aspect.SQUARE, caption_style="pop"
    )
    wanted = MainJobOptions(count=3, min_length_s=7.0, max_length_s=21.0, aspect=Aspect.SQUARE, style="pop")
    assert ordered(*command) == wanted


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_line_wins(ordered: Any, services: Services, command: tuple[str, str]) -> None:
    services.settings.set(clip_count=3, min_length_s=7.0, aspect=Aspect.SQUARE, caption_style="pop")
    args = ["--count", "5", "--min-length", "9", "--max-length", "1:00", "--aspect", "16:9", "--style", "box"]
    wanted = MainJobOptions(
        count=5,
        min_length_s=9,
        max_length_s=60,
        aspect=Aspect.WIDE,
        style="box",
        style_wins=True,
        fill=True,
    )
    assert ordered(*command, *args) == wanted


def test_exports_as_in_the_settings(ordered: Any, services: Services, tmp_path: Path) -> None:
    usual = "{rank} {title} ({aspect})"
    assert ordered("export", "clip_1") == ExportSettings(name_template=usual)
    services.settings.set(
        resolution=Resolution.P720, fps="29.97", encoder="libx264", export_folder=str(tmp_path), aspect="1:1"
    )
    wanted = ExportSettings(
        resolution=Resolution.P720,
        aspect=None,  # a clip that exists keeps its own shape
        fps=Fraction(30000, 1001),
        folder=str(tmp_path),
        encoder="libx264",
        name_template=usual,
    )
    assert ordered("export", "clip_1") == wanted
    given = ordered("export", "clip_1", "--fps", "source", "--resolution", "1440p", "--out", "")
    assert (given.fps, given.resolution, given.folder) == (None, Resolution.P1440, None)


def test_exports_by_preset_and_by_what_was_typed(ordered: Any) -> None:
    def order(*args: str) -> ExportSettings:
        return ordered("export", "clip_1", *args)

    assert order("--preset", "tiktok").aspect is Aspect.VERTICAL
    assert order("--preset", "tiktok", "--aspect", "16:9").aspect is Aspect.WIDE
    assert order("--preset", "limit").max_size_mb == 10
    assert order("--preset", "limit", "--max-size", "4.5").max_size_mb == 4.5
    podcast = order("--preset", "podcast", "--sound", "mp3", "--loudness", "-16")
    assert (podcast.audio_only, podcast.suffix, podcast.target_lufs) == (True, ".mp3", -16)
    assert order("--sound", "m4a").suffix == ".m4a"
    assert order("--names", "{title}").name_template == "{title}"


def test_a_folder_in_the_settings_that_cannot_be_used(
    services: Services, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    services.settings.set(export_folder=str(file))
    for command in (("make", "talk.mp4"), ("export", "clip_1")):
        code, _, err = CommandLine(services, capsys)(*command)
        assert code == BadInput.exit_code
        assert "is a file, not a folder" in err


def test_lengths_that_contradict_the_settings_are_told(
    services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = CommandLine(services, capsys)("find", "src_1", "--min-length", "90")
    assert code == 2
    assert "Clips of 90 to 60 seconds cannot be made." in err
