"""``viralclip clone``: voices of one's own, with consent; what goes wrong is a sentence and keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.command_line import CommandLine, make_services
from support.kokoro import toy_kokoro
from support.loopback_cloning import Account, xtts_with
from support.loopback_http import LoopbackService, answer, cut, loopback_service
from support.loopback_voices import KEY
from support.said import SAID, put_talk

from viralclip_desktop.engines.tts import espeak
from viralclip_desktop.features.voices import find_voice, offered_voices

BLEND = "kokoro:af_heart*0.6+bm_george*0.4"
CONSENT = "Ana Putri, by mail of 3 May"
SAY = "Two cups of coffee, and nobody spoke."


@pytest.fixture
def service() -> Iterator[LoopbackService]:
    with loopback_service() as service:
        yield service


@pytest.fixture
def account(viralclip: CommandLine, service: LoopbackService, monkeypatch: pytest.MonkeyPatch) -> Account:
    """An account of ElevenLabs with a key, online."""
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    viralclip.services.gate.offline = False
    viralclip.services.settings.set(**{"providers.elevenlabs.address": service.url})
    service.usual = account = Account()
    return account


@pytest.fixture
def samples(tmp_path: Path) -> list[str]:
    texts = (
        "Good morning everyone, and welcome back. Today we talk about the garden, and what to plant.",
        "I never thought that a small shop would last this long. People kept coming, week after week.",
    )
    files = [tmp_path / "samples" / f"ana {number}.wav" for number in range(2)]
    files[0].parent.mkdir()
    for file, text in zip(files, texts, strict=True):
        espeak.speak(text, file, "en-us+f3")
    return list(map(str, files))  # fmt: skip


def voices(viralclip: CommandLine) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = viralclip.json("clone", "list")["voices"]
    return found


def own(viralclip: CommandLine, *args: str) -> list[tuple[str, str]]:
    """Names and ids of the custom voices that can speak here."""
    listed = viralclip.json("voices", "list", *args)["voices"]
    return [(voice["name"], voice["id"]) for voice in listed if voice["category"] == "custom"]


def add_ana(viralclip: CommandLine, samples: list[str], *more: str) -> dict[str, Any]:
    ana: dict[str, Any] = viralclip.json("clone", "add", "Ana", *samples, "--consent", CONSENT, *more)
    return ana


def test_a_blend_gets_a_name_and_speaks_offline(viralclip: CommandLine, tmp_path: Path) -> None:
    toy_kokoro(viralclip.services.paths.models)
    made = viralclip.json("clone", "add", "Evening voice", "kokoro:bm_george*2 + af_heart*3")
    assert (made["provider"], made["voice_id"], made["language"]) == ("blend", BLEND, "en")
    assert own(viralclip) == [("Evening voice", BLEND)]
    for voice in ("custom:evening voice", BLEND):
        viralclip.json("speak", SAY, "--voice", voice, "--out", str(tmp_path / "a.wav"), "--keep")
    assert [one["uses"] for one in voices(viralclip)] == [1], "spoken once, as it was spoken before"
    kept = viralclip.json("library", "list")["items"]
    assert [one["made_with"]["settings"]["voice"] for one in kept] == [BLEND, BLEND], "as it stays called"
    assert viralclip.json("clone", "rename", "evening voice", "Night")["name"] == "Night"
    viralclip.json("speak", "Another line.", "--voice", "custom:Night", "--out", str(tmp_path / "b.wav"))
    assert [one["uses"] for one in voices(viralclip)] == [2]
    viralclip.json("clone", "remove", "Night")
    assert (own(viralclip), voices(viralclip)) == ([], [])
    code, _, err = viralclip("speak", SAY, "--voice", "custom:Night", "--out", str(tmp_path / "c.wav"))
    assert (code, "no voice of your own called 'Night'" in err) == (2, True)


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("Ana", "kokoro:af_heart"), 2, "is no blend of Kokoro's voices"),
        (("Ana", "kokoro:af_heart*2+af_heart"), 2, "One voice alone is no blend"),
        (("Ana", "kokoro:af_heart+af_nobody"), 3, "no voice named af_nobody"),
        (("Ana", "af_heart+bm_george", "--provider", "blend"), 2, "is no blend"),
        (("Ana", BLEND, "other"), 2, "One voice is one blend"),
        ((" ", BLEND), 3, "no name"),
        (("Ana", "gone.wav", "--consent", "yes"), 3, "gone.wav"),
        (("taken", BLEND), 3, "There is a voice named taken already"),
    ],
)
def test_what_is_no_voice_is_said(
    viralclip: CommandLine, args: tuple[str, ...], code: int, told: str
) -> None:
    toy_kokoro(viralclip.services.paths.models)
    viralclip.json("clone", "add", "Taken", "kokoro:af_heart+bm_george")
    ended, _, err = viralclip("clone", "add", *args)
    assert (ended, told in err) == (code, True), err
    assert [one["name"] for one in voices(viralclip)] == ["Taken"]


def test_without_consent_nothing_is_copied(
    viralclip: CommandLine, account: Account, service: LoopbackService, samples: list[str]
) -> None:
    for consent in ((), ("--consent", "  ")):
        code, _, err = viralclip("clone", "add", "Ana", *samples, *consent)
        assert (code, "only with the consent of the person" in err) == (3, True)
    assert service.heard == []
    assert account.voices == []
    assert voices(viralclip) == []


def test_a_voice_is_copied_speaks_and_is_forgotten(
    viralclip: CommandLine, account: Account, samples: list[str], tmp_path: Path
) -> None:
    made = add_ana(viralclip, samples)
    assert (made["name"], made["provider"], made["consent"]) == ("Ana", "elevenlabs", CONSENT)
    assert made["consented_at"] > 0
    assert [(one["name"], one["verdict"]) for one in made["samples"]] == [
        ("ana 0.wav", "ok"),
        ("ana 1.wav", "ok"),
    ]
    (form,) = account.uploads
    assert form["name"] == ["Ana"]
    assert [(name, kind) for name, kind, _ in form["files"]] == [
        ("1.mp3", "audio/mpeg"),
        ("2.mp3", "audio/mpeg"),
    ]
    assert all(len(data) > 10_000 for *_, data in form["files"])
    voice = account.voices[0]["voice_id"]
    assert own(viralclip) == [("Ana", f"elevenlabs:{voice}")]
    said = viralclip.json("speak", SAY, "--voice", "custom:Ana", "--out", str(tmp_path / "a.wav"))
    assert [word["text"] for word in said["words"]] == SAY.split()
    assert voices(viralclip)[0]["uses"] == 1
    assert viralclip.json("clone", "remove", "Ana")["forgotten"] is True
    assert (account.voices, voices(viralclip)) == ([], [])
    assert not any((viralclip.services.paths.home / "media" / "audio" / "voices").iterdir())


@pytest.mark.parametrize(
    "case",
    [
        (answer({"detail": {"status": "invalid_api_key", "message": "Invalid API key"}}, 401), 4, "the key"),
        (answer({"detail": {"status": "quota_exceeded", "message": "0 left"}}, 401), 4, "no credit left"),
        (
            answer({"detail": [{"loc": ["body"], "msg": "field required"}]}, 422),
            3,
            "did not take the request",
        ),
        (answer({"detail": {"status": "voice_limit_reached", "message": "10 / 10"}}, 400), 3, "10 / 10"),
        (answer({"detail": {"status": "too_many_concurrent_requests"}}, 429, retry_after="0"), 4, "too many"),
        (answer("Internal Server Error", 500), 4, "has trouble"),
        (cut(b"{"), 4, "broke off"),
        (answer({"voice_id": "../x"}), 4, "makes no sense"),
        (answer({}), 4, "makes no sense"),
    ],
)
def test_what_the_service_refuses_keeps_nothing(
    viralclip: CommandLine, account: Account, samples: list[str], case: tuple[Any, int, str]
) -> None:
    account.refusal, code, told = case
    ended, _, err = viralclip("clone", "add", "Ana", samples[0], "--consent", CONSENT)
    assert (ended, told in err, KEY in err) == (code, True, False), err
    assert voices(viralclip) == []
    assert not any((viralclip.services.paths.home / "media" / "audio" / "voices").iterdir())


def test_a_voice_whose_answer_got_lost_is_not_made_twice(
    viralclip: CommandLine, account: Account, samples: list[str]
) -> None:
    account.lost = True
    code, _, err = viralclip("clone", "add", "Ana", *samples, "--consent", CONSENT)
    assert code == 4, err
    account.lost = False
    made = add_ana(viralclip, samples)
    assert len(account.uploads) == len(account.voices) == 1
    assert made["voice_id"] == f"elevenlabs:{account.voices[0]['voice_id']}"


def test_without_a_key_or_a_good_sample_nothing_is_asked(
    viralclip: CommandLine,
    account: Account,
    service: LoopbackService,
    samples: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = Path(samples[0]).with_name("short.wav")
    espeak.speak("Too short.", short, "en-us")
    code, _, err = viralclip("clone", "add", "Ana", samples[0], str(short), "--consent", CONSENT)
    assert (code, "short.wav is not good enough" in err, "too short" in err) == (3, True, True)
    monkeypatch.delenv("ELEVENLABS_API_KEY")
    code, _, err = viralclip("clone", "add", "Ana", *samples, "--consent", CONSENT)
    assert (code, "Kokoro's voices can be blended" in err) == (4, True)
    code, _, err = viralclip("clone", "add", "Ana", *samples, "--consent", "x", "--provider", "elevenlabs")
    assert (code, "key is given" in err) == (4, True)
    assert account.uploads == service.heard == []


def test_a_voice_that_its_service_does_not_let_go_stays(
    viralclip: CommandLine, account: Account, service: LoopbackService, samples: list[str]
) -> None:
    add_ana(viralclip, samples)
    service.usual = answer({"detail": "no"}, 403)
    assert viralclip("clone", "remove", "Ana")[0] == 4
    assert [one["name"] for one in voices(viralclip)] == ["Ana"]
    assert viralclip.json("clone", "remove", "Ana", "--only-here")["forgotten"] is False
    service.usual = account
    assert len(account.voices) == 1
    add_ana(viralclip, samples)
    account.voices = []  # gone there already
    assert viralclip.json("clone", "remove", "Ana")["forgotten"] is True


def test_an_xtts_server_has_its_samples_in_its_folder(
    viralclip: CommandLine, service: LoopbackService, samples: list[str], tmp_path: Path
) -> None:
    speakers = tmp_path / "speakers"
    speakers.mkdir()
    service.usual = xtts_with(speakers)
    viralclip.services.gate.offline = False
    viralclip.services.settings.set(**{"providers.xtts.address": service.url})
    code, _, err = viralclip("clone", "add", "Ana", *samples, "--consent", CONSENT)
    assert (code, "put them into its folder of speakers, in one named Ana" in err) == (4, True)
    viralclip.services.settings.set(**{"providers.xtts.speakers": str(speakers)})
    made = add_ana(viralclip, samples, "--language", "es")
    assert (made["provider"], made["voice_id"]) == ("xtts", "xtts:Ana@es")
    assert len(list((speakers / "Ana").glob("*.wav"))) == 2
    assert ("Ana", "xtts:Ana@en") in own(viralclip, "--provider", "xtts"), "it speaks each language"
    viralclip.json("speak", SAY, "--voice", "custom:Ana", "--out", str(tmp_path / "a.wav"))
    viralclip.json("clone", "remove", "Ana")
    assert not (speakers / "Ana").exists()


@pytest.mark.usefixtures("account")
def test_a_voice_is_shared_as_one_file(
    viralclip: CommandLine,
    service: LoopbackService,
    samples: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made, file = add_ana(viralclip, samples), tmp_path / "ana.viralvoice"
    assert viralclip.json("clone", "export", "Ana", "--out", str(file))["path"] == str(file)
    there = make_services(tmp_path / "other")
    other = CommandLine(there, capsys)
    there.gate.offline = False
    there.settings.set(**{"providers.elevenlabs.address": service.url})
    taken = other.json("clone", "import", str(file))
    same = ("name", "provider", "voice_id", "language", "consent", "consented_at", "samples")
    assert {key: taken[key] for key in same} == {key: made[key] for key in same}
    assert taken["uses"] == 0
    assert len(list((there.paths.home / "media" / "audio" / "voices" / taken["id"]).iterdir())) == 2
    other.json("speak", SAY, "--voice", "custom:Ana", "--out", str(tmp_path / "a.wav"))
    assert other.json("clone", "import", str(file))["name"] == "Ana (2)"
    there.close()


@pytest.mark.parametrize(
    "change",
    [
        {"format": "another"},
        {"version": 2},
        {"voice": None},
        {"voice": {"name": "Ana"}},
        {"samples": [{"suffix": ".exe", "data": ""}]},
        {"samples": [{"suffix": ".mp3", "data": "§"}]},
    ],
)
def test_a_file_that_is_no_voice_is_refused(
    viralclip: CommandLine, tmp_path: Path, change: dict[str, Any]
) -> None:
    toy_kokoro(viralclip.services.paths.models)
    viralclip.json("clone", "add", "Ana", BLEND)
    file = tmp_path / "ana.viralvoice"
    viralclip.json("clone", "export", "Ana", "--out", str(file))
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), "utf-8")
    assert viralclip("clone", "import", str(file))[0] == 3
    assert len(voices(viralclip)) == 1


def test_a_voice_of_ones_own_dubs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 2.6))
    toy_kokoro(services.paths.models)
    (tmp_path / "talk.es.srt").write_text(
        "1\n00:00:00,400 --> 00:00:02,400\nEmpezamos hace mucho.\n", "utf-8"
    )
    viralclip = CommandLine(services, capsys)
    viralclip.json("clone", "add", "Ana", BLEND)
    (language,) = viralclip.json(
        "dub", "clip_1", "--to", "es", "--voice", "es=custom:Ana",
        "--translation", f"es={tmp_path / 'talk.es.srt'}", "--out", str(tmp_path / "out"),
    )["languages"]  # fmt: skip
    assert language["status"] == "completed"
    assert Path(language["files"]["audio"]).is_file()
    assert voices(viralclip)[0]["uses"] > 0
    (kept,) = [one for one in services.store.audio_configs("clip_1") if one.language == "es"]
    assert f"{kept.ai_voice_provider}:{kept.ai_voice_id}" == BLEND
    services.close()


def test_ones_own_stand_in_the_gallery_and_are_never_taken_by_themselves(viralclip: CommandLine) -> None:
    toy_kokoro(viralclip.services.paths.models)
    viralclip.json("clone", "add", "Ana", BLEND)
    voice = find_voice(viralclip.services, "custom:Ana")
    assert (voice.id, voice.label, voice.custom) == (BLEND, "Ana", True)
    assert voice in [one.voice for one in offered_voices(viralclip.services)]
    listed = viralclip.json("voices", "list", "--language", "en")["voices"]
    assert (listed[0]["id"], listed[0]["category"]) == ("kokoro:af_heart", "standard")
