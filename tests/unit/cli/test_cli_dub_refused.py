"""``viralclip dub``: what is refused, before anything is stored, spoken or paid for, and what is cautioned
about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command_line import CommandLine, make_services
from support.kokoro import toy_kokoro
from support.said import SAID, put_talk

from viralclip_desktop.features.workflows import dub

SRT = "1\n00:00:00,400 --> 00:00:02,400\n{0}\n\n2\n00:00:02,900 --> 00:00:04,600\n{1}\n"


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A talk of nine seconds with a clip of it (0.2 to 4.6 s), which has a Spanish translation."""
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 4.6))
    toy_kokoro(services.paths.models)
    (tmp_path / "es.srt").write_text(SRT.format("Empezamos.", "Nadie quería."), "utf-8")
    (tmp_path / "new.srt").write_text(SRT.format("Otra cosa.", "Nada más."), "utf-8")
    line = CommandLine(services, capsys)
    line("translate", "src_1", "--to", "es", "--from-file", str(tmp_path / "es.srt"))
    yield line
    services.close()


def spanish(viralclip: CommandLine) -> list[str]:
    """The Spanish lines that are stored."""
    (kept,) = viralclip.services.store.translations("src_1")
    return [line.text for line in kept.lines]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--to", "es,fr"), 3),
        (("--to", "es", "--voice", "es=kokoro:nobody"), 2),
        (("--to", "es", "--tracks", "--slow-picture"), 2),
        (("--to", "es", "--separator", "nobody"), 2),
        (("--to", "es", "--background", "nowhere.wav"), 3),
    ],
)
def test_a_dub_that_is_refused_leaves_the_translation_as_it_was(
    viralclip: CommandLine, tmp_path: Path, args: tuple[str, ...], code: int
) -> None:
    new = ("--translation", f"es={tmp_path / 'new.srt'}")
    ended, _, err = viralclip("dub", "clip_1", *new, *args)
    assert ended == code, err
    assert spanish(viralclip) == ["Empezamos.", "Nadie quería."]


@pytest.mark.parametrize("option", [("--dry-run",), ("--days", "3"), ("--chosen-folders",)])
@pytest.mark.parametrize("subject", [("clip_1", "--to", "es"), ("status", "job_1"), ("delete", "job_1")])
def test_what_only_a_purge_obeys_is_refused_elsewhere(
    viralclip: CommandLine, option: tuple[str, ...], subject: tuple[str, ...]
) -> None:
    code, _, err = viralclip("dub", *subject, *option)
    assert (code, f"{option[0]} goes with “dub purge” alone." in err) == (2, True), err


def test_a_folder_that_can_take_no_files_is_refused_before_the_work(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    for folder in (tmp_path / "es.srt", tmp_path / "es.srt" / "deeper"):
        code, _, err = viralclip("dub", "clip_1", "--to", "es", "--out", str(folder))
        assert (code, f"{tmp_path / 'es.srt'} is a file, not a folder." in err) == (3, True), err
    assert viralclip.services.jobs.list() == [], "nothing was begun"


def test_a_recording_is_not_dubbed_into_its_own_language_unasked(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dub, "_render", lambda *_: None)
    code, _, err = viralclip("dub", "clip_1", "--to", "en")
    assert (code, "The recording is in English already." in err) == (2, True), err
    (tmp_path / "en.srt").write_text(SRT.format("It began.", "Nobody."), "utf-8")
    words = ("--translation", f"en={tmp_path / 'en.srt'}", "--separator", "none")
    assert viralclip("dub", "clip_1", "--to", "en", *words)[0] == 0
    assert viralclip("dub", "clip_1", "--to", "en", "--separator", "none")[0] == 0, "it is stored now"


def test_a_voice_of_another_language_is_cautioned_about_and_named(
    viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dub, "_render", lambda *_: None)
    args = ("dub", "clip_1", "--to", "es", "--separator", "none")
    code, out, err = viralclip(*args, "--voice", "es=espeak:de")
    assert code == 0
    assert "The voice espeak:de speaks German, not Spanish." in err
    assert "spoken by espeak:de" in out
    assert "not Spanish" not in viralclip(*args, "--voice", "es=espeak:es")[2]


def test_more_lines_than_anybody_can_say_are_refused_at_once(viralclip: CommandLine, tmp_path: Path) -> None:
    cues = (
        f"{n}\n00:00:0{n * 0.0004:.3f} --> 00:00:0{n * 0.0004 + 0.0004:.3f}\nLínea número {n}.\n".replace(
            ".", ",", 2
        )
        for n in range(500, 10_500)
    )
    (tmp_path / "many.srt").write_text("\n".join(cues), "utf-8")
    code, _, err = viralclip("dub", "clip_1", "--to", "es", "--translation", f"es={tmp_path / 'many.srt'}")
    assert (code, "cannot be spoken in 4.4 seconds." in err) == (3, True), err
    assert spanish(viralclip) == ["Empezamos.", "Nadie quería."]
    viralclip("translate", "src_1", "--to", "es", "--from-file", str(tmp_path / "many.srt"))
    code, _, err = viralclip("dub", "clip_1", "--to", "es")
    assert (code, "cannot be spoken in 4.4 seconds." in err) == (3, True), err


def test_a_translation_in_an_old_encoding_is_read_as_it_is_said(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dub, "_render", lambda *_: None)
    (tmp_path / "old.srt").write_bytes(SRT.format("¡Mañana!", "Así fue.").encode("cp850"))
    args = ("dub", "clip_1", "--to", "es", "--separator", "none", "--voice", "es=espeak:es")
    old = ("--translation", f"es={tmp_path / 'old.srt'}")
    assert viralclip(*args, *old, "--encoding", "cp850")[0] == 0
    assert spanish(viralclip) == ["¡Mañana!", "Así fue."]
    code, _, err = viralclip(*args, *old, "--encoding", "klingon")
    assert (code, "no encoding “klingon”" in err) == (2, True)
    assert viralclip(*args, "--encoding", "cp850")[0] == 2, "there is nothing to read so"


def test_what_is_typed_wrong_is_said_as_what_it_is(
    viralclip: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    for args, told in (
        (("--voice", "es=foo:bar"), "There is no voice named foo:bar."),
        (("--separator", "foo"), "centre, none."),
    ):
        code, _, err = viralclip("dub", "clip_1", "--to", "es", *args)
        assert (code, told in err, "espeak" in err) == (2, True, False), err
    for args, told in (
        (("--music-volume", "nan"), "“nan” is no number"),
        (("--voice", "espeak:de"), "such as es=espeak:es"),
    ):
        with pytest.raises(SystemExit):
            viralclip("dub", "clip_1", "--to", "es", *args)
        assert told in capsys.readouterr().err
