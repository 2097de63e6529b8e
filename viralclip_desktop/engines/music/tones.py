"""Single notes of a SoundFont's instruments, each made once and reused as often as it is played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viralclip_desktop.engines.music.filters import RATE_HZ, Check, Response, filtered_note, go_on, low_pass
from viralclip_desktop.engines.music.soundfont import DRUM_BANK, SoundFont, Zone

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_STEPS = (44, 68, 90, 112)
"""The velocities for which a note is made; those between are louder or softer ones of the nearest."""
_OPEN_HZ = 15_000.0  # a filter above this is not heard
_LONGEST_RELEASE_S = 1.6
_SHORTEST_RELEASE_S = 0.03
_FADE_S = 0.004
_LOOP_FADE = 512  # samples
_COARSE = 64  # samples between which a volume moves straight


@dataclass(frozen=True, slots=True)
class Tone:
    """A note held down, and how long it rings once it is let go."""

    samples: Samples
    release_s: float
    choke: int


def step_of(velocity: int) -> int:
    """The velocity of which the note of a velocity is made."""
    return min(_STEPS, key=lambda step: abs(step - velocity))


class Tones:
    """The notes of one voice, through a filter of its own (``tone``). ``detune_cents``: higher by so much;
    ``release``: times its own release."""

    def __init__(
        self,
        font: SoundFont,
        bank: int,
        program: int,
        tone: Response,
        *,
        detune_cents: float = 0.0,
        release: float = 1.0,
        check: Check = go_on,
    ) -> None:
        self._font, self._bank, self._program = font, bank, program
        self._detune, self._release = detune_cents, release
        self._tone, self._check = tone, check
        self._tones: dict[int, Any] = {}
        self._made: dict[tuple[int, int], Tone] = {}

    def tone(self, key: int, velocity: int, held_s: float) -> Tone:
        """The note, long enough to be held for ``held_s`` and to be let go then."""
        self._check()
        step = step_of(velocity)
        known = self._made.get((key, step))
        zones = self._font.zones(self._bank, self._program, key, step)
        release = max((self._release_of(zone) for zone in zones), default=0.0)
        needed = round((held_s + release) * RATE_HZ) + 1
        if known is None or (len(known.samples) < needed and self._bank != DRUM_BANK):
            known = self._make(zones, step, needed, release)
            self._made[(key, step)] = known
        return known

    def _release_of(self, zone: Zone) -> float:
        return min(_LONGEST_RELEASE_S, max(_SHORTEST_RELEASE_S, zone.release_s * self._release))

    def _make(self, zones: list[Zone], step: int, length: int, release: float) -> Tone:
        import numpy as np

        parts = [self._zone(zone, step, length) for zone in zones]
        out = np.zeros(max((len(part) for part in parts), default=1), np.float32)
        for part in parts:
            out[: len(part)] += part
        out = filtered_note(out, self._known_tone)
        return Tone(out, release, max((zone.choke for zone in zones), default=0))

    def _known_tone(self, hz: Any) -> Any:
        """The voice's filter; of a few sizes of notes it is asked again and again."""
        if len(hz) not in self._tones:
            self._tones[len(hz)] = self._tone(hz)
        return self._tones[len(hz)]

    def _zone(self, zone: Zone, step: int, length: int) -> Samples:
        played = resampled(
            self._font.sample(zone.sample),
            2 ** ((zone.cents + self._detune) / 1200) * zone.rate_hz / RATE_HZ,
            zone.loop if zone.looped else None,
            length if zone.looped or self._bank != DRUM_BANK else RATE_HZ * 8,
        )
        cutoff = zone.cutoff_hz * 2 ** ((step - 127) / 127 * 2)  # softer is darker: the default modulator
        shaped = played * envelope(zone, len(played)) * 10 ** (-zone.attenuation_db / 20)
        if cutoff < _OPEN_HZ:
            shaped = filtered_note(shaped, low_pass(max(200.0, cutoff), min(4.0, zone.resonance_db)))
        return shaped


def resampled(sample: Samples, ratio: float, loop: tuple[int, int] | None, length: int) -> Samples:
    """``length`` samples read from ``sample`` at ``ratio`` of its pace, looped where it has a loop (from,
    to); shorter where it has none. Between samples a cubic runs (Hermite, 4 points)."""
    import numpy as np

    source = sample
    if loop is not None:
        start, end = max(0, loop[0]), min(len(sample), loop[1])
        missing = int(length * ratio) + 8 - end
        sample = without_seam(sample[:end], start)
        source = np.concatenate([sample, np.resize(sample[start:], max(4, missing))])
    length = min(length, int((len(source) - 4) / ratio))
    if length <= 0:
        return np.zeros(1, np.float32)
    position = np.arange(length, dtype=np.float64) * ratio
    index = position.astype(np.int64)
    t = (position - index).astype(np.float32)
    padded = np.concatenate([source[:1], source])
    a, b, c, d = (padded[index + shift] for shift in range(4))
    made: Samples = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    if loop is None:
        fade = min(length, round(_FADE_S * RATE_HZ))
        made[length - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return made


def without_seam(sample: Samples, start: int) -> Samples:
    """A sample that loops from its end to ``start``: its end is faded over into what leads to the start. The
    samples were compressed with losses, and most loops click without this."""
    import numpy as np

    over = min(_LOOP_FADE, start, (len(sample) - start) // 2)
    if over < 2:
        return sample
    made = sample.copy()
    share = (1 - np.cos(np.linspace(0, np.pi, over + 1, dtype=np.float32)[1:])) / 2
    made[-over:] += (sample[start - over : start] - sample[-over:]) * share
    return made


def envelope(zone: Zone, length: int) -> Samples:
    """The volume of a note that is held: attack, hold, decay to the level it is sustained at."""
    import numpy as np

    at = np.arange(length // _COARSE + 2, dtype=np.float32) * (_COARSE / RATE_HZ)
    after = np.maximum(np.float32(0), at - zone.attack_s - zone.hold_s)
    slope = 100.0 / max(zone.decay_s, 0.001)  # a decay time is that of 100 dB
    made = np.exp(-np.log(10) / 20 * np.minimum(after * slope, min(100.0, zone.sustain_db)))
    rows = made.astype(np.float32)[:, None]
    slopes = np.arange(_COARSE, dtype=np.float32) / _COARSE
    fine: Samples = (rows[:-1] + (rows[1:] - rows[:-1]) * slopes).ravel()[:length]
    rise = min(length, max(48, round(zone.attack_s * RATE_HZ)))
    fine[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    return fine


def let_go(tone: Tone, held_s: float) -> Samples:
    """A note's samples, held for ``held_s`` and faded as it rings out."""
    import numpy as np

    held, ring = round(held_s * RATE_HZ), round(tone.release_s * RATE_HZ)
    made = tone.samples[: held + ring].copy()
    tail = len(made) - held
    if tail > 0:
        share = np.arange(tail, dtype=np.float32) / max(1, ring)
        made[held:] *= np.exp(-5.5 * share) * (1 - share)
    return made
