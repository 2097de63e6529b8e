"""Whether a recording is good enough to copy a voice from: noise, clipping, reverberation, level, length.

Each is measured by a plain feature of the sound. The limits were set on recorded and on spoken speech to
which noise, clipping and rooms were added (``tests/unit/cli/test_cli_clone_check.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float64]

SHORTEST_S, SHORT_S = 3.0, 5.0
LONG_S, LONGEST_S = 180.0, 600.0
FEWEST, MOST = 1, 25
_REFUSED: Final = {"spread_db": 22.0, "flats_per_s": 5.0, "decay_s": 0.8}
_DOUBTFUL: Final = {"spread_db": 30.0, "flats_per_s": 1.0, "decay_s": 0.55}
_QUIET_DB, _SILENT_DB = -38.0, -60.0
_FLOOR: Final = 1e-9
_FRAME_S, _ENVELOPE_S, _HOP_S = 0.02, 0.06, 0.005
_TOP: Final = 0.97
_SAME: Final = 1.5 / 32768
_VOICE_HZ: Final = (300.0, 4000.0)
_HEARD_DB: Final = 25.0  # below the loud frames: what falls from there says nothing of the room
_FALL_DB, _LEAST_FALL_DB = 10.0, 6.0
_FROM_DB, _TO_DB = 3.0, 20.0
_BUMP_DB: Final = 0.5
_SLOWER: Final = 60.0  # percentile of the falls: few of them are free of the next sound
_CAUTION_S: Final = 0.08  # so that a room at the limit is not passed
_EMPHASIS: Final = 0.2  # of what is high, where noise is heard beside a voice


class Verdict(StrEnum):
    """What is to be done with a sample."""

    OK = "ok"
    WARN = "warn"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class SampleQuality:
    """What was measured of one sample. ``spread_db``: how far its loud frames are above the quietest;
    ``flats_per_s``: flat tops in the second that has most of them; ``decay_s``: about how long the room takes
    for 60 dB, and a little more."""

    path: Path
    verdict: Verdict
    spread_db: float
    flats_per_s: float
    decay_s: float
    level_db: float
    duration_s: float
    reasons: tuple[str, ...] = ()

    def noted(self) -> dict[str, object]:
        """As JSON values, with the file's name alone."""
        return {
            "name": self.path.name,
            "verdict": str(self.verdict),
            "spread_db": self.spread_db,
            "flats_per_s": self.flats_per_s,
            "decay_s": self.decay_s,
            "level_db": self.level_db,
            "duration_s": self.duration_s,
        }


def check_samples(
    paths: Sequence[Path], progress: Progress = ignore_progress, cancel: CancelToken | None = None
) -> list[SampleQuality]:
    """Measure recordings. Raises BadInput for a file without sound, Faults and Cancelled."""
    found: list[SampleQuality] = []
    for number, path in enumerate(paths, 1):
        found.append(check_sample(path, cancel)[0])
        progress(ProgressEvent("check", number / len(paths), path.name))
    return found


def check_sample(path: Path, cancel: CancelToken | None = None) -> tuple[SampleQuality, Any]:
    """Measure one recording; its samples (-1..1, mono) come with that. Raises as :func:`check_samples`."""
    from viralclip_desktop.media.voice_sample import read_sample, sample_info

    length_s = sample_info(path).duration.seconds
    samples, rate = read_sample(path, LONGEST_S, cancel)
    return judged(path, samples, rate, max(length_s, len(samples) / rate)), samples


def judged(path: Path, samples: Any, rate_hz: int, duration_s: float) -> SampleQuality:
    """What is to be said of a sample, from its samples (-1..1, mono)."""
    import numpy as np

    sound = np.asarray(samples, np.float64)
    sound = sound - (sound.mean() if len(sound) else 0.0)
    frames = _levels(sound, rate_hz, _FRAME_S, _FRAME_S)
    level = float(np.percentile(frames, 95)) if len(frames) else -90.0
    measured = {
        "spread_db": round(_spread(sound, rate_hz), 1),
        "flats_per_s": round(_flats(sound, rate_hz), 2),
        "decay_s": round(_decay(sound, rate_hz), 2),
    }
    refused, doubtful = _told(measured, level, duration_s)
    verdict = Verdict.REFUSE if refused else Verdict.WARN if doubtful else Verdict.OK
    return SampleQuality(
        path,
        verdict,
        **measured,
        level_db=round(level, 1),
        duration_s=round(duration_s, 3),
        reasons=tuple(refused or doubtful),
    )


def _told(measured: dict[str, float], level_db: float, duration_s: float) -> tuple[list[str], list[str]]:
    """Why it is refused, and what to say of it otherwise."""
    words = {
        "spread_db": say("It is noisy: find a quieter place, or go closer to the microphone."),
        "flats_per_s": say("It is distorted: record it again with a lower level."),
        "decay_s": say("The room echoes: record it in one with carpets and curtains."),
    }

    def beyond(limits: dict[str, float]) -> list[str]:
        # noise seems to decay slowly: where there is too much of it, nothing is known of the room
        noisy = measured["spread_db"] < limits["spread_db"]
        found = [key for key in ("flats_per_s", "decay_s") if measured[key] > limits[key]]
        found = [key for key in found if not (noisy and key == "decay_s")]
        return [words[key] for key in (["spread_db"] if noisy else []) + found]

    short = say("It is too short: a sample needs at least {seconds} seconds.", seconds=f"{SHORTEST_S:g}")
    long = say("It is too long: cut it to {minutes} minutes or less.", minutes=f"{LONGEST_S / 60:g}")
    if level_db < _SILENT_DB:
        return [say("Nothing is heard in it.")], []
    refused = beyond(_REFUSED) + [short] * (duration_s < SHORTEST_S) + [long] * (duration_s > LONGEST_S)
    doubtful = beyond(_DOUBTFUL)
    doubtful += [say("It is quiet: record it again with a higher level.")] * (level_db < _QUIET_DB)
    doubtful += [say("It is short: ten seconds or more are better.")] * (duration_s < SHORT_S)
    doubtful += [say("It is long: one to three minutes are enough.")] * (duration_s > LONG_S)
    return refused, doubtful


def _levels(sound: Sound, rate_hz: int, window_s: float, hop_s: float) -> Sound:
    """Of each window its power in dB of full scale."""
    import numpy as np

    size, hop = round(rate_hz * window_s), round(rate_hz * hop_s)
    if len(sound) < size:
        return np.zeros(0)
    summed = np.concatenate([[0.0], np.cumsum(sound**2)])
    starts = np.arange(0, len(sound) - size + 1, hop)
    return np.asarray(10 * np.log10(np.maximum(summed[starts + size] - summed[starts], 0) / size + _FLOOR))


def _spread(sound: Sound, rate_hz: int) -> float:
    """How far the loud frames are above the quietest."""
    import numpy as np

    emphasised = sound.copy()
    emphasised[1:] -= _EMPHASIS * sound[:-1]
    frames = _levels(emphasised, rate_hz, _FRAME_S, _FRAME_S)
    return float(np.percentile(frames, 95) - np.percentile(frames, 5)) if len(frames) else 0.0


def _flats(sound: Sound, rate_hz: int) -> float:
    """Runs of samples that stand still at the highest level, in the second that has most of them."""
    import numpy as np

    peak = float(np.max(np.abs(sound))) if len(sound) else 0.0
    if peak < 0.01:
        return 0.0
    top = np.abs(sound) >= _TOP * peak
    still = top[1:] & top[:-1] & (np.abs(np.diff(sound)) <= _SAME)
    begins = np.flatnonzero(still & ~np.concatenate([[False], still[:-1]]))
    within = np.searchsorted(begins, begins + rate_hz) - np.arange(len(begins))
    return float(within.max()) if len(within) else 0.0


def _decay(sound: Sound, rate_hz: int) -> float:
    """About how long the sound takes to fall by 60 dB, by all that falls freely; 0 where nothing does."""
    import numpy as np

    levels = _levels(_voice_band(sound, rate_hz), rate_hz, _ENVELOPE_S, _HOP_S)
    if not len(levels):
        return 0.0
    for least in (_FALL_DB, _LEAST_FALL_DB):
        falls = _falls(levels, least)
        if falls:
            return float(np.percentile(falls, _SLOWER)) + _CAUTION_S
    return 0.0


def _voice_band(sound: Sound, rate_hz: int) -> Sound:
    import numpy as np

    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / rate_hz)
    spectrum[(hertz < _VOICE_HZ[0]) | (hertz > _VOICE_HZ[1])] = 0
    return np.fft.irfft(spectrum, len(sound))


def _falls(levels: Sound, least_db: float) -> list[float]:
    """Of each stretch in which the level only falls, the seconds it would take for 60 dB."""
    import numpy as np

    heard = float(np.percentile(levels, 95)) - _HEARD_DB
    values, found, at = levels.tolist(), list[float](), 0
    while at < len(values) - 1:
        if values[at] < heard or values[at + 1] >= values[at]:
            at += 1
            continue
        end = _lowest(values, at)
        if values[at] - values[end] >= least_db:
            slope = _slope(levels[at : end + 1])
            found += [60 / -slope] if slope < 0 else []
        at = max(end, at + 1)
    return found


def _lowest(values: list[float], start: int) -> int:
    """Where a fall that begins at ``start`` ends."""
    lowest = at = start
    while at + 1 < len(values) and values[at + 1] <= values[lowest] + _BUMP_DB:
        at += 1
        lowest = at if values[at] < values[lowest] else lowest
    return lowest


def _slope(fall: Sound) -> float:
    """dB a second, without the bend at its beginning; 0 where too little is left."""
    import numpy as np

    depth = float(fall[0] - fall[-1])
    first = int(np.argmax(fall <= fall[0] - _FROM_DB))
    last = int(np.argmax(fall <= fall[0] - min(_TO_DB, depth)))
    if last <= first + 3:
        return 0.0
    return float(np.polyfit(np.arange(first, last + 1) * _HOP_S, fall[first : last + 1], 1)[0])
