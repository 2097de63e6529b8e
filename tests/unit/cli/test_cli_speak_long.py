"""``viralclip speak`` with long texts: paragraphs, pauses, speeds set in the text, nothing paid twice."""

from __future__ import annotations

import base64
import json
import threading
import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.command_line import CommandLine
from support.loopback_http import Handler, LoopbackService, answer, cut, loopback_service
from support.loopback_voices import KEY, SERVICES, spoken

FIRST = "The shop was closed. Dr. Miller paid 3.5 dollars for nothing at all, and went home."
SECOND = "Nobody had told him.\nSo he came again."
THIRD = "It was open then!"
ESPEAK = ("--voice", "espeak:en-us")
REMOTE = ("--voice", "elevenlabs:21m00Tcm4TlvDq8ikWAM")
LONG = [f"This is paragraph number {word}. " + "It says that much and nothing else. " * 9 for word in
        ("one", "two", "three", "four", "five", "six")]  # fmt: skip


@pytest.fixture
def service(viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackService]:
    """ElevenLabs on loopback, with a key."""
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    with loopback_service() as service:
        service.usual = SERVICES["elevenlabs"]
        viralclip.services.gate.offline = False
        viralclip.services.settings.set(**{"providers.elevenlabs.address": service.url})
        yield service


def speeches(service: LoopbackService) -> list[str]:
    return [json.loads(one.body)["text"] for one in service.heard if one.method == "POST"]


def samples_of(path: Path) -> tuple[np.ndarray, int]:
    with wave.open(str(path), "rb") as wav:
        return np.frombuffer(wav.readframes(wav.getnframes()), "<i2") / 32768, wav.getframerate()


def test_paragraphs_follow_each_other_with_a_longer_breath(viralclip: CommandLine, tmp_path: Path) -> None:
    script, out = tmp_path / "script.txt", tmp_path / "out.wav"
    script.write_text(f"{FIRST}\n\n{SECOND}\n\n* * *\n\n{THIRD}\n", "utf-8")
    told = viralclip.json("speak", "--file", str(script), *ESPEAK, "--out", str(out))
    words = told["words"]
    assert [word["text"] for word in words] == f"{FIRST} {SECOND} {THIRD}".split()
    assert all(one["end_s"] <= other["start_s"] for one, other in pairwise(words))
    samples, rate = samples_of(out)
    assert told["duration_s"] == pytest.approx(len(samples) / rate, abs=1e-5)
    for text in ("home.", "him.", "again."):
        at = next(n for n, word in enumerate(words) if word["text"] == text)
        gap = words[at + 1]["start_s"] - words[at]["end_s"]
        assert gap == pytest.approx(0.75, abs=0.15), text
        middle = round((words[at]["end_s"] + words[at + 1]["start_s"]) / 2 * rate)
        assert not samples[middle - 2000 : middle + 2000].any(), "a pause is silent"


def test_the_text_sets_its_speed_section_by_section(viralclip: CommandLine, tmp_path: Path) -> None:
    text = f"{FIRST}\n[speed 2]\n{FIRST}\n[Speed: normal]\n{FIRST}"
    told = viralclip.json("speak", text, *ESPEAK, "--out", str(tmp_path / "out.wav"))
    words, count = told["words"], len(FIRST.split())
    assert [word["text"] for word in words] == 3 * FIRST.split(), "marks are not spoken"
    usual, fast, again = (
        words[n * count + count - 1]["end_s"] - words[n * count]["start_s"] for n in range(3)
    )
    assert fast == pytest.approx(usual / 2, rel=0.2)
    assert again == pytest.approx(usual, rel=0.01)


@pytest.mark.parametrize("value", ["5", "0.2", "fast", "nan", ""])
def test_a_speed_that_no_voice_has_is_told_with_its_line(
    viralclip: CommandLine, tmp_path: Path, value: str
) -> None:
    text = f"{FIRST}\n\n[speed {value}]\n{SECOND}"
    code, _, err = viralclip("speak", text, *ESPEAK, "--out", str(tmp_path / "out.wav"))
    assert (code, f"Line 3 of the text: “{value}” is no speed" in err) == (3, True)
    assert not (tmp_path / "out.wav").exists()


def test_a_connection_that_breaks_costs_nothing_twice(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    text, out = "\n\n".join(LONG), tmp_path / "out.wav"
    serve = SERVICES["elevenlabs"]
    broken: list[str] = []

    def breaks(handler: Handler) -> None:
        asked = json.loads(handler.request_heard.body)["text"] if handler.command == "POST" else ""
        if "four" in asked:
            broken.append(asked)
            cut(b"{")(handler)
        else:
            serve(handler)

    service.usual = breaks
    code, _, err = viralclip("speak", text, *REMOTE, "--out", str(out))
    assert (code, "ElevenLabs" in err, out.exists()) == (4, True, False)
    before = [one for one in speeches(service) if one not in broken]
    assert before, "what was spoken until then is kept"
    service.usual = serve
    told = viralclip.json("speak", text, *REMOTE, "--out", str(out))
    assert [word["text"] for word in told["words"]] == text.split()
    whole = speeches(service)
    for one in broken:
        whole.remove(one)
    assert sorted(whole) == sorted(set(whole)), "asked for once each"
    paid = sum(usage.units["character"] for usage in viralclip.services.store.usage.list())
    assert paid == sum(map(len, whole))


def test_one_paragraph_is_spoken_anew_alone(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    out, paragraphs = str(tmp_path / "out.wav"), [FIRST, SECOND.replace("\n", " "), THIRD]
    ask = ("speak", "\n\n".join(paragraphs), *REMOTE, "--out", out)
    viralclip.json(*ask)
    assert sorted(speeches(service)) == sorted(paragraphs)
    viralclip.json("speak", "\n\n".join([FIRST, "He came back.", THIRD]), *REMOTE, "--out", out)
    assert speeches(service)[3:] == ["He came back."]
    viralclip.json(*ask, "--again", "2", "--speed", "1.25")
    assert speeches(service)[4:] == [paragraphs[1]]
    code, _, err = viralclip(*ask, "--again", "4")
    assert (code, "There is no paragraph 4" in err) == (3, True)


def test_a_service_speaks_two_parts_of_a_long_text_at_a_time(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    both, first = threading.Barrier(2), list(range(2))

    def together(handler: Handler) -> None:
        if handler.command == "POST" and first:
            first.pop()
            both.wait(30)
        SERVICES["elevenlabs"](handler)

    # each of the first two requests waits for the other one
    service.usual = together
    told = viralclip.json("speak", "\n\n".join(LONG), *REMOTE, "--out", str(tmp_path / "out.wav"))
    assert [word["text"] for word in told["words"]] == " ".join(LONG).split()


def test_loud_and_quiet_parts_are_brought_to_one_level(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    louder = {"one": 1.0, "two": 0.6, "three": 1.3}

    samples = spoken("It says that much and nothing else. It does so each time.")[0]

    def uneven(handler: Handler) -> None:
        if handler.command != "POST":
            SERVICES["elevenlabs"](handler)
            return
        text = json.loads(handler.request_heard.body)["text"]
        gain = next(gain for word, gain in louder.items() if word in text)
        sound = base64.b64encode((samples * gain * 0.5).astype("<i2").tobytes()).decode()
        answer({"audio_base64": sound, "alignment": None})(handler)

    service.usual = uneven
    out = tmp_path / "out.wav"
    told: Any = viralclip.json(
        "speak", "\n\n".join(f"Paragraph {word}." for word in louder), *REMOTE, "--out", str(out)
    )
    assert told["words"] == []
    whole, rate = samples_of(out)
    pause = round(0.75 * rate)
    length = (len(whole) - 2 * pause) // 3
    levels = [np.sqrt(np.mean(whole[n * (length + pause) :][:length] ** 2)) for n in range(3)]
    assert max(levels) / min(levels) < 1.06, levels


def test_numbers_and_short_forms_end_no_sentence(
    viralclip: CommandLine, service: LoopbackService, tmp_path: Path
) -> None:
    sentence = "Dr. Miller paid 3.5 dollars, or 4.0, for it."
    text = " ".join([sentence] * 12)
    told = viralclip.json("speak", text, *REMOTE, "--out", str(tmp_path / "out.wav"))
    assert [word["text"] for word in told["words"]] == text.split()
    assert all(len(piece) <= 400 and piece.endswith("for it.") for piece in speeches(service))
    assert len(speeches(service)) == 2
