"""Talks for tightening: speech with known words, fillers, pauses, laughter and music, and the measures of
what a plan did to them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from support.speech import RATE_HZ

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.features.tighten.levels import Levels, levels_of

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

Samples = NDArray[np.float32]
_ROOT = Path(__file__).resolve().parents[2]

_SPEAK = """
import ctypes, json, sys
import numpy as np
sys.path.insert(0, sys.argv[1])
from viralclip_desktop.engines.tts.espeak import _Library

class Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("unique", ctypes.c_uint), ("text", ctypes.c_int),
                ("length", ctypes.c_int), ("at_ms", ctypes.c_int), ("sample", ctypes.c_int),
                ("user", ctypes.c_void_p), ("id", ctypes.c_longlong)]

class Listening(_Library):
    starts = []
    def _take(self, samples, count, events):
        size = ctypes.sizeof(Event)
        at = events or 0
        while at:
            event = Event.from_address(at)
            if event.type == 0:
                break
            if event.type == 1:
                self.starts.append((event.text - 1, event.at_ms / 1000))
            at += size
        return super()._take(samples, count, events)

library = Listening()
told = []
for number, (text, voice, rate, pitch) in enumerate(json.load(sys.stdin)):
    library.starts.clear()
    data = np.frombuffer(library.speak(text, voice, rate, pitch), np.int16)
    np.save(f"{sys.argv[2]}/{number}.npy", data)
    told.append([library.rate_hz, list(library.starts)])
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Item:
    """One piece of a talk. ``role``: say, filler, repeat, retake, pause, planned, laugh, music, cough."""

    role: str
    text: str = ""
    seconds: float = 0.0


def say(text: str) -> Item:
    """Words that stay."""
    return Item("say", text)


def filler(text: str = "um") -> Item:
    """A sound that is no word."""
    return Item("filler", text)


def repeat(text: str) -> Item:
    """Words that are said again right behind."""
    return Item("repeat", text)


def retake(text: str) -> Item:
    """A take that is begun again."""
    return Item("retake", text)


def pause(seconds: float) -> Item:
    """Nothing is said."""
    return Item("pause", "", seconds)


def planned(seconds: float) -> Item:
    """Nothing is said, on purpose."""
    return Item("planned", "", seconds)


def noise(role: str, seconds: float) -> Item:
    """``laugh``, ``music`` or ``cough``."""
    return Item(role, "", seconds)


@dataclass(frozen=True)
class Placed:
    """A piece and where its sound is."""

    item: Item
    start_s: float
    end_s: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class TightTalk:
    """``samples`` are -1..1 at 16 kHz."""

    samples: Samples
    placed: tuple[Placed, ...]
    language: str = "en"
    words: tuple[Word, ...] = field(default=())

    def of(self, *roles: str) -> list[Placed]:
        """The pieces of some roles."""
        return [one for one in self.placed if one.item.role in roles]

    def heard_by(
        self, *, left_out: Sequence[str] = (), jitter_s: float = 0.0, seed: int = 1
    ) -> tuple[Word, ...]:
        """The words as a recogniser tells them: some roles left out, times off by up to ``jitter_s``."""
        rng = np.random.default_rng(seed)
        words = [word for one in self.placed if one.item.role not in left_out for word in one.words]
        moved = []
        for word in words:
            start, end = rng.uniform(-jitter_s, jitter_s, 2) if jitter_s else (0.0, 0.0)
            start_s = max(moved[-1].end.seconds if moved else 0.0, word.start.seconds + start)
            end_s = max(start_s + 0.05, word.end.seconds + end)
            moved.append(Word(word.text, Time.from_seconds(start_s), Time.from_seconds(end_s)))
        return tuple(moved)

    def stretched(self, *left_out: str) -> tuple[Word, ...]:
        """The words without some roles, each word beside them stretched over what was left out: by turns the
        one before it to its end, and the one after it to its start."""
        words = list(self.heard_by(left_out=left_out))
        for number, one in enumerate(self.of(*left_out)):
            after = next((at for at, word in enumerate(words) if word.start.seconds > one.start_s), None)
            if number % 2 and after is not None:
                words[after] = replace(words[after], start=Time.from_seconds(one.start_s))
            elif after:
                words[after - 1] = replace(words[after - 1], end=Time.from_seconds(one.end_s))
        return tuple(words)

    def levels(self) -> Levels:
        """Its levels, as :func:`measure` finds them in a file."""
        hop = RATE_HZ // 200
        whole = self.samples[: len(self.samples) // hop * hop]
        edged = np.diff(whole, prepend=whole[:1])
        powers = [
            np.mean(np.square(one).reshape(-1, hop), axis=1).astype(np.float32) for one in (whole, edged)
        ]
        return levels_of(powers[0], powers[1], 0.0)

    def between(self, start_s: float, end_s: float) -> Samples:
        """Samples between two times."""
        return self.samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]


def talk_of(
    items: Sequence[Item],
    scratch: Path,
    *,
    voice: str = "en-us",
    rate_wpm: int = 165,
    room_db: float = -62.0,
    seed: int = 1,
) -> TightTalk:
    """The pieces one after the other in a room whose noise is ``room_db`` dB of full scale."""
    rng = np.random.default_rng(seed)
    heard_from = max(0.0015, 2 * 10 ** (room_db / 20))
    spoken = _spoken([item.text for item in items if item.text], scratch, voice, rate_wpm, heard_from)
    sounds, placed, at = [], [], 0
    for item in items:
        sound, starts = spoken.pop(0) if item.text else (_other(item, rng), [])
        start_s, end_s = at / RATE_HZ, (at + len(sound)) / RATE_HZ
        placed.append(Placed(item, start_s, end_s, _words(item, starts, start_s, end_s)))
        sounds.append(sound)
        at += len(sound)
    samples = np.concatenate(sounds)
    room = rng.normal(0, 10 ** (room_db / 20), len(samples))
    return TightTalk((samples + room).astype(np.float32), tuple(placed), voice.split("-", maxsplit=1)[0])


def _spoken(
    texts: Sequence[str], scratch: Path, voice: str, rate_wpm: int, heard_from: float
) -> list[tuple[Samples, list[float]]]:
    asked = json.dumps([[text, voice, rate_wpm, 45 + number % 3 * 4] for number, text in enumerate(texts)])
    command = [sys.executable, "-c", _SPEAK, str(_ROOT), str(scratch)]
    told = json.loads(
        subprocess.run(command, input=asked, text=True, check=True, stdout=subprocess.PIPE).stdout
    )
    found = []
    for number, (rate_hz, starts) in enumerate(told):
        sound = resampled(np.load(scratch / f"{number}.npy") / 32768 * 0.5, rate_hz)
        loud = np.flatnonzero(np.abs(sound) > heard_from)
        first, last = int(loud[0]), int(loud[-1]) + 1
        found.append((sound[first:last], [max(0.0, at_s - first / RATE_HZ) for _, at_s in starts]))
    return found


def resampled(samples: Samples, rate_hz: int) -> Samples:
    """Samples of another rate at 16 kHz."""
    length = round(len(samples) * RATE_HZ / rate_hz)
    spectrum = np.fft.rfft(samples)[: length // 2 + 1]
    return (np.fft.irfft(spectrum, length) * length / len(samples)).astype(np.float32)


def _words(item: Item, starts: Sequence[float], start_s: float, end_s: float) -> tuple[Word, ...]:
    texts = item.text.split()
    if len(starts) < len(texts):  # the voice ran words together: shared out by their letters
        shares = np.cumsum([0, *(len(text) + 1 for text in texts)])
        starts = [float(share / shares[-1] * (end_s - start_s)) for share in shares[:-1]]
    edges = [start_s + at for at in starts[: len(texts)]] + [end_s]
    return tuple(
        Word(text, Time.from_seconds(a), Time.from_seconds(max(a, b)))
        for text, a, b in zip(texts, edges[:-1], edges[1:], strict=True)
    )


def _other(item: Item, rng: np.random.Generator) -> Samples:
    count = round(item.seconds * RATE_HZ)
    at_s = np.arange(count) / RATE_HZ
    if item.role == "laugh":  # bursts of voiced noise, five a second
        bursts = np.maximum(0, np.sin(2 * np.pi * 2.5 * at_s)) ** 2
        voice = np.sign(np.sin(2 * np.pi * 220 * at_s)) * 0.4 + rng.normal(0, 0.5, count)
        return (0.12 * bursts * voice).astype(np.float32)
    if item.role == "music":  # a chord that changes
        chords = [(220, 277, 330), (196, 247, 294), (175, 220, 262)]
        number = (at_s / 0.5).astype(int) % len(chords)
        tones = [np.sin(2 * np.pi * np.array(chords)[number, voice] * at_s) for voice in range(3)]
        return (0.04 * np.sum(tones, axis=0)).astype(np.float32)
    if item.role == "cough":
        return (0.15 * rng.normal(0, 1, count) * np.exp(-at_s * 12)).astype(np.float32)
    return np.zeros(count, np.float32)


def share_cut(one: Placed, cuts: Sequence[TimeRange]) -> float:
    """Which share of a piece is cut."""
    whole = one.end_s - one.start_s
    return sum(
        max(0.0, min(one.end_s, cut.end.seconds) - max(one.start_s, cut.start.seconds)) for cut in cuts
    ) / max(1e-9, whole)


def f1(wanted: Sequence[Placed], cuts: Sequence[TimeRange]) -> float:
    """How well cuts hit what should go: a hit is a piece of which most is cut; a cut that hits none is
    wrong."""
    hits = sum(share_cut(one, cuts) >= 0.7 for one in wanted)
    wrong = sum(all(share_cut(one, [cut]) < 0.5 for one in wanted) for cut in cuts)
    return 2 * hits / max(1, 2 * hits + wrong + len(wanted) - hits)


def tightened(
    samples: Samples, cuts: Sequence[TimeRange], rate_hz: int = RATE_HZ
) -> tuple[Samples, list[int]]:
    """The samples without the cuts, crossfaded at equal power as the render plan does, and where the joins
    are."""
    from viralclip_desktop.domain.tightening import crossfade

    result = samples.astype(np.float64)
    joins: list[int] = []
    removed = 0
    for cut in cuts:
        a = cut.start.samples(rate_hz) - removed
        b = cut.end.samples(rate_hz) - removed
        half = crossfade(cut).samples(rate_hz) // 2
        half = min(half, a, len(result) - b)
        fade = np.sin(np.linspace(0, np.pi / 2, 2 * half)) if half else np.zeros(0)
        mixed = result[a - half : a + half] * fade[::-1] + result[b - half : b + half] * fade
        result = np.concatenate([result[: a - half], mixed, result[b + half :]])
        joins.append(a)
        removed += b - a
    return result.astype(np.float32), joins


def film_of(talk: TightTalk, path: Path, fps: str = "30") -> Path:
    """A film with the sound of a talk, unchanged, and a small picture."""
    from support.speech import write_wav

    from viralclip_desktop.media.run import run_ffmpeg

    wav = path.with_suffix(".wav")
    write_wav(wav, np.round(talk.samples * 32767))
    seconds = len(talk.samples) / RATE_HZ
    picture = ["-f", "lavfi", "-i", f"testsrc2=s=160x90:r={fps}:d={seconds}"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p"]
    run_ffmpeg([*picture, "-i", str(wav), *coded, "-c:a", "pcm_s16le", "-y", str(path)])
    return path


def put_talk(store: Store, talk: TightTalk, folder: Path) -> None:
    """The talk as the recording ``src_1`` with its words, and a clip of all of it."""
    from support import stored

    from viralclip_desktop.media.probe import probe

    film = film_of(talk, folder / "talk.mov")
    words, info = talk.heard_by(), probe(film)
    with store.transaction("Set up", "proj_1") as tx:
        tx.put(stored.source(path=str(film), info=info))
        tx.put_transcript("src_1", Transcript("test", "en", words, (Sentence(0, len(words)),)))
        tx.put(replace(stored.clip(), parts=stored.ranges((0, info.duration.seconds))))
