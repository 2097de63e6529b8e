"""Arguments: what people type, and what is refused with a sentence."""

import argparse
import json
from fractions import Fraction

import pytest

from viralclip_desktop.cli.main import COMMANDS, build_parser, run
from viralclip_desktop.cli.options import frame_rate, seconds
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import BadInput, Cancelled, EnvironmentLacks, Fault, UsageError
from viralclip_desktop.core.progress import ProgressEvent


@pytest.mark.parametrize(
    ("text", "fps"),
    [
        ("source", None),
        ("30", Fraction(30)),
        ("29.97", Fraction(30000, 1001)),
        ("23.976", Fraction(24000, 1001)),
        ("30000/1001", Fraction(30000, 1001)),
    ],
)
def test_frame_rates(text: str, fps: Fraction | None) -> None:
    assert frame_rate(text) == fps


@pytest.mark.parametrize("text", ["fast", "0", "-1", "61", "1/0", "nan"])
def test_impossible_frame_rates(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        frame_rate(text)


@pytest.mark.parametrize(("text", "value"), [("12.5", 12.5), ("1:02.5", 62.5), ("1:00:02", 3602)])
def test_times(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["soon", "-3", "nan", "inf", ""])
def test_impossible_times(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        seconds(text)


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    parser = build_parser()
    text = parser.format_help()
    for name in COMMANDS:
        assert name.rstrip("_") in text
        with pytest.raises(SystemExit) as stop:
            parser.parse_args([name.rstrip("_"), "--help"])
        assert stop.value.code == 0
        assert "usage: viralclip" in capsys.readouterr().out


def test_bad_usage_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["make"], lambda: pytest.fail("no services is needed to refuse this"))
    assert stop.value.code == 2
    assert "VIDEO" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (UsageError("No."), 2),
        (BadInput("No.", "Do this."), 3),
        (EnvironmentLacks("No."), 4),
        (Cancelled(), 5),
    ],
)
def test_faults_become_one_sentence_and_an_exit_code(
    fault: Fault, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Output(json_mode=True).fault(fault) == code
    captured = capsys.readouterr()
    assert captured.err == f"viralclip: {fault}\n"
    assert json.loads(captured.out)["error"]["exit_code"] == code


def test_completion_knows_commands_and_options(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("bash", "zsh", "tcsh"):
        assert run(["completion", shell], lambda: pytest.fail("needs no services")) == 0
        script = capsys.readouterr().out
        assert "transcribe" in script
        assert "min-length" in script


def test_what_is_no_terminal_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(json_mode=False)
    for step in range(1000):  # two stages that take turns, as those of parts side by side do
        output.progress(ProgressEvent("listen", step / 1000, "0:10 of 1:00"))
        output.progress(ProgressEvent("export", step / 1000))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 20
    assert lines[0] == "listen         0%  0:10 of 1:00"
    output.end_progress()
    output.progress(ProgressEvent("listen", 0.0))
    assert capsys.readouterr().err == "listen         0%\n"
